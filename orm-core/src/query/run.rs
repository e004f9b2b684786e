//! Where statements run. Each statement of ours passes one of these functions, which add the model to what the
//! database says.

use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::deserialize;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::row::Row;

use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::meta::ModelMeta;
use crate::query::read::Readable;
use crate::query::rows::Rows;

type Cursor<'conn, 'query, C> = QueryResult<<C as LoadConnection>::Cursor<'conn, 'query>>;

/// Runs a statement on the table of `meta`, and gives how many rows it touched.
pub(crate) fn execute<C: Connection>(
    conn: &mut C,
    statement: &(impl QueryFragment<C::Backend> + QueryId),
    meta: &ModelMeta,
) -> Result<usize> {
    let touched = conn.execute_returning_count(statement);
    touched.map_err(|error| Error::from(error).on(meta))
}

/// Runs statements that bind nothing.
pub(crate) fn script<C: Connection>(conn: &mut C, sql: &str) -> QueryResult<()> {
    conn.batch_execute(sql)
}

/// Runs a query whose prepared statement Diesel finds by the query's type.
pub(crate) fn by_type<C, U, Q>(conn: &mut C, query: &Q, rows: &mut dyn Keep<U>) -> Result<()>
where
    C: Connection<Backend: QueryMetadata<Q::SqlType>>,
    U: Readable<Q::SqlType, C::Backend>,
    Q: Query + QueryFragment<C::Backend> + QueryId,
{
    keep_all::<C, U, Q::SqlType>(LoadConnection::load(conn, query), rows)
}

/// Runs a query whose rows have the SQL type `ST` and of which nothing else is known. Diesel finds its prepared
/// statement by the text, which is little beside many rows, and Diesel's code is not compiled for each query anew.
pub(crate) fn by_text<C, U, ST>(
    conn: &mut C,
    query: &dyn QueryFragment<C::Backend>,
    rows: &mut dyn Keep<U>,
) -> Result<()>
where
    C: Connection<Backend: QueryMetadata<ST>>,
    U: Readable<ST, C::Backend>,
    ST: 'static,
{
    keep_all::<C, U, ST>(C::Backend::load::<C, ST>(conn, query), rows)
}

/// All rows of a query; see [`by_text`].
pub(crate) fn all_by_text<C, U, ST>(
    conn: &mut C,
    query: &dyn QueryFragment<C::Backend>,
) -> Result<Vec<U>>
where
    C: Connection<Backend: QueryMetadata<ST>>,
    U: Readable<ST, C::Backend>,
    ST: 'static,
{
    let mut rows = Vec::new();
    by_text::<C, U, ST>(conn, query, &mut rows)?;
    Ok(rows)
}

/// Reads one row, whatever type Diesel gives it.
pub(crate) trait ReadOnce<DB: Backend> {
    /// What the row becomes.
    type Output;

    /// Reads the row.
    fn read<'a>(self, row: &impl Row<'a, DB>) -> deserialize::Result<Self::Output>;
}

/// Reads row after row, whatever type Diesel gives them.
pub(crate) trait ReadEach<DB: Backend> {
    /// Reads the next row.
    fn read<'a>(&mut self, row: &impl Row<'a, DB>) -> deserialize::Result<()>;
}

/// Shows each row of a query to `read`; as [`by_text`].
#[allow(dead_code, reason = "MySQL alone asks for it")]
pub(crate) fn each_by_text<C, ST>(
    conn: &mut C,
    query: &dyn QueryFragment<C::Backend>,
    meta: &ModelMeta,
    read: &mut impl ReadEach<C::Backend>,
) -> Result<()>
where
    C: Connection<Backend: QueryMetadata<ST>>,
    ST: 'static,
{
    let blame = |error| Error::from(error).on(meta);
    for row in C::Backend::load::<C, ST>(conn, query).map_err(blame)? {
        let row = row.map_err(blame)?;
        read.read(&row)
            .map_err(|error| Error::reading(meta.name, error))?;
    }
    Ok(())
}

/// The only row of a query, if there is one; as [`by_type`].
#[allow(dead_code, reason = "PostgreSQL does not ask for it")]
pub(crate) fn one_by_type<C, Q, R>(
    conn: &mut C,
    query: &Q,
    meta: &ModelMeta,
    read: R,
) -> Result<Option<R::Output>>
where
    C: Connection<Backend: QueryMetadata<Q::SqlType>>,
    Q: Query + QueryFragment<C::Backend> + QueryId,
    R: ReadOnce<C::Backend>,
{
    one::<C, R>(LoadConnection::load(conn, query), meta, read)
}

/// The only row of a query, if there is one; as [`by_text`].
pub(crate) fn one_by_text<C, ST, R>(
    conn: &mut C,
    query: &dyn QueryFragment<C::Backend>,
    meta: &ModelMeta,
    read: R,
) -> Result<Option<R::Output>>
where
    C: Connection<Backend: QueryMetadata<ST>>,
    ST: 'static,
    R: ReadOnce<C::Backend>,
{
    one::<C, R>(C::Backend::load::<C, ST>(conn, query), meta, read)
}

fn one<C, R>(cursor: Cursor<'_, '_, C>, meta: &ModelMeta, read: R) -> Result<Option<R::Output>>
where
    C: Connection,
    R: ReadOnce<C::Backend>,
{
    let blame = |error| Error::from(error).on(meta);
    let mut cursor = cursor.map_err(blame)?;
    let Some(row) = cursor.next() else {
        return Ok(None);
    };
    let row = row.map_err(blame)?;
    let read = read
        .read(&row)
        .map_err(|error| Error::reading(meta.name, error))?;
    drop(row);
    // A statement tells all that went wrong only when it has run to its end.
    match cursor.next() {
        Some(Err(error)) => Err(blame(error)),
        _ => Ok(Some(read)),
    }
}

/// Reads every row of a cursor. It knows neither the query nor what keeps the rows, so the compiler makes it once
/// per type of row.
fn keep_all<C, U, ST>(cursor: Cursor<'_, '_, C>, rows: &mut dyn Keep<U>) -> Result<()>
where
    C: Connection,
    U: Readable<ST, C::Backend>,
{
    let blame = |error| {
        let error = Error::from(error);
        match U::of() {
            Some(meta) => error.on(meta),
            None => error,
        }
    };
    let name = || U::of().map_or("row", |meta| meta.name);
    for row in cursor.map_err(blame)? {
        let row = row.map_err(blame)?;
        rows.keep(U::read_row(&row).map_err(|error| Error::reading(name(), error))?);
    }
    Ok(())
}

/// What keeps rows.
pub(crate) trait Keep<U> {
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
