//! What rows add up to: their number, the greatest and the least value of a column, sums and averages.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::expression::{Expression, QueryMetadata};
use diesel::query_builder::QueryFragment;
use diesel::row::{Field as _, Row};
use diesel::sql_types::{
    BigInt, Double, Float, Integer, Nullable, SmallInt, SqlOrd, SqlType, Text, is_nullable,
};

use crate::column::{ColumnOf, ColumnValue};
use crate::connection::Connection;
use crate::dialect::{Dialect, quote};
use crate::error::at_column::AtColumn;
use crate::error::{Error, Result};
use crate::field::Field;
use crate::meta::ModelMeta;
use crate::model::Model;
use crate::query::read::{ReadValue, Readable, value_at};
use crate::query::run::{self, ReadOnce};
use crate::write::rows::{RowsOf, Which};
use crate::write::statement::Statement;

type FieldAt<M, K> = <K as ColumnOf<M>>::Field;
type SqlOf<M, K> = <<FieldAt<M, K> as Field>::Column as Expression>::SqlType;
type PlainSql<M, K> = <FieldAt<M, K> as Field>::Sql;

/// Whether a column can be NULL.
pub trait Nullness {
    /// A value that may be missing; `V` is the type of the field.
    type Maybe<V>;

    /// Reads the value, if it is not NULL.
    ///
    /// # Errors
    /// Those of `read`.
    fn maybe<V>(
        is_null: bool,
        read: impl FnOnce() -> deserialize::Result<V>,
    ) -> deserialize::Result<Self::Maybe<V>>;
}

impl Nullness for is_nullable::NotNull {
    type Maybe<V> = Option<V>;

    fn maybe<V>(
        is_null: bool,
        read: impl FnOnce() -> deserialize::Result<V>,
    ) -> deserialize::Result<Option<V>> {
        match is_null {
            true => Ok(None),
            false => read().map(Some),
        }
    }
}

/// The type of the field is an `Option` already.
impl Nullness for is_nullable::IsNullable {
    type Maybe<V> = V;

    fn maybe<V>(_: bool, read: impl FnOnce() -> deserialize::Result<V>) -> deserialize::Result<V> {
        read()
    }
}

/// The SQL type of a column whose values have an order.
#[diagnostic::on_unimplemented(
    message = "values of the SQL type `{Self}` have no order",
    label = "expected a column of numbers, texts or moments"
)]
pub trait Ordered {}

#[diagnostic::do_not_recommend]
impl<T: SqlOrd> Ordered for T {}

/// The SQL type of a column that can be summed up.
#[diagnostic::on_unimplemented(
    message = "a column of the SQL type `{Self}` cannot be summed up",
    label = "expected a column of integers or floats"
)]
pub trait Summed {
    /// The type of the sum: `i64`, or `f64` for floats.
    type Sum;
    /// The SQL type of the sum as the database returns it.
    type Sql: 'static;

    /// The sum of a column, in SQL.
    fn sql<DB: Dialect>(column: &str) -> String;

    /// Reads the sum.
    ///
    /// # Errors
    /// An error if the sum does not fit into its type.
    fn read<'a, DB: ReadSums>(row: &impl Row<'a, DB>) -> deserialize::Result<Self::Sum>;
}

/// A backend that returns sums. All backends do.
pub trait ReadSums:
    Dialect + QueryMetadata<Nullable<Text>> + QueryMetadata<Nullable<Double>>
{
    /// Reads a text.
    ///
    /// # Errors
    /// Any error of Diesel's.
    fn read_text<'a>(row: &impl Row<'a, Self>) -> deserialize::Result<String>;

    /// Reads a float.
    ///
    /// # Errors
    /// Any error of Diesel's.
    fn read_double<'a>(row: &impl Row<'a, Self>) -> deserialize::Result<f64>;
}

impl<DB> ReadSums for DB
where
    DB: Dialect + QueryMetadata<Nullable<Text>> + QueryMetadata<Nullable<Double>>,
    String: FromSql<Text, DB>,
    f64: FromSql<Double, DB>,
{
    fn read_text<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<String> {
        value_at::<String, Text, DB>(row, 0)
    }

    fn read_double<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<f64> {
        value_at::<f64, Double, DB>(row, 0)
    }
}

/// ReadSums of integers come as text: each database has a type of its own for them, and MySQL would cut one that is too
/// large for a `BIGINT`.
macro_rules! summed_integers {
    ($($integer:ty),+) => {
        $(
            impl Summed for $integer {
                type Sum = i64;
                type Sql = Nullable<Text>;

                fn sql<DB: Dialect>(column: &str) -> String {
                    format!("CAST(SUM({column}) AS {})", DB::CAST_TEXT)
                }

                fn read<'a, DB: ReadSums>(row: &impl Row<'a, DB>) -> deserialize::Result<i64> {
                    Ok(DB::read_text(row)?.parse()?)
                }
            }
        )+
    };
}

macro_rules! summed_floats {
    ($($float:ty),+) => {
        $(
            impl Summed for $float {
                type Sum = f64;
                type Sql = Nullable<Double>;

                fn sql<DB: Dialect>(column: &str) -> String {
                    format!("SUM({})", DB::as_double(column))
                }

                fn read<'a, DB: ReadSums>(row: &impl Row<'a, DB>) -> deserialize::Result<f64> {
                    DB::read_double(row)
                }
            }
        )+
    };
}

summed_integers!(SmallInt, Integer, BigInt);
summed_floats!(Float, Double);

/// A column of `M` that has a greatest and a least value on the backend `DB`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}`",
    label = "expected a column of `{M}`, as in `users::age`"
)]
pub trait Extremes<M, DB>: ColumnOf<M> {
    /// The value, or `None`: `Option<i32>` for a field of type `i32` and for one of type `Option<i32>`.
    type Output;

    /// Runs `select`, which returns the value.
    ///
    /// # Errors
    /// Any database error.
    fn extreme<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Self::Output>
    where
        DB: Dialect;
}

impl<M, K, DB> Extremes<M, DB> for K
where
    M: Model,
    DB: Dialect + QueryMetadata<SqlOf<M, K>>,
    K: ColumnOf<M, Field: ReadValue<DB, Sql: Ordered>>,
    SqlOf<M, K>: SqlType<IsNull: Nullness> + 'static,
{
    type Output = <<SqlOf<M, K> as SqlType>::IsNull as Nullness>::Maybe<ColumnValue<M, K>>;

    fn extreme<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Self::Output> {
        let read = Extreme::<M, K>(PhantomData);
        only(run::one_by_text::<C, SqlOf<M, K>, _>(
            conn,
            select,
            const { &M::META },
            read,
        )?)
    }
}

/// A column of `M` that can be summed up on the backend `DB`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}`",
    label = "expected a column of `{M}`, as in `users::age`"
)]
pub trait Sums<M, DB>: ColumnOf<M> {
    /// `i64`, or `f64` for floats.
    type Sum;

    /// The sum, in SQL.
    fn sql(column: &str) -> String
    where
        DB: Dialect;

    /// Runs `select`, which returns the sum.
    ///
    /// # Errors
    /// Any database error.
    fn sum<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Option<Self::Sum>>
    where
        DB: Dialect;

    /// Runs `select`, which returns the average.
    ///
    /// # Errors
    /// Any database error.
    fn average<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Option<f64>>
    where
        DB: Dialect;
}

impl<M, K, DB> Sums<M, DB> for K
where
    M: Model,
    DB: ReadSums + QueryMetadata<<PlainSql<M, K> as Summed>::Sql>,
    K: ColumnOf<M>,
    PlainSql<M, K>: Summed,
{
    type Sum = <PlainSql<M, K> as Summed>::Sum;

    fn sql(column: &str) -> String {
        PlainSql::<M, K>::sql::<DB>(column)
    }

    fn sum<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Option<Self::Sum>> {
        type Sql<M, K> = <PlainSql<M, K> as Summed>::Sql;
        let read = Sum::<M, K>(PhantomData);
        only(run::one_by_text::<C, Sql<M, K>, _>(
            conn,
            select,
            const { &M::META },
            read,
        )?)
    }

    fn average<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Option<f64>> {
        only(run::one_by_text::<C, Nullable<Double>, _>(
            conn,
            select,
            const { &M::META },
            Average,
        )?)
    }
}

/// A column of `M` by whose values rows can be counted on the backend `DB`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}`",
    label = "expected a column of `{M}`, as in `users::age`"
)]
pub trait Groups<M, DB>: ColumnOf<M> {
    /// Runs `select`, which returns values and counts.
    ///
    /// # Errors
    /// Any database error.
    fn groups<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Vec<(ColumnValue<M, Self>, i64)>>
    where
        DB: Dialect;
}

impl<M, K, DB> Groups<M, DB> for K
where
    M: Model,
    DB: Dialect + QueryMetadata<(SqlOf<M, K>, BigInt)>,
    K: ColumnOf<M, Field: ReadValue<DB>>,
    SqlOf<M, K>: 'static,
    i64: FromSql<BigInt, DB>,
{
    fn groups<C: Connection<Backend = DB>>(
        conn: &mut C,
        select: &dyn QueryFragment<DB>,
    ) -> Result<Vec<(ColumnValue<M, K>, i64)>> {
        type Rows<M, K> = Group<FieldAt<M, K>>;
        let rows = run::all_by_text::<C, Rows<M, K>, (SqlOf<M, K>, BigInt)>(conn, select)?;
        let pair = |Group(value, count)| (value, count);
        Ok(rows.into_iter().map(pair).collect())
    }
}

impl<M: Model, W> RowsOf<M, W> {
    /// How many rows there are: `SELECT COUNT(*)`.
    ///
    /// # Errors
    /// Any database error.
    pub fn count<C>(self, conn: &mut C) -> Result<i64>
    where
        C: Connection<Backend: QueryMetadata<BigInt>>,
        W: Which<C::Backend>,
        i64: FromSql<BigInt, C::Backend>,
    {
        let select = self.selecting::<C::Backend>("COUNT(*)".to_owned());
        only(run::one_by_text::<C, BigInt, _>(
            conn,
            &select,
            const { &M::META },
            Count,
        )?)
    }

    /// The greatest value of a column, or `None` if there is none: `SELECT MAX(age)`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::rows(users::name.eq("Ann")).max(conn, users::id)?, Some(1));
    /// assert_eq!(User::rows(users::name.eq("Bo")).max(conn, users::id)?, None);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    pub fn max<C: Connection, K: Extremes<M, C::Backend, Output = T>, T>(self, conn: &mut C, _: K) -> Result<T>
    where
        W: Which<C::Backend>,
    {
        let column = name::<M, K, C::Backend>();
        K::extreme(conn, &self.selecting(format!("MAX({column})")))
    }

    /// The least value of a column, or `None` if there is none: `SELECT MIN(age)`.
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    pub fn min<C: Connection, K: Extremes<M, C::Backend, Output = T>, T>(self, conn: &mut C, _: K) -> Result<T>
    where
        W: Which<C::Backend>,
    {
        let column = name::<M, K, C::Backend>();
        K::extreme(conn, &self.selecting(format!("MIN({column})")))
    }

    /// The sum of a column, or `None` if there are no values: `SELECT SUM(points)`. It is an `i64` for integers and an
    /// `f64` for floats, on all backends.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::all_rows().sum(conn, users::id)?, Some(1));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::Column`](crate::Error::Column) if the sum is too large for an `i64`; SQLite says that itself. Any other
    /// database error.
    #[rustfmt::skip] // so that rustc shows one line
    pub fn sum<C: Connection, K: Sums<M, C::Backend, Sum = T>, T>(self, conn: &mut C, _: K) -> Result<Option<T>>
    where
        W: Which<C::Backend>,
    {
        let sql = K::sql(&name::<M, K, C::Backend>());
        K::sum(conn, &self.selecting(sql))
    }

    /// The average of a column, or `None` if there are no values: `SELECT AVG(points)`, computed with floats on all
    /// backends.
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    pub fn avg<C: Connection, K: Sums<M, C::Backend>>(self, conn: &mut C, _: K) -> Result<Option<f64>>
    where
        W: Which<C::Backend>,
    {
        let column = name::<M, K, C::Backend>();
        let sql = format!("AVG({})", C::Backend::as_double(&column));
        K::average(conn, &self.selecting(sql))
    }

    /// How many rows have each value of a column, in no particular order: `SELECT role, COUNT(*) … GROUP BY role`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::all_rows().count_by(conn, users::name)?, [("Ann".to_owned(), 1)]);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    pub fn count_by<C: Connection, K: Groups<M, C::Backend>>(self, conn: &mut C, _: K) -> Result<Vec<(ColumnValue<M, K>, i64)>>
    where
        W: Which<C::Backend>,
    {
        let column = name::<M, K, C::Backend>();
        let counts = self.selecting::<C::Backend>(format!("{column}, COUNT(*)"));
        K::groups(conn, &counts.text(format!(" GROUP BY {column}")))
    }

    /// `SELECT … FROM table WHERE filter`
    fn selecting<DB: Dialect>(&self, selection: String) -> Statement<'_, DB>
    where
        W: Which<DB>,
    {
        let select = Statement::on::<M>("SELECT ").text(selection);
        let select = select.sql(" FROM ").table::<M>();
        match self.filter() {
            Some(filter) => select.sql(" WHERE ").fragment(filter),
            None => select,
        }
    }
}

fn name<M: Model, K: ColumnOf<M>, DB: Dialect>() -> String {
    quote::<DB>(FieldAt::<M, K>::COLUMN)
}

/// The only row, which is there even if the filter finds none.
fn only<T>(row: Option<T>) -> Result<T> {
    row.ok_or(Error::Database(diesel::result::Error::NotFound))
}

struct Count;

impl<DB: Dialect> ReadOnce<DB> for Count
where
    i64: FromSql<BigInt, DB>,
{
    type Output = i64;

    fn read<'a>(self, row: &impl Row<'a, DB>) -> deserialize::Result<i64> {
        value_at::<i64, BigInt, DB>(row, 0)
    }
}

struct Extreme<M, K>(PhantomData<fn() -> (M, K)>);

impl<M, K, DB> ReadOnce<DB> for Extreme<M, K>
where
    DB: Backend,
    K: ColumnOf<M, Field: ReadValue<DB>>,
    SqlOf<M, K>: SqlType<IsNull: Nullness>,
{
    type Output = <<SqlOf<M, K> as SqlType>::IsNull as Nullness>::Maybe<ColumnValue<M, K>>;

    fn read<'a>(self, row: &impl Row<'a, DB>) -> deserialize::Result<Self::Output> {
        let read = || FieldAt::<M, K>::read_value(row, 0);
        <SqlOf<M, K> as SqlType>::IsNull::maybe(is_null(row), read)
    }
}

struct Sum<M, K>(PhantomData<fn() -> (M, K)>);

impl<M, K, DB> ReadOnce<DB> for Sum<M, K>
where
    DB: ReadSums,
    K: ColumnOf<M>,
    PlainSql<M, K>: Summed,
{
    type Output = Option<<PlainSql<M, K> as Summed>::Sum>;

    fn read<'a>(self, row: &impl Row<'a, DB>) -> deserialize::Result<Self::Output> {
        if is_null(row) {
            return Ok(None);
        }
        PlainSql::<M, K>::read(row).map(Some).map_err(|source| {
            let column = FieldAt::<M, K>::COLUMN;
            AtColumn { column, source }.into()
        })
    }
}

struct Average;

impl<DB: ReadSums> ReadOnce<DB> for Average {
    type Output = Option<f64>;

    fn read<'a>(self, row: &impl Row<'a, DB>) -> deserialize::Result<Option<f64>> {
        match is_null(row) {
            true => Ok(None),
            false => DB::read_double(row).map(Some),
        }
    }
}

/// A value of a column, and how many rows have it.
struct Group<F: Field>(F::Value, i64);

impl<F, ST, DB> Readable<(ST, BigInt), DB> for Group<F>
where
    DB: Dialect,
    F: ReadValue<DB>,
    i64: FromSql<BigInt, DB>,
{
    fn of() -> Option<&'static ModelMeta> {
        Some(const { &F::Model::META })
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        let count = value_at::<i64, BigInt, DB>(row, 1)?;
        Ok(Self(F::read_value(row, 0)?, count))
    }
}

fn is_null<'a, DB: Backend>(row: &impl Row<'a, DB>) -> bool {
    row.get(0).is_none_or(|value| value.is_null())
}
