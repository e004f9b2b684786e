//! From a Diesel query to rows.

use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::deserialize::{self, FromSql};
use diesel::expression::QueryMetadata;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::row::{Field as _, Row};

use crate::Connection;
use crate::error::{Error, Result};
use crate::model::{Model, ReadsFrom};
use crate::query::keys::Keys;

/// What a row is read as: a model, or a part of one.
pub trait Readable<ST, DB: Backend>: Sized {
    /// The model that errors name.
    fn model() -> &'static str;

    /// Adds the model to an error of the statement.
    fn blame(error: Error) -> Error {
        error
    }

    /// Reads the row.
    ///
    /// # Errors
    /// What the field types say of values they cannot take.
    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self>;

    /// The first column that is NULL and must not be. Diesel does not say which one it was, so
    /// the row is asked, and only once it has failed.
    fn null_column<'a>(_: &impl Row<'a, DB>) -> Option<&'static str> {
        None
    }
}

impl<M, ST, DB> Readable<ST, DB> for M
where
    DB: Backend,
    M: Model + ReadsFrom<ST, DB>,
{
    fn model() -> &'static str {
        M::NAME
    }

    fn blame(error: Error) -> Error {
        error.on::<M>()
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        <M as ReadsFrom<ST, DB>>::read_row(row)
    }

    fn null_column<'a>(row: &impl Row<'a, DB>) -> Option<&'static str> {
        let is_null = |index| row.get(index).is_some_and(|field| field.is_null());
        let mut columns = M::META.columns.iter().enumerate();
        columns
            .find(|(index, column)| !column.nullable && is_null(*index))
            .map(|(_, column)| column.name)
    }
}

/// One value of a query that gives one row with one column.
#[derive(Debug)]
pub struct Scalar<T>(pub(crate) T);

impl<T, ST, DB> Readable<ST, DB> for Scalar<T>
where
    DB: Backend,
    T: FromSql<ST, DB>,
{
    fn model() -> &'static str {
        "row"
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        value_at(row, 0).map(Scalar)
    }
}

/// The value of one column of a row.
pub(crate) fn value_at<'a, T, ST, DB>(
    row: &impl Row<'a, DB>,
    index: usize,
) -> deserialize::Result<T>
where
    DB: Backend,
    T: FromSql<ST, DB>,
{
    let field = row.get(index).ok_or(diesel::result::UnexpectedEndOfRow)?;
    T::from_nullable_sql(field.value())
}

/// A query that a connection can run and that gives rows of `U`.
pub trait Fetch<C, U>: Sized {
    /// Runs the query.
    fn fetch(&self, conn: &mut C) -> Result<Vec<U>>;

    /// Runs the query once for each chunk of keys that the backend can bind.
    fn fetch_chunks<K: 'static>(&self, keys: &Keys<K>, conn: &mut C) -> Result<Vec<U>>;
}

impl<C, U, Q> Fetch<C, U> for Q
where
    C: Connection,
    Q: Query + QueryFragment<C::Backend> + QueryId,
    U: Readable<Q::SqlType, C::Backend>,
    C::Backend: QueryMetadata<Q::SqlType>,
{
    fn fetch(&self, conn: &mut C) -> Result<Vec<U>> {
        read_all::<C, U, Q>(self, conn)
    }

    fn fetch_chunks<K: 'static>(&self, keys: &Keys<K>, conn: &mut C) -> Result<Vec<U>> {
        let mut chunks = keys.chunks::<C::Backend>();
        let Some(first) = chunks.next() else {
            return Ok(Vec::new());
        };
        keys.select(first);
        let mut rows = self.fetch(conn)?;
        for chunk in chunks {
            keys.select(chunk);
            rows.append(&mut self.fetch(conn)?);
        }
        Ok(rows)
    }
}

/// Reads every row of a query.
fn read_all<C, U, Q>(query: &Q, conn: &mut C) -> Result<Vec<U>>
where
    C: Connection,
    Q: Query + QueryFragment<C::Backend> + QueryId,
    U: Readable<Q::SqlType, C::Backend>,
    C::Backend: QueryMetadata<Q::SqlType>,
{
    let model = U::model();
    let failed = |error| U::blame(Error::from(error));
    let cursor = LoadConnection::load(conn, query).map_err(failed)?;
    let mut rows = Vec::with_capacity(cursor.size_hint().0);
    for row in cursor {
        let row = row.map_err(failed)?;
        rows.push(
            U::read_row(&row).map_err(|e| Error::reading(model, e, || U::null_column(&row)))?,
        );
    }
    Ok(rows)
}
