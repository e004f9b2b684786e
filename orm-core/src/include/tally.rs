//! Counting an association: `SELECT key, COUNT(*) … GROUP BY key`.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use crate::Connection;
use crate::association::{Direct, Through};
use crate::error::Result;
use crate::field::{Field, Key};
use crate::include::arrange::Unordered;
use crate::include::group::{Groups, of_sources};
use crate::include::loader::{Loader, Via};
use crate::include::shape::{Count, Requirement};
use crate::include::slots::Load;
use crate::include::tree::Tree;
use crate::query::fetch::Fetch;
use crate::query::filter::{FieldIn, FieldInQuery};
use crate::query::keys::Keys;
use crate::query::rows::Rows;
use crate::query::tally::{Counted, Tally};

type ColumnOf<F> = <F as Field>::Column;
type QueryOf<Q> = <Q as AsQuery>::Query;

/// The counts of each parent, in order.
fn counts<F, K, Q, C>(
    query: Q,
    keys: &Keys<K>,
    parents: Groups<'_, K>,
    required: bool,
    conn: &mut C,
) -> Result<Vec<Option<i64>>>
where
    F: Field,
    K: Key,
    Tally<F, Q>: Fetch<C, Counted<F, K>>,
{
    let rows = Tally::new(query).fetch_chunks(keys, conn)?;
    let places = parents.place(rows.len(), rows.iter().map(|row| Some(&row.key)));
    let counts = places.firsts(rows.into_iter().map(|row| row.count));
    let slots = parents.deal(counts).into_iter();
    let counts = slots.map(Option::unwrap_or_default);
    Ok(counts
        .map(|count| (!required || count > 0).then_some(count))
        .collect())
}

impl<C, A, Q, R> Load<C> for Loader<A, Q, Unordered, (), Count, R, ()>
where
    A: Direct,
    C: Connection,
    Q: FilterDsl<
            FieldIn<A::TargetField, A::Key>,
            Output: SelectDsl<ColumnOf<A::TargetField>, Output: AsQuery>,
        >,
    Tally<A::TargetField, QueryOf<<Q::Output as SelectDsl<ColumnOf<A::TargetField>>>::Output>>:
        Fetch<C, Counted<A::TargetField, A::Key>>,
    R: Requirement,
{
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<i64>>> {
        let groups = of_sources::<A>(parents);
        let keys = groups.keys();
        let query = self.query.filter(FieldIn::new(&keys));
        let query = query
            .select(ColumnOf::<A::TargetField>::default())
            .as_query();
        counts::<A::TargetField, _, _, _>(query, &keys, groups, R::REQUIRED, conn)
    }

    fn show(self, tree: &mut Tree) {
        let query = self.query.filter(FieldIn::new(&Keys::new(Vec::new())));
        let query = query
            .select(ColumnOf::<A::TargetField>::default())
            .as_query();
        let statement = Tally::<A::TargetField, _>::new(query).show();
        tree.node(A::NAME, &[statement], |_| ());
    }
}

type Targets<A, Q> = <Q as SelectDsl<ColumnOf<<A as Through>::TargetField>>>::Output;
type ToTargets<A, Q> = FieldInQuery<<A as Through>::TargetLink, Targets<A, Q>>;
type OfParents<A> =
    FieldIn<<A as Through>::SourceLink, <A as crate::association::Association>::Key>;
type Filtered<T, P> = <T as FilterDsl<P>>::Output;

impl<C, A, Q, T, R> Load<C> for Loader<A, Q, Unordered, (), Count, R, Via<T>>
where
    A: Through,
    C: Connection,
    Q: SelectDsl<ColumnOf<A::TargetField>>,
    T: FilterDsl<OfParents<A>>,
    Filtered<T, OfParents<A>>:
        FilterDsl<ToTargets<A, Q>, Output: SelectDsl<ColumnOf<A::SourceLink>, Output: AsQuery>>,
    Tally<
        A::SourceLink,
        QueryOf<
            <Filtered<Filtered<T, OfParents<A>>, ToTargets<A, Q>> as SelectDsl<
                ColumnOf<A::SourceLink>,
            >>::Output,
        >,
    >: Fetch<C, Counted<A::SourceLink, A::Key>>,
    R: Requirement,
{
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<i64>>> {
        let groups = of_sources::<A>(parents);
        let keys = groups.keys();
        let targets = self.query.select(ColumnOf::<A::TargetField>::default());
        let links = self.junction.0.filter(FieldIn::new(&keys));
        let links = links.filter(FieldInQuery::new(targets));
        let query = links
            .select(ColumnOf::<A::SourceLink>::default())
            .as_query();
        counts::<A::SourceLink, _, _, _>(query, &keys, groups, R::REQUIRED, conn)
    }

    fn show(self, tree: &mut Tree) {
        let targets = self.query.select(ColumnOf::<A::TargetField>::default());
        let links = self.junction.0.filter(FieldIn::new(&Keys::new(Vec::new())));
        let links = links.filter(FieldInQuery::new(targets));
        let query = links
            .select(ColumnOf::<A::SourceLink>::default())
            .as_query();
        let statement = Tally::<A::SourceLink, _>::new(query).show();
        tree.node(A::NAME, &[statement], |_| ());
    }
}
