//! The new row of a `belongs_to`: we hold its key, so it is written before our row.

use super::graph::{Graph, Item, Nesting, WriteItem, without_key};
use crate::association::belongs_to::{FromRow, target_key};
use crate::association::row::Row;
use crate::association::shape::Shape;
use crate::association::{Association, Direct};
use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::model::{Model, Values};
use crate::validate::problems::Problems;
use crate::write::create::IntoNew;

/// The new row of a `belongs_to`, for one row.
pub struct Owner<A: Association, N = ()>(Values<A::Target>, N);

impl<A: Association, N> Owner<A, N> {
    /// The row of this builder.
    pub fn of<B: IntoNew<A::Target, Nested = N>>(new: B) -> Self {
        let (row, nested) = new.into_graph();
        Self(row, nested)
    }
}

impl<A: Association, N: Clone> Clone for Owner<A, N> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), self.1.clone())
    }
}

impl<A: Association, N: std::fmt::Debug> std::fmt::Debug for Owner<A, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (&self.0, &self.1).fmt(f)
    }
}

impl<A, N> Item for Owner<A, N>
where
    A: Association<Shape: Shape>,
    N: Nesting<A::Target>,
{
    type Association = A;
    type Slot = <A::Shape as Shape>::Slot<N::Row>;
}

impl<C, A, N> WriteItem<C> for Owner<A, N>
where
    C: Connection,
    A: Direct<Shape: FromRow>,
    N: Graph<A::Target, C>,
{
    type Waiting = Vec<N::Row>;

    fn prepare(&mut self, row: &Values<A::Source>, problems: &mut Problems) -> Result<()> {
        without_key::<A, A::SourceField>(row)?;
        let mut below = Problems::default();
        self.1.prepare(&mut self.0, &mut below)?;
        problems.append(below.within(A::NAME));
        Ok(())
    }

    fn before(
        conn: &mut C,
        items: Vec<Self>,
        rows: &mut [Values<A::Source>],
    ) -> Result<Vec<N::Row>> {
        let (owners, nested) = items.into_iter().map(|item| (item.0, item.1)).unzip();
        let owners = N::write(conn, owners, nested)?;
        for (row, owner) in rows.iter_mut().zip(&owners) {
            // The row above may have set the key already, or another owner.
            without_key::<A, A::SourceField>(row)?;
            let key = target_key::<A>(owner.model())?;
            *A::SourceField::place(row) = Some(Holds::holding(key));
        }
        Ok(owners)
    }

    fn after(_: &mut C, owners: Vec<N::Row>, _: &[A::Source]) -> Result<Vec<Self::Slot>> {
        let owners = owners.into_iter();
        let skipped = || Error::skipped(A::Target::NAME, 1, 0);
        let slots = owners.map(|owner| A::Shape::from_row(Some(owner), skipped));
        slots.collect()
    }
}
