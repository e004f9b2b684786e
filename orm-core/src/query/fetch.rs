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
        read_all::<C, U, Q>(self, conn, |row| rows.push(row))?;
        Ok(rows)
    }

    fn fetch_rows(&self, conn: &mut C) -> Result<Rows<U>> {
        let mut rows = Rows::new();
        read_all::<C, U, Q>(self, conn, |row| rows.push(row))?;
        Ok(rows)
    }

    fn fetch_chunks<K: 'static>(&self, keys: &Keys<K>, conn: &mut C) -> Result<Rows<U>> {
        let mut rows = Rows::new();
        for chunk in keys.chunks::<C::Backend>() {
            keys.select(chunk);
            read_all::<C, U, Q>(self, conn, |row| rows.push(row))?;
        }
        Ok(rows)
    }

    fn show(&self) -> String {
        diesel::debug_query::<C::Backend, Q>(self).to_string()
    }
}

/// Reads every row of a query.
fn read_all<C, U, Q>(query: &Q, conn: &mut C, mut keep: impl FnMut(U)) -> Result<()>
where
    C: Connection,
    Q: Query + QueryFragment<C::Backend> + QueryId,
    U: Readable<Q::SqlType, C::Backend>,
    C::Backend: QueryMetadata<Q::SqlType>,
{
    let model = U::model();
    let failed = |error| U::blame(Error::from(error));
    for row in LoadConnection::load(conn, query).map_err(failed)? {
        let row = row.map_err(failed)?;
        keep(U::read_row(&row).map_err(|error| Error::reading(model, error))?);
    }
    Ok(())
}
