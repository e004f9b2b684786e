//! A filter that is known to be on the columns of a model.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::model::Model;

/// A filter on the columns of `M`.
///
/// That it is one was asked where it was given. Diesel asks again wherever the query is used; this
/// answers, so that a filter on another table is reported once, where it stands.
#[derive(Debug, Clone)]
pub struct Checked<M, P> {
    filter: P,
    model: PhantomData<fn() -> M>,
}

impl<M, P> Checked<M, P> {
    pub(crate) fn new(filter: P) -> Self {
        Self {
            filter,
            model: PhantomData,
        }
    }
}

impl<M, P: Expression> Expression for Checked<M, P> {
    type SqlType = P::SqlType;
}

impl<M: Model, P: Expression> AppearsOnTable<M::Table> for Checked<M, P> {}

impl<M, P: ValidGrouping<G>, G> ValidGrouping<G> for Checked<M, P> {
    type IsAggregate = P::IsAggregate;
}

impl<M: 'static, P: QueryId> QueryId for Checked<M, P> {
    type QueryId = P::QueryId;
    const HAS_STATIC_QUERY_ID: bool = P::HAS_STATIC_QUERY_ID;
}

impl<M, P: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Checked<M, P> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Raw SQL may hold an OR, which must not reach the key of the parents beside it.
        out.push_sql("(");
        self.filter.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}
