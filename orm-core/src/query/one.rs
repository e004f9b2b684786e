//! The first row of a query: `… LIMIT 1`.

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;

/// A query without a `LIMIT`, and `LIMIT 1` behind it.
///
/// The number is part of the text: where it is bound, as by Diesel, SQLite plans a prepared statement
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
