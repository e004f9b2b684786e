//! Rows that are not read back, because the database stores them as they are written: the `INSERT` of one, and the
//! row made of its values.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSqlRow};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::{QueryResult, UnexpectedEndOfRow};
use diesel::row::Row;

use crate::dialect::Dialect;
use crate::field::Field;
use crate::fields::FieldList;
use crate::meta::{ColumnMeta, ColumnSet, ModelMeta, is_same};
use crate::model::{Model, Values};
use crate::query::read::{ReadColumns, ReadValue, Source};
use crate::query::run::{ReadEach, ReadOnce};
use crate::write::insert::{push_into, push_row};
use crate::write::values::{BindAt, Columns};

/// An `INSERT` of one row that gives all columns except a generated key, as most rows do, and that fails if
/// its key is taken.
///
/// Its text depends only on the model, so Diesel finds the prepared statement by the type and need not write
/// the text first.
pub(super) struct InsertWhole<'a, M: Model>(&'a Values<M>);

impl<'a, M: Model> InsertWhole<'a, M> {
    /// `None` unless `columns` are all columns that a row can give.
    pub(super) fn of(row: &'a Values<M>, columns: ColumnSet) -> Option<Self> {
        (columns == Self::COLUMNS).then_some(Self(row))
    }

    const COLUMNS: ColumnSet = all_but_generated(&M::META);
}

impl<M: Model> QueryId for InsertWhole<'_, M> {
    type QueryId = InsertWhole<'static, M>;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl<M, DB> QueryFragment<DB> for InsertWhole<'_, M>
where
    DB: Dialect,
    M: Columns<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        walk_one(const { &M::META }, self.0, Self::COLUMNS, out)
    }
}

/// One row. This function does not know the row's model.
fn walk_one<'b, DB: Dialect>(
    meta: &ModelMeta,
    row: &'b dyn BindAt<DB>,
    columns: ColumnSet,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    push_into(meta, columns, out.reborrow())?;
    match columns.is_empty() {
        true => Ok(()),
        false => push_row(row, columns, out),
    }
}

/// The columns that an `INSERT` gives if the database makes nothing but the key.
const fn all_but_generated(meta: &ModelMeta) -> ColumnSet {
    let mut set = ColumnSet::new();
    let mut index = 0;
    while index < meta.columns.len() {
        let in_key = meta.generated_key && is_same(meta.columns[index].name, meta.primary_key[0]);
        set = set.with(index, !in_key && !meta.columns[index].read_only);
        index += 1;
    }
    set
}

/// Makes a row of what was written and of the generated key, which another row holds.
pub(super) struct WithKey<'v, M: Model>(pub(super) &'v mut Values<M>);

impl<M: ReadColumns<DB>, DB: Backend> ReadOnce<DB> for WithKey<'_, M> {
    type Output = M;

    fn read<'a>(self, key: &impl Row<'a, DB>) -> deserialize::Result<M> {
        let values = self.0;
        M::read_columns(Written { values, key })
    }
}

/// The same for many rows, in their order; there is one key for each.
#[allow(dead_code, reason = "SQLite returns many rows")]
pub(super) struct WithKeys<'v, M: Model> {
    values: std::slice::Iter<'v, &'v Values<M>>,
    pub(super) rows: Vec<M>,
}

#[allow(dead_code, reason = "SQLite returns many rows")]
impl<'v, M: Model> WithKeys<'v, M> {
    pub(super) fn of(values: &'v [&'v Values<M>]) -> Self {
        Self {
            values: values.iter(),
            rows: Vec::with_capacity(values.len()),
        }
    }
}

impl<M: ReadColumns<DB>, DB: Backend> ReadEach<DB> for WithKeys<'_, M> {
    fn read<'a>(&mut self, key: &impl Row<'a, DB>) -> deserialize::Result<()> {
        if let Some(&values) = self.values.next() {
            let values = &mut values.clone();
            self.rows.push(M::read_columns(Written { values, key })?);
        }
        Ok(())
    }
}

/// The written values, and a row that holds the key.
struct Written<'v, 'r, M: Model, R> {
    values: &'v mut Values<M>,
    key: &'r R,
}

impl<'a, M: Model, DB: Backend, R: Row<'a, DB>> Source<M, DB> for Written<'_, '_, M, R> {
    fn value<F>(&mut self, _: usize) -> deserialize::Result<F::Value>
    where
        F: Field<Model = M> + ReadValue<DB>,
    {
        match F::place(self.values).take() {
            Some(value) => Ok(value),
            None if M::META.primary_key == [F::COLUMN] => F::read_value(self.key, 0),
            None => F::null(),
        }
    }

    /// Such rows are read back instead; see [`comes_back_as_written`].
    fn whole(&mut self) -> deserialize::Result<M>
    where
        M: FromSqlRow<M::SqlType, DB>,
    {
        M::build_from_row(self.key)
    }
}

/// Makes a row of what was written, with its key.
#[allow(dead_code, reason = "SQLite tells the key of each row")]
pub(super) fn known<M: ReadColumns<DB>, DB: Backend>(values: &mut Values<M>) -> Option<M> {
    M::read_columns(Known(values)).ok()
}

/// The written values, which are all that the row has.
struct Known<'v, M: Model>(&'v mut Values<M>);

impl<M: Model, DB: Backend> Source<M, DB> for Known<'_, M> {
    fn value<F>(&mut self, _: usize) -> deserialize::Result<F::Value>
    where
        F: Field<Model = M> + ReadValue<DB>,
    {
        match F::place(self.0).take() {
            Some(value) => Ok(value),
            None => F::null(),
        }
    }

    /// Such rows are read back instead; see [`comes_back_as_written`].
    fn whole(&mut self) -> deserialize::Result<M>
    where
        M: FromSqlRow<M::SqlType, DB>,
    {
        Err(Box::new(UnexpectedEndOfRow))
    }
}

/// Whether every value but a generated key reads back as it was written. That is unknown for a table that is not ours,
/// and for types that are not the database's own. An adopted table may also have a key other than the generated one.
pub(super) fn comes_back_as_written<M: Model, DB: Dialect>(values: &Values<M>) -> bool {
    let as_written = |(index, column): (usize, &ColumnMeta)| {
        let is_key = M::META.generated_key && M::META.primary_key == [column.name];
        let stays = |value| DB::stays(value, column, &M::META);
        is_key || values.untyped(index).is_none_or(stays)
    };
    let mut columns = M::META.columns.iter().enumerate();
    M::Fields::MAKES_ROW
        && !M::META.adopted
        && const { M::META.read_only().is_empty() }
        && columns.all(as_written)
}
