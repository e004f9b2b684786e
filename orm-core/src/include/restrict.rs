//! Required includes: they add `key IN (subquery)` to the parents' query.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use crate::association::shape::{Filtered, Optional, Required};
use crate::association::{Association, Direct, Through};
use crate::field::Field;
use crate::include::loader::{Loader, Via};
use crate::query::filter::FieldInQuery;

/// How a loader changes the query of its parents.
pub trait Restrict<Q> {
    /// The query, restricted if the loader is required.
    type Output;

    /// Restricts the query.
    fn restrict(&self, parents: Q) -> Self::Output;
}

impl<A, Q, O, N, S, T, Parents> Restrict<Parents> for Loader<A, Q, O, N, S, Optional, T> {
    type Output = Parents;

    fn restrict(&self, parents: Parents) -> Parents {
        parents
    }
}

type ColumnOf<F> = <F as Field>::Column;
type Selected<Q, F> = <Q as SelectDsl<ColumnOf<F>>>::Output;

impl<A, Q, O, N, S, Parents> Restrict<Parents> for Loader<A, Q, O, N, S, Required, ()>
where
    A: Direct,
    Q: Clone + SelectDsl<ColumnOf<A::TargetField>>,
    Parents: FilterDsl<FieldInQuery<A::SourceField, Selected<Q, A::TargetField>>>,
{
    type Output = Parents::Output;

    fn restrict(&self, parents: Parents) -> Self::Output {
        let keys = self
            .query
            .clone()
            .select(ColumnOf::<A::TargetField>::default());
        parents.filter(FieldInQuery::as_of::<A::TargetField>(keys))
    }
}

/// The targets of links: `target_link IN (SELECT key FROM targets)`.
type ByTarget<A, Q> =
    FieldInQuery<<A as Through>::TargetLink, Selected<Q, <A as Through>::TargetField>>;
/// The sources of the links to such targets.
type Sources<A, Q, T> =
    Selected<<T as FilterDsl<ByTarget<A, Q>>>::Output, <A as Through>::SourceLink>;

impl<A, Q, O, N, S, T, Parents> Restrict<Parents> for Loader<A, Q, O, N, S, Required, Via<T>>
where
    A: Through,
    Q: Clone + SelectDsl<ColumnOf<A::TargetField>>,
    T: Clone + FilterDsl<ByTarget<A, Q>, Output: SelectDsl<ColumnOf<A::SourceLink>>>,
    Parents: FilterDsl<FieldInQuery<<A as Association>::SourceField, Sources<A, Q, T>>>,
{
    type Output = Parents::Output;

    fn restrict(&self, parents: Parents) -> Self::Output {
        let targets = self
            .query
            .clone()
            .select(ColumnOf::<A::TargetField>::default());
        let to_targets = FieldInQuery::as_of::<A::TargetField>(targets);
        let links = self.junction.0.clone().filter(to_targets);
        let sources = links.select(ColumnOf::<A::SourceLink>::default());
        parents.filter(FieldInQuery::as_of::<A::SourceLink>(sources))
    }
}

/// How a nested loader changes the shape of the include around it. If the nested loader is required,
/// rows without a match are left out, as if a filter had removed them.
pub trait Narrow<Shape, Requirement> {
    /// The shape, with the loader nested in it.
    type Shape;
}

impl<A, Q, O, N, S, T, Outer, R> Narrow<Outer, R> for Loader<A, Q, O, N, S, Optional, T> {
    type Shape = Outer;
}

impl<A, Q, O, N, S, T, Outer, R> Narrow<Outer, R> for Loader<A, Q, O, N, S, Required, T>
where
    Outer: Filtered<R>,
{
    type Shape = Outer::Shape;
}

/// A query on a table or a join.
pub trait RootTable {
    /// The table or the join.
    type Table;

    /// Whether the query can take a `LIMIT` or an `OFFSET`.
    fn may_be_limited() -> bool;
}

/// Implemented if the table, or the first table of the join, belongs to the model `M`. The derive
/// implements it for tables.
#[diagnostic::on_unimplemented(
    message = "this includes an association of `{M}`, but the query reads `{Self}`",
    label = "this loader starts from `{M}`, which the query does not read",
    note = "include it where you query or load `{M}`, as in `.include(Other::association().include(…))`"
)]
pub trait TableOf<M> {
    /// `T`. A type named through this proof does not exist without it, so that a mistake causes no
    /// follow-up errors.
    type Then<T>: From<T>;
}

mod tables {
    use std::any::TypeId;

    use super::{RootTable, TableOf};
    use diesel::QuerySource;
    use diesel::internal::table_macro::{
        BoxedSelectStatement, FromClause, Join, JoinOn, SelectStatement,
    };

    impl<T, S, D, W, O, L, G, H, Lock> RootTable
        for SelectStatement<FromClause<T>, S, D, W, O, L, G, H, Lock>
    where
        T: QuerySource,
        L: 'static,
    {
        type Table = T;

        fn may_be_limited() -> bool {
            TypeId::of::<L>() != TypeId::of::<<SelectStatement<(), ()> as Limited>::Clause>()
        }
    }

    /// Diesel exposes the types of its limits only as part of a query's type.
    trait Limited {
        type Clause: 'static;
    }

    impl<F, S, D, W, O, L: 'static, G, H, Lock> Limited
        for SelectStatement<F, S, D, W, O, L, G, H, Lock>
    {
        type Clause = L;
    }

    impl<T, ST, DB, G> RootTable for BoxedSelectStatement<'_, ST, FromClause<T>, DB, G>
    where
        T: QuerySource,
    {
        type Table = T;

        fn may_be_limited() -> bool {
            true
        }
    }

    impl<M, T, R, K, On> TableOf<M> for JoinOn<Join<T, R, K>, On>
    where
        T: QuerySource + TableOf<M>,
        R: QuerySource,
        Join<T, R, K>: QuerySource,
    {
        type Then<U> = T::Then<U>;
    }
}

/// The query that Diesel makes of something.
pub(crate) type QueryOf<Q> = <Q as AsQuery>::Query;
