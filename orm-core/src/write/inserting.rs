//! New rows in SQL: which of them share an `INSERT`, and in which order they are written.

use diesel::expression::QueryMetadata;

use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::dialect::{Back, Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::query::read::ReadColumns;
use crate::write::insert::{most_rows, rows_at_once};
use crate::write::parents_first::ParentsFirst;
use crate::write::stored::whole;
use crate::write::values::Columns;

/// How a backend returns the rows that it inserted.
pub trait InsertRows<C: Connection, M: Model> {
    /// Inserts a row that states `columns`, and reads it back.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn insert_one(conn: &mut C, row: Values<M>, columns: ColumnSet) -> Result<M> {
        only(Self::insert(conn, &[&row], columns, OnTaken::Fail)?)
    }

    /// Inserts rows that all state `columns`, in one statement if possible, and reads back those that it wrote.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn insert(
        conn: &mut C,
        rows: &[&Values<M>],
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<Vec<M>>;

    /// Whether rows that state `columns` must be undone if [`insert`](Self::insert) fails or returns too few: it
    /// does not undo them itself.
    #[must_use]
    fn must_undo(columns: ColumnSet, on_taken: OnTaken<'_>) -> bool;

    /// Inserts a row that states `columns`. If its unique key is taken, it writes into the existing row instead.
    /// Reads the row back.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<M>;

    /// Inserts rows that all state `columns`, except those whose unique key is taken. Returns how many it inserted.
    ///
    /// # Errors
    /// Other constraint violations and other database errors; then it inserted none.
    fn insert_free(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<usize>;
}

/// A backend whose statements return the rows that they wrote.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` does not give back the rows that a statement wrote",
    note = "for new rows that may be taken, call `execute`, which gives their number",
    note = "for rows by a filter, read them with `.for_update()` and write them, in one transaction"
)]
pub trait Returns: Dialect {
    /// The rows that a statement returned, with the changes of triggers that ran after it.
    ///
    /// # Errors
    /// Any database error.
    fn settled<C, M>(conn: &mut C, rows: Vec<M>) -> Result<Vec<M>>
    where
        C: Connection<Backend = Self>,
        Self: QueryMetadata<M::SqlType>,
        M: Columns<Self> + ReadColumns<Self>;
}

/// Whether an upsert created its row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Created {
    /// It did.
    Yes,
    /// It wrote into the existing row.
    No,
    /// The statement does not tell.
    Untold,
}

/// A backend whose upserts tell whether they created the row.
pub trait TellsCreated: Dialect {
    /// As [`InsertRows::upsert`].
    ///
    /// # Errors
    /// As there.
    fn upsert_telling<C, M>(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<(M, Created)>
    where
        C: Connection<Backend = Self>,
        Self: QueryMetadata<M::SqlType>,
        M: Columns<Self> + ReadColumns<Self>;
}

/// Who undoes the writes if something fails after them.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Undo {
    /// We do, with a transaction or a savepoint of our own if one is needed.
    Ours,
    /// The caller does: everything is part of a transaction that ends with the first error.
    Callers,
}

/// Inserts rows and reads them back, in order. `on_taken` says what happens if a unique key is taken; it must not
/// leave out a row.
pub(crate) fn insert_all<M, C>(
    conn: &mut C,
    new: &[Values<M>],
    on_taken: OnTaken<'_>,
    undo: Undo,
) -> Result<Vec<M>>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    let pieces = all_pieces::<M, C::Backend>(new);
    let mut created: Vec<M> = Vec::with_capacity(new.len());
    each_piece::<M, C>(conn, new, &pieces, on_taken, undo, |conn, rows, columns| {
        let mut now = Inserting::<C>::insert(conn, rows, columns, on_taken)?;
        if now.len() != rows.len() {
            return Err(Error::skipped(M::NAME, rows.len(), now.len()));
        }
        created.append(&mut now);
        Ok(())
    })?;
    let indexes = pieces.into_iter().flat_map(|(_, indexes)| indexes);
    if indexes.clone().is_sorted() {
        return Ok(created);
    }
    let mut numbered: Vec<(usize, M)> = indexes.zip(created).collect();
    numbered.sort_unstable_by_key(|(index, _)| *index);
    Ok(numbered.into_iter().map(|(_, row)| row).collect())
}

/// Inserts all rows except those whose unique key is taken, and reads back those that it inserted. If the backend
/// does not tell which those are, each row takes a statement.
pub(crate) fn insert_free_back<M, C>(conn: &mut C, new: &[Values<M>]) -> Result<Vec<M>>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    let pieces = all_pieces::<M, C::Backend>(new);
    let mut created = Vec::new();
    let (skip, ours) = (OnTaken::SKIP, Undo::Ours);
    each_piece::<M, C>(conn, new, &pieces, skip, ours, |conn, rows, columns| {
        if C::Backend::BACK != Back::Select {
            created.append(&mut Inserting::<C>::insert(
                conn,
                rows,
                columns,
                OnTaken::SKIP,
            )?);
            return Ok(());
        }
        for row in rows {
            let insert = |conn: &mut C| {
                only(Inserting::<C>::insert(
                    conn,
                    &[*row],
                    columns,
                    OnTaken::Fail,
                )?)
            };
            match transaction(conn).run(insert) {
                Err(Error::UniqueViolation(_)) => {}
                row => created.push(row?),
            }
        }
        Ok(())
    })?;
    Ok(created)
}

/// Inserts all rows except those whose unique key is taken, and returns how many it inserted.
pub(crate) fn insert_free<M, C>(conn: &mut C, new: &[Values<M>]) -> Result<usize>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    let pieces = all_pieces::<M, C::Backend>(new);
    let mut written = 0;
    let (skip, ours) = (OnTaken::SKIP, Undo::Ours);
    each_piece::<M, C>(conn, new, &pieces, skip, ours, |conn, rows, columns| {
        written += Inserting::<C>::insert_free(conn, rows, columns)?;
        Ok(())
    })?;
    Ok(written)
}

/// The pieces in which rows are written: in the given order, except rows that refer to each other.
fn all_pieces<M: Model, DB: Dialect>(new: &[Values<M>]) -> Vec<Piece> {
    let columns: Vec<ColumnSet> = new.iter().map(Values::written).collect();
    let pieces = pieces(columns.iter().copied(), rows_at_once::<DB>);
    if const { M::META.refers_to_itself() }
        && (pieces.len() > 1 || DB::CHECKS_ROW_BY_ROW)
        && let Some(order) = ParentsFirst::of(new)
    {
        return pieces_in_order::<DB>(&columns, order);
    }
    pieces
}

/// Runs `insert` for each piece, so that all pieces are written or none.
fn each_piece<M, C>(
    conn: &mut C,
    new: &[Values<M>],
    pieces: &[Piece],
    on_taken: OnTaken<'_>,
    undo: Undo,
    mut insert: impl FnMut(&mut C, &[&Values<M>], ColumnSet) -> Result<()>,
) -> Result<()>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    let must = match pieces {
        [] => return Ok(()),
        _ if undo == Undo::Callers => false,
        [(columns, _)] => Inserting::<C>::must_undo(*columns, on_taken),
        _ => true,
    };
    whole(conn, must, |conn| {
        for (columns, indexes) in pieces {
            let rows = indexes.iter().filter_map(|index| new.get(*index));
            insert(conn, &rows.collect::<Vec<_>>(), *columns)?;
        }
        Ok(())
    })
}

pub(crate) fn only<M: Model>(rows: Vec<M>) -> Result<M> {
    let row = rows.into_iter().next();
    row.ok_or_else(|| Error::skipped(M::NAME, 1, 0))
}

pub(crate) type Inserting<C> = <<C as diesel::Connection>::Backend as Dialect>::Inserting;

/// Rows that go into one statement: the columns that they state, and the indexes of the rows.
type Piece = (ColumnSet, Vec<usize>);

/// Which rows go into which statement: rows that state the same columns, up to the limit of a statement.
fn pieces(
    rows: impl IntoIterator<Item = ColumnSet>,
    at_once: fn(usize, ColumnSet) -> usize,
) -> Vec<Piece> {
    let mut kinds: Vec<Piece> = Vec::new();
    for (index, columns) in rows.into_iter().enumerate() {
        match kinds.iter_mut().find(|(of_kind, _)| *of_kind == columns) {
            Some((_, indexes)) => indexes.push(index),
            None => kinds.push((columns, vec![index])),
        }
    }
    let mut pieces = Vec::new();
    for (columns, indexes) in kinds {
        let mut left = &indexes[..];
        while !left.is_empty() {
            let (now, rest) = left.split_at(at_once(left.len(), columns).clamp(1, left.len()));
            pieces.push((columns, now.to_vec()));
            left = rest;
        }
    }
    // The rows are written in their order as far as possible.
    pieces.sort_by_key(|(_, indexes)| indexes.first().copied());
    pieces
}

/// The same for rows that refer to each other.
fn pieces_in_order<DB: Dialect>(columns: &[ColumnSet], order: ParentsFirst) -> Vec<Piece> {
    let mut levels = order.levels;
    let all_give_the_same = columns.iter().all(|of_row| Some(of_row) == columns.first());
    if all_give_the_same {
        let mut rows = levels.concat();
        if order.as_given {
            rows.sort_unstable();
        }
        levels = vec![rows];
    }
    let pieces_of = |rows: Vec<usize>, at_once| {
        let of_rows = rows.iter().filter_map(|row| columns.get(*row).copied());
        let mut pieces = pieces(of_rows, at_once);
        for index in pieces.iter_mut().flat_map(|(_, indexes)| indexes) {
            *index = rows.get(*index).copied().unwrap_or_default();
        }
        pieces
    };
    let levels = levels.into_iter();
    let levels = levels.map(|rows| pieces_of(rows, rows_at_once::<DB>));
    let mut all: Vec<Piece> = levels.flatten().collect();
    all.append(&mut pieces_of(order.circles, most_rows::<DB>));
    all
}
