//! `CREATE TABLE` and `DROP TABLE`.

use crate::dialect::{Comments, Dialect, quote};
use crate::error::{Error, Result};
use crate::meta::names::{Ending, plain};
use crate::meta::{Action, ColumnKind, ColumnMeta, DefaultValue, ModelMeta, Reference, TableName};
use crate::schema::keys;
use crate::schema::names::{self, Names};

/// A statement, and the model of the table that it concerns.
pub(super) struct Step {
    pub(super) sql: String,
    pub(super) about: Option<&'static ModelMeta>,
}

impl Step {
    fn of(model: &'static ModelMeta, sql: String) -> Self {
        let about = Some(model);
        Self { sql, about }
    }

    fn of_none(sql: String) -> Self {
        Self { sql, about: None }
    }
}

/// Statements in order.
pub(super) struct Script {
    pub(super) steps: Vec<Step>,
    /// The last statement. It must run even if another one fails.
    pub(super) after: Option<&'static str>,
}

impl Script {
    fn of(around: Option<[&'static str; 2]>, mut steps: Vec<Step>) -> Self {
        let after = around
            .map(|[_, after]| after)
            .filter(|after| !after.is_empty());
        if let Some([before, _]) = around {
            steps.insert(0, Step::of_none(before.to_owned()));
        }
        steps.extend(after.map(|after| Step::of_none(after.to_owned())));
        Self { steps, after }
    }

    /// The text of all statements.
    pub(super) fn text(&self) -> String {
        let line = |step: &Step| format!("{};\n", step.sql);
        self.steps.iter().map(line).collect()
    }
}

/// The models of a schema, and what they state together.
pub(super) struct Plan {
    pub(super) models: &'static [ModelMeta],
    pub(super) references: Vec<Reference>,
    pub(super) names: Names,
}

impl Plan {
    pub(super) fn of(models: &'static [ModelMeta]) -> Self {
        let references = keys::references(models);
        Self {
            models,
            names: Names::of(models, &references),
            references,
        }
    }

    /// Finds what a database would silently leave out, or refuse.
    pub(super) fn check<DB: Dialect>(&self) -> Result<(), Error> {
        let collision = names::collision::<DB>(self.models, &self.references, &self.names);
        collision.map_or(Ok(()), Err)
    }

    /// The schemas of the tables, each once and always in the same order; `None` is that of the connection.
    pub(super) fn schemas(&self) -> Vec<Option<&'static str>> {
        let created = self.models.iter().filter(|model| !model.adopted);
        let mut schemas: Vec<_> = created.map(|model| model.table.schema).collect();
        schemas.sort_unstable();
        schemas.dedup();
        schemas
    }

    pub(super) fn model(&self, table: TableName) -> Option<&'static ModelMeta> {
        let mut created = self.models.iter().filter(|model| !model.adopted);
        created.find(|model| model.table == table)
    }
}

/// The statements that create the tables.
pub(super) fn create<DB: Dialect>(plan: &Plan) -> Script {
    let tables = in_order(plan.models, &plan.references);
    let mut steps = create_schemas::<DB>(&tables);
    let mut later = Vec::new();
    for (position, &model) in tables.iter().enumerate() {
        let is_created = |table: TableName| {
            DB::FORWARD_REFERENCES
                || tables[..=position].iter().any(|model| model.table == table)
                || !tables.iter().any(|model| model.table == table)
        };
        let own = plan
            .references
            .iter()
            .filter(|key| key.table == model.table);
        let own = own.filter(|key| is_enforced::<DB>(key));
        let (now, forward): (Vec<_>, Vec<_>) = own.partition(|key| is_created(key.target_table));
        let mut of_table = vec![create_table::<DB>(plan, model, &now)];
        of_table.extend(create_indexes::<DB>(plan, model));
        of_table.extend(comments::<DB>(model));
        steps.extend(of_table.into_iter().map(|sql| Step::of(model, sql)));
        later.extend(forward.iter().map(|key| {
            let key_sql = foreign_key::<DB>(plan, key);
            Step::of(
                model,
                DB::add_foreign_key(&qualified::<DB>(key.table), &key_sql),
            )
        }));
    }
    steps.append(&mut later);
    let around = match DB::CREATE_AROUND_BACKSLASHES {
        Some(around) if steps.iter().any(|step| step.sql.contains('\\')) => Some(around),
        _ => DB::CREATE_AROUND,
    };
    Script::of(around, steps)
}

/// The statements that drop the tables.
pub(super) fn drop<DB: Dialect>(plan: &Plan) -> Script {
    let tables = in_order(plan.models, &plan.references);
    let drops = tables.iter().rev().map(|model| {
        let table = qualified::<DB>(model.table);
        let sql = format!("DROP TABLE IF EXISTS {table}{}", DB::DROP_SUFFIX);
        Step::of(model, sql)
    });
    Script::of(DB::DROP_AROUND, drops.collect())
}

/// Creates the schemas of the tables. An attached database exists already, or cannot be created.
fn create_schemas<DB: Dialect>(tables: &[&ModelMeta]) -> Vec<Step> {
    let mut schemas: Vec<&str> = Vec::new();
    for schema in tables.iter().filter_map(|model| model.table.schema) {
        if !DB::SCHEMAS_ARE_ATTACHED && !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }
    let create = |schema: &&str| Step::of_none(DB::create_schema(&quote::<DB>(schema)));
    schemas.iter().map(create).collect()
}

/// Whether the database enforces the key. A table in an attached database can only refer to tables in
/// the same one, because the database looks up the referenced table there
/// (<https://www.sqlite.org/lang_attach.html>).
fn is_enforced<DB: Dialect>(key: &Reference) -> bool {
    let is_near = !DB::SCHEMAS_ARE_ATTACHED || key.table.schema == key.target_table.schema;
    is_near && !key.shared
}

/// Puts referenced tables first. A circle starts with its first model in the list.
fn in_order(models: &'static [ModelMeta], references: &[Reference]) -> Vec<&'static ModelMeta> {
    fn visit(
        model: &'static ModelMeta,
        models: &'static [ModelMeta],
        references: &[Reference],
        seen: &mut Vec<TableName>,
        ordered: &mut Vec<&'static ModelMeta>,
    ) {
        if model.adopted || seen.contains(&model.table) {
            return;
        }
        seen.push(model.table);
        for key in references.iter().filter(|key| key.table == model.table) {
            let target = models.iter().find(|other| other.table == key.target_table);
            if let Some(target) = target {
                visit(target, models, references, seen, ordered);
            }
        }
        ordered.push(model);
    }

    let (mut seen, mut ordered) = (Vec::new(), Vec::new());
    for model in models {
        visit(model, models, references, &mut seen, &mut ordered);
    }
    ordered
}

fn create_table<DB: Dialect>(
    plan: &Plan,
    model: &'static ModelMeta,
    references: &[&Reference],
) -> String {
    let uniques = keys::uniques(model, plan.models);
    let in_key = |name: &str| is_in_key(plan, model, &uniques, name);
    let wide = DB::wide_columns(model, &in_key);
    let columns = model.columns.iter().map(|column| Place {
        model,
        column,
        in_key: in_key(column.name),
        wide: wide.contains(&column.name),
        collate: column
            .collate
            .map(str::to_owned)
            .or_else(|| collation_of_target::<DB>(plan, model, column)),
        unique: unique_inline(plan, model, column),
        refers: refers(plan, model, column.name),
    });
    let mut lines: Vec<String> = columns.map(|place| define_column::<DB>(&place)).collect();
    if !model.generated_key {
        lines.push(format!("PRIMARY KEY ({})", list::<DB>(model.primary_key)));
    }
    let single = model.columns.iter().filter(|column| column.unique);
    let single = single.filter(|column| !unique_inline(plan, model, column));
    let single = single.map(|column| vec![column.name]);
    for columns in single.chain(uniques.iter().cloned()) {
        // If the database reports only the name, an error finds the columns by it.
        let name = plan.names.name(model.table, &columns, Ending::Unique);
        lines.push(format!(
            "CONSTRAINT {} UNIQUE ({})",
            quote::<DB>(&name),
            list::<DB>(&columns)
        ));
    }
    for key in references {
        lines.push(foreign_key::<DB>(plan, key));
    }
    if !DB::INDEX_IF_NOT_EXISTS {
        for columns in keys::indexes(model, &[]) {
            let name = plan.names.name(model.table, &columns, Ending::Index);
            lines.push(format!(
                "INDEX {} ({})",
                quote::<DB>(&name),
                list::<DB>(&columns)
            ));
        }
    }
    format!(
        "CREATE TABLE IF NOT EXISTS {} (\n  {}\n){}",
        qualified::<DB>(model.table),
        lines.join(",\n  "),
        DB::table_suffix(&model.options) + &inline_comment::<DB>(model.options.comment),
    )
}

/// Whether a column is a foreign key.
fn refers(plan: &Plan, model: &ModelMeta, name: &str) -> bool {
    let own = |key: &Reference| (key.table, key.column) == (model.table, name);
    plan.references.iter().any(own)
}

/// Whether a column is part of an index or a key, or is the target of a foreign key.
fn is_in_key(plan: &Plan, model: &ModelMeta, uniques: &[Vec<&str>], name: &str) -> bool {
    let is_target = |key: &Reference| (key.target_table, key.target_column) == (model.table, name);
    let stated = |column: &ColumnMeta| column.name == name && (column.unique || column.index);
    model.columns.iter().any(stated)
        || model.primary_key.contains(&name)
        || uniques.iter().any(|columns| columns.contains(&name))
        || model.indexes.iter().any(|columns| columns.contains(&name))
        || refers(plan, model, name)
        || plan.references.iter().any(is_target)
}

/// Whether a column is unique and its key has the name that PostgreSQL would choose.
fn unique_inline(plan: &Plan, model: &ModelMeta, column: &ColumnMeta) -> bool {
    let columns = [column.name];
    let plain = plain(model.table.name, &columns, Ending::Unique);
    column.unique && plan.names.name(model.table, &columns, Ending::Unique) == plain
}

/// The collation of the column that a text refers to, if it would differ from the text's own. MySQL
/// refuses a foreign key between two collations.
fn collation_of_target<DB: Dialect>(
    plan: &Plan,
    model: &ModelMeta,
    column: &ColumnMeta,
) -> Option<String> {
    let (mut holder, mut name) = (model.table, column.name);
    let mut found = DB::collation(&model.options, column)?;
    let own = found.clone();
    // A column that refers to itself would loop forever, so the loop ends after as many steps as there
    // are keys.
    for _ in &plan.references {
        let of = |key: &&Reference| (key.table, key.column) == (holder, name) && !key.shared;
        let key = plan.references.iter().find(of)?;
        let target = plan.model(key.target_table)?;
        let is_target = |column: &&ColumnMeta| column.name == key.target_column;
        let target_column = target.columns.iter().find(is_target)?;
        found = DB::collation(&target.options, target_column)?;
        if target_column.collate.is_some() || !refers(plan, target, target_column.name) {
            break;
        }
        (holder, name) = (target.table, target_column.name);
    }
    (found != own).then_some(found)
}

/// ` COMMENT '…'`, if the backend puts the comment into the definition.
fn inline_comment<DB: Dialect>(comment: Option<&str>) -> String {
    let comment = comment.filter(|_| DB::COMMENTS == Comments::Inline);
    comment.map_or_else(String::new, |comment| {
        format!(" COMMENT {}", DB::text(comment))
    })
}

/// `COMMENT ON`, if the backend uses statements for comments. An existing table gets the comment too.
fn comments<DB: Dialect>(model: &ModelMeta) -> Vec<String> {
    if DB::COMMENTS != Comments::Statements {
        return Vec::new();
    }
    let table = qualified::<DB>(model.table);
    let of_table = model.options.comment.into_iter();
    let of_table = of_table.map(|comment| (format!("TABLE {table}"), comment));
    let of_columns = model.columns.iter().filter_map(|column| {
        let name = quote::<DB>(column.name);
        Some((format!("COLUMN {table}.{name}"), column.comment?))
    });
    let comment =
        |(what, comment): (String, &str)| format!("COMMENT ON {what} IS {}", DB::text(comment));
    of_table.chain(of_columns).map(comment).collect()
}

/// A column, and its role in its table.
struct Place {
    model: &'static ModelMeta,
    column: &'static ColumnMeta,
    /// Whether it is part of an index or a key.
    in_key: bool,
    /// Whether it is too wide to fit into a row with the others.
    wide: bool,
    collate: Option<String>,
    /// Whether its definition says that it is unique.
    unique: bool,
    /// Whether it is a foreign key.
    refers: bool,
}

fn define_column<DB: Dialect>(place: &Place) -> String {
    let Place { model, column, .. } = *place;
    let name = quote::<DB>(column.name);
    if model.generated_key && model.primary_key == [column.name] {
        let comment = inline_comment::<DB>(column.comment);
        let check = DB::greatest_key(column.kind)
            .map(|greatest| format!(" CHECK ({name} <= {greatest})"))
            .unwrap_or_default();
        return format!("{name} {}{comment}{check}", DB::generated_key(column.kind));
    }
    let of_type = match place.wide {
        true => DB::WIDE_TEXT.to_owned(),
        false => DB::column_type(column, place.in_key),
    };
    let mut sql = format!("{name} {of_type}");
    if let Some(collate) = &place.collate {
        sql.push_str(&format!(" COLLATE {}", quote::<DB>(collate)));
    }
    if !column.nullable {
        sql.push_str(" NOT NULL");
    }
    if let Some(default) = column
        .default
        .and_then(|value| default::<DB>(column, value))
    {
        sql.push_str(" DEFAULT ");
        // For such a text, MySQL takes a default only as an expression.
        sql.push_str(&match place.wide {
            true => format!("({default})"),
            false => default,
        });
    }
    if place.unique {
        sql.push_str(" UNIQUE");
    }
    sql.push_str(&inline_comment::<DB>(column.comment));
    let may_check = DB::CHECKS_FOREIGN_KEYS || !place.refers;
    let by_type = DB::CHECKS_LENGTH && !place.wide && has_length(column.kind);
    let is_text = matches!(column.kind, ColumnKind::Text | ColumnKind::Other(_));
    if let Some(length) = column.length.filter(|_| may_check && is_text && !by_type) {
        sql.push_str(&format!(" CHECK ({})", DB::length_check(&name, length)));
    }
    if !column.values.is_empty() && may_check {
        let values: Vec<_> = column.values.iter().map(|value| DB::text(value)).collect();
        let values = values.join(", ");
        sql.push_str(&match column.kind {
            ColumnKind::Array(_) => format!(" CHECK ({name} <@ ARRAY[{values}]::TEXT[])"),
            _ => format!(" CHECK ({name} IN ({values}))"),
        });
    }
    sql
}

fn default<DB: Dialect>(column: &ColumnMeta, value: DefaultValue) -> Option<String> {
    Some(match value {
        DefaultValue::Number(digits) => DB::number(column.kind, digits),
        DefaultValue::Bool(value) => DB::boolean(value).to_owned(),
        DefaultValue::Text(value) => DB::text(value),
        DefaultValue::Moment(value) => DB::text(&DB::moment(column.kind, value)),
        DefaultValue::Json(value, spell) => DB::json(column.kind, &DB::text(&spell(value))),
        DefaultValue::Now => DB::now(column.kind).to_owned(),
        DefaultValue::Uuid => DB::RANDOM_UUID.to_owned(),
        DefaultValue::Unstated(_) => return None,
    })
}

/// Whether the name of the type contains the length, as in `VARCHAR(n)`.
fn has_length(kind: ColumnKind) -> bool {
    match kind {
        ColumnKind::Array(element) => has_length(*element),
        kind => kind == ColumnKind::Text,
    }
}

/// What happens to a row when the row that it refers to is deleted: what the association says. If it
/// says nothing, a link of a junction is deleted too, an optional key becomes NULL, and a required key
/// refuses the deletion.
fn foreign_key<DB: Dialect>(plan: &Plan, key: &Reference) -> String {
    let on_delete = key.on_delete.unwrap_or(match key {
        Reference { junction: true, .. } => Action::Cascade,
        Reference { nullable: true, .. } => Action::SetNull,
        _ => Action::NoAction,
    });
    let on_update = key.on_update.unwrap_or(Action::Cascade);
    let target = match DB::SCHEMAS_ARE_ATTACHED {
        true => quote::<DB>(key.target_table.name),
        false => qualified::<DB>(key.target_table),
    };
    let name = plan
        .names
        .name(key.table, &[key.column], Ending::ForeignKey);
    format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {} ON UPDATE {}",
        quote::<DB>(&name),
        quote::<DB>(key.column),
        target,
        quote::<DB>(key.target_column),
        on_delete.sql(),
        on_update.sql(),
    )
}

fn create_indexes<DB: Dialect>(plan: &Plan, model: &ModelMeta) -> Vec<String> {
    if !DB::INDEX_IF_NOT_EXISTS {
        return Vec::new();
    }
    let schema = model.table.schema;
    // An index is in the schema of its table. SQLite expects the schema at the index name, other
    // databases at the table name.
    let create = |columns: Vec<&'static str>| {
        let name = plan.names.name(model.table, &columns, Ending::Index);
        let (index, table) = match DB::SCHEMAS_ARE_ATTACHED {
            true => (within::<DB>(schema, &name), quote::<DB>(model.table.name)),
            false => (quote::<DB>(&name), within::<DB>(schema, model.table.name)),
        };
        let columns = list::<DB>(&columns);
        format!("CREATE INDEX IF NOT EXISTS {index} ON {table} ({columns})")
    };
    let indexes = keys::indexes(model, &plan.references);
    indexes.into_iter().map(create).collect()
}

fn qualified<DB: Dialect>(table: TableName) -> String {
    within::<DB>(table.schema, table.name)
}

pub(super) fn within<DB: Dialect>(schema: Option<&str>, name: &str) -> String {
    let name = quote::<DB>(name);
    match schema {
        Some(schema) => format!("{}.{name}", quote::<DB>(schema)),
        None => name,
    }
}

fn list<DB: Dialect>(columns: &[&str]) -> String {
    let quoted: Vec<_> = columns.iter().map(|column| quote::<DB>(column)).collect();
    quoted.join(", ")
}
