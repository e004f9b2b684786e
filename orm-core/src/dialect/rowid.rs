//! SQLite: a row that says everything of itself but its key is not read back.

use std::any::{Any, TypeId};

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use diesel::connection::LoadConnection;
use diesel::deserialize;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Double, Float, Integer, SmallInt, Text};
use diesel::sqlite::Sqlite;

use crate::Connection;
use crate::error::{Error, Result};
use crate::field::Field;
use crate::model::Model;
use crate::query::read::{ReadColumns, ReadValue, Source};
use crate::schema::meta::ColumnMeta;
use crate::sql_types::{Timestamp, TimestampUtc};
use crate::write::create::{InsertRows, only};
use crate::write::insert::InsertWhole;
use crate::write::returning;
use crate::write::values::{BindValue, ColumnSet, Columns, Values, Visit};

/// `INSERT`, and then the key, which the connection knows; where the row may come back as something else than
/// what was written, `INSERT … RETURNING`.
///
/// SQLite runs `RETURNING` as a trigger that fills a table
/// (<https://www.sqlite.org/lang_returning.html>), which takes longer than all else of an `INSERT`. The
/// statement that asks for the key reads no table, so that it waits for nobody and nobody can come in
/// between; and a trigger's own inserts do not change what it says
/// (<https://www.sqlite.org/c3ref/last_insert_rowid.html>).
#[derive(Debug)]
pub struct ByRowid;

impl<C, M> InsertRows<C, M> for ByRowid
where
    C: Connection<Backend = Sqlite>,
    Sqlite: QueryMetadata<M::SqlType>,
    M: Columns<Sqlite> + ReadColumns<Sqlite>,
{
    fn insert_one(conn: &mut C, row: Values<M>, columns: ColumnSet) -> Result<M> {
        let insert = InsertWhole::<M>::of(&row, columns);
        let Some(insert) = insert.filter(|_| comes_back_as_written::<M>(&row)) else {
            return only(returning::insert(conn, &[&row], columns)?);
        };
        let count = conn.execute_returning_count(&insert);
        match count.map_err(|error| Error::from(error).on::<M>())? {
            // A trigger of the user's may have ignored the row.
            0 => Err(Error::not_found(M::NAME, "the row that was just written")),
            _ => with_rowid(conn, row),
        }
    }

    fn insert(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<Vec<M>> {
        returning::insert(conn, rows, columns)
    }

    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>> {
        returning::upsert(conn, row, columns, key, changed)
    }
}

/// The row with the key of the last one that was inserted.
fn with_rowid<C, M>(conn: &mut C, mut values: Values<M>) -> Result<M>
where
    C: Connection<Backend = Sqlite>,
    M: Model + ReadColumns<Sqlite>,
{
    let mut cursor = LoadConnection::load(conn, LastRowid).map_err(Error::from)?;
    let Some(row) = cursor.next() else {
        return Err(Error::not_found(M::NAME, "the key that was just written"));
    };
    let written = Written {
        values: &mut values,
        rowid: &row.map_err(Error::from)?,
    };
    M::read_columns(written).map_err(|error| Error::reading(M::NAME, error))
}

/// `SELECT last_insert_rowid()`
struct LastRowid;

impl Query for LastRowid {
    type SqlType = BigInt;
}

impl QueryId for LastRowid {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Sqlite> for LastRowid {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("SELECT last_insert_rowid()");
        Ok(())
    }
}

/// What was written, and a row with the key.
struct Written<'v, 'r, M: Model, R> {
    values: &'v mut Values<M>,
    rowid: &'r R,
}

impl<'a, M: Model, R: Row<'a, Sqlite>> Source<M, Sqlite> for Written<'_, '_, M, R> {
    fn value<F>(&mut self, _: usize) -> deserialize::Result<F::Value>
    where
        F: Field<Model = M> + ReadValue<Sqlite>,
    {
        match F::place(self.values).take() {
            Some(value) => Ok(value),
            None if M::META.primary_key == [F::COLUMN] => F::read_value(self.rowid, 0),
            None => F::null(),
        }
    }
}

/// Whether each value is read again as it is written. Of a table that is not ours, and of types that are not
/// SQLite's own, nobody knows; an adopted table may have another key than the rowid, too.
fn comes_back_as_written<M: Columns<Sqlite>>(values: &Values<M>) -> bool {
    let as_written = |(index, column): (usize, &ColumnMeta)| {
        let is_enum = !column.values.is_empty();
        M::visit(index, AsWritten { values, is_enum }).unwrap_or(false)
    };
    let mut columns = M::META.columns.iter().enumerate();
    !M::META.adopted && M::META.generated_key && columns.all(as_written)
}

struct AsWritten<'v, M: Model> {
    values: &'v Values<M>,
    /// It is one of the names that the enum has.
    is_enum: bool,
}

impl<M: Model> AsWritten<'_, M> {
    /// Whether the value of a field that [`is`] a `T` passes, or is NULL.
    fn all<F, T: 'static>(&self, passes: impl Fn(&T) -> bool) -> bool
    where
        F: Field<Model = M>,
    {
        let Some(value) = F::given(self.values) else {
            return true;
        };
        let value: &dyn Any = value;
        let inner = || value.downcast_ref::<Option<T>>().and_then(Option::as_ref);
        value.downcast_ref::<T>().or_else(inner).is_none_or(passes)
    }
}

impl<M: Model> Visit<M, Sqlite> for AsWritten<'_, M> {
    type Output = bool;

    fn field<F>(self) -> bool
    where
        F: Field<Model = M> + BindValue<Sqlite>,
    {
        is::<F, i32, Integer>()
            || is::<F, String, Text>()
            || is::<F, bool, Bool>()
            || is::<F, i64, BigInt>()
            || is::<F, i16, SmallInt>()
            || is::<F, Vec<u8>, Binary>()
            || self.is_enum
            || (is::<F, f64, Double>() && self.all::<F, f64>(|value| is_plain(*value)))
            || (is::<F, f32, Float>() && self.all::<F, f32>(|value| is_plain((*value).into())))
            || (is::<F, NaiveDate, Date>() && self.all::<F, _>(is_usual::<NaiveDate>))
            || (is::<F, NaiveDateTime, Timestamp>()
                && self.all::<F, NaiveDateTime>(|value| is_usual(value) && is_no_leap(value)))
            || (is::<F, DateTime<Utc>, TimestampUtc>()
                && self.all::<F, DateTime<Utc>>(|value| is_usual(value) && is_no_leap(value)))
    }
}

/// The field is a `T`, or an `Option` of it, in the SQL type that Diesel has for it.
fn is<F: Field, T: 'static, ST: 'static>() -> bool {
    let value = TypeId::of::<F::Value>();
    TypeId::of::<F::Sql>() == TypeId::of::<ST>()
        && (value == TypeId::of::<T>() || value == TypeId::of::<Option<T>>())
}

/// SQLite knows no NaN, which it takes for NULL, and no zero below zero.
fn is_plain(float: f64) -> bool {
    !float.is_nan() && (float != 0.0 || float.is_sign_positive())
}

/// Of a year that Diesel writes with four digits.
fn is_usual<T: Datelike>(date: &T) -> bool {
    (0..=9999).contains(&date.year())
}

fn is_no_leap<T: Timelike>(time: &T) -> bool {
    time.nanosecond() < 1_000_000_000
}
