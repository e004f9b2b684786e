//! From a Diesel query to rows.

use diesel::connection::LoadConnection;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{Query, QueryFragment, QueryId};

use crate::Connection;
use crate::error::{Error, Result};
use crate::query::keys::Keys;
use crate::query::read::Readable;
use crate::query::rows::Rows;

/// A query that a connection can run and that gives rows of `U`.
pub trait Fetch<C, U>: Sized {
    /// Runs the query.
    fn fetch(&self, conn: &mut C) -> Result<Vec<U>>;

    /// Runs the query, for rows that are taken apart again.
    fn fetch_rows(&self, conn: &mut C) -> Result<Rows<U>>;

    /// Runs the query once for each chunk of keys that the backend can bind.
    fn fetch_chunks<K: 'static>(&self, keys: &Keys<K>, conn: &mut C) -> Result<Rows<U>>;

    /// The query's text and binds, as Diesel shows them.
    fn show(&self) -> String;
}

impl<C, U, Q> Fetch<C, U> for Q
where
    C: Connection,
    Q: Query + QueryFragment<C::Backend> + QueryId,
    U: Readable<Q::SqlType, C::Backend>,
    C::Backend: QueryMetadata<Q::SqlType>,
{
    fn fetch(&self, conn: &mut C) -> Result<Vec<U>> {
        let mut rows = Vec::new();
        run::<C, U, Q, _>(self, conn, &mut rows)?;
        Ok(rows)
    }

    fn fetch_rows(&self, conn: &mut C) -> Result<Rows<U>> {
        let mut rows = Rows::new();
        run::<C, U, Q, _>(self, conn, &mut rows)?;
        Ok(rows)
    }

    fn fetch_chunks<K: 'static>(&self, keys: &Keys<K>, conn: &mut C) -> Result<Rows<U>> {
        let mut rows = Rows::new();
        for chunk in keys.chunks::<C::Backend>() {
            keys.select(chunk);
            run::<C, U, Q, _>(self, conn, &mut rows)?;
        }
        Ok(rows)
    }

    fn show(&self) -> String {
        diesel::debug_query::<C::Backend, Q>(self).to_string()
    }
}

/// Where rows are kept.
trait Keep<U> {
    fn keep(&mut self, row: U);
}

impl<U> Keep<U> for Vec<U> {
    fn keep(&mut self, row: U) {
        self.push(row);
    }
}

impl<U> Keep<U> for Rows<U> {
    fn keep(&mut self, row: U) {
        self.push(row);
    }
}

fn run<C, U, Q, R>(query: &Q, conn: &mut C, rows: &mut R) -> Result<()>
where
    C: Connection,
    Q: Query + QueryFragment<C::Backend> + QueryId,
    U: Readable<Q::SqlType, C::Backend>,
    R: Keep<U>,
    C::Backend: QueryMetadata<Q::SqlType>,
{
    match LoadConnection::load(conn, query) {
        Ok(cursor) => read_all::<C, U, Q::SqlType, R>(cursor, rows),
        Err(error) => Err(U::blame(Error::from(error))),
    }
}

/// Reads every row of a cursor. It does not know the query, so that there is one per type of row and not
/// one per query.
fn read_all<C, U, ST, R>(cursor: <C as LoadConnection>::Cursor<'_, '_>, rows: &mut R) -> Result<()>
where
    C: Connection,
    U: Readable<ST, C::Backend>,
    R: Keep<U>,
{
    for row in cursor {
        let row = row.map_err(|error| U::blame(Error::from(error)))?;
        rows.keep(U::read_row(&row).map_err(|error| Error::reading(U::model(), error))?);
    }
    Ok(())
}
