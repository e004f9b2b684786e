//! From a Diesel query to rows.

use diesel::connection::LoadConnection;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{Query, QueryFragment, QueryId};

use crate::Connection;
use crate::error::{Error, Result};
use crate::query::keys::Keys;
use crate::query::read::Readable;

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
        rows.push(U::read_row(&row).map_err(|error| Error::reading(model, error))?);
    }
    Ok(rows)
}
