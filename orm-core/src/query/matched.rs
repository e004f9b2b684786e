//! Decides which keys of a list each row has, as the database compares them.
//!
//! If Rust's `Eq` agrees with the database, Rust decides. The collation of a column may make two texts equal
//! that differ in Rust. Then the database decides: the rows are joined with the keys, and each row comes
//! once for every key that it has, with the place of that key.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::sql_types::HasSqlType;

use crate::dialect::{BindKeys, Collation, Compared, Dialect};
use crate::field::{Field, Holds};
use crate::meta::{ColumnKind, ColumnMeta, ModelMeta, TableName};
use crate::model::{Key, Model};
use crate::query::keys::Keys;
use crate::query::read::Readable;
use crate::query::rows::Rows;

/// Whether the database may treat values of the field as equal that differ in Rust.
pub(crate) fn is_asked<F: Field, DB: Dialect + HasSqlType<F::Sql>>() -> bool {
    DB::are_texts::<F::Sql>() && may_collate::<DB>(&F::Model::META, F::COLUMN)
}

/// Whether a text column may compare by anything but bytes.
fn may_collate<DB: Dialect>(meta: &ModelMeta, column: &str) -> bool {
    let states = |column: &ColumnMeta| {
        column.collate.is_some() || matches!(column.kind, ColumnKind::Other(_))
    };
    let column = meta.columns.iter().find(|other| other.name == column);
    // What an adopted table states is not known.
    DB::PADS_TEXTS || meta.adopted || column.is_none_or(states)
}

impl Collation {
    pub(crate) fn of<F: Field>() -> Self {
        let meta = &F::Model::META;
        let mut columns = meta.columns.iter();
        match columns.find(|column| column.name == F::COLUMN) {
            Some(column) if !meta.adopted && column.kind == ColumnKind::Text => {
                Self::Stated(column.collate)
            }
            _ => Self::Unknown,
        }
    }
}

impl Compared {
    pub(crate) fn unordered<F: Field>() -> Self {
        Self {
            table: TableName::of::<F::Model>(),
            column: F::COLUMN,
            ranked: false,
        }
    }

    pub(crate) fn ranked<F: Field>() -> Self {
        Self {
            ranked: true,
            ..Self::unordered::<F>()
        }
    }

    /// Joins rows with keys.
    ///
    /// ```sql
    /// SELECT __orm_row.*, __orm_parent.__orm_place
    /// FROM unnest($1) WITH ORDINALITY AS __orm_parent (__orm_key, __orm_place)
    /// INNER JOIN (…) AS __orm_row ON __orm_row.author = __orm_parent.__orm_key
    /// ORDER BY __orm_row.__orm_rank
    /// ```
    pub(crate) fn join<'b, ST, K, DB: BindKeys<ST, K>>(
        self,
        rows: &'b dyn QueryFragment<DB>,
        keys: &'b Keys<K>,
        mut out: AstPass<'_, 'b, DB>,
    ) -> QueryResult<()> {
        out.push_sql("SELECT __orm_row.*, __orm_parent.__orm_place FROM ");
        DB::bind_matches(rows, self, keys, out.reborrow())?;
        if self.ranked {
            out.push_sql(" ORDER BY __orm_row.__orm_rank");
        }
        Ok(())
    }
}

/// Rows with the places of their keys.
pub(crate) struct Matched<'q, DB: Backend, ST, K> {
    rows: &'q dyn QueryFragment<DB>,
    compared: Compared,
    keys: &'q Keys<K>,
    sql: PhantomData<fn() -> ST>,
}

impl<'q, DB: Backend, ST, K> Matched<'q, DB, ST, K> {
    pub(crate) fn new(
        rows: &'q dyn QueryFragment<DB>,
        compared: Compared,
        keys: &'q Keys<K>,
    ) -> Self {
        Self {
            rows,
            compared,
            keys,
            sql: PhantomData,
        }
    }
}

impl<ST, K, DB: BindKeys<ST, K>> QueryFragment<DB> for Matched<'_, DB, ST, K> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.compared.join::<ST, K, DB>(self.rows, self.keys, out)
    }
}

/// A row and the place of its key in the list. The place is the last column, and the database counts it from
/// 1.
#[derive(Debug)]
pub struct At<U> {
    pub(crate) row: U,
    pub(crate) place: usize,
}

impl<U, ST, DB> Readable<ST, DB> for At<U>
where
    U: Readable<ST, DB>,
    DB: Dialect,
{
    fn of() -> Option<&'static ModelMeta> {
        U::of()
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        Ok(Self {
            place: DB::last_number(row)?.saturating_sub(1),
            row: U::read_row(row)?,
        })
    }
}

/// Which keys of a list, and which values of rows, are equal to the database.
#[derive(Debug)]
pub(crate) struct Same<K> {
    /// For each key, the first key that it equals.
    pub(crate) first: Vec<usize>,
    /// The values that rows have, each with the first key that it equals.
    pub(crate) values: Vec<(K, usize)>,
}

/// The rows for some keys, and the database's answer to which keys are equal, if it was asked.
#[derive(Debug)]
pub struct Found<M, K> {
    pub(crate) rows: Rows<M>,
    pub(crate) same: Option<Same<K>>,
}

impl<M, K> Found<M, K> {
    /// Rows whose keys Rust compares.
    pub(crate) fn exact(rows: Rows<M>) -> Self {
        Self { rows, same: None }
    }
}

impl<M: Model, K: Key> Found<M, K> {
    /// Keeps each row once. Its value of `F` was compared with `keys` keys.
    pub(crate) fn matched<F>(rows: Rows<At<M>>, keys: usize) -> Self
    where
        F: Field<Model = M, Value: Holds<K>>,
    {
        let same = Same::of(
            rows.iter()
                .filter_map(|at| Some((F::read(&at.row).key()?, at.place))),
            keys,
        );
        let first = &same.first;
        // A row of several equal keys came once for each of them.
        let rows = rows.filter_map(|at| (first.get(at.place) == Some(&at.place)).then_some(at.row));
        Self {
            rows,
            same: Some(same),
        }
    }
}

impl<K: Key> Same<K> {
    /// From values, and the places of the keys that they equal.
    fn of<'r>(pairs: impl Iterator<Item = (&'r K, usize)>, keys: usize) -> Self {
        let mut first: Vec<usize> = (0..keys).collect();
        let mut values: HashMap<&K, usize> = HashMap::new();
        for (value, place) in pairs {
            match values.entry(value) {
                Entry::Occupied(other) => join(&mut first, *other.get(), place),
                Entry::Vacant(new) => drop(new.insert(place)),
            }
        }
        for place in 0..keys {
            let root = root(&first, place);
            if let Some(first) = first.get_mut(place) {
                *first = root;
            }
        }
        let values = values.into_iter();
        let values = values.map(|(value, place)| (value.clone(), root(&first, place)));
        let values = values.collect();
        Self { first, values }
    }
}

/// The first key that the key at `place` is known to equal.
fn root(first: &[usize], mut place: usize) -> usize {
    while let Some(before) = first.get(place).filter(|before| **before != place) {
        place = *before;
    }
    place
}

fn join(first: &mut [usize], a: usize, b: usize) {
    let (a, b) = (root(first, a), root(first, b));
    if let Some(first) = first.get_mut(a.max(b)) {
        *first = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::Same;

    fn same(pairs: &[(&str, usize)], keys: usize) -> (Vec<usize>, Vec<(String, usize)>) {
        let pairs: Vec<_> = pairs
            .iter()
            .map(|(text, at)| (String::from(*text), *at))
            .collect();
        let same = Same::of(pairs.iter().map(|(text, at)| (text, *at)), keys);
        let mut values = same.values;
        values.sort();
        (same.first, values)
    }

    #[test]
    fn keys_are_equal_that_a_row_has_both_of() {
        let (first, values) = same(&[("a", 2), ("A", 0), ("a", 0), ("A", 2), ("b", 1)], 4);
        assert_eq!(first, [0, 1, 0, 3]);
        let expected = [("A", 0), ("a", 0), ("b", 1)].map(|(text, at)| (text.to_owned(), at));
        assert_eq!(values, expected);
    }

    #[test]
    fn keys_are_equal_by_way_of_others() {
        let (first, _) = same(
            &[("a", 3), ("a", 2), ("b", 2), ("b", 1), ("c", 1), ("c", 0)],
            4,
        );
        assert_eq!(first, [0, 0, 0, 0]);
    }
}
