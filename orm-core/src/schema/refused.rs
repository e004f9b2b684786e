//! Finds what a refused statement of `create_all` or `drop_all` was about.

use diesel::result::Error as DieselError;

use crate::error::messages::{self, Refusal};
use crate::error::{Error, SchemaRefused};
use crate::meta::names::Ending;
use crate::meta::{ColumnKind, ModelMeta, Reference};
use crate::schema::ddl::{Plan, Step};
use crate::schema::keys;

/// An index or a key in a statement.
struct Part {
    /// `None` for the primary key.
    name: Option<String>,
    columns: Vec<&'static str>,
    /// The foreign key, if it is one.
    reference: Option<Reference>,
}

/// The error of a step, with all that is known about it.
pub(super) fn error(plan: &Plan, step: &Step, error: DieselError) -> Error {
    match (Error::from(error), step.about) {
        (Error::Database(source), Some(model)) => refused(plan, step, model, source),
        (error, Some(model)) => error.of(model),
        (error, None) => error,
    }
}

fn refused(plan: &Plan, step: &Step, model: &'static ModelMeta, source: DieselError) -> Error {
    let message = source.to_string();
    let parts = parts(plan, step, model);
    let is_named = |part: &&Part| {
        let name = part.name.as_deref();
        name.is_some_and(|name| messages::quotes(&message, name))
    };
    let suspects = match parts.iter().find(is_named) {
        Some(part) => vec![part],
        None => suspects(plan, model, &message, &parts),
    };
    let columns = match &suspects[..] {
        [] => columns(model, &message),
        parts => {
            let all = parts.iter().flat_map(|part| part.columns.iter().copied());
            let mut columns: Vec<&str> = Vec::new();
            all.for_each(|column| match columns.contains(&column) {
                true => {}
                false => columns.push(column),
            });
            columns
        }
    };
    let constraint = match &suspects[..] {
        [part] => part.name.clone(),
        _ => None,
    };
    Error::SchemaRefused(Box::new(SchemaRefused {
        model: model.name,
        table: model.table.name,
        constraint,
        columns,
        statement: step.sql.clone(),
        source,
    }))
}

/// The indexes and keys that the statement may create.
fn parts(plan: &Plan, step: &Step, model: &ModelMeta) -> Vec<Part> {
    let part = |columns: Vec<&'static str>, ending, reference| Part {
        name: Some(plan.names.name(model.table, &columns, ending)),
        columns,
        reference,
    };
    let primary_key = Part {
        name: None,
        columns: model.primary_key.to_vec(),
        reference: None,
    };
    let is_named = |part: &Part| {
        let name = part.name.as_deref();
        name.is_none_or(|name| step.sql.contains(name))
    };
    let references = plan
        .references
        .iter()
        .filter(|key| key.table == model.table);
    let references = references.map(|key| part(vec![key.column], Ending::ForeignKey, Some(*key)));
    let indexes = keys::indexes(model, &plan.references).into_iter();
    let indexes = indexes.map(|columns| part(columns, Ending::Index, None));
    let uniques = keys::uniques(model, plan.models).into_iter();
    let uniques = uniques.map(|columns| part(columns, Ending::Unique, None));
    let named = indexes.chain(references).chain(uniques).filter(is_named);
    let mut parts: Vec<Part> = named.collect();
    if step.sql.starts_with("CREATE TABLE") {
        let single = model.columns.iter().filter(|column| column.unique);
        parts.extend(single.map(|column| part(vec![column.name], Ending::Unique, None)));
        parts.push(primary_key);
    }
    parts
}

/// The parts that a message may mean if it names none.
fn suspects<'a>(plan: &Plan, model: &ModelMeta, message: &str, parts: &'a [Part]) -> Vec<&'a Part> {
    let Some(refusal) = messages::refusal(message) else {
        return Vec::new();
    };
    let keys = || parts.iter().filter(|part| part.reference.is_none());
    match refusal {
        Refusal::ForeignKey => {
            let all = || parts.iter().filter(|part| part.reference.is_some());
            // Nothing here knows a table outside the schema, so such a table is the first suspect.
            let is_foreign = |part: &&Part| {
                let target = part.reference.and_then(|key| plan.model(key.target_table));
                target.is_none()
            };
            let foreign: Vec<&Part> = all().filter(is_foreign).collect();
            match foreign.is_empty() {
                true => all().collect(),
                false => foreign,
            }
        }
        Refusal::KeyTooLong => keys()
            .max_by_key(|part| letters(model, part))
            .into_iter()
            .collect(),
        Refusal::Json => keys().filter(|part| has_json(model, part)).collect(),
        Refusal::Row => Vec::new(),
    }
}

/// How many letters a key takes. A text without a length counts with the shortest length, and JSON
/// counts as longest.
fn letters(model: &ModelMeta, part: &Part) -> u64 {
    let columns = model.columns.iter();
    let columns = columns.filter(|column| part.columns.contains(&column.name));
    let letters = columns.map(|column| match column.kind {
        ColumnKind::Text => column.length.unwrap_or(255),
        ColumnKind::Json | ColumnKind::Jsonb => u32::MAX,
        _ => 0,
    });
    letters.map(u64::from).sum()
}

fn has_json(model: &ModelMeta, part: &Part) -> bool {
    let json = [ColumnKind::Json, ColumnKind::Jsonb];
    let mut columns = model.columns.iter();
    columns.any(|column| part.columns.contains(&column.name) && json.contains(&column.kind))
}

/// The columns that a message names. If the row is too long and none is named, the columns with a
/// length.
fn columns(model: &ModelMeta, message: &str) -> Vec<&'static str> {
    let names = || model.columns.iter().map(|column| column.name);
    let named: Vec<_> = names()
        .filter(|name| messages::quotes(message, name))
        .collect();
    if named.is_empty() && messages::refusal(message) == Some(Refusal::Row) {
        let long = model
            .columns
            .iter()
            .filter(|column| column.length.is_some());
        return long.map(|column| column.name).collect();
    }
    named
}
