//! `CREATE TABLE` and `DROP TABLE`.

use crate::dialect::{Comments, Dialect};
use crate::schema::meta::{
    Action, ColumnKind, ColumnMeta, DefaultValue, ModelMeta, Reference, TableName, key_name,
};

/// The statements that create the tables of `models`.
pub(super) fn create<DB: Dialect>(models: &[ModelMeta]) -> Vec<String> {
    let references = references(models);
    let tables = in_order(models, &references);
    let mut statements = create_schemas::<DB>(&tables);
    let mut later = Vec::new();
    for (position, model) in tables.iter().enumerate() {
        let is_created = |table: TableName| {
            DB::FORWARD_REFERENCES
                || tables[..=position].iter().any(|model| model.table == table)
                || !tables.iter().any(|model| model.table == table)
        };
        let own = references.iter().filter(|key| key.table == model.table);
        let own = own.filter(|key| is_enforced::<DB>(key));
        let (now, forward): (Vec<_>, Vec<_>) = own.partition(|key| is_created(key.target_table));
        let uniques = uniques(model, models);
        statements.push(create_table::<DB>(model, &now, &uniques, &references));
        statements.extend(create_indexes::<DB>(model, &references));
        statements.extend(comments::<DB>(model));
        later.extend(
            forward.iter().map(|key| {
                DB::add_foreign_key(&qualified::<DB>(key.table), &foreign_key::<DB>(key))
            }),
        );
    }
    statements.append(&mut later);
    around(DB::CREATE_AROUND, statements)
}

/// The statements that drop the tables of `models`.
pub(super) fn drop<DB: Dialect>(models: &[ModelMeta]) -> Vec<String> {
    let tables = in_order(models, &references(models));
    let drops = tables.iter().rev().map(|model| {
        let table = qualified::<DB>(model.table);
        format!("DROP TABLE IF EXISTS {table}{}", DB::DROP_SUFFIX)
    });
    around(DB::DROP_AROUND, drops.collect())
}

fn around(statements: Option<[&str; 2]>, mut inner: Vec<String>) -> Vec<String> {
    if let Some([before, after]) = statements {
        inner.insert(0, before.to_owned());
        inner.extend((!after.is_empty()).then(|| after.to_owned()));
    }
    inner
}

/// The schemas that the tables are in; an attached database is there, or it cannot be.
fn create_schemas<DB: Dialect>(tables: &[&ModelMeta]) -> Vec<String> {
    let mut schemas: Vec<&str> = Vec::new();
    for schema in tables.iter().filter_map(|model| model.table.schema) {
        if !DB::SCHEMAS_ARE_ATTACHED && !schemas.contains(&schema) {
            schemas.push(schema);
        }
    }
    let create = |schema: &&str| DB::create_schema(&quote::<DB>(schema));
    schemas.iter().map(create).collect()
}

/// All foreign keys, each once. Both ends of an association may speak of the same key: what the
/// end that holds it says goes before what the other end says.
///
/// A junction's column by which associations lead to several tables, as that of an owner who may be a user or a
/// team, holds keys of all of them, unless its model says whose they are.
fn references(models: &[ModelMeta]) -> Vec<Reference> {
    let mut merged: Vec<Reference> = Vec::new();
    let spoken = |own: bool| {
        let models = models.iter();
        models.flat_map(move |model| {
            let keys = model.references.iter();
            keys.filter(move |key| (key.table == model.table) == own)
        })
    };
    let stated = spoken(true).map(|key| (key.table, key.column));
    let stated: Vec<(TableName, &str)> = stated.collect();
    for key in spoken(true).chain(spoken(false)) {
        let same = |other: &&mut Reference| (other.table, other.column) == (key.table, key.column);
        match merged.iter_mut().find(same) {
            Some(known) => {
                let is_stated = stated.contains(&(key.table, key.column));
                let is_same = known.target_table == key.target_table;
                known.shared |= !is_stated && !is_same && known.junction && key.junction;
                known.on_delete = known.on_delete.or(key.on_delete);
                known.on_update = known.on_update.or(key.on_update);
                known.junction |= key.junction;
            }
            None => merged.push(*key),
        }
    }
    merged
}

/// Whether the database keeps the key. A table of an attached database refers to its own only: a
/// foreign key's table is looked up there (<https://www.sqlite.org/lang_attach.html>).
fn is_enforced<DB: Dialect>(key: &Reference) -> bool {
    let is_near = !DB::SCHEMAS_ARE_ATTACHED || key.table.schema == key.target_table.schema;
    is_near && !key.shared
}

/// Tables that are referred to first. A circle is entered where the list of models enters it.
fn in_order<'a>(models: &'a [ModelMeta], references: &[Reference]) -> Vec<&'a ModelMeta> {
    fn visit<'a>(
        model: &'a ModelMeta,
        models: &'a [ModelMeta],
        references: &[Reference],
        seen: &mut Vec<TableName>,
        ordered: &mut Vec<&'a ModelMeta>,
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

/// Unique constraints over several columns: stated ones, and the pair of a junction.
fn uniques(model: &ModelMeta, models: &[ModelMeta]) -> Vec<Vec<&'static str>> {
    let mut uniques: Vec<Vec<&str>> = model.uniques.iter().map(|u| u.to_vec()).collect();
    let junctions = models.iter().flat_map(|model| model.junctions);
    for junction in junctions.filter(|junction| junction.table == model.table) {
        let same = |columns: &[&str]| {
            columns.len() == 2 && junction.columns.iter().all(|c| columns.contains(c))
        };
        let is_known = same(model.primary_key) || uniques.iter().any(|columns| same(columns));
        if !is_known && model.pair_identifies(junction.columns) {
            uniques.push(junction.columns.to_vec());
        }
    }
    uniques
}

fn create_table<DB: Dialect>(
    model: &ModelMeta,
    references: &[&Reference],
    uniques: &[Vec<&str>],
    all_references: &[Reference],
) -> String {
    let mut lines: Vec<String> = Vec::new();
    for column in model.columns {
        let refers = |key: &Reference| (key.table, key.column) == (model.table, column.name);
        let is_target =
            |key: &Reference| (key.target_table, key.target_column) == (model.table, column.name);
        let refers = all_references.iter().any(refers);
        let in_key = refers
            || column.unique
            || column.index
            || model.primary_key.contains(&column.name)
            || uniques.iter().any(|columns| columns.contains(&column.name))
            || model
                .indexes
                .iter()
                .any(|columns| columns.contains(&column.name))
            || all_references.iter().any(is_target);
        lines.push(define_column::<DB>(model, column, in_key, refers));
    }
    if !model.generated_key {
        lines.push(format!("PRIMARY KEY ({})", list::<DB>(model.primary_key)));
    }
    for columns in uniques {
        // By the name, an error finds the columns where the database tells no more.
        let name = quote::<DB>(&key_name(model.table.name, columns));
        lines.push(format!(
            "CONSTRAINT {name} UNIQUE ({})",
            list::<DB>(columns)
        ));
    }
    for key in references {
        lines.push(foreign_key::<DB>(key));
    }
    if !DB::INDEX_IF_NOT_EXISTS {
        for (name, columns) in indexes(model, &[]) {
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

/// ` COMMENT '…'`, where a definition has its comment.
fn inline_comment<DB: Dialect>(comment: Option<&str>) -> String {
    let comment = comment.filter(|_| DB::COMMENTS == Comments::Inline);
    comment.map_or_else(String::new, |comment| {
        format!(" COMMENT {}", text::<DB>(comment))
    })
}

/// `COMMENT ON`, where comments are statements. A table that is there takes the comment, too.
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
        |(what, comment): (String, &str)| format!("COMMENT ON {what} IS {}", text::<DB>(comment));
    of_table.chain(of_columns).map(comment).collect()
}

/// `in_key`: it is part of an index or a key. `refers`: it is a foreign key.
fn define_column<DB: Dialect>(
    model: &ModelMeta,
    column: &ColumnMeta,
    in_key: bool,
    refers: bool,
) -> String {
    let name = quote::<DB>(column.name);
    if model.generated_key && model.primary_key == [column.name] {
        let comment = inline_comment::<DB>(column.comment);
        let check = DB::greatest_key(column.kind)
            .map(|greatest| format!(" CHECK ({name} <= {greatest})"))
            .unwrap_or_default();
        return format!("{name} {}{comment}{check}", DB::generated_key(column.kind));
    }
    let mut sql = format!("{name} {}", DB::column_type(column, in_key));
    if let Some(collate) = column.collate {
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
        sql.push_str(&default);
    }
    if column.unique {
        sql.push_str(" UNIQUE");
    }
    sql.push_str(&inline_comment::<DB>(column.comment));
    if let Some(length) = column.length.filter(|_| !DB::CHECKS_LENGTH) {
        sql.push_str(&format!(" CHECK (length({name}) <= {length})"));
    }
    if !column.values.is_empty() && (DB::CHECKS_FOREIGN_KEYS || !refers) {
        let values: Vec<_> = column
            .values
            .iter()
            .map(|value| text::<DB>(value))
            .collect();
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
        DefaultValue::Text(value) => text::<DB>(value),
        DefaultValue::Moment(value) => text::<DB>(&DB::moment(column.kind, value)),
        DefaultValue::Json(value, spell) => DB::json(column.kind, &text::<DB>(&spell(value))),
        DefaultValue::Now => DB::now(column.kind).to_owned(),
        DefaultValue::Uuid => DB::RANDOM_UUID.to_owned(),
        DefaultValue::Unstated(_) => return None,
    })
}

/// What happens to a row when the one it refers to goes: what the association says; else a link of
/// a junction goes too, an optional key becomes NULL, and a required one refuses.
fn foreign_key<DB: Dialect>(key: &Reference) -> String {
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
    format!(
        "CONSTRAINT {} FOREIGN KEY ({}) REFERENCES {} ({}) ON DELETE {} ON UPDATE {}",
        quote::<DB>(&format!("{}_{}_fkey", key.table.name, key.column)),
        quote::<DB>(key.column),
        target,
        quote::<DB>(key.target_column),
        on_delete.sql(),
        on_update.sql(),
    )
}

fn create_indexes<DB: Dialect>(model: &ModelMeta, references: &[Reference]) -> Vec<String> {
    if !DB::INDEX_IF_NOT_EXISTS {
        return Vec::new();
    }
    let schema = model.table.schema;
    // An index is in the schema of its table: SQLite is told so at the one name, others at the other.
    let create = |(name, columns): (String, Vec<&str>)| {
        let (index, table) = match DB::SCHEMAS_ARE_ATTACHED {
            true => (within::<DB>(schema, &name), quote::<DB>(model.table.name)),
            false => (quote::<DB>(&name), within::<DB>(schema, model.table.name)),
        };
        let columns = list::<DB>(&columns);
        format!("CREATE INDEX IF NOT EXISTS {index} ON {table} ({columns})")
    };
    indexes(model, references).into_iter().map(create).collect()
}

/// The plain indexes: stated ones, and one per foreign key that no other index begins with. Without
/// it, reading the rows of a parent and deleting the parent would each scan the whole table.
fn indexes(model: &ModelMeta, references: &[Reference]) -> Vec<(String, Vec<&'static str>)> {
    let single = model.columns.iter().filter(|column| column.index);
    let mut indexes: Vec<Vec<&str>> = single.map(|column| vec![column.name]).collect();
    indexes.extend(model.indexes.iter().map(|columns| columns.to_vec()));
    let begins = |columns: &[&str], name: &str| columns.first() == Some(&name);
    for key in references.iter().filter(|key| key.table == model.table) {
        let known = begins(model.primary_key, key.column)
            || model
                .uniques
                .iter()
                .any(|columns| begins(columns, key.column))
            || indexes.iter().any(|columns| begins(columns, key.column))
            || model
                .columns
                .iter()
                .any(|c| c.unique && c.name == key.column);
        if !known {
            indexes.push(vec![key.column]);
        }
    }
    let named = |columns: Vec<&'static str>| {
        let name = format!("{}_{}_idx", model.table.name, columns.join("_"));
        (name, columns)
    };
    indexes.into_iter().map(named).collect()
}

fn quote<DB: Dialect>(name: &str) -> String {
    let quote = DB::QUOTE;
    let inner = name.replace(quote, &format!("{quote}{quote}"));
    format!("{quote}{inner}{quote}")
}

fn qualified<DB: Dialect>(table: TableName) -> String {
    within::<DB>(table.schema, table.name)
}

fn within<DB: Dialect>(schema: Option<&str>, name: &str) -> String {
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

fn text<DB: Dialect>(value: &str) -> String {
    let value = value.replace('\'', "''");
    match DB::BACKSLASH_ESCAPES {
        true => format!("'{}'", value.replace('\\', "\\\\")),
        false => format!("'{value}'"),
    }
}
