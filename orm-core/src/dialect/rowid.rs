//! SQLite: a row that says everything of itself but its key is not read back.

use std::any::TypeId;

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Timelike, Utc};
use diesel::connection::LoadConnection;
use diesel::deserialize::{self, FromSqlRow};
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
use crate::write::values::{ColumnSet, Columns, Untyped, Values};

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

    /// Such rows are read back, see `comes_back_as_written`.
    fn whole(&mut self) -> deserialize::Result<M>
    where
        M: FromSqlRow<M::SqlType, Sqlite>,
    {
        M::build_from_row(self.rowid)
    }
}

/// Whether each value is read again as it is written. Of a table that is not ours, and of types that are not
/// SQLite's own, nobody knows; an adopted table may have another key than the rowid, too. The key is read.
fn comes_back_as_written<M: Model>(values: &Values<M>) -> bool {
    let as_written = |(index, column): (usize, &ColumnMeta)| {
        // One of the names that the enum has.
        let is_enum = !column.values.is_empty();
        let is_key = M::META.primary_key == [column.name];
        is_key || is_enum || values.untyped(index).is_some_and(is_as_written)
    };
    let mut columns = M::META.columns.iter().enumerate();
    !M::META.adopted && M::META.generated_key && columns.all(as_written)
}

/// It is decided while the program runs, so that it is compiled once and not for each field of each model.
fn is_as_written(place: Untyped<'_>) -> bool {
    place.is::<i32, Integer>()
        || place.is::<String, Text>()
        || place.is::<bool, Bool>()
        || place.is::<i64, BigInt>()
        || place.is::<i16, SmallInt>()
        || place.is::<Vec<u8>, Binary>()
        || place.passes::<f64, Double>(|value| is_plain(*value))
        || place.passes::<f32, Float>(|value| is_plain((*value).into()))
        || place.passes::<NaiveDate, Date>(is_usual)
        || place.passes::<NaiveDateTime, Timestamp>(|value| is_usual(value) && is_no_leap(value))
        || place.passes::<DateTime<Utc>, TimestampUtc>(|value| is_usual(value) && is_no_leap(value))
}

impl Untyped<'_> {
    /// The field is a `T`, or an `Option` of it, in the SQL type that Diesel has for it.
    fn is<T: 'static, ST: 'static>(self) -> bool {
        self.sql_type == TypeId::of::<ST>()
            && (self.place.is::<Option<T>>() || self.place.is::<Option<Option<T>>>())
    }

    /// It [`is`](Self::is) such a field, and its value passes or is NULL.
    fn passes<T: 'static, ST: 'static>(self, passes: fn(&T) -> bool) -> bool {
        let optional = || {
            self.place
                .downcast_ref::<Option<Option<T>>>()?
                .as_ref()?
                .as_ref()
        };
        let required = self
            .place
            .downcast_ref::<Option<T>>()
            .and_then(Option::as_ref);
        self.is::<T, ST>() && required.or_else(optional).is_none_or(passes)
    }
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
