//! Filters and orders that are known to use the columns of a model.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::expression::{AppearsOnTable, Expression, ValidGrouping};
use diesel::query_builder::{AstPass, QueryFragment, QueryId};
use diesel::result::QueryResult;

use crate::model::Model;

/// A filter on the columns of `M`.
///
/// The bound was checked where the filter was given. Diesel checks again wherever the query is
/// used. This type satisfies Diesel, so that a filter on another table is reported once, in its own
/// place.
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

/// An order by columns of `M`. It works the same way.
#[derive(Debug, Clone)]
pub struct CheckedOrder<M, E> {
    order: E,
    model: PhantomData<fn() -> M>,
}

impl<M, E> CheckedOrder<M, E> {
    pub(crate) fn new(order: E) -> Self {
        Self {
            order,
            model: PhantomData,
        }
    }
}

macro_rules! of_the_model {
    ($($checked:ident)+) => {
        $(
            impl<M, P: Expression> Expression for $checked<M, P> {
                type SqlType = P::SqlType;
            }

            impl<M: Model, P: Expression> AppearsOnTable<M::Table> for $checked<M, P> {}

            impl<M, P: ValidGrouping<G>, G> ValidGrouping<G> for $checked<M, P> {
                type IsAggregate = P::IsAggregate;
            }

            impl<M: 'static, P: QueryId> QueryId for $checked<M, P> {
                type QueryId = P::QueryId;
                const HAS_STATIC_QUERY_ID: bool = P::HAS_STATIC_QUERY_ID;
            }
        )+
    };
}

of_the_model!(Checked CheckedOrder);

impl<M, P: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for Checked<M, P> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        // Raw SQL may contain an OR, which must not affect the condition on the parents' key.
        out.push_sql("(");
        self.filter.walk_ast(out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }
}

impl<M, E: QueryFragment<DB>, DB: Backend> QueryFragment<DB> for CheckedOrder<M, E> {
    fn walk_ast<'b>(&'b self, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        self.order.walk_ast(out)
    }
}
