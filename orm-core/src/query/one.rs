//! The first row of a query: `… LIMIT 1`.

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::query_dsl::methods::LimitDsl;
use diesel::result::QueryResult;

/// A query without a `LIMIT`, followed by `LIMIT 1`.
///
/// The number is part of the text. Diesel would bind it, and SQLite then plans the prepared statement
/// anew at each call.
#[derive(Debug, QueryId)]
pub struct FirstRow<Q>(pub(crate) Q);

impl<Q: Query> Query for FirstRow<Q> {
    type SqlType = Q::SqlType;
}

impl<Q: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for FirstRow<Q> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.0.walk_ast(out.reborrow())?;
        out.push_sql(" LIMIT 1");
        Ok(())
    }
}

/// The first row of a query that may already have a `LIMIT`.
pub enum First<Q: LimitDsl> {
    /// For a query without a `LIMIT`.
    Written(FirstRow<Q>),
    /// For a query with a `LIMIT`, which Diesel replaces.
    Bound(Q::Output),
}

impl<Q: LimitDsl> First<Q> {
    pub(crate) fn written(query: Q) -> Self {
        Self::Written(FirstRow(query))
    }

    pub(crate) fn bound(query: Q) -> Self {
        Self::Bound(query.limit(1))
    }
}

impl<Q: LimitDsl + Query> Query for First<Q> {
    type SqlType = Q::SqlType;
}

impl<Q: LimitDsl> QueryId for First<Q> {
    type QueryId = ();
    const HAS_STATIC_QUERY_ID: bool = false;
}

impl<Q, DB> QueryFragment<DB> for First<Q>
where
    DB: Backend,
    Q: LimitDsl<Output: QueryFragment<DB>> + QueryFragment<DB>,
{
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match self {
            Self::Written(query) => query.walk_ast(out),
            Self::Bound(query) => query.walk_ast(out),
        }
    }
}
