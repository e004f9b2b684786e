//! Loading an association without a junction: `SELECT … WHERE key IN (…)`, then grouping.

use diesel::query_dsl::methods::FilterDsl;

use crate::Connection;
use crate::association::belongs_to::dangling;
use crate::association::{Association, Direct};
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::include::arrange::Arrange;
use crate::include::group::{Groups, Places, of_sources};
use crate::include::loader::{Include, Loader};
use crate::include::row::Row;
use crate::include::shape::{Many, Maybe, One, Requirement, Shape};
use crate::include::slots::{Load, MakeRows, Nested};
use crate::include::tree::Tree;
use crate::query::filter::FieldIn;
use crate::query::keys::Keys;
use crate::query::rows::Rows;

/// A shape that is filled from rows.
pub trait FromRows: Shape {
    /// One slot per parent, from rows whose groups are known.
    fn slots<R: Clone, K: crate::field::Key>(
        rows: Rows<R>,
        places: Places,
        groups: Groups<'_, K>,
        required: bool,
        missing: impl Fn(usize) -> Error,
    ) -> Result<Vec<Option<Self::Slot<R>>>>;
}

impl FromRows for Many {
    fn slots<R: Clone, K: crate::field::Key>(
        rows: Rows<R>,
        places: Places,
        groups: Groups<'_, K>,
        required: bool,
        _: impl Fn(usize) -> Error,
    ) -> Result<Vec<Option<Vec<R>>>> {
        let vecs = places.vecs(rows.into_iter().map(Some));
        let slots = groups.deal(vecs).into_iter();
        Ok(slots
            .map(|rows| (!required || !rows.is_empty()).then_some(rows))
            .collect())
    }
}

impl FromRows for Maybe {
    fn slots<R: Clone, K: crate::field::Key>(
        rows: Rows<R>,
        places: Places,
        groups: Groups<'_, K>,
        _: bool,
        _: impl Fn(usize) -> Error,
    ) -> Result<Vec<Option<Option<R>>>> {
        let options = places.firsts(rows.into_iter());
        Ok(groups.deal(options).into_iter().map(Some).collect())
    }
}

impl FromRows for One {
    fn slots<R: Clone, K: crate::field::Key>(
        rows: Rows<R>,
        places: Places,
        groups: Groups<'_, K>,
        required: bool,
        missing: impl Fn(usize) -> Error,
    ) -> Result<Vec<Option<R>>> {
        let options = places.firsts(rows.into_iter());
        let slots = groups.deal(options);
        match slots.iter().position(Option::is_none) {
            Some(parent) if !required => Err(missing(parent)),
            _ => Ok(slots),
        }
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
    Q: FilterDsl<FieldIn<A::TargetField, A::Key>>,
    O: Arrange<C, Q::Output, A::TargetField, A::Key>,
    N: MakeRows<A::Target, C>,
    S: FromRows,
    R: Requirement,
{
    fn load(self, parents: &Rows<A::Source>, conn: &mut C) -> Result<Vec<Option<Self::Slot>>> {
        let groups = of_sources::<A>(parents);
        let keys = groups.keys();
        let query = self.query.filter(FieldIn::new(&keys));
        let targets = self.order.fetch(query, &keys, conn)?;
        let rows = self.nested.make_rows(targets, conn)?;
        slots::<A, N::Row, S>(rows, groups, parents, R::REQUIRED)
    }

    fn show(self, tree: &mut Tree) {
        let keys = Keys::new(Vec::new());
        let query = self.query.filter(FieldIn::new(&keys));
        let statement = self.order.show(query, &keys);
        tree.node(A::NAME, &[statement], |tree| self.nested.show(tree));
    }
}

/// The slots of the parents, of which there is one code for all queries that give the same rows.
fn slots<A, Rw, S>(
    rows: Rows<Rw>,
    groups: Groups<'_, A::Key>,
    parents: &Rows<A::Source>,
    required: bool,
) -> Result<Vec<Option<S::Slot<Rw>>>>
where
    A: Direct,
    Rw: Row<A::Target>,
    S: FromRows,
{
    let keys = rows
        .iter()
        .map(|row| A::TargetField::read(row.model()).key());
    let places = groups.place(rows.len(), keys);
    let missing = |parent: usize| match parents.iter().nth(parent) {
        Some(row) => dangling::<A>(row),
        None => Error::not_found(A::NAME, "a key"),
    };
    S::slots(rows, places, groups, required, missing)
}
