//! Loading a many-to-many association: the links first, then each distinct target once.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use crate::Connection;
use crate::association::{Association, Through};
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::include::arrange::{Arrange, Ordered, Rank, Top, Unordered};
use crate::include::group::{Groups, NOWHERE, Places, Positions, of_sources};
use crate::include::loader::{Loader, Via};
use crate::include::row::{Linked, Row};
use crate::include::shape::{Bare, Links, Requirement, Shape};
use crate::include::slots::{Load, MakeRows};
use crate::include::tree::Tree;
use crate::model::Model;
use crate::query::fetch::Fetch;
use crate::query::filter::FieldIn;
use crate::query::keys::Keys;
use crate::query::ranked_links::RankedLinks;
use crate::query::rows::Rows;
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
    links: Rows<J>,
    targets: Rows<T>,
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

    /// The two statements.
    fn show(self, targets: Q, links: T) -> [String; 2];
}

/// The keys of the targets that the links lead to.
fn target_keys<A: Through>(links: &Rows<A::Junction>) -> Keys<A::TargetKey> {
    let keys = links.iter().map(|link| A::TargetLink::read(link).key());
    Groups::of(links.len(), keys).keys()
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

                fn show(self, targets: Q, links: T) -> [String; 2] {
                    let links = links.filter(FieldIn::new(&Keys::new(Vec::new())));
                    let keys = Keys::new(Vec::new());
                    let targets = targets.filter(FieldIn::new(&keys));
                    let targets = Arrange::<C, _, A::TargetField, _>::show(self, targets, &keys);
                    [links.as_query().show(), targets]
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
    FirstLinks<A, Q, T, O::By>: Fetch<C, Ranked<A::Junction>>,
    <A::Target as Model>::Query: FilterDsl<OfLinks<A>, Output: AsQuery<Query: Fetch<C, A::Target>>>,
{
    fn find(
        self,
        targets: Q,
        links: T,
        keys: &Keys<A::Key>,
        conn: &mut C,
    ) -> Result<Found<A::Junction, A::Target>> {
        let links = first_links::<A, Q, T, O>(self, targets, links, keys);
        let links = links.fetch_chunks(keys, conn)?;
        let links = links.filter_map(|link| Some(link.0));
        let keys = target_keys::<A>(&links);
        let targets = A::Target::query().filter(FieldIn::new(&keys)).as_query();
        Ok(Found {
            targets: targets.fetch_chunks(&keys, conn)?,
            links,
            by_target: false,
        })
    }

    fn show(self, targets: Q, links: T) -> [String; 2] {
        let links = first_links::<A, Q, T, O>(self, targets, links, &Keys::new(Vec::new()));
        let targets = A::Target::query().filter(FieldIn::new(&Keys::new(Vec::new())));
        [links.show(), targets.as_query().show()]
    }
}

type FirstLinks<A, Q, T, By> = Sliced<
    RankedLinks<
        A,
        QueryOf<FilteredBy<T, OfSources<A>>>,
        QueryOf<<Q as SelectDsl<Numbered<A, By>>>::Output>,
    >,
>;

fn first_links<A, Q, T, O>(
    top: Top<O>,
    targets: Q,
    links: T,
    keys: &Keys<A::Key>,
) -> FirstLinks<A, Q, T, O::By>
where
    A: Through,
    O: Rank<A::Target>,
    T: FilterDsl<OfSources<A>, Output: AsQuery>,
    Q: SelectDsl<Numbered<A, O::By>, Output: AsQuery>,
{
    let number = RowNumber {
        partition: Whole,
        order: top.order.by(),
    };
    let key = <A::TargetField as Field>::Column::default();
    let ranked = RankedLinks {
        links: links.filter(FieldIn::new(keys)).as_query(),
        targets: targets.select((key, number)).as_query(),
        association: std::marker::PhantomData,
    };
    Sliced::new(ranked, top.slice)
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
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<Self::Slot>>> {
        let groups = of_sources::<A>(parents);
        let keys = groups.keys();
        let found = self.order.find(self.query, self.junction.0, &keys, conn)?;
        let rows = self.nested.make_rows(found.targets, conn)?;
        let vecs = join::<A, _, S>(found.links, rows, found.by_target, &groups);
        Ok(slots::<A, _, S>(groups.deal(vecs), R::REQUIRED))
    }

    fn show(self, tree: &mut Tree) {
        let statements = self.order.show(self.query, self.junction.0);
        tree.node(A::NAME, &statements, |tree| self.nested.show(tree));
    }
}

/// The slots of the sources, of which one without links may be left out.
fn slots<A, Rw, S>(items: Vec<Vec<S::Item<Rw>>>, required: bool) -> Vec<Option<S::Slot<Rw>>>
where
    A: Through,
    Rw: Row<A::Target>,
    S: FromLinks<A::Junction>,
{
    let slots = items.into_iter().map(|items| {
        let kept = !required || !items.is_empty();
        kept.then(|| S::slot(items))
    });
    slots.collect()
}

/// Joins links to their targets, source by source: a clone of the target for each link but the last.
fn join<A, Rw, S>(
    mut links: Rows<A::Junction>,
    rows: Rows<Rw>,
    by_target: bool,
    sources: &Groups<'_, A::Key>,
) -> Vec<Vec<S::Item<Rw>>>
where
    A: Through,
    Rw: Row<A::Target>,
    S: FromLinks<A::Junction>,
{
    let mut ends = Ends::find::<A, _>(&links, &rows, sources);
    if by_target {
        links = ends.sort(links);
    }
    let mut uses = vec![0_usize; rows.len()];
    for target in &ends.targets {
        if let Some(uses) = uses.get_mut(*target) {
            *uses += 1;
        }
    }
    let mut targets = Vec::with_capacity(rows.len());
    targets.extend(rows.into_iter().map(Some));
    let items = links.into_iter().zip(ends.targets).map(|(link, target)| {
        let left = uses.get_mut(target)?;
        *left -= 1;
        let row: Rw = match *left {
            0 => targets.get_mut(target)?.take()?,
            _ => targets.get(target)?.clone()?,
        };
        Some(S::item(row, link))
    });
    ends.sources.vecs(items)
}

/// Where each link comes from and where it leads.
struct Ends {
    sources: Places,
    /// The position of its target; [`NOWHERE`] for a link without both ends.
    targets: Vec<usize>,
}

impl Ends {
    fn find<A: Through, Rw: Row<A::Target>>(
        links: &Rows<A::Junction>,
        rows: &Rows<Rw>,
        sources: &Groups<'_, A::Key>,
    ) -> Self {
        let mut positions = Positions::with_capacity(rows.len());
        for (position, row) in rows.iter().enumerate() {
            if let Some(key) = A::TargetField::read(row.model()).key() {
                positions.set(key, position);
            }
        }
        let to = positions.find_each(links.iter().map(|link| A::TargetLink::read(link).key()));
        let from = sources.find_each(links.iter().map(|link| A::SourceLink::read(link).key()));
        let mut ends = Self {
            sources: Places::of(sources.len(), links.len()),
            targets: Vec::with_capacity(links.len()),
        };
        for (source, target) in from.zip(to) {
            let both = source.zip(target);
            ends.sources.push(both.map(|(source, _)| source));
            ends.targets
                .push(both.map_or(NOWHERE, |(_, target)| target));
        }
        ends
    }

    /// The links, and these ends of theirs, in the order of the targets.
    fn sort<J>(&mut self, links: Rows<J>) -> Rows<J> {
        let ends = self.targets.drain(..).zip(self.sources.take());
        let mut all: Vec<_> = ends.zip(links).collect();
        all.sort_by_key(|((target, _), _)| *target);
        let mut sorted = Rows::new();
        for ((target, source), link) in all {
            self.targets.push(target);
            self.sources.push(source);
            sorted.push(link);
        }
        sorted
    }
}
