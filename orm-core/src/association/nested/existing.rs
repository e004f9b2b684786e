//! Existing rows of a many-to-many association, which a new row links.

use super::graph::{Item, WriteItem, deal, without_key};
use super::linked::link;
use super::new::{NewLink, StartOf};
use crate::association::keys::source_key;
use crate::association::row::Row;
use crate::association::shape::{Links, Shape};
use crate::association::{Association, Through};
use crate::connection::Connection;
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::model::Values;
use crate::validate::problems::Problems;
use crate::write::create::Create;

/// Existing rows of a many-to-many association, for one new row, each with its link.
pub struct ExistingRows<A: Through>(Vec<(A::Target, Values<A::Junction>)>);

impl<A: Through> ExistingRows<A> {
    /// These rows.
    pub fn of<T: ExistingLink<A>>(rows: impl IntoIterator<Item = T>) -> Self {
        Self(rows.into_iter().map(T::into_existing).collect())
    }
}

impl<A: Through<Target: Clone>> Clone for ExistingRows<A> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<A: Through> std::fmt::Debug for ExistingRows<A> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let links = self.0.iter().map(|(_, link)| link);
        f.debug_list().entries(links).finish()
    }
}

/// Existing rows in an array, a slice, a `Vec` or any other iterator.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of rows",
    label = "expected an array, a slice or a `Vec` of references to rows, as in `[&tag]`"
)]
pub trait ExistingList<T>: IntoIterator<Item = T> {}

#[diagnostic::do_not_recommend]
impl<L: IntoIterator<Item = T>, T> ExistingList<T> for L {}

/// An existing row that a new one links, perhaps with columns of the link.
#[diagnostic::on_unimplemented(
    message = "the association `{A}` does not link `{Self}`",
    label = "expected a reference to a row, as in `&tag`; if its link has required columns, `(&tag, PostTag::builder()…)`"
)]
pub trait ExistingLink<A: Through> {
    /// The row, and the link without its keys.
    fn into_existing(self) -> (A::Target, Values<A::Junction>);
}

#[diagnostic::do_not_recommend]
impl<A, R> ExistingLink<A> for &R
where
    A: Through<Target: Clone>,
    R: Row<A::Target>,
    StartOf<A>: NewLink<A>,
{
    fn into_existing(self) -> (A::Target, Values<A::Junction>) {
        (self.model().clone(), Values::default())
    }
}

#[diagnostic::do_not_recommend]
impl<A, R, L> ExistingLink<A> for (&R, L)
where
    A: Through<Target: Clone>,
    R: Row<A::Target>,
    L: NewLink<A>,
{
    fn into_existing(self) -> (A::Target, Values<A::Junction>) {
        (self.0.model().clone(), self.1.into_link())
    }
}

impl<A: Through<Shape: Shape>> Item for ExistingRows<A> {
    type Association = A;
    type Slot = <A::Shape as Shape>::Slot<A::Target>;
}

impl<C, A> WriteItem<C> for ExistingRows<A>
where
    C: Connection,
    A: Through<
            Shape = Links<<A as Through>::Junction>,
            Junction: Create<C> + std::fmt::Debug,
            Target: Row<<A as Association>::Target>,
        >,
{
    type Waiting = Vec<Self>;

    fn prepare(&mut self, _: &Values<A::Source>, problems: &mut Problems) -> Result<()> {
        for (index, (_, link)) in self.0.iter_mut().enumerate() {
            without_key::<A, A::SourceLink>(link)?;
            without_key::<A, A::TargetLink>(link)?;
            let of_link = A::Junction::problems(link).within("through");
            problems.append(of_link.in_row(index).within(A::NAME));
        }
        Ok(())
    }

    fn before(_: &mut C, items: Vec<Self>, _: &mut [Values<A::Source>]) -> Result<Vec<Self>> {
        Ok(items)
    }

    fn after(conn: &mut C, items: Vec<Self>, rows: &[A::Source]) -> Result<Vec<Self::Slot>> {
        let counts: Vec<usize> = items.iter().map(|item| item.0.len()).collect();
        let (mut targets, mut links) = (Vec::new(), Vec::new());
        for (source, item) in rows.iter().zip(items) {
            for (target, mut link) in item.0 {
                let key = source_key::<A>(source)?.clone();
                *A::SourceLink::place(&mut link) = Some(Holds::holding(key));
                targets.push(target);
                links.push(link);
            }
        }
        let linked = link::<C, A, _>(conn, targets, links)?;
        Ok(deal(linked, counts.into_iter()).collect())
    }
}
