//! The names of indexes and keys: which are taken, and which would belong to two parts of a schema.

use std::collections::HashMap;

use crate::dialect::Dialect;
use crate::error::Error;
use crate::meta::names::{Ending, LONGEST, hashed, plain};
use crate::meta::{ModelMeta, Reference, TableName};
use crate::schema::keys;

/// A name in a schema. Its case does not matter.
type InSchema = (Option<&'static str>, String);

/// How many parts of the schema would have each name.
pub(super) struct Names(HashMap<InSchema, usize>);

impl Names {
    pub(super) fn of(models: &[ModelMeta], references: &[Reference]) -> Self {
        let mut names = Self(HashMap::new());
        for model in models {
            names.count(model.table, model.table.name);
        }
        for (model, columns, ending) in all(models, references) {
            let name = plain(model.table.name, &columns, ending);
            names.count(model.table, &name);
        }
        names
    }

    fn count(&mut self, table: TableName, name: &str) {
        *self.0.entry(in_schema(table, name)).or_default() += 1;
    }

    /// The name of an index or a key.
    pub(super) fn name(&self, table: TableName, columns: &[&str], ending: Ending) -> String {
        let name = plain(table.name, columns, ending);
        let alike = self.0.get(&in_schema(table, &name));
        match name.len() > LONGEST || alike.is_some_and(|count| *count > 1) {
            true => hashed(table.name, columns, ending),
            false => name,
        }
    }
}

fn in_schema(table: TableName, name: &str) -> InSchema {
    (table.schema, name.to_lowercase())
}

/// Everything that gets a name from us on any backend, with the models of the tables.
fn all<'a>(
    models: &'a [ModelMeta],
    references: &'a [Reference],
) -> impl Iterator<Item = (&'a ModelMeta, Vec<&'static str>, Ending)> {
    let created = models.iter().filter(|model| !model.adopted);
    created.flat_map(move |model| {
        let single = model.columns.iter().filter(|column| column.unique);
        let single = single.map(|column| (vec![column.name], Ending::Unique));
        let uniques = keys::uniques(model, models).into_iter();
        let uniques = uniques.map(|columns| (columns, Ending::Unique));
        let indexes = keys::indexes(model, references).into_iter();
        let indexes = indexes.map(|columns| (columns, Ending::Index));
        let own = references.iter().filter(|key| key.table == model.table);
        let own = own.map(|key| (vec![key.column], Ending::ForeignKey));
        let all = single.chain(uniques).chain(indexes).chain(own);
        all.map(move |(columns, ending)| (model, columns, ending))
    })
}

/// Two parts that would have the same name in the database, which would silently leave out the second.
pub(super) fn collision<DB: Dialect>(
    models: &'static [ModelMeta],
    references: &[Reference],
    names: &Names,
) -> Option<Error> {
    let mut known: HashMap<InSchema, String> = HashMap::new();
    let created = || models.iter().filter(|model| !model.adopted);
    let tables = created().map(|model| {
        let what = format!("the table of `{}`", model.name);
        (model.table, model.table.name.to_owned(), what)
    });
    let given = created().flat_map(|model| {
        let given = DB::names_beside(model).into_iter();
        given.map(|(name, what)| (model.table, name, format!("{what} of `{}`", model.name)))
    });
    let ours = all(models, references).map(|(model, columns, ending)| {
        let name = names.name(model.table, &columns, ending);
        let columns = columns.join(", ");
        let what = format!("{} of `{}` ({columns})", ending.described(), model.name);
        (model.table, name, what)
    });
    tables
        .chain(given)
        .chain(ours)
        .find_map(|(table, name, what)| {
            let folded = (table.schema, DB::fold_name(&name));
            known
                .insert(folded, what.clone())
                .map(|first| Error::NameCollision {
                    name,
                    first,
                    second: what,
                })
        })
}
