//! Reading the rows of a many-to-many association.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use super::fill::{Junction, Target};
use crate::association::{Association, Through};
use crate::connection::Connection;
use crate::dialect::Chosen;
use crate::error::Result;
use crate::field::Field;
use crate::model::Model;
use crate::query::fetch::Fetch;
use crate::query::filter::{FieldInQuery, FieldIs};
use crate::query::read::Scalar;
use crate::query::tally::CountRows;

/// The links of one row: `SELECT target_key FROM junction WHERE source_key = ?`.
pub type Links<A> =
    <LinkRows<A> as SelectDsl<<<A as Through>::TargetLink as Field>::Column>>::Output;
type LinkRows<A> = <<Junction<A> as Model>::Query as FilterDsl<LinkFilter<A>>>::Output;
type LinkFilter<A> = FieldIs<<A as Through>::SourceLink, <A as Association>::SourceField>;

/// The Diesel query behind the getter of a many-to-many association.
pub type RelatedThrough<A> = <<Target<A> as Model>::Query as FilterDsl<
    FieldInQuery<<A as Through>::TargetField, Links<A>>,
>>::Output;

/// A many-to-many association whose getter is a Diesel query.
pub trait QueryThrough<Query>: Through {
    /// The query for the rows that `source` is linked to.
    fn query(source: &Self::Source) -> Query;
}

impl<A> QueryThrough<RelatedThrough<A>> for A
where
    A: Through,
    <Junction<A> as Model>::Query:
        FilterDsl<LinkFilter<A>, Output: SelectDsl<<A::TargetLink as Field>::Column>>,
    <Target<A> as Model>::Query: FilterDsl<FieldInQuery<A::TargetField, Links<A>>>,
{
    fn query(source: &A::Source) -> RelatedThrough<A> {
        let of_source = FieldIs::new(A::SourceField::read(source));
        let links = Junction::<A>::query().filter(of_source);
        let links = links.select(<A::TargetLink as Field>::Column::default());
        Target::<A>::query().filter(FieldInQuery::new(links))
    }
}

/// A connection that can read the rows of a many-to-many association.
pub trait ReadThrough<C: Connection>: Through {
    /// `SELECT … WHERE key IN (SELECT target_key FROM junction WHERE source_key = ?)`
    ///
    /// # Errors
    /// Any database error.
    fn get(conn: &mut C, source: &Self::Source) -> Result<Vec<Self::Target>>;

    /// How many rows [`get`](Self::get) returns.
    ///
    /// # Errors
    /// Any database error.
    fn count(conn: &mut C, source: &Self::Source) -> Result<i64>;
}

impl<A, C> ReadThrough<C> for A
where
    C: Connection<Backend: Chosen>,
    A: QueryThrough<RelatedThrough<A>>,
    <Junction<A> as Model>::Query:
        FilterDsl<LinkFilter<A>, Output: SelectDsl<<A::TargetLink as Field>::Column>>,
    <Target<A> as Model>::Query: FilterDsl<FieldInQuery<A::TargetField, Links<A>>>,
    RelatedThrough<A>: AsQuery<Query: Fetch<C, Target<A>>>,
    CountRows<<RelatedThrough<A> as AsQuery>::Query>: Fetch<C, Scalar<i64>>,
{
    fn get(conn: &mut C, source: &A::Source) -> Result<Vec<Target<A>>> {
        <A as QueryThrough<RelatedThrough<A>>>::query(source)
            .as_query()
            .fetch(conn)
    }

    fn count(conn: &mut C, source: &A::Source) -> Result<i64> {
        let query = <A as QueryThrough<RelatedThrough<A>>>::query(source);
        let rows = CountRows(query.as_query()).fetch(conn)?;
        Ok(rows.first().map_or(0, |count| count.0))
    }
}
