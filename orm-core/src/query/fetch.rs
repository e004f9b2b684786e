//! Runs a Diesel query and returns its rows.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::connection::{Connection, is_in_transaction};
use crate::dialect::{BindKeys, Compared, Dialect};
use crate::error::Result;
use crate::query::keys::Keys;
use crate::query::matched::{At, Matched};
use crate::query::read::Readable;
use crate::query::rows::Rows;
use crate::query::run;

/// A query that a connection can run and that returns rows of `U`.
pub trait Fetch<C, U>: Sized {
    /// Runs the query. Diesel finds its prepared statement by its type.
    fn fetch(&self, conn: &mut C) -> Result<Vec<U>>;

    /// Runs the query for rows that are taken apart again. Diesel finds the prepared statement by its text.
    /// That costs little compared with reading many rows, and Diesel's code is not compiled anew for each
    /// query.
    fn fetch_rows(&self, conn: &mut C) -> Result<Rows<U>>;

    /// Runs the query so that it sees what is committed now, even in a transaction that has already read.
    fn fetch_latest(&self, conn: &mut C) -> Result<Vec<U>>;

    /// Runs the query once for each chunk of keys that the backend can bind. The keys are compared with a
    /// column of SQL type `ST`.
    fn fetch_chunks<ST, K>(&self, keys: &Keys<K>, conn: &mut C) -> Result<Rows<U>>
    where
        C: Connection<Backend: BindKeys<ST, K>>;

    /// The same, but each row comes once for every key that it has, with the place of the key. The query is
    /// joined with the keys, unless it returns the places itself.
    fn fetch_matched<ST, K>(
        &self,
        compared: Option<Compared>,
        keys: &Keys<K>,
        conn: &mut C,
    ) -> Result<Rows<At<U>>>
    where
        C: Connection<Backend: BindKeys<ST, K>>;

    /// Shows the query's text and binds as Diesel does.
    fn show(&self) -> String;

    /// Shows the text and binds of the query joined with keys.
    fn show_matched<ST, K>(&self, compared: Compared) -> String
    where
        C: Connection<Backend: BindKeys<ST, K>>;
}

impl<C, U, Q> Fetch<C, U> for Q
where
    C: Connection,
    Q: Query<SqlType: 'static> + QueryFragment<C::Backend> + QueryId,
    U: Readable<Q::SqlType, C::Backend>,
    C::Backend: QueryMetadata<Q::SqlType>,
{
    fn fetch(&self, conn: &mut C) -> Result<Vec<U>> {
        let mut rows = Vec::new();
        run::by_type(conn, self, &mut rows)?;
        Ok(rows)
    }

    fn fetch_rows(&self, conn: &mut C) -> Result<Rows<U>> {
        let mut rows = Rows::new();
        run::by_text::<C, U, Q::SqlType>(conn, self, &mut rows)?;
        Ok(rows)
    }

    fn fetch_latest(&self, conn: &mut C) -> Result<Vec<U>> {
        if C::Backend::SHARE_LATEST.is_empty() || !is_in_transaction(conn) {
            return self.fetch(conn);
        }
        let mut rows = Vec::new();
        run::by_text::<C, U, Q::SqlType>(conn, &Latest(self), &mut rows)?;
        Ok(rows)
    }

    fn fetch_chunks<ST, K>(&self, keys: &Keys<K>, conn: &mut C) -> Result<Rows<U>>
    where
        C: Connection<Backend: BindKeys<ST, K>>,
    {
        let mut rows = Rows::new();
        for chunk in keys.chunks_of(<C::Backend as BindKeys<ST, K>>::key_limit(keys)) {
            keys.select(chunk);
            run::by_text::<C, U, Q::SqlType>(conn, self, &mut rows)?;
        }
        Ok(rows)
    }

    fn fetch_matched<ST, K>(
        &self,
        compared: Option<Compared>,
        keys: &Keys<K>,
        conn: &mut C,
    ) -> Result<Rows<At<U>>>
    where
        C: Connection<Backend: BindKeys<ST, K>>,
    {
        let joined;
        let query: &dyn QueryFragment<C::Backend> = match compared {
            Some(compared) => {
                joined = Matched::<C::Backend, ST, K>::new(self, compared, keys);
                &joined
            }
            None => self,
        };
        let mut rows = Rows::new();
        // Each key may be bound twice.
        let limit = C::Backend::key_limit(keys).map(|limit| limit / 2);
        for chunk in keys.chunks_of(limit) {
            keys.select(chunk.clone());
            let mut found = Rows::<At<U>>::new();
            run::by_text::<C, At<U>, Q::SqlType>(conn, query, &mut found)?;
            rows.extend(found.into_iter().map(|at| At {
                place: at.place + chunk.start,
                ..at
            }));
        }
        Ok(rows)
    }

    fn show(&self) -> String {
        diesel::debug_query::<C::Backend, Q>(self).to_string()
    }

    fn show_matched<ST, K>(&self, compared: Compared) -> String
    where
        C: Connection<Backend: BindKeys<ST, K>>,
    {
        let keys = Keys::none();
        let query = Matched::<C::Backend, ST, K>::new(self, compared, &keys);
        diesel::debug_query::<C::Backend, _>(&query).to_string()
    }
}

/// A query that only knows how to write itself as SQL.
pub(crate) struct Erased<'q, DB: Backend, ST>(
    &'q (dyn QueryFragment<DB> + 'q),
    PhantomData<fn() -> ST>,
);

impl<'q, DB: Backend, ST> Erased<'q, DB, ST> {
    pub(crate) fn new(query: &'q (dyn QueryFragment<DB> + 'q)) -> Self {
        Self(query, PhantomData)
    }
}

impl<DB: Backend, ST> Query for Erased<'_, DB, ST> {
    type SqlType = ST;
}

impl<DB: Backend, ST> QueryId for Erased<'_, DB, ST> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<DB: Backend, ST> QueryFragment<DB> for Erased<'_, DB, ST> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out)
    }
}

/// A query that sees what is committed now.
struct Latest<'q, DB: Backend>(&'q dyn QueryFragment<DB>);

impl<DB: Dialect> QueryFragment<DB> for Latest<'_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(DB::SHARE_LATEST);
        Ok(())
    }
}
