//! Loads an association without a junction: `SELECT … WHERE key IN (…)`, then groups the rows.

use crate::association::belongs_to::dangling;
use crate::association::row::Row;
use crate::association::shape::{Many, Maybe, One, Requirement, Shape};
use crate::association::{Association, Direct};
use crate::connection::Connection;
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::include::arrange::Arrange;
use crate::include::group::{Groups, of_sources, push_row};
use crate::include::loader::{Include, Loader};
use crate::include::slots::{Load, MakeRows, Nested};
use crate::include::tree::Tree;
use crate::query::matched::Found;
use crate::query::rows::Rows;

/// A shape that rows fill.
pub trait FromRows: Shape {
    /// Whether each parent has exactly one row.
    const ONE: bool = false;

    /// The slot of a parent without rows. `None` if such a parent has no slot.
    fn empty<R>(required: bool) -> Option<Self::Slot<R>>;

    /// Adds a row to the slot of a parent that has `of` rows.
    fn add<R>(slot: &mut Option<Self::Slot<R>>, row: R, of: usize);
}

impl FromRows for Many {
    fn empty<R>(required: bool) -> Option<Vec<R>> {
        (!required).then(Vec::new)
    }

    fn add<R>(slot: &mut Option<Vec<R>>, row: R, of: usize) {
        push_row(slot, row, of);
    }
}

impl FromRows for Maybe {
    fn empty<R>(_: bool) -> Option<Option<R>> {
        Some(None)
    }

    fn add<R>(slot: &mut Option<Option<R>>, row: R, _: usize) {
        slot.get_or_insert(None).get_or_insert(row);
    }
}

impl FromRows for One {
    const ONE: bool = true;

    fn empty<R>(_: bool) -> Option<R> {
        None
    }

    fn add<R>(slot: &mut Option<R>, row: R, _: usize) {
        slot.get_or_insert(row);
    }
}

impl<A, Q, O, N, S, R, T> Include for Loader<A, Q, O, N, S, R, T>
where
    A: Association,
    N: Nested<A::Target>,
    S: Shape,
{
    type Association = A;
    type Slot = S::Slot<N::Row>;
}

impl<C, A, Q, O, N, S, R> Load<C> for Loader<A, Q, O, N, S, R, ()>
where
    A: Direct,
    C: Connection,
    O: Arrange<C, Q, A::TargetField, A::Key>,
    N: MakeRows<A::Target, C>,
    S: FromRows<Slot<N::Row>: Clone>,
    R: Requirement,
{
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<Self::Slot>>> {
        let mut groups = of_sources::<A>(parents);
        let Found { rows, same } = self.order.fetch(self.query, &groups.keys(), conn)?;
        let rows = self.nested.make_rows(rows, conn)?;
        groups.learn(same.as_ref());
        slots::<A, N::Row, S>(rows, groups, parents, R::REQUIRED)
    }

    fn show(self, tree: &mut Tree) {
        let statement = self.order.show(self.query);
        tree.node(A::NAME, &[statement], |tree| self.nested.show(tree));
    }
}

/// Builds the parents' slots. It is compiled once for all queries that give the same rows.
fn slots<A, Rw, S>(
    rows: Rows<Rw>,
    groups: Groups<'_, A::Key>,
    parents: &Rows<A::Source>,
    required: bool,
) -> Result<Vec<Option<S::Slot<Rw>>>>
where
    A: Direct,
    Rw: Row<A::Target>,
    S: FromRows<Slot<Rw>: Clone>,
{
    let mut keys = rows
        .iter()
        .map(|row| A::TargetField::read(row.model()).key());
    let places = groups.place(rows.len(), &mut keys);
    let mut slots = places.slots(|| S::empty(required));
    for row in rows {
        if let Some((slot, of)) = slots.next() {
            S::add(slot, row, of);
        }
    }
    let slots = groups.deal(slots.filled(), || S::empty(required));
    if S::ONE && !required {
        for (slot, parent) in slots.iter().zip(parents.iter()) {
            if slot.is_none() {
                return Err(dangling::<A>(parent));
            }
        }
    }
    Ok(slots)
}
