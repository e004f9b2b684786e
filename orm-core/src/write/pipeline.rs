//! The one way to write rows: each write of each method of each model goes through here, in this order.
//!
//! 1. *Stamp*: the values that are made here, and not by the caller or the database.
//! 2. *Validate*: the rules of the model.
//! 3. *SQL*: one statement, or as few as there can be; see `inserting`, `update` and `destroy`.
//! 4. *Read*: the row in memory becomes what the database made of it.

use crate::connection::Connection;
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{Model, Values, Writing};
use crate::validate::{validate, validate_all};
use crate::write::inserting::{InsertRows, Inserting, insert_all, only};
use crate::write::statement::Statement;
use crate::write::stored::{self, Updatable};
use crate::write::update::{self, Sum};
use crate::write::values::{Columns, Whole};

/// Creates a row.
pub(crate) fn create<M, C>(conn: &mut C, mut new: Values<M>) -> Result<M>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    stamp_new(std::slice::from_mut(&mut new));
    validate(Writing::New(&new))?;
    let columns = new.written();
    Inserting::<C>::insert_one(conn, new, columns)
}

/// Creates rows, all or none, and gives them in order.
pub(crate) fn create_all<M, C>(conn: &mut C, mut new: Vec<Values<M>>) -> Result<Vec<M>>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    if new.len() <= 1 {
        let row = new.pop().map(|new| create(conn, new));
        return row
            .into_iter()
            .collect::<Result<_>>()
            .map_err(Error::in_first_row);
    }
    stamp_new(&mut new);
    validate_all(&new)?;
    insert_all(conn, &new)
}

/// Creates a row, or writes the stated columns into the row that has its unique key.
pub(crate) fn upsert<M, C>(conn: &mut C, mut new: Values<M>) -> Result<M>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    let stated = new.given();
    let Some(key) = M::META.unique_among(new.not_null()) else {
        return create(conn, new);
    };
    stamp_new(std::slice::from_mut(&mut new));
    validate(Writing::New(&new))?;
    let columns = new.written();
    // A row that states nothing but its key: written to itself, it still comes back.
    let changed = match stated.without(key) {
        none if none.is_empty() => key,
        some => some,
    };
    only(Inserting::<C>::upsert(conn, &new, columns, key, changed)?)
}

/// Writes changes into a row, here and in the database.
pub(crate) fn update<M, C>(conn: &mut C, row: &mut M, mut changes: Values<M>) -> Result<()>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let columns = changes.given();
    if columns.is_empty() {
        return Ok(());
    }
    validate(Writing::Changes(row, &changes))?;
    let back = stored::unsure::<M, C::Backend>(columns, |index| changes.untyped(index));
    if let Some(stored) = update::write(conn, row, &changes, columns, back)? {
        *row = stored;
    }
    update::apply::<M, C::Backend>(row, &mut changes, columns.without(back));
    Ok(())
}

/// Writes all of a row but its key.
pub(crate) fn save<M, C>(conn: &mut C, row: &mut M) -> Result<()>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let columns = M::META.changeable();
    if columns.is_empty() {
        // Nothing but a key: there is nothing to write, but the row must be there.
        *row = update::read(conn, row)?;
        return Ok(());
    }
    validate(Writing::Row(row))?;
    let value = |index| stored::of_row::<M, C::Backend>(row, index);
    let back = stored::unsure::<M, C::Backend>(columns, value);
    if let Some(stored) = update::write(conn, row, &Whole(row), columns, back)? {
        *row = stored;
    }
    Ok(())
}

/// Adds to a number of a row, in the database, and reads the row again.
pub(crate) fn add<M, C>(conn: &mut C, row: &mut M, sum: &Sum<'_, C::Backend>) -> Result<()>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    *row = update::add(conn, row, sum)?;
    Ok(())
}

/// Deletes a row.
pub(crate) fn destroy<M, C>(conn: &mut C, row: &M) -> Result<()>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    update::delete(conn, row)
}

/// What would be wrong with a row if it were created.
pub(crate) fn validate_new<M: Model>(mut new: Values<M>) -> Result<()> {
    stamp_new(std::slice::from_mut(&mut new));
    validate(Writing::New(&new))
}

/// Prepares rows that are written as links, of which nothing comes back.
pub(crate) fn stamp_new<M: Model>(new: &mut [Values<M>]) {
    new.iter_mut().for_each(M::fill);
}

/// What is written into all rows that a condition finds.
pub(crate) struct Change<M: Model> {
    values: Values<M>,
    columns: ColumnSet,
}

impl<M: Model> Change<M> {
    /// All that has a value.
    pub(crate) fn new(values: Values<M>) -> Self {
        let columns = values.given();
        Self::of(values, columns)
    }

    /// The values of these columns.
    pub(crate) fn of(values: Values<M>, columns: ColumnSet) -> Self {
        Self { values, columns }
    }

    /// Writes it into the rows that a condition finds, and gives how many there were. `condition` adds
    /// ` WHERE …` to a statement.
    pub(crate) fn execute<'a, C>(
        &'a self,
        conn: &mut C,
        condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
    ) -> Result<usize>
    where
        C: Connection,
        M: Columns<C::Backend>,
    {
        validate(Writing::Rows(&self.values))?;
        let update = Statement::on::<M>("UPDATE ").table::<M>().sql(" SET ");
        condition(update.assign::<M>(&self.values, self.columns)).execute(conn)
    }
}

/// Deletes the rows that a condition finds, and gives how many there were.
pub(crate) fn remove<'a, M, C>(
    conn: &mut C,
    condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
) -> Result<usize>
where
    M: Model,
    C: Connection,
{
    condition(Statement::on::<M>("DELETE FROM ").table::<M>()).execute(conn)
}
