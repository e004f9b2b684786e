//! All rows of a model, as a query that is built later.

use std::marker::PhantomData;

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, OrFilterDsl, OrderDsl, SelectDsl};

use crate::model::Model;

/// All rows of `M`: what [`Model::query`] returns, under a name short enough for an error message.
#[derive(Debug)]
pub struct All<M>(PhantomData<fn() -> M>);

impl<M> All<M> {
    pub(crate) const fn new() -> Self {
        Self(PhantomData)
    }
}

impl<M> Clone for All<M> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<M> Copy for All<M> {}

impl<M: Model<Query: AsQuery>> AsQuery for All<M> {
    type SqlType = <M::Query as AsQuery>::SqlType;
    type Query = <M::Query as AsQuery>::Query;

    fn as_query(self) -> Self::Query {
        M::query().as_query()
    }
}

impl<P, M: Model<Query: FilterDsl<P>>> FilterDsl<P> for All<M> {
    type Output = <M::Query as FilterDsl<P>>::Output;

    fn filter(self, predicate: P) -> Self::Output {
        M::query().filter(predicate)
    }
}

impl<P, M: Model<Query: OrFilterDsl<P>>> OrFilterDsl<P> for All<M> {
    type Output = <M::Query as OrFilterDsl<P>>::Output;

    fn or_filter(self, predicate: P) -> Self::Output {
        M::query().or_filter(predicate)
    }
}

impl<E: diesel::Expression, M: Model<Query: OrderDsl<E>>> OrderDsl<E> for All<M> {
    type Output = <M::Query as OrderDsl<E>>::Output;

    fn order(self, order: E) -> Self::Output {
        M::query().order(order)
    }
}

impl<S: diesel::Expression, M: Model<Query: SelectDsl<S>>> SelectDsl<S> for All<M> {
    type Output = <M::Query as SelectDsl<S>>::Output;

    fn select(self, selection: S) -> Self::Output {
        M::query().select(selection)
    }
}
