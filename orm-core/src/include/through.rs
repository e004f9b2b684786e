//! Loads a many-to-many association: first the links, then each distinct target once.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use crate::association::row::{Linked, Row};
use crate::association::shape::{Bare, Links, Requirement, Shape};
use crate::association::{Association, Through};
use crate::connection::Connection;
use crate::dialect::{BindKeys, Compared};
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::include::arrange::{Arrange, Ordered, Rank, Top, Unordered, without_rank};
use crate::include::group::{Groups, NOWHERE, Places, Positions, of_sources, push_row};
use crate::include::loader::{Loader, Via};
use crate::include::slots::{Load, MakeRows};
use crate::include::tree::Tree;
use crate::query::all::All;
use crate::query::fetch::Fetch;
use crate::query::filter::FieldIn;
use crate::query::keys::Keys;
use crate::query::matched::{Found, Same, is_asked};
use crate::query::ranked_links::RankedLinks;
use crate::query::rows::Rows;
use crate::query::window::{Ranked, RowNumber, Sliced, Whole};

/// A shape that links fill.
pub trait LinkShape: Shape {}

impl<J: std::fmt::Debug + 'static> LinkShape for Links<J> {}
impl LinkShape for Bare {}

/// What targets and their links become.
pub trait FromLinks<J>: Shape {
    /// The slot of a source without links.
    fn empty<R>() -> Self::Slot<R>;

    /// Adds a target and its link to the slot of a source that has `of` links.
    fn add<R>(slot: &mut Option<Self::Slot<R>>, row: R, link: J, of: usize);
}

impl<J: std::fmt::Debug + 'static> FromLinks<J> for Links<J> {
    fn empty<R>() -> Vec<Linked<R, J>> {
        Vec::new()
    }

    fn add<R>(slot: &mut Option<Vec<Linked<R, J>>>, row: R, link: J, of: usize) {
        push_row(slot, Linked::new(row, link), of);
    }
}

impl<J> FromLinks<J> for Bare {
    fn empty<R>() -> Vec<R> {
        Vec::new()
    }

    fn add<R>(slot: &mut Option<Vec<R>>, row: R, _: J, of: usize) {
        push_row(slot, row, of);
    }
}

/// The links of some sources, and the targets of these links.
pub struct Pairs<A: Through> {
    links: Found<A::Junction, A::Key>,
    /// The target keys in the links.
    keys: Keys<A::TargetKey>,
    targets: Found<A::Target, A::TargetKey>,
    /// Whether the order that the caller asked for is that of the targets. If not, it is that of the links.
    by_target: bool,
}

impl<A: Through> Pairs<A> {
    /// In the order of the links.
    pub(super) fn by_link(
        links: Found<A::Junction, A::Key>,
        keys: Keys<A::TargetKey>,
        targets: Found<A::Target, A::TargetKey>,
    ) -> Self {
        Self {
            links,
            keys,
            targets,
            by_target: false,
        }
    }
}

type LinkSql<A> = <<A as Through>::SourceLink as Field>::Sql;
type OfSources<A> = FieldIn<<A as Through>::SourceLink, <A as Association>::Key>;
type FilteredBy<Q, P> = <Q as FilterDsl<P>>::Output;

/// Reads links and targets in the loader's order.
pub trait FindThrough<C, A: Through, Q, T> {
    /// The links of these keys, and their targets.
    fn find(self, targets: Q, links: T, keys: &Keys<A::Key>, conn: &mut C) -> Result<Pairs<A>>;

    /// The two statements.
    fn show(self, targets: Q, links: T) -> [String; 2];
}

/// The keys of the targets that the links lead to.
pub(super) fn target_keys<A: Through>(links: &Rows<A::Junction>) -> Keys<A::TargetKey> {
    let mut keys = links.iter().map(|link| A::TargetLink::read(link).key());
    Groups::of(links.len(), &mut keys).keys()
}

macro_rules! find_in_order {
    ($([$($param:ident)?] $order:ty),+) => {
        $(
            impl<C, A, Q, T $(, $param)?> FindThrough<C, A, Q, T> for $order
            where
                A: Through,
                C: Connection,
                Unordered: Arrange<C, T, A::SourceLink, A::Key>,
                Self: Arrange<C, Q, A::TargetField, A::TargetKey>,
            {
                fn find(
                    self,
                    targets: Q,
                    links: T,
                    keys: &Keys<A::Key>,
                    conn: &mut C,
                ) -> Result<Pairs<A>> {
                    let of_sources = <Unordered as Arrange<C, _, A::SourceLink, _>>::fetch;
                    let links = of_sources(Unordered, links, keys, conn)?;
                    let keys = target_keys::<A>(&links.rows);
                    Ok(Pairs {
                        links,
                        targets: Arrange::<C, _, A::TargetField, _>::fetch(self, targets, &keys, conn)?,
                        keys,
                        by_target: <Self as Arrange<C, Q, A::TargetField, _>>::ORDERED,
                    })
                }

                fn show(self, targets: Q, links: T) -> [String; 2] {
                    [
                        Arrange::<C, _, A::SourceLink, _>::show(Unordered, links),
                        Arrange::<C, _, A::TargetField, _>::show(self, targets),
                    ]
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
    C: Connection<Backend: BindKeys<<A::SourceLink as Field>::Sql, A::Key>>,
    O: Rank<A::Target>,
    T: FilterDsl<OfSources<A>, Output: AsQuery>,
    Q: SelectDsl<Numbered<A, O::By>, Output: AsQuery>,
    FirstLinks<A, Q, T, O::By>: Fetch<C, Ranked<A::Junction>>,
    Unordered: Arrange<C, All<A::Target>, A::TargetField, A::TargetKey>,
{
    fn find(self, targets: Q, links: T, keys: &Keys<A::Key>, conn: &mut C) -> Result<Pairs<A>> {
        let query = first_links::<A, Q, T, O>(self, targets, links, keys);
        let links = if is_asked::<A::SourceLink, C::Backend>() {
            let compared = Some(Compared::ranked::<A::SourceLink>());
            let links = query.fetch_matched::<LinkSql<A>, _>(compared, keys, conn)?;
            Found::matched::<A::SourceLink>(without_rank(links), keys.len())
        } else {
            let links = query.fetch_chunks::<LinkSql<A>, _>(keys, conn)?;
            Found::exact(links.filter_map(|link| Some(link.0)))
        };
        let keys = target_keys::<A>(&links.rows);
        let of_links = <Unordered as Arrange<C, _, A::TargetField, _>>::fetch;
        let targets = of_links(Unordered, All::new(), &keys, conn)?;
        Ok(Pairs::by_link(links, keys, targets))
    }

    fn show(self, targets: Q, links: T) -> [String; 2] {
        let links = first_links::<A, Q, T, O>(self, targets, links, &Keys::none());
        let links = match is_asked::<A::SourceLink, C::Backend>() {
            true => links.show_matched::<LinkSql<A>, A::Key>(Compared::ranked::<A::SourceLink>()),
            false => links.show(),
        };
        let targets = Arrange::<C, _, A::TargetField, _>::show(Unordered, All::new());
        [links, targets]
    }
}

type LinkFields<A> = (
    <A as Through>::SourceLink,
    <A as Through>::TargetLink,
    <A as Through>::TargetField,
);

type FirstLinks<A, Q, T, By> = Sliced<
    RankedLinks<
        LinkFields<A>,
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
        fields: std::marker::PhantomData,
    };
    Sliced::new(ranked, top.slice)
}

impl<C, A, Q, O, N, S, R, T> Load<C> for Loader<A, Q, O, N, S, R, Via<T>>
where
    A: Through,
    C: Connection,
    O: FindThrough<C, A, Q, T>,
    N: MakeRows<A::Target, C>,
    S: LinkShape + FromLinks<A::Junction, Slot<N::Row>: Clone>,
    R: Requirement,
{
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<Self::Slot>>> {
        let mut groups = of_sources::<A>(parents);
        let keys = groups.keys();
        let pairs = self.order.find(self.query, self.junction.0, &keys, conn)?;
        groups.learn(pairs.links.same.as_ref());
        let rows = self.nested.make_rows(pairs.targets.rows, conn)?;
        let ends = Ends::find::<A, _>(
            &pairs.links.rows,
            &rows,
            &groups,
            pairs.keys.all(),
            pairs.targets.same.as_ref(),
        );
        Ok(slots::<A, _, S>(
            pairs.links.rows,
            rows,
            ends,
            pairs.by_target,
            groups,
            R::REQUIRED,
        ))
    }

    fn show(self, tree: &mut Tree) {
        let statements = self.order.show(self.query, self.junction.0);
        tree.node(A::NAME, &statements, |tree| self.nested.show(tree));
    }
}

/// Builds the sources' slots. Each link is joined to its target: the last link to a target gets the target
/// itself, the others get clones.
fn slots<A, Rw, S>(
    mut links: Rows<A::Junction>,
    rows: Rows<Rw>,
    mut ends: Ends,
    by_target: bool,
    sources: Groups<'_, A::Key>,
    required: bool,
) -> Vec<Option<S::Slot<Rw>>>
where
    A: Through,
    Rw: Row<A::Target>,
    S: FromLinks<A::Junction, Slot<Rw>: Clone>,
{
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
    for row in rows {
        targets.push(Some(row));
    }
    let empty = || (!required).then(S::empty);
    let mut slots = ends.sources.slots(empty);
    for (link, target) in links.into_iter().zip(ends.targets) {
        let Some((slot, of)) = slots.next() else {
            continue;
        };
        if let Some(row) = take_use(&mut targets, &mut uses, target) {
            S::add(slot, row, link, of);
        }
    }
    sources.deal(slots.filled(), empty)
}

/// The row at a position, or a clone of it if others still need the row.
fn take_use<R: Clone>(rows: &mut [Option<R>], uses: &mut [usize], position: usize) -> Option<R> {
    let left = uses.get_mut(position)?;
    *left -= 1;
    let row = rows.get_mut(position)?;
    match *left {
        0 => row.take(),
        _ => row.clone(),
    }
}

/// Where each link comes from and where it leads.
struct Ends {
    sources: Places,
    /// The position of each link's target. [`NOWHERE`] if the link lacks an end.
    targets: Vec<usize>,
}

impl Ends {
    fn find<A: Through, Rw: Row<A::Target>>(
        links: &Rows<A::Junction>,
        rows: &Rows<Rw>,
        sources: &Groups<'_, A::Key>,
        keys: &[A::TargetKey],
        same: Option<&Same<A::TargetKey>>,
    ) -> Self {
        let mut targets = rows
            .iter()
            .map(|row| A::TargetField::read(row.model()).key());
        let mut positions = Positions::of(rows.len(), &mut targets);
        positions.add(keys, same);
        let mut to = positions.finder();
        let mut from = sources.finder();
        let mut ends = Self {
            sources: Places::of(sources.len(), links.len()),
            targets: Vec::with_capacity(links.len()),
        };
        for link in links.iter() {
            let target = to.find(A::TargetLink::read(link).key());
            let source = from.find(A::SourceLink::read(link).key());
            let both = source.zip(target);
            ends.sources.push(both.map(|(source, _)| source));
            ends.targets
                .push(both.map_or(NOWHERE, |(_, target)| target));
        }
        ends
    }

    /// Sorts the links, and these ends with them, by the order of the targets.
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
