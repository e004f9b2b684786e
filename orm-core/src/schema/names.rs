//! Names of indexes, unique keys and foreign keys.
//!
//! A name is that of the table, those of the columns, and what it is: `posts_author_id_idx`. Joined like
//! that, two names may be one (of the columns `day` and `hour`, and of a column `day_hour`), or too long
//! for a database. Such a name is cut and gets a hash of what was joined. All that would have one name get
//! a hash, so that a name depends on no order, neither of models nor of keys.

use std::collections::HashMap;

use crate::dialect::Dialect;
use crate::error::Error;
use crate::schema::keys;
use crate::schema::meta::{ModelMeta, Reference, TableName};

/// What has a name of ours.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Index,
    Unique,
    ForeignKey,
}

impl Ending {
    /// Those of PostgreSQL's own names.
    const fn text(self) -> &'static str {
        match self {
            Self::Index => "idx",
            Self::Unique => "key",
            Self::ForeignKey => "fkey",
        }
    }

    const fn described(self) -> &'static str {
        match self {
            Self::Index => "an index",
            Self::Unique => "a unique key",
            Self::ForeignKey => "a foreign key",
        }
    }
}

/// PostgreSQL cuts a name behind so many bytes, MySQL takes so many letters and one more.
pub(crate) const LONGEST: usize = 63;

/// The name where no other is like it.
pub(crate) fn plain(table: &str, columns: &[&str], ending: Ending) -> String {
    format!("{table}_{}_{}", columns.join("_"), ending.text())
}

/// The name with a hash.
pub(crate) fn hashed(table: &str, columns: &[&str], ending: Ending) -> String {
    let hash = hash(std::iter::once(table).chain(columns.iter().copied()));
    let end = format!("_{hash:08x}_{}", ending.text());
    let joined = format!("{table}_{}", columns.join("_"));
    format!("{}{end}", cut(&joined, LONGEST - end.len()))
}

/// Whether a constraint or an index of the database has one of the two.
pub(crate) fn is_name_of(name: &str, table: &str, columns: &[&str], ending: Ending) -> bool {
    name == plain(table, columns, ending) || name == hashed(table, columns, ending)
}

/// The beginning of a text, of at most so many bytes.
pub(crate) fn cut(text: &str, bytes: usize) -> &str {
    let ends = (0..=bytes.min(text.len())).rev();
    let mut ends = ends.filter(|end| text.is_char_boundary(*end));
    text.get(..ends.next().unwrap_or_default())
        .unwrap_or_default()
}

/// FNV-1a, which never changes: it is in the names of databases
/// (<https://datatracker.ietf.org/doc/html/draft-eastlake-fnv>).
fn hash<'a>(parts: impl Iterator<Item = &'a str>) -> u32 {
    let bytes = parts.flat_map(|part| part.bytes().chain([0]));
    bytes.fold(0x811c_9dc5, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

/// A name in a schema, whatever its case.
type InSchema = (Option<&'static str>, String);

/// How many things would have each name.
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

/// All that have names of ours, on whichever backend, with the models of their tables.
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

/// Two things that would have one name in the database, which would leave the second out without a word.
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

#[cfg(test)]
mod tests {
    use super::{Ending, LONGEST, cut, hashed};

    #[test]
    fn a_name_with_a_hash_is_short_and_tells_columns_apart() {
        let name = hashed("days", &["day", "hour"], Ending::Index);
        assert_eq!(name, "days_day_hour_cfcbb02e_idx");
        assert_ne!(name, hashed("days", &["day_hour"], Ending::Index));
        let long = "ä".repeat(60);
        let name = hashed(&long, &["b"], Ending::ForeignKey);
        assert!(name.len() <= LONGEST && name.len() > LONGEST - 2, "{name}");
        assert_eq!(cut("aä", 2), "a");
    }
}
