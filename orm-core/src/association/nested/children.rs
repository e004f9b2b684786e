//! The new rows of a `has_many` or a `has_one`: they hold our key, so they are written after our row.

use super::graph::{Graph, Item, Nesting, WriteItem, deal, without_key};
use super::new::NewChild;
use crate::association::keys::source_key;
use crate::association::shape::{Many, Maybe, Shape};
use crate::association::{Association, Direct};
use crate::connection::Connection;
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::model::Values;
use crate::validate::problems::Problems;

/// The new rows of a `has_many` or a `has_one`, for one row.
pub struct Children<A: Association, N = ()>(Vec<(Values<A::Target>, N)>);

impl<A: Direct, N> Children<A, N> {
    /// The rows of these builders.
    pub fn of<B: NewChild<A, Nested = N>>(new: impl IntoIterator<Item = B>) -> Self {
        Self(new.into_iter().map(B::into_child).collect())
    }
}

impl<A: Association, N: Clone> Clone for Children<A, N> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<A: Association, N: std::fmt::Debug> std::fmt::Debug for Children<A, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<A, N> Item for Children<A, N>
where
    A: Association<Shape: Shape>,
    N: Nesting<A::Target>,
{
    type Association = A;
    type Slot = <A::Shape as Shape>::Slot<N::Row>;
}

/// The shape of a slot that takes rows with our key.
pub trait FromRows: Shape {
    /// Whether there can be several rows.
    const SEVERAL: bool;

    /// The slot with all of these rows.
    fn from_rows<R>(rows: Vec<R>) -> Self::Slot<R>;
}

impl FromRows for Many {
    const SEVERAL: bool = true;

    fn from_rows<R>(rows: Vec<R>) -> Vec<R> {
        rows
    }
}

impl FromRows for Maybe {
    const SEVERAL: bool = false;

    fn from_rows<R>(rows: Vec<R>) -> Option<R> {
        rows.into_iter().next()
    }
}

impl<C, A, N> WriteItem<C> for Children<A, N>
where
    C: Connection,
    A: Direct<Shape: FromRows>,
    N: Graph<A::Target, C>,
{
    type Waiting = Vec<Self>;

    fn prepare(&mut self, _: &Values<A::Source>, problems: &mut Problems) -> Result<()> {
        for (index, (row, nested)) in self.0.iter_mut().enumerate() {
            without_key::<A, A::TargetField>(row)?;
            let mut below = Problems::default();
            nested.prepare(row, &mut below)?;
            if A::Shape::SEVERAL {
                below = below.in_row(index);
            }
            problems.append(below.within(A::NAME));
        }
        Ok(())
    }

    fn before(_: &mut C, items: Vec<Self>, _: &mut [Values<A::Source>]) -> Result<Vec<Self>> {
        Ok(items)
    }

    fn after(conn: &mut C, items: Vec<Self>, rows: &[A::Source]) -> Result<Vec<Self::Slot>> {
        let counts: Vec<usize> = items.iter().map(|item| item.0.len()).collect();
        let all = counts.iter().sum();
        let (mut children, mut nested) = (Vec::with_capacity(all), Vec::with_capacity(all));
        for (source, item) in rows.iter().zip(items) {
            for (mut row, with) in item.0 {
                let key = source_key::<A>(source)?.clone();
                *A::TargetField::place(&mut row) = Some(Holds::holding(key));
                children.push(row);
                nested.push(with);
            }
        }
        let children = N::write(conn, children, nested)?;
        let slots = deal(children, counts.into_iter());
        Ok(slots.map(A::Shape::from_rows).collect())
    }
}
