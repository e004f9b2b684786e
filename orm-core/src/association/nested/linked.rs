//! The new rows of a many-to-many association: a junction holds both keys, so its row is written last.

use super::graph::{Graph, Item, Nesting, WriteItem, deal, without_key};
use super::new::NewLinked;
use crate::association::belongs_to_many::target_key;
use crate::association::keys::source_key;
use crate::association::row::{Linked, Row};
use crate::association::shape::{Links, Shape};
use crate::association::{Association, Through};
use crate::connection::Connection;
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::model::Values;
use crate::validate::problems::Problems;
use crate::write::create::Create;

/// The new rows of a many-to-many association, for one row, each with its link.
pub struct LinkedRows<A: Through, N = ()>(Vec<NewRow<A, N>>);

type NewRow<A, N> = (
    Values<<A as Association>::Target>,
    N,
    Values<<A as Through>::Junction>,
);

impl<A: Through, N> LinkedRows<A, N> {
    /// The rows of these builders.
    pub fn of<B: NewLinked<A, Nested = N>>(new: impl IntoIterator<Item = B>) -> Self {
        Self(new.into_iter().map(B::into_linked).collect())
    }
}

impl<A: Through, N: Clone> Clone for LinkedRows<A, N> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<A: Through, N: std::fmt::Debug> std::fmt::Debug for LinkedRows<A, N> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}

impl<A, N> Item for LinkedRows<A, N>
where
    A: Through<Shape: Shape>,
    N: Nesting<A::Target>,
{
    type Association = A;
    type Slot = <A::Shape as Shape>::Slot<N::Row>;
}

impl<C, A, N> WriteItem<C> for LinkedRows<A, N>
where
    C: Connection,
    A: Through<Shape = Links<<A as Through>::Junction>, Junction: Create<C> + std::fmt::Debug>,
    N: Graph<A::Target, C>,
{
    type Waiting = Vec<Self>;

    fn prepare(&mut self, _: &Values<A::Source>, problems: &mut Problems) -> Result<()> {
        for (index, (row, nested, link)) in self.0.iter_mut().enumerate() {
            without_key::<A, A::SourceLink>(link)?;
            without_key::<A, A::TargetLink>(link)?;
            let mut below = Problems::default();
            nested.prepare(row, &mut below)?;
            below.append(A::Junction::problems(link).within("through"));
            problems.append(below.in_row(index).within(A::NAME));
        }
        Ok(())
    }

    fn before(_: &mut C, items: Vec<Self>, _: &mut [Values<A::Source>]) -> Result<Vec<Self>> {
        Ok(items)
    }

    fn after(conn: &mut C, items: Vec<Self>, rows: &[A::Source]) -> Result<Vec<Self::Slot>> {
        let counts: Vec<usize> = items.iter().map(|item| item.0.len()).collect();
        let (mut targets, mut nested, mut links) = (Vec::new(), Vec::new(), Vec::new());
        for (source, item) in rows.iter().zip(items) {
            for (row, with, mut link) in item.0 {
                let key = source_key::<A>(source)?.clone();
                *A::SourceLink::place(&mut link) = Some(Holds::holding(key));
                targets.push(row);
                nested.push(with);
                links.push(link);
            }
        }
        let targets = N::write(conn, targets, nested)?;
        let linked = link::<C, A, _>(conn, targets, links)?;
        Ok(deal(linked, counts.into_iter()).collect())
    }
}

/// Writes the links of these rows, which have the key of the other end.
pub(super) fn link<C, A, R>(
    conn: &mut C,
    targets: Vec<R>,
    mut links: Vec<Values<A::Junction>>,
) -> Result<Vec<Linked<R, A::Junction>>>
where
    C: Connection,
    A: Through<Junction: Create<C>>,
    R: Row<A::Target>,
{
    for (link, target) in links.iter_mut().zip(&targets) {
        let key = target_key::<A>(target.model())?;
        *A::TargetLink::place(link) = Some(Holds::holding(key));
    }
    let links = A::Junction::insert_level(conn, links)?;
    let linked = targets.into_iter().zip(links);
    Ok(linked
        .map(|(target, link)| Linked::new(target, link))
        .collect())
}
