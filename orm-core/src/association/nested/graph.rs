//! The levels of a graph of new rows, and the order in which they are written.

use crate::association::Association;
use crate::association::row::{Row, Vacant};
use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::error::{Error, Result};
use crate::field::Field;
use crate::include::slots::{Column, SlotColumns};
use crate::model::{Model, Values};
use crate::validate::failed;
use crate::validate::problems::Problems;
use crate::write::create::{Create, IntoNew};

/// What `create` returns for a new row of `M`: the row, or the row with those associations for which the builder
/// has rows.
pub type Created<M, N> = <<N as IntoNew<M>>::Nested as Nesting<M>>::Row;

/// What is created together with a row of `M`: `()`, or a list of items, `((), A)` or `(((), A), B)`.
///
/// It is separate from [`Graph`] and requires nothing of the connection;
/// [`ListColumns`](crate::include::slots::ListColumns) explains why.
pub trait Nesting<M: Model> {
    /// The row that is returned: a plain model, or a model with slots.
    type Row;
    /// The row with slots, even if no slot is filled.
    type With;
    /// One column of slots per item.
    type Columns;
}

impl<M: Model> Nesting<M> for () {
    type Row = M;
    type With = M::With;
    type Columns = ();
}

impl<M, Rest, I> Nesting<M> for (Rest, I)
where
    M: Model,
    I: Item,
    Rest: Nesting<M, With: Vacant<I::Association>>,
{
    type Row = <Rest::With as Vacant<I::Association>>::Filled<I::Slot>;
    type With = Self::Row;
    type Columns = (Rest::Columns, Column<I::Association, I::Slot>);
}

/// The new rows of one association, for one row.
pub trait Item {
    /// The association.
    type Association: Association;
    /// What an include of these rows returns.
    type Slot;
}

/// Rows of `M` with everything that is created together with them, on a connection that can write all of it.
pub trait Graph<M: Model, C: Connection>: Nesting<M, Row: Row<M>> + Sized {
    /// Visits all values of the graph before any of them is written: first those of `row`, then those of the rows
    /// below it. Adds the problems that it finds. Keys that come from other rows of the graph are not among the
    /// values yet.
    ///
    /// # Errors
    /// [`Error::TwoKeys`]
    fn prepare(&mut self, row: &mut Values<M>, problems: &mut Problems) -> Result<()>;

    /// Writes the rows that these rows refer to, then these rows, then the rows that refer to them. The caller has
    /// prepared the rows and opened a transaction.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn write(conn: &mut C, rows: Vec<Values<M>>, nested: Vec<Self>) -> Result<Vec<Self::Row>>;

    /// Creates rows, all or none.
    ///
    /// # Errors
    /// Those of [`prepare`](Self::prepare) and [`write`](Self::write); then nothing is written.
    fn create_all(
        conn: &mut C,
        new: impl Iterator<Item = (Values<M>, Self)>,
    ) -> Result<Vec<Self::Row>> {
        let (mut rows, mut nested): (Vec<Values<M>>, Vec<Self>) = new.unzip();
        let mut problems = Problems::default();
        for (index, (nested, row)) in nested.iter_mut().zip(&mut rows).enumerate() {
            let mut of_row = Problems::default();
            nested.prepare(row, &mut of_row)?;
            problems.append(of_row.in_row(index));
        }
        failed(problems)?;
        match rows.is_empty() {
            true => Ok(Vec::new()),
            false => transaction(conn).run(|conn| Self::write(conn, rows, nested)),
        }
    }

    /// Creates one row.
    ///
    /// # Errors
    /// As [`create_all`](Self::create_all).
    fn create_one(mut self, conn: &mut C, mut new: Values<M>) -> Result<Self::Row> {
        let mut problems = Problems::default();
        self.prepare(&mut new, &mut problems)?;
        failed(problems)?;
        let write = |conn: &mut C| Self::write(conn, vec![new], vec![self]);
        let row = transaction(conn).run(write)?.into_iter().next();
        row.ok_or_else(|| Error::skipped(M::NAME, 1, 0))
    }
}

/// Rows without associations are written as in a plain create.
impl<M: Create<C>, C: Connection> Graph<M, C> for () {
    fn prepare(&mut self, row: &mut Values<M>, problems: &mut Problems) -> Result<()> {
        problems.append(M::problems(row));
        Ok(())
    }

    fn write(conn: &mut C, rows: Vec<Values<M>>, _: Vec<()>) -> Result<Vec<M>> {
        M::insert_level(conn, rows)
    }

    fn create_all(conn: &mut C, new: impl Iterator<Item = (Values<M>, ())>) -> Result<Vec<M>> {
        M::insert_many(conn, new.map(|(row, ())| row).collect())
    }

    fn create_one(self, conn: &mut C, new: Values<M>) -> Result<M> {
        M::insert_one(conn, new)
    }
}

impl<M, C, Rest, I> Graph<M, C> for (Rest, I)
where
    M: Create<C>,
    C: Connection,
    Self: Nesting<M, Row: Row<M>, Columns: SlotColumns<M::With, <Self as Nesting<M>>::Row>>
        + WriteItems<M, C>,
{
    fn prepare(&mut self, row: &mut Values<M>, problems: &mut Problems) -> Result<()> {
        problems.append(M::problems(row));
        self.prepare_items(row, problems)
    }

    fn write(conn: &mut C, mut rows: Vec<Values<M>>, nested: Vec<Self>) -> Result<Vec<Self::Row>> {
        let waiting = Self::before(conn, nested, &mut rows)?;
        let rows = M::insert_level(conn, rows)?;
        let mut columns = Self::after(conn, waiting, &rows)?;
        let rows = rows.into_iter();
        Ok(rows
            .filter_map(|row| columns.next(Some(row.into_with())))
            .collect())
    }
}

/// A list of items that a connection can write.
pub trait WriteItems<M: Model, C>: Nesting<M> + Sized {
    /// What remains to be done after the rows are written.
    type Waiting;

    /// Visits the rows of the items; see [`Graph::prepare`].
    ///
    /// # Errors
    /// As there.
    fn prepare_items(&mut self, row: &Values<M>, problems: &mut Problems) -> Result<()>;

    /// Writes the rows that `rows` refer to, and puts their keys into `rows`.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn before(conn: &mut C, lists: Vec<Self>, rows: &mut [Values<M>]) -> Result<Self::Waiting>;

    /// Writes the rows that refer to `rows`.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn after(conn: &mut C, waiting: Self::Waiting, rows: &[M]) -> Result<Self::Columns>;
}

impl<M: Model, C> WriteItems<M, C> for () {
    type Waiting = ();

    fn prepare_items(&mut self, _: &Values<M>, _: &mut Problems) -> Result<()> {
        Ok(())
    }

    fn before(_: &mut C, _: Vec<()>, _: &mut [Values<M>]) -> Result<()> {
        Ok(())
    }

    fn after(_: &mut C, (): (), _: &[M]) -> Result<()> {
        Ok(())
    }
}

impl<M, C, Rest, I> WriteItems<M, C> for (Rest, I)
where
    M: Model,
    I: WriteItem<C, Association: Association<Source = M>>,
    Rest: WriteItems<M, C, With: Vacant<I::Association>>,
{
    type Waiting = (Rest::Waiting, I::Waiting);

    fn prepare_items(&mut self, row: &Values<M>, problems: &mut Problems) -> Result<()> {
        self.0.prepare_items(row, problems)?;
        self.1.prepare(row, problems)
    }

    fn before(conn: &mut C, lists: Vec<Self>, rows: &mut [Values<M>]) -> Result<Self::Waiting> {
        let (rest, items) = lists.into_iter().unzip();
        let rest = Rest::before(conn, rest, rows)?;
        Ok((rest, I::before(conn, items, rows)?))
    }

    fn after(conn: &mut C, waiting: Self::Waiting, rows: &[M]) -> Result<Self::Columns> {
        let rest = Rest::after(conn, waiting.0, rows)?;
        Ok((rest, Column::of(I::after(conn, waiting.1, rows)?)))
    }
}

pub(super) type Source<I> = <<I as Item>::Association as Association>::Source;

/// An item that a connection can write.
pub trait WriteItem<C>: Item + Sized {
    /// What remains to be done after the rows with the items are written.
    type Waiting;

    /// Visits the rows of the item of `row`; see [`Graph::prepare`].
    ///
    /// # Errors
    /// As there.
    fn prepare(&mut self, row: &Values<Source<Self>>, problems: &mut Problems) -> Result<()>;

    /// Writes the rows that `rows` refer to, and puts their keys into `rows`. There is one item per row.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn before(
        conn: &mut C,
        items: Vec<Self>,
        rows: &mut [Values<Source<Self>>],
    ) -> Result<Self::Waiting>;

    /// Writes the rows that refer to `rows`, and returns one slot per row.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn after(
        conn: &mut C,
        waiting: Self::Waiting,
        rows: &[Source<Self>],
    ) -> Result<Vec<Self::Slot>>;
}

/// Checks that a row does not have a key yet that a new row of the association `A` gives it. If the column may be
/// left out, the builder's type does not tell.
pub(super) fn without_key<A: Association, F: Field>(row: &Values<F::Model>) -> Result<()> {
    match F::given(row) {
        None => Ok(()),
        Some(_) => Err(Error::TwoKeys {
            model: A::Source::NAME,
            association: A::NAME,
        }),
    }
}

/// Distributes rows to owners: each gets as many as `counts` says.
pub(super) fn deal<R>(
    rows: Vec<R>,
    counts: impl Iterator<Item = usize>,
) -> impl Iterator<Item = Vec<R>> {
    let mut rows = rows.into_iter();
    counts.map(move |count| rows.by_ref().take(count).collect())
}
