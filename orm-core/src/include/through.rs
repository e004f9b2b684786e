//! Loading a many-to-many association: the links first, then each distinct target once.

use std::collections::HashMap;

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use crate::Connection;
use crate::association::{Association, Through};
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::include::arrange::{Arrange, Ordered, Rank, Top, Unordered};
use crate::include::group::{Groups, into_vecs};
use crate::include::loader::{Loader, Via};
use crate::include::row::{Linked, Row};
use crate::include::shape::{Bare, Links, Requirement, Shape};
use crate::include::slots::{Load, MakeRows};
use crate::model::Model;
use crate::query::fetch::Fetch;
use crate::query::filter::FieldIn;
use crate::query::keys::Keys;
use crate::query::ranked_links::RankedLinks;
use crate::query::window::{Ranked, RowNumber, Sliced, Whole};

/// A shape that is filled from links.
pub trait LinkShape: Shape {}

impl<J: std::fmt::Debug + 'static> LinkShape for Links<J> {}
impl LinkShape for Bare {}

/// What becomes of a target and its link.
pub trait FromLinks<J>: Shape {
    /// One element of the slot.
    type Item<R>: Clone
    where
        R: Clone,
        J: Clone;

    /// The element.
    fn item<R: Clone>(row: R, link: J) -> Self::Item<R>
    where
        J: Clone;

    /// The slot.
    fn slot<R: Clone>(items: Vec<Self::Item<R>>) -> Self::Slot<R>
    where
        J: Clone;
}

impl<J: std::fmt::Debug + 'static> FromLinks<J> for Links<J> {
    type Item<R>
        = Linked<R, J>
    where
        R: Clone,
        J: Clone;

    fn item<R: Clone>(row: R, link: J) -> Linked<R, J>
    where
        J: Clone,
    {
        Linked::new(row, link)
    }

    fn slot<R: Clone>(items: Vec<Linked<R, J>>) -> Vec<Linked<R, J>>
    where
        J: Clone,
    {
        items
    }
}

impl<J> FromLinks<J> for Bare {
    type Item<R>
        = R
    where
        R: Clone,
        J: Clone;

    fn item<R: Clone>(row: R, _: J) -> R
    where
        J: Clone,
    {
        row
    }

    fn slot<R: Clone>(items: Vec<R>) -> Vec<R>
    where
        J: Clone,
    {
        items
    }
}

/// The links of some sources, and the targets that they lead to.
pub struct Found<J, T> {
    links: Vec<J>,
    targets: Vec<T>,
    /// The order of the targets is the one that was asked for; else that of the links is.
    by_target: bool,
}

type OfSources<A> = FieldIn<<A as Through>::SourceLink, <A as Association>::Key>;
type OfLinks<A> = FieldIn<<A as Through>::TargetField, <A as Through>::TargetKey>;
type FilteredBy<Q, P> = <Q as FilterDsl<P>>::Output;

/// Reads links and targets in the loader's order.
pub trait FindThrough<C, A: Through, Q, T> {
    /// The links of these keys, and their targets.
    fn find(
        self,
        targets: Q,
        links: T,
        keys: &Keys<A::Key>,
        conn: &mut C,
    ) -> Result<Found<A::Junction, A::Target>>;
}

/// The keys of the targets that the links lead to.
fn target_keys<A: Through>(links: &[A::Junction]) -> Keys<A::TargetKey> {
    Keys::distinct(
        links
            .iter()
            .filter_map(|link| A::TargetLink::read(link).key()),
    )
}

macro_rules! find_in_order {
    ($([$($param:ident)?] $order:ty),+) => {
        $(
            impl<C, A, Q, T $(, $param)?> FindThrough<C, A, Q, T> for $order
            where
                A: Through,
                C: Connection,
                T: FilterDsl<OfSources<A>, Output: AsQuery<Query: Fetch<C, A::Junction>>>,
                Q: FilterDsl<OfLinks<A>>,
                Self: Arrange<C, FilteredBy<Q, OfLinks<A>>, A::TargetField, A::TargetKey>,
            {
                fn find(
                    self,
                    targets: Q,
                    links: T,
                    keys: &Keys<A::Key>,
                    conn: &mut C,
                ) -> Result<Found<A::Junction, A::Target>> {
                    let links = links.filter(FieldIn::new(keys)).as_query();
                    let links = links.fetch_chunks(keys, conn)?;
                    let keys = target_keys::<A>(&links);
                    let targets = targets.filter(FieldIn::new(&keys));
                    Ok(Found {
                        links,
                        targets: self.fetch(targets, &keys, conn)?,
                        by_target: <Self as Arrange<C, _, A::TargetField, _>>::ORDERED,
                    })
                }
            }
        )+
    };
}

find_in_order!([] Unordered, [E] Ordered<E>);

/// A target's key and its number among all targets.
type Numbered<A, By> = (
    <<A as Through>::TargetField as Field>::Column,
    RowNumber<Whole, By>,
);

type QueryOf<Q> = <Q as AsQuery>::Query;

impl<C, A, Q, T, O> FindThrough<C, A, Q, T> for Top<O>
where
    A: Through,
    C: Connection,
    O: Rank<A::Target>,
    T: FilterDsl<OfSources<A>, Output: AsQuery>,
    Q: SelectDsl<Numbered<A, O::By>, Output: AsQuery>,
    Sliced<RankedLinks<A, QueryOf<FilteredBy<T, OfSources<A>>>, QueryOf<Q::Output>>>:
        Fetch<C, Ranked<A::Junction>>,
    <A::Target as Model>::Query: FilterDsl<OfLinks<A>, Output: AsQuery<Query: Fetch<C, A::Target>>>,
{
    fn find(
        self,
        targets: Q,
        links: T,
        keys: &Keys<A::Key>,
        conn: &mut C,
    ) -> Result<Found<A::Junction, A::Target>> {
        let number = RowNumber {
            partition: Whole,
            order: self.order.by(),
        };
        let key = <A::TargetField as Field>::Column::default();
        let ranked = RankedLinks::<A, _, _> {
            links: links.filter(FieldIn::new(keys)).as_query(),
            targets: targets.select((key, number)).as_query(),
            association: std::marker::PhantomData,
        };
        let links = Sliced::new(ranked, self.slice).fetch_chunks(keys, conn)?;
        let links: Vec<A::Junction> = links.into_iter().map(|link| link.0).collect();
        let keys = target_keys::<A>(&links);
        let targets = A::Target::query().filter(FieldIn::new(&keys)).as_query();
        Ok(Found {
            targets: targets.fetch_chunks(&keys, conn)?,
            links,
            by_target: false,
        })
    }
}

impl<C, A, Q, O, N, S, R, T> Load<C> for Loader<A, Q, O, N, S, R, Via<T>>
where
    A: Through,
    C: Connection,
    O: FindThrough<C, A, Q, T>,
    N: MakeRows<A::Target, C>,
    S: LinkShape + FromLinks<A::Junction>,
    R: Requirement,
{
    fn load(self, parents: &[A::Source], conn: &mut C) -> Result<Vec<Option<Self::Slot>>> {
        let groups = Groups::of(parents.iter().map(|row| A::SourceField::read(row).key()));
        let keys = Keys::new(groups.keys());
        let found = self.order.find(self.query, self.junction.0, &keys, conn)?;
        let rows = self.nested.make_rows(found.targets, conn)?;
        let place = |link: &A::Junction| groups.position(A::SourceLink::read(link).key()?);
        let items = join::<A, _, S>(found.links, rows, found.by_target, place);
        let vecs = into_vecs(items, groups.len());
        let slots = groups.deal(vecs).into_iter();
        let kept = slots.map(|items| (!R::REQUIRED || !items.is_empty()).then_some(items));
        Ok(kept.map(|items| items.map(S::slot)).collect())
    }
}

/// Joins links to their targets: a clone of the target for each link but the last.
fn join<A, Rw, S>(
    links: Vec<A::Junction>,
    rows: Vec<Rw>,
    by_target: bool,
    place: impl Fn(&A::Junction) -> Option<usize>,
) -> Vec<(usize, S::Item<Rw>)>
where
    A: Through,
    Rw: Row<A::Target>,
    S: FromLinks<A::Junction>,
{
    let positions: HashMap<&A::TargetKey, usize> = rows
        .iter()
        .enumerate()
        .filter_map(|(position, row)| Some((A::TargetField::read(row.model()).key()?, position)))
        .collect();
    let mut uses = vec![0_usize; rows.len()];
    let mut joined: Vec<(usize, usize, A::Junction)> = links
        .into_iter()
        .filter_map(|link| {
            let target = *positions.get(A::TargetLink::read(&link).key()?)?;
            let parent = place(&link)?;
            *uses.get_mut(target)? += 1;
            Some((target, parent, link))
        })
        .collect();
    drop(positions);
    if by_target {
        joined.sort_by_key(|(target, ..)| *target);
    }
    let mut rows: Vec<Option<Rw>> = rows.into_iter().map(Some).collect();
    let items = joined.into_iter().filter_map(|(target, parent, link)| {
        let left = uses.get_mut(target)?;
        *left -= 1;
        let row = match *left {
            0 => rows.get_mut(target)?.take()?,
            _ => rows.get(target)?.clone()?,
        };
        Some((parent, S::item(row, link)))
    });
    items.collect()
}
