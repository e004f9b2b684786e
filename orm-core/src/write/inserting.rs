//! New rows in SQL: which of them share an `INSERT`, and in what order they are written.

use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::write::insert::{most_rows, rows_at_once};
use crate::write::parents_first::ParentsFirst;
use crate::write::stored::whole;

/// How a backend gives back the rows that it inserted.
pub trait InsertRows<C: Connection, M: Model> {
    /// Inserts a row that gives `columns`, and reads it back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn insert_one(conn: &mut C, row: Values<M>, columns: ColumnSet) -> Result<M> {
        only(Self::insert(conn, &[&row], columns)?)
    }

    /// Inserts rows that all give `columns`, in one statement where it can, and reads them back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn insert(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<Vec<M>>;

    /// Whether rows that give `columns` must be taken back where [`insert`](Self::insert) fails, or gives too
    /// few: it does not do so itself.
    #[must_use]
    fn must_undo(columns: ColumnSet) -> bool;

    /// Inserts a row that gives `columns` or, where its unique `key` is taken, writes `changed` into
    /// the row that is there; reads it back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>>;
}

/// Inserts rows and reads them back, in order.
pub(crate) fn insert_all<M, C>(conn: &mut C, new: &[Values<M>]) -> Result<Vec<M>>
where
    M: Model,
    C: Connection,
    <C::Backend as Dialect>::Inserting: InsertRows<C, M>,
{
    let columns: Vec<ColumnSet> = new.iter().map(Values::written).collect();
    let mut pieces = pieces(columns.iter().copied(), rows_at_once::<C::Backend>);
    if const { M::META.refers_to_itself() }
        && (pieces.len() > 1 || C::Backend::CHECKS_ROW_BY_ROW)
        && let Some(order) = ParentsFirst::of(new)
    {
        pieces = pieces_in_order::<C::Backend>(&columns, order);
    }
    let insert = |conn: &mut C, (columns, indexes): &Piece| {
        let rows = indexes.iter().filter_map(|index| new.get(*index));
        let created = Inserting::<C>::insert(conn, &rows.collect::<Vec<_>>(), *columns)?;
        match created.len() == indexes.len() {
            true => Ok(created),
            false => Err(Error::skipped(M::NAME, indexes.len(), created.len())),
        }
    };
    let created = match &pieces[..] {
        [] => return Ok(Vec::new()),
        [piece] => {
            let must = Inserting::<C>::must_undo(piece.0);
            whole(conn, must, |conn| insert(conn, piece))?
        }
        _ => transaction(conn).run::<_, Error>(|conn| {
            let mut created: Vec<M> = Vec::with_capacity(new.len());
            for piece in &pieces {
                created.append(&mut insert(conn, piece)?);
            }
            Ok(created)
        })?,
    };
    let indexes = pieces.into_iter().flat_map(|(_, indexes)| indexes);
    if indexes.clone().is_sorted() {
        return Ok(created);
    }
    let mut numbered: Vec<(usize, M)> = indexes.zip(created).collect();
    numbered.sort_unstable_by_key(|(index, _)| *index);
    Ok(numbered.into_iter().map(|(_, row)| row).collect())
}

pub(crate) fn only<M: Model>(rows: Vec<M>) -> Result<M> {
    let row = rows.into_iter().next();
    row.ok_or_else(|| Error::skipped(M::NAME, 1, 0))
}

pub(crate) type Inserting<C> = <<C as diesel::Connection>::Backend as Dialect>::Inserting;

/// Rows that go into one statement: the columns that they give, and their indexes.
type Piece = (ColumnSet, Vec<usize>);

/// Which rows go into which statement: those that give the same columns, as many as it may have.
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
    for (columns, mut indexes) in kinds {
        loop {
            let size = at_once(indexes.len(), columns);
            if size >= indexes.len() {
                break pieces.push((columns, indexes));
            }
            let rest = indexes.split_off(size);
            pieces.push((columns, std::mem::replace(&mut indexes, rest)));
        }
    }
    // As far as they can be, the rows are written in their order.
    pieces.sort_by_key(|(_, indexes)| indexes.first().copied());
    pieces
}

/// The same of rows that refer to each other.
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
