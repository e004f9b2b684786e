//! The one way to write rows: each write of each method of each model goes through here, in this order.
//!
//! 1. *Stamp*: the values that are made here, and not by the caller or the database.
//! 2. *SQL*: one statement, or as few as there can be; see `inserting`, `update` and `destroy`.
//! 3. *Read*: the row in memory becomes what the database made of it.

use diesel::expression::QueryMetadata;
use diesel::query_builder::QueryFragment;

use crate::connection::Connection;
use crate::dialect::{Dialect, OnTaken, Truncation};
use crate::error::Result;
use crate::meta::{ColumnSet, TableName};
use crate::model::{Model, Values};
use crate::write::inserting::{
    InsertRows, Inserting, Returns, insert_all, insert_free, insert_free_back,
};
use crate::write::statement::Statement;
use crate::write::stored::{self, Updatable};
use crate::write::update::{self, AddAll, Sum};
use crate::write::values::{Columns, Whole};

/// Creates a row.
pub(crate) fn create<M, C>(conn: &mut C, mut new: Values<M>) -> Result<M>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    stamp_new(std::slice::from_mut(&mut new));
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
        return row.into_iter().collect();
    }
    stamp_new(&mut new);
    insert_all(conn, &new, OnTaken::Fail)
}

/// Creates a row, or writes the stated columns into the row that has its unique key.
pub(crate) fn upsert<M, C>(conn: &mut C, new: Values<M>) -> Result<M>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    match M::META.unique_among(new.not_null()) {
        Some(key) => upsert_by(conn, key, new),
        None => create(conn, new),
    }
}

/// Creates a row, or writes the stated columns into the row that has its unique `key`.
pub(crate) fn upsert_by<M, C>(conn: &mut C, key: ColumnSet, mut new: Values<M>) -> Result<M>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    new.must_have(key)?;
    let stated = new.given();
    stamp_new(std::slice::from_mut(&mut new));
    let columns = new.written();
    Inserting::<C>::upsert(conn, &new, columns, written_if_taken::<M>(key, stated))
}

/// Creates rows, or writes the columns `changed` into those that have their unique `key`, all or none; gives them in
/// order.
pub(crate) fn upsert_all<M, C>(
    conn: &mut C,
    mut new: Vec<Values<M>>,
    key: ColumnSet,
    changed: ColumnSet,
) -> Result<Vec<M>>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    Values::must_differ(&new, key)?;
    stamp_new(&mut new);
    insert_all(conn, &new, written_if_taken::<M>(key, changed))
}

/// What happens to a row whose `key` is taken: the row that is there takes these columns. Its keys stay.
fn written_if_taken<M: Model>(key: ColumnSet, columns: ColumnSet) -> OnTaken {
    let primary = M::META.columns_named(M::META.primary_key);
    let columns = match columns.without(key).without(primary) {
        // A row that takes nothing else is written to itself, so that it still comes back.
        none if none.is_empty() => key,
        some => some,
    };
    OnTaken::Write {
        meant: key,
        unique: true,
        columns,
    }
}

/// Creates rows but those whose unique key is taken, all or none, and gives how many it created.
pub(crate) fn create_free<M, C>(conn: &mut C, mut new: Vec<Values<M>>) -> Result<usize>
where
    M: Model,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    stamp_new(&mut new);
    insert_free(conn, &new)
}

/// Creates rows but those whose unique key is taken, all or none, and gives those that it created.
pub(crate) fn create_free_back<M, C>(conn: &mut C, mut new: Vec<Values<M>>) -> Result<Vec<M>>
where
    M: Model,
    C: Connection<Backend: Returns>,
    Inserting<C>: InsertRows<C, M>,
{
    stamp_new(&mut new);
    insert_free_back(conn, &new)
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
    let value = |index| stored::of_row::<M, C::Backend>(row, index);
    let back = stored::unsure::<M, C::Backend>(columns, value);
    if let Some(stored) = update::write(conn, row, &Whole(row), columns, back)? {
        *row = stored;
    }
    Ok(())
}

/// Adds to numbers of a row, in the database, and reads the row again.
pub(crate) fn add<M, C>(conn: &mut C, row: &mut M, sums: &[Sum<'_, C::Backend>]) -> Result<()>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    *row = update::add(conn, row, sums)?;
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
        self.statement(None, condition).execute(conn)
    }

    /// `also` is more that is written, in SQL.
    fn statement<'a, DB>(
        &'a self,
        also: Assigned<'a, DB>,
        condition: impl Fn(Statement<'a, DB>) -> Statement<'a, DB>,
    ) -> Statement<'a, DB>
    where
        DB: Dialect,
        M: Columns<DB>,
    {
        let mut update = Statement::on::<M>("UPDATE ").table::<M>().sql(" SET ");
        if let Some(also) = also {
            let comma = if self.columns.is_empty() { "" } else { ", " };
            update = update.fragment(also).sql(comma);
        }
        condition(update.assign::<M>(&self.values, self.columns))
    }
}

/// Assignments in SQL, if there are any.
pub(crate) type Assigned<'a, DB> = Option<&'a dyn QueryFragment<DB>>;

/// The condition of the rows that are meant; without one, all are.
pub(crate) type Filter<'a, DB> = Option<&'a dyn QueryFragment<DB>>;

/// Adds ` WHERE …` to a statement.
fn filtered<'a, DB: Dialect>(
    filter: Filter<'a, DB>,
) -> impl Fn(Statement<'a, DB>) -> Statement<'a, DB> {
    move |statement| match filter {
        Some(filter) => statement.sql(" WHERE (").fragment(filter).sql(")"),
        None => statement,
    }
}

/// Writes changes, and what is assigned in SQL, into all rows that a filter finds, and gives how many there were.
pub(crate) fn update_rows<M, C>(
    conn: &mut C,
    filter: Filter<'_, C::Backend>,
    changes: Values<M>,
    also: Assigned<'_, C::Backend>,
) -> Result<usize>
where
    M: Columns<C::Backend>,
    C: Connection,
{
    if changes.given().is_empty() && also.is_none() {
        return Ok(0);
    }
    let change = Change::new(changes);
    change.statement(also, filtered(filter)).execute(conn)
}

/// The same, and gives the rows as they then are.
pub(crate) fn update_rows_back<M, C>(
    conn: &mut C,
    filter: Filter<'_, C::Backend>,
    changes: Values<M>,
    also: Assigned<'_, C::Backend>,
) -> Result<Vec<M>>
where
    M: Updatable<C::Backend>,
    C: Connection<Backend: Returns + QueryMetadata<M::SqlType>>,
{
    if changes.given().is_empty() && also.is_none() {
        return Ok(Vec::new());
    }
    let change = Change::new(changes);
    let update = change.statement(also, filtered(filter));
    stored::rows_back(conn, update, |conn, rows| C::Backend::settled(conn, rows))
}

/// Adds to numbers of all rows that a filter finds, in the database, and gives what `write` gives, which is handed the
/// assignments.
pub(crate) fn add_to_rows<M, C, T>(
    conn: &mut C,
    filter: Filter<'_, C::Backend>,
    sums: &[Sum<'_, C::Backend>],
    write: impl FnOnce(&mut C, Assigned<'_, C::Backend>) -> Result<T>,
) -> Result<T>
where
    M: Model,
    C: Connection,
{
    let added = write(conn, Some(&AddAll(sums)));
    added.map_err(|error| update::misfit::<M, C>(conn, error, sums, filtered(filter)))
}

/// Deletes all rows that a filter finds, and gives how many there were.
pub(crate) fn destroy_rows<M, C>(conn: &mut C, filter: Filter<'_, C::Backend>) -> Result<usize>
where
    M: Model,
    C: Connection,
{
    remove::<M, C>(conn, filtered(filter))
}

/// The same, and gives the rows as they were.
pub(crate) fn destroy_rows_back<M, C>(
    conn: &mut C,
    filter: Filter<'_, C::Backend>,
) -> Result<Vec<M>>
where
    M: Updatable<C::Backend>,
    C: Connection<Backend: Returns + QueryMetadata<M::SqlType>>,
{
    let delete = Statement::on::<M>("DELETE FROM ").table::<M>();
    stored::rows_back(conn, filtered(filter)(delete), |_, rows| Ok(rows))
}

/// Deletes all rows of a table, without looking at each.
pub(crate) fn truncate<M, C>(conn: &mut C, how: Truncation) -> Result<()>
where
    M: Model,
    C: Connection,
{
    let [truncate, restart, cascade] = C::Backend::TRUNCATE;
    let mut statement = Statement::<C::Backend>::on::<M>(truncate).table::<M>();
    if how.restart {
        statement = statement.sql(restart);
    }
    if how.cascade {
        statement = statement.sql(cascade);
    }
    let restart = C::Backend::restart_keys(TableName::of::<M>()).filter(|_| how.restart);
    let Some([is_there, restart]) = restart else {
        return statement.execute(conn).map(drop);
    };
    let text = |sql: String| Statement::<C::Backend>::on::<M>("").text(sql);
    conn.transaction(|conn| {
        statement.execute(conn)?;
        match text(is_there).number(conn)? {
            0 => Ok(()),
            _ => text(restart).execute(conn).map(drop),
        }
    })
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
