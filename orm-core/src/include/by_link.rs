//! A many-to-many include in the order of its links: `through_order`.

use diesel::query_dsl::methods::{FilterDsl, SelectDsl};

use crate::association::Through;
use crate::connection::Connection;
use crate::error::Result;
use crate::field::Field;
use crate::include::arrange::{
    Arrange, LimitTo, OrderBy, OrderByLink, Ordered, ThenOrderBy, Top, Unordered,
};
use crate::include::tally::ToTargets;
use crate::include::through::{FindThrough, Pairs, target_keys};
use crate::query::all::All;
use crate::query::checked::CheckedOrder;
use crate::query::filter::FieldInQuery;
use crate::query::keys::Keys;
use crate::query::window::Slice;

/// Ordered by columns of the junction.
#[derive(Debug, Clone, Copy)]
pub struct ByLink<E>(E);

/// The first rows of each parent, ordered by columns of the junction.
#[derive(Debug, Clone, Copy)]
pub struct TopByLink<E>(Top<Ordered<E>>);

/// An order in addition to one by columns of the other table. Nothing implements it; it exists so that
/// rustc says why.
pub trait SecondOrder {}

#[diagnostic::do_not_recommend]
impl<J, E> OrderByLink<J, E> for Unordered {
    type Output = ByLink<CheckedOrder<J, E>>;

    fn order_by_link(self, order: E) -> ByLink<CheckedOrder<J, E>> {
        ByLink(CheckedOrder::new(order))
    }
}

#[diagnostic::do_not_recommend]
impl<J, E, Old> OrderByLink<J, E> for ByLink<Old> {
    type Output = ByLink<CheckedOrder<J, E>>;

    fn order_by_link(self, order: E) -> ByLink<CheckedOrder<J, E>> {
        ByLink(CheckedOrder::new(order))
    }
}

#[diagnostic::do_not_recommend]
impl<J, E> OrderByLink<J, E> for Top<Unordered> {
    type Output = TopByLink<CheckedOrder<J, E>>;

    fn order_by_link(self, order: E) -> TopByLink<CheckedOrder<J, E>> {
        TopByLink(Top {
            order: Ordered(CheckedOrder::new(order)),
            slice: self.slice,
        })
    }
}

#[diagnostic::do_not_recommend]
impl<J, E, Old> OrderByLink<J, E> for TopByLink<Old> {
    type Output = TopByLink<CheckedOrder<J, E>>;

    fn order_by_link(self, order: E) -> TopByLink<CheckedOrder<J, E>> {
        TopByLink(self.0.order_by(CheckedOrder::new(order)))
    }
}

#[diagnostic::do_not_recommend]
impl<J, E: SecondOrder, Old> OrderByLink<J, E> for Ordered<Old> {
    type Output = ByLink<CheckedOrder<J, E>>;

    fn order_by_link(self, order: E) -> ByLink<CheckedOrder<J, E>> {
        ByLink(CheckedOrder::new(order))
    }
}

#[diagnostic::do_not_recommend]
impl<J, E: SecondOrder, Old> OrderByLink<J, E> for Top<Ordered<Old>> {
    type Output = TopByLink<CheckedOrder<J, E>>;

    fn order_by_link(self, order: E) -> TopByLink<CheckedOrder<J, E>> {
        TopByLink(self.order_by(CheckedOrder::new(order)))
    }
}

macro_rules! no_second_order {
    ($($order:ident)+) => {
        $(
            #[diagnostic::do_not_recommend]
            impl<E: SecondOrder, Old> OrderBy<E> for $order<Old> {
                type Output = Ordered<E>;

                fn order_by(self, order: E) -> Ordered<E> {
                    Ordered(order)
                }
            }

            #[diagnostic::do_not_recommend]
            impl<E: SecondOrder, Old> ThenOrderBy<E> for $order<Old> {
                type Output = Ordered<E>;

                fn then_order_by(self, order: E) -> Ordered<E> {
                    Ordered(order)
                }
            }
        )+
    };
}

no_second_order!(ByLink TopByLink);

impl<E> LimitTo for ByLink<E> {
    type Output = TopByLink<E>;

    fn limit_to(self, change: impl FnOnce(&mut Slice)) -> TopByLink<E> {
        TopByLink(Ordered(self.0).limit_to(change))
    }
}

impl<E> LimitTo for TopByLink<E> {
    type Output = Self;

    fn limit_to(self, change: impl FnOnce(&mut Slice)) -> Self {
        Self(self.0.limit_to(change))
    }
}

type ColumnOf<F> = <F as Field>::Column;
type FilteredBy<Q, P> = <Q as FilterDsl<P>>::Output;

impl<C, A, Q, T, E> FindThrough<C, A, Q, T> for ByLink<E>
where
    A: Through,
    C: Connection,
    Ordered<E>: Arrange<C, T, A::SourceLink, A::Key>,
    Unordered: Arrange<C, Q, A::TargetField, A::TargetKey>,
{
    fn find(self, targets: Q, links: T, keys: &Keys<A::Key>, conn: &mut C) -> Result<Pairs<A>> {
        let links = Arrange::<C, _, A::SourceLink, _>::fetch(Ordered(self.0), links, keys, conn)?;
        let keys = target_keys::<A>(&links.rows);
        let targets = Arrange::<C, _, A::TargetField, _>::fetch(Unordered, targets, &keys, conn)?;
        Ok(Pairs::by_link(links, keys, targets))
    }

    fn show(self, targets: Q, links: T) -> [String; 2] {
        [
            Arrange::<C, _, A::SourceLink, _>::show(Ordered(self.0), links),
            Arrange::<C, _, A::TargetField, _>::show(Unordered, targets),
        ]
    }
}

/// A limit counts the links that lead to a target, and cuts them as it cuts the rows of a `has_many`.
impl<C, A, Q, T, E> FindThrough<C, A, Q, T> for TopByLink<E>
where
    A: Through,
    C: Connection,
    Q: SelectDsl<ColumnOf<A::TargetField>>,
    T: FilterDsl<ToTargets<A, Q>>,
    Top<Ordered<E>>: Arrange<C, FilteredBy<T, ToTargets<A, Q>>, A::SourceLink, A::Key>,
    Unordered: Arrange<C, All<A::Target>, A::TargetField, A::TargetKey>,
{
    fn find(self, targets: Q, links: T, keys: &Keys<A::Key>, conn: &mut C) -> Result<Pairs<A>> {
        let links = to_targets::<A, _, _>(targets, links);
        let links = Arrange::<C, _, A::SourceLink, _>::fetch(self.0, links, keys, conn)?;
        let keys = target_keys::<A>(&links.rows);
        let of_links = <Unordered as Arrange<C, _, A::TargetField, _>>::fetch;
        let targets = of_links(Unordered, All::new(), &keys, conn)?;
        Ok(Pairs::by_link(links, keys, targets))
    }

    fn show(self, targets: Q, links: T) -> [String; 2] {
        let links = to_targets::<A, _, _>(targets, links);
        [
            Arrange::<C, _, A::SourceLink, _>::show(self.0, links),
            Arrange::<C, _, A::TargetField, _>::show(Unordered, All::new()),
        ]
    }
}

/// The links that lead to one of the targets.
fn to_targets<A, Q, T>(targets: Q, links: T) -> FilteredBy<T, ToTargets<A, Q>>
where
    A: Through,
    Q: SelectDsl<ColumnOf<A::TargetField>>,
    T: FilterDsl<ToTargets<A, Q>>,
{
    let targets = targets.select(ColumnOf::<A::TargetField>::default());
    links.filter(FieldInQuery::as_of::<A::TargetField>(targets))
}
