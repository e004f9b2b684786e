//! The order of each parent's rows, and how many of them to load.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, OrderDsl, SelectDsl};

use crate::connection::Connection;
use crate::dialect::{BindKeys, Compared};
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::model::{Key, Model};
use crate::query::fetch::Fetch;
use crate::query::filter::{FieldIn, KeyColumns};
use crate::query::keys::Keys;
use crate::query::matched::{At, Found, is_asked};
use crate::query::per_parent::{PerParent, Picked};
use crate::query::rows::Rows;
use crate::query::window::{Ranked, Slice};

/// No order was given: the database decides.
#[derive(Debug, Clone, Copy)]
pub struct Unordered;

/// Ordered by a Diesel expression.
#[derive(Debug, Clone, Copy)]
pub struct Ordered<E>(pub(crate) E);

/// The first rows of each parent, in this order.
#[derive(Debug, Clone, Copy)]
pub struct Top<O> {
    pub(crate) order: O,
    pub(crate) slice: Slice,
}

/// How `order` changes an order.
#[diagnostic::on_unimplemented(
    message = "you cannot order an include by its rows and by its junction at once",
    label = "remove one of the two orders; several columns of one order are a tuple"
)]
pub trait OrderBy<E> {
    /// The new order.
    type Output;
    /// Replaces the order.
    fn order_by(self, order: E) -> Self::Output;
}

#[diagnostic::do_not_recommend]
impl<E> OrderBy<E> for Unordered {
    type Output = Ordered<E>;

    fn order_by(self, order: E) -> Ordered<E> {
        Ordered(order)
    }
}

#[diagnostic::do_not_recommend]
impl<E, Old> OrderBy<E> for Ordered<Old> {
    type Output = Ordered<E>;

    fn order_by(self, order: E) -> Ordered<E> {
        Ordered(order)
    }
}

#[diagnostic::do_not_recommend]
impl<E, O: OrderBy<E>> OrderBy<E> for Top<O> {
    type Output = Top<O::Output>;

    fn order_by(self, order: E) -> Self::Output {
        Top {
            order: self.order.order_by(order),
            slice: self.slice,
        }
    }
}

/// How `through_order` changes an order.
#[diagnostic::on_unimplemented(
    message = "you cannot order an include by its rows and by its junction at once",
    label = "remove one of the two orders; several columns of one order are a tuple"
)]
pub trait OrderByLink<Junction, E> {
    /// The new order.
    type Output;
    /// Replaces the order.
    fn order_by_link(self, order: E) -> Self::Output;
}

/// How `then_order_by` changes an order.
#[diagnostic::on_unimplemented(
    message = "you cannot order an include by its rows and by its junction at once",
    label = "remove one of the two orders; several columns of one order are a tuple"
)]
pub trait ThenOrderBy<E> {
    /// The new order.
    type Output;
    /// Adds to the order.
    fn then_order_by(self, order: E) -> Self::Output;
}

#[diagnostic::do_not_recommend]
impl<E> ThenOrderBy<E> for Unordered {
    type Output = Ordered<E>;

    fn then_order_by(self, order: E) -> Ordered<E> {
        Ordered(order)
    }
}

#[diagnostic::do_not_recommend]
impl<E, Old> ThenOrderBy<E> for Ordered<Old> {
    type Output = Ordered<(Old, E)>;

    fn then_order_by(self, order: E) -> Self::Output {
        Ordered((self.0, order))
    }
}

#[diagnostic::do_not_recommend]
impl<E, O: ThenOrderBy<E>> ThenOrderBy<E> for Top<O> {
    type Output = Top<O::Output>;

    fn then_order_by(self, order: E) -> Self::Output {
        Top {
            order: self.order.then_order_by(order),
            slice: self.slice,
        }
    }
}

/// How `limit` and `offset` change an order.
pub trait LimitTo {
    /// The new order.
    type Output;
    /// Changes the slice.
    fn limit_to(self, change: impl FnOnce(&mut Slice)) -> Self::Output;
}

macro_rules! limit_to {
    ($([$($param:ident)?] $order:ty),+) => {
        $(
            impl$(<$param>)? LimitTo for $order {
                type Output = Top<Self>;

                fn limit_to(self, change: impl FnOnce(&mut Slice)) -> Top<Self> {
                    let mut slice = Slice::default();
                    change(&mut slice);
                    Top { order: self, slice }
                }
            }
        )+
    };
}

limit_to!([] Unordered, [E] Ordered<E>);

impl<O> LimitTo for Top<O> {
    type Output = Self;

    fn limit_to(mut self, change: impl FnOnce(&mut Slice)) -> Self {
        change(&mut self.slice);
        self
    }
}

/// What numbers the rows: the given order, or the primary key if no order was given.
pub trait Rank<M: Model> {
    /// The Diesel expression.
    type By;
    /// The expression.
    fn by(self) -> Self::By;
}

impl<M: Model<PrimaryKey: KeyColumns<Columns: Default>>> Rank<M> for Unordered {
    type By = <M::PrimaryKey as KeyColumns>::Columns;

    fn by(self) -> Self::By {
        Self::By::default()
    }
}

impl<M: Model, E> Rank<M> for Ordered<E> {
    type By = E;

    fn by(self) -> E {
        self.0
    }
}

/// Runs a query on the target in the loader's order, for the rows whose field `F` is one of the keys of
/// type `K`.
pub trait Arrange<C, Q, F: Field, K> {
    /// Whether the caller gave an order, which the rows then follow.
    const ORDERED: bool;

    /// Loads the rows for these keys.
    fn fetch(self, query: Q, keys: &Keys<K>, conn: &mut C) -> Result<Found<F::Model, K>>;

    /// Shows the statement.
    fn show(self, query: Q) -> String;
}

type Among<Q, F, K> = <Q as FilterDsl<FieldIn<F, K>>>::Output;

impl<C, Q, F, K> Arrange<C, Q, F, K> for Unordered
where
    C: Connection<Backend: BindKeys<F::Sql, K>>,
    F: Field<Value: Holds<K>>,
    K: Key,
    Q: FilterDsl<FieldIn<F, K>, Output: AsQuery<Query: Fetch<C, F::Model>>>,
{
    const ORDERED: bool = false;

    fn fetch(self, query: Q, keys: &Keys<K>, conn: &mut C) -> Result<Found<F::Model, K>> {
        let query = query.filter(FieldIn::new(keys)).as_query();
        if is_asked::<F, C::Backend>() {
            let compared = Some(Compared::unordered::<F>());
            let rows = query.fetch_matched::<F::Sql, K>(compared, keys, conn)?;
            return Ok(Found::matched::<F>(rows, keys.len()));
        }
        let rows = query.fetch_chunks::<F::Sql, K>(keys, conn)?;
        Ok(Found::exact(rows))
    }

    fn show(self, query: Q) -> String {
        let query = query.filter(FieldIn::new(&Keys::none())).as_query();
        match is_asked::<F, C::Backend>() {
            true => query.show_matched::<F::Sql, K>(Compared::unordered::<F>()),
            false => query.show(),
        }
    }
}

impl<C, Q, F, K, E> Arrange<C, Q, F, K> for Ordered<E>
where
    C: Connection<Backend: BindKeys<F::Sql, K>>,
    E: diesel::Expression,
    F: Field<Value: Holds<K>>,
    K: Key,
    Q: FilterDsl<FieldIn<F, K>>,
    Among<Q, F, K>: OrderDsl<E, Output: AsQuery<Query: Fetch<C, F::Model>>>
        + SelectDsl<Picked<F, E>, Output: AsQuery<Query: Fetch<C, Ranked<F::Model>>>>,
{
    const ORDERED: bool = true;

    fn fetch(self, query: Q, keys: &Keys<K>, conn: &mut C) -> Result<Found<F::Model, K>> {
        let query = query.filter(FieldIn::new(keys));
        if is_asked::<F, C::Backend>() {
            let query = query.select(Picked::ranked(self.0)).as_query();
            let compared = Some(Compared::ranked::<F>());
            let rows = query.fetch_matched::<F::Sql, K>(compared, keys, conn)?;
            return Ok(Found::matched::<F>(without_rank(rows), keys.len()));
        }
        let query = query.order(self.0).as_query();
        let rows = query.fetch_chunks::<F::Sql, K>(keys, conn)?;
        Ok(Found::exact(rows))
    }

    fn show(self, query: Q) -> String {
        let query = query.filter(FieldIn::new(&Keys::none()));
        if is_asked::<F, C::Backend>() {
            let query = query.select(Picked::ranked(self.0)).as_query();
            return query.show_matched::<F::Sql, K>(Compared::ranked::<F>());
        }
        query.order(self.0).as_query().show()
    }
}

impl<C, Q, F, K, O> Arrange<C, Q, F, K> for Top<O>
where
    C: Connection<Backend: BindKeys<F::Sql, K>>,
    F: Field<Value: Holds<K>>,
    K: Key,
    O: Rank<F::Model>,
    Q: FilterDsl<FieldIn<F, K>>,
    Among<Q, F, K>: SelectDsl<Picked<F, O::By>, Output: AsQuery>,
    FirstRowsOf<F, K, Q, O::By>: Fetch<C, Ranked<F::Model>>,
{
    const ORDERED: bool = true;

    fn fetch(self, query: Q, keys: &Keys<K>, conn: &mut C) -> Result<Found<F::Model, K>> {
        let query = first_rows::<C, Q, F, K, O>(self, query, keys);
        if is_asked::<F, C::Backend>() {
            let rows = query.fetch_matched::<F::Sql, K>(None, keys, conn)?;
            return Ok(Found::matched::<F>(without_rank(rows), keys.len()));
        }
        let rows = query.fetch_chunks::<F::Sql, K>(keys, conn)?;
        Ok(Found::exact(rows.filter_map(|row| Some(row.0))))
    }

    fn show(self, query: Q) -> String {
        first_rows::<C, Q, F, K, O>(self, query, &Keys::none()).show()
    }
}

/// Drops the number, which comes after the columns that the row is read from.
pub(super) fn without_rank<M>(rows: Rows<At<Ranked<M>>>) -> Rows<At<M>> {
    rows.filter_map(|at| {
        Some(At {
            row: at.row.0,
            place: at.place,
        })
    })
}

type FirstRowsOf<F, K, Q, By> =
    PerParent<F, K, <<Among<Q, F, K> as SelectDsl<Picked<F, By>>>::Output as AsQuery>::Query, By>;

fn first_rows<C, Q, F, K, O>(top: Top<O>, query: Q, keys: &Keys<K>) -> FirstRowsOf<F, K, Q, O::By>
where
    C: Connection<Backend: BindKeys<F::Sql, K>>,
    F: Field,
    O: Rank<F::Model>,
    Q: FilterDsl<FieldIn<F, K>>,
    Among<Q, F, K>: SelectDsl<Picked<F, O::By>, Output: AsQuery>,
{
    let select = |keys: &Keys<K>, list| query.filter(FieldIn::new(keys)).select(list).as_query();
    PerParent::new::<C::Backend>(select, top.order.by(), top.slice, keys)
}
