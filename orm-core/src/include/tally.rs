//! Counts an association: `SELECT key, COUNT(*) … GROUP BY key`.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use crate::association::shape::{Count, Requirement};
use crate::association::{Association, Direct, Through};
use crate::connection::Connection;
use crate::dialect::BindKeys;
use crate::error::Result;
use crate::field::Field;
use crate::include::arrange::Unordered;
use crate::include::group::{Groups, of_sources};
use crate::include::loader::{Loader, Via};
use crate::include::slots::Load;
use crate::include::tree::Tree;
use crate::model::Key;
use crate::query::fetch::Fetch;
use crate::query::filter::{FieldIn, FieldInQuery};
use crate::query::keys::Keys;
use crate::query::matched::is_asked;
use crate::query::rows::Rows;
use crate::query::tally::{Counted, Tally};

type ColumnOf<F> = <F as Field>::Column;
type QueryOf<Q> = <Q as AsQuery>::Query;

/// The count of each parent, in order.
fn counts<F, K, Q, C>(
    tally: Tally<F, K, Q>,
    keys: &Keys<K>,
    parents: Groups<'_, K>,
    required: bool,
    conn: &mut C,
) -> Result<Vec<Option<i64>>>
where
    F: Field,
    K: Key,
    C: Connection<Backend: BindKeys<F::Sql, K>>,
    Tally<F, K, Q>: Fetch<C, Counted<F, K>>,
{
    let empty = || (!required).then_some(0);
    if is_asked::<F, C::Backend>() {
        let rows = tally.fetch_matched::<F::Sql, K>(None, keys, conn)?;
        let mut slots: Vec<_> = keys.all().iter().map(|_| empty()).collect();
        for at in rows {
            if let Some(slot) = slots.get_mut(at.place) {
                *slot = Some(slot.unwrap_or(0) + at.row.count);
            }
        }
        return Ok(parents.deal(slots, empty));
    }
    let rows = tally.fetch_chunks::<F::Sql, K>(keys, conn)?;
    let places = parents.place(rows.len(), &mut rows.iter().map(|row| Some(&row.key)));
    let mut slots = places.slots(empty);
    for row in rows {
        if let Some((slot, _)) = slots.next() {
            *slot = Some(row.count);
        }
    }
    Ok(parents.deal(slots.filled(), empty))
}

type Filtered<T, P> = <T as FilterDsl<P>>::Output;
type Selected<T, F> = <T as SelectDsl<ColumnOf<F>>>::Output;
type TallyOf<F, K, Q> = Tally<F, K, QueryOf<Selected<Q, F>>>;

/// Counts the rows of a query by a field that is compared with keys.
fn tally<F: Field, K, Q, DB>(query: Q, keys: &Keys<K>) -> TallyOf<F, K, Q>
where
    Q: SelectDsl<ColumnOf<F>, Output: AsQuery>,
    DB: BindKeys<F::Sql, K>,
{
    let query = query.select(ColumnOf::<F>::default()).as_query();
    Tally::new(query, Some(keys).filter(|_| is_asked::<F, DB>()))
}

type OfSources<A> = FieldIn<<A as Direct>::TargetField, <A as Association>::Key>;

impl<C, A, Q, R> Load<C> for Loader<A, Q, Unordered, (), Count, R, ()>
where
    A: Direct,
    C: Connection<Backend: BindKeys<<A::TargetField as Field>::Sql, A::Key>>,
    Q: FilterDsl<OfSources<A>, Output: SelectDsl<ColumnOf<A::TargetField>, Output: AsQuery>>,
    TallyOf<A::TargetField, A::Key, Q::Output>: Fetch<C, Counted<A::TargetField, A::Key>>,
    R: Requirement,
{
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<i64>>> {
        let groups = of_sources::<A>(parents);
        let keys = groups.keys();
        let rows = self.query.filter(FieldIn::new(&keys));
        let tally = tally::<A::TargetField, _, _, C::Backend>(rows, &keys);
        counts(tally, &keys, groups, R::REQUIRED, conn)
    }

    fn show(self, tree: &mut Tree) {
        let keys = Keys::none();
        let rows = self.query.filter(FieldIn::new(&keys));
        let statement = tally::<A::TargetField, _, _, C::Backend>(rows, &keys).show();
        tree.node(A::NAME, &[statement], |_| ());
    }
}

type LinksOf<A, T> = Filtered<T, FieldIn<<A as Through>::SourceLink, <A as Association>::Key>>;
pub(super) type ToTargets<A, Q> =
    FieldInQuery<<A as Through>::TargetLink, Selected<Q, <A as Through>::TargetField>>;

/// The links of these sources that lead to a target.
fn links<A, Q, T>(
    targets: Q,
    links: T,
    keys: &Keys<A::Key>,
) -> Filtered<LinksOf<A, T>, ToTargets<A, Q>>
where
    A: Through,
    Q: SelectDsl<ColumnOf<A::TargetField>>,
    T: FilterDsl<FieldIn<A::SourceLink, A::Key>, Output: FilterDsl<ToTargets<A, Q>>>,
{
    let targets = targets.select(ColumnOf::<A::TargetField>::default());
    let links = links.filter(FieldIn::new(keys));
    links.filter(FieldInQuery::as_of::<A::TargetField>(targets))
}

impl<C, A, Q, T, R> Load<C> for Loader<A, Q, Unordered, (), Count, R, Via<T>>
where
    A: Through,
    C: Connection<Backend: BindKeys<<A::SourceLink as Field>::Sql, A::Key>>,
    Q: SelectDsl<ColumnOf<A::TargetField>>,
    T: FilterDsl<FieldIn<A::SourceLink, A::Key>>,
    LinksOf<A, T>:
        FilterDsl<ToTargets<A, Q>, Output: SelectDsl<ColumnOf<A::SourceLink>, Output: AsQuery>>,
    TallyOf<A::SourceLink, A::Key, Filtered<LinksOf<A, T>, ToTargets<A, Q>>>:
        Fetch<C, Counted<A::SourceLink, A::Key>>,
    R: Requirement,
{
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<i64>>> {
        let groups = of_sources::<A>(parents);
        let keys = groups.keys();
        let links = links::<A, _, _>(self.query, self.junction.0, &keys);
        let tally = tally::<A::SourceLink, _, _, C::Backend>(links, &keys);
        counts(tally, &keys, groups, R::REQUIRED, conn)
    }

    fn show(self, tree: &mut Tree) {
        let keys = Keys::none();
        let links = links::<A, _, _>(self.query, self.junction.0, &keys);
        let statement = tally::<A::SourceLink, _, _, C::Backend>(links, &keys).show();
        tree.node(A::NAME, &[statement], |_| ());
    }
}
