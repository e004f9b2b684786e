//! Reads a row of the database.

use std::error::Error as StdError;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql, FromSqlRow};
use diesel::expression::Expression;
use diesel::result::UnexpectedEndOfRow;
use diesel::row::{Field as _, Row};

use crate::dialect::Dialect;
use crate::error::at_column::AtColumn;
use crate::field::{ColumnNamed, Field, FieldOf};
use crate::fields::{Exact, FieldList, MadeByDiesel};
use crate::meta::ModelMeta;
use crate::model::{Model, Selects};

/// What a row is read as: a model, or part of one.
pub trait Readable<ST, DB: Backend>: Sized {
    /// The model that errors name, if it is one model's row.
    #[must_use]
    fn of() -> Option<&'static ModelMeta> {
        None
    }

    /// Reads the row.
    ///
    /// # Errors
    /// The errors of the fields' types for values that they cannot take.
    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self>;
}

/// A model whose columns a backend can return, in the order of the fields.
///
/// The fields are read one by one. Diesel's tuple would make a row of its own for each of them.
pub trait ReadColumns<DB: Backend>: Selects<<Self as Model>::SqlType> {
    /// Makes a row from the values of a source.
    ///
    /// # Errors
    /// The errors of the fields' types for values that they cannot take.
    fn read_columns<S: Source<Self, DB>>(source: S) -> deserialize::Result<Self>;
}

impl<M, DB> ReadColumns<DB> for M
where
    M: Selects<<M as Model>::SqlType> + Model<Fields: ReadFields<M, DB>>,
    DB: Backend,
{
    #[inline]
    fn read_columns<S: Source<M, DB>>(mut source: S) -> deserialize::Result<M> {
        M::Fields::read(&mut source, 0).map(M::of_row)
    }
}

/// Has a value for each field of a model.
pub trait Source<M: Model, DB: Backend> {
    /// The value of the field `F`, at `index`.
    ///
    /// # Errors
    /// The error of the field's type for a value that it cannot take, with the column's name.
    fn value<F>(&mut self, index: usize) -> deserialize::Result<F::Value>
    where
        F: Field<Model = M> + ReadValue<DB>;

    /// The whole model, if Diesel's `Queryable` makes it.
    ///
    /// # Errors
    /// Any error of `Queryable`.
    fn whole(&mut self) -> deserialize::Result<M>
    where
        M: FromSqlRow<M::SqlType, DB>;
}

/// A row with the model's columns in the order of its fields.
pub(crate) struct FromRow<'r, R>(pub(crate) &'r R);

impl<'a, M: Model, DB: Backend, R: Row<'a, DB>> Source<M, DB> for FromRow<'_, R> {
    #[inline]
    fn value<F>(&mut self, index: usize) -> deserialize::Result<F::Value>
    where
        F: Field<Model = M> + ReadValue<DB>,
    {
        F::read_value(self.0, index)
    }

    fn whole(&mut self) -> deserialize::Result<M>
    where
        M: FromSqlRow<M::SqlType, DB>,
    {
        M::build_from_row(self.0)
    }
}

impl<M, ST, DB> Readable<ST, DB> for M
where
    DB: Backend,
    M: Selects<ST> + ReadColumns<DB>,
{
    fn of() -> Option<&'static ModelMeta> {
        Some(const { &M::META })
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        M::read_columns(FromRow(row))
    }
}

/// A field whose value a backend can return.
#[diagnostic::on_unimplemented(
    message = "orm-core cannot read this field's type from its column on the backend `{DB}`",
    note = "the chapter \"models\" of the guide lists the types"
)]
pub trait ReadValue<DB: Backend>: Field {
    /// The value of the column at `index`.
    ///
    /// # Errors
    /// The error of the field's type for a value that it cannot take, with the column's name.
    fn read_value<'a>(row: &impl Row<'a, DB>, index: usize) -> deserialize::Result<Self::Value>;

    /// The value for NULL.
    ///
    /// # Errors
    /// Fails if the field's type has no such value.
    fn null() -> deserialize::Result<Self::Value>;
}

impl<F, ST, DB> ReadValue<DB> for F
where
    F: Field<Column: Expression<SqlType = ST>>,
    DB: Dialect,
    F::Value: FromSql<ST, DB>,
{
    #[inline]
    fn read_value<'a>(row: &impl Row<'a, DB>, index: usize) -> deserialize::Result<F::Value> {
        match value_of::<F::Value, ST, F::Sql, DB>(row, index) {
            Ok(value) => Ok(value),
            Err(source) => Err(at_column(F::COLUMN, source)),
        }
    }

    fn null() -> deserialize::Result<F::Value> {
        F::Value::from_nullable_sql(None)
    }
}

/// The value of one column of a row.
#[inline]
pub(crate) fn value_at<'a, T, ST, DB>(
    row: &impl Row<'a, DB>,
    index: usize,
) -> deserialize::Result<T>
where
    DB: Dialect,
    T: FromSql<ST, DB>,
    ST: 'static,
{
    value_of::<T, ST, ST, DB>(row, index)
}

/// The value of one column of a row; `Plain` is its SQL type without `Nullable`.
#[inline]
fn value_of<'a, T, ST, Plain, DB>(row: &impl Row<'a, DB>, index: usize) -> deserialize::Result<T>
where
    DB: Dialect,
    T: FromSql<ST, DB>,
    Plain: 'static,
{
    let Some(field) = row.get(index) else {
        return Err(end_of_row());
    };
    let mut value = field.value();
    if let Some(value) = &mut value {
        DB::check_read::<Plain>(value)?;
    }
    T::from_nullable_sql(value)
}

type Boxed = Box<dyn StdError + Send + Sync>;

/// An error that names its column. This function and [`end_of_row`] are kept out of the code that reads a
/// row, because they would be most of it.
#[cold]
#[inline(never)]
fn at_column(column: &'static str, source: Boxed) -> Boxed {
    Box::new(AtColumn { column, source })
}

#[cold]
#[inline(never)]
fn end_of_row() -> Boxed {
    Box::new(UnexpectedEndOfRow)
}

/// The value of a query that returns one row with one column.
#[derive(Debug)]
pub struct Scalar<T>(pub(crate) T);

impl<T, ST, DB> Readable<ST, DB> for Scalar<T>
where
    DB: Dialect,
    T: FromSql<ST, DB>,
    ST: 'static,
{
    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        value_at(row, 0).map(Scalar)
    }
}

/// A list of fields whose values a backend can return.
pub trait ReadFields<M: Model, DB: Backend>: FieldList {
    /// Reads the fields in order, starting at the index `first`.
    ///
    /// # Errors
    /// The errors of the fields' types for values that they cannot take.
    fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<Self::Row>;
}

impl<M, DB, const HASH: u64> ReadFields<M, DB> for FieldOf<M, HASH>
where
    M: ColumnNamed<HASH>,
    DB: Backend,
    Self: ReadValue<DB, Model = M, Value = M::Value>,
{
    #[inline]
    fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<M::Value> {
        source.value::<Self>(first)
    }
}

impl<M: Model, DB: Backend, F: ReadFields<M, DB>> ReadFields<M, DB> for Exact<F> {
    #[inline]
    fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<F::Row> {
        F::read(source, first)
    }
}

impl<M, DB, L> ReadFields<M, DB> for MadeByDiesel<M, L>
where
    M: Model + FromSqlRow<M::SqlType, DB>,
    DB: Backend,
    L: FieldList,
{
    #[inline]
    fn read<S: Source<M, DB>>(source: &mut S, _: usize) -> deserialize::Result<M> {
        source.whole()
    }
}

/// Implements [`ReadFields`] for tuples.
macro_rules! read_fields {
    ($($list:ident $value:ident)+) => {
        impl<M: Model, DB: Backend, $($list: ReadFields<M, DB>),+> ReadFields<M, DB> for ($($list,)+) {
            #[inline]
            fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<Self::Row> {
                let mut next = first;
                $(
                    let $value = $list::read(source, next)?;
                    next += $list::LEN;
                )+
                let _ = next;
                Ok(($($value,)+))
            }
        }
    };
}

read_fields!(A a);
read_fields!(A a B b);
read_fields!(A a B b C c);
read_fields!(A a B b C c D d);
read_fields!(A a B b C c D d E e);
read_fields!(A a B b C c D d E e F f);
read_fields!(A a B b C c D d E e F f G g);
read_fields!(A a B b C c D d E e F f G g H h);
read_fields!(A a B b C c D d E e F f G g H h I i);
read_fields!(A a B b C c D d E e F f G g H h I i J j);
read_fields!(A a B b C c D d E e F f G g H h I i J j K k);
read_fields!(A a B b C c D d E e F f G g H h I i J j K k L l);
