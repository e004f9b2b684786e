//! The one way to write rows: every write of every method of every model goes through here, in this order.
//!
//! 1. *Stamp*: the values that a write makes itself, such as `updated_at` and the version.
//! 2. *Validate*: the rules of the model.
//! 3. *Before*: the hooks that run before the write. They may change the values, which are then validated again.
//! 4. *SQL*: one statement, or as few as possible; see `inserting` and `update`.
//! 5. *Read*: the row in memory takes the values that the database stored.
//! 6. *After*: the hooks that run after the write.
//!
//! `H` is what runs around the write: the model's own hooks, or [`NoHooks`]. Without hooks, their steps compile to
//! no code, and no transaction is opened that only they need.

use std::collections::HashMap;

use diesel::expression::QueryMetadata;
use diesel::query_builder::{QueryBuilder, QueryFragment};

use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::dialect::{Dialect, OnTaken, Truncation};
use crate::error::{Error, Result};
use crate::meta::{ColumnSet, TableName};
use crate::model::{KeyOf, Model, PrimaryKey, Values, Writing};
use crate::now::Now;
use crate::query::key_list::ListKeys;
use crate::query::keys::Keys;
use crate::validate::problems::Problems;
use crate::validate::{problems_of_new, validate, validate_all};
use crate::write::hooks::{ByFilter, HookedBy, Hooks, NoHooks};
use crate::write::inserting::{
    InsertRows, Inserting, Returns, Undo, insert_all, insert_free, insert_free_back,
};
use crate::write::statement::Statement;
use crate::write::stored::{self, Updatable, whole};
use crate::write::update::{self, AddAll, Sum};
use crate::write::values::{Columns, Overlay};

/// Creates a row.
pub(crate) fn create<M, H, C>(conn: &mut C, mut new: Values<M>) -> Result<M>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    whole(conn, H::ANY, |conn| {
        stamp_new(std::slice::from_mut(&mut new));
        if H::ANY {
            H::before_validate(conn, &mut new)?;
        }
        validate(Writing::New(&new))?;
        if H::ANY {
            H::after_validate(conn, &new)?;
            H::before_create(conn, &mut new)?;
            H::before_save(conn, &mut new)?;
            validate(Writing::New(&new))?;
        }
        let columns = new.written();
        let row = Inserting::<C>::insert_one(conn, new, columns)?;
        if H::ANY {
            H::after_create(conn, &row)?;
            H::after_save(conn, &row)?;
        }
        Ok(row)
    })
}

/// Creates rows, all or none, and returns them in order.
pub(crate) fn create_all<M, H, C>(conn: &mut C, mut new: Vec<Values<M>>) -> Result<Vec<M>>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    if !H::ANY && new.len() <= 1 {
        let row = new.pop().map(|new| create::<M, H, C>(conn, new));
        let row: Result<_> = row.into_iter().collect();
        return row.map_err(Error::in_first_row);
    }
    whole(conn, H::ANY && !new.is_empty(), |conn| {
        create_part::<M, H, C>(conn, new, Undo::Ours)
    })
}

/// The same inside a transaction that ends with the first error: there, a savepoint would only cost time.
pub(crate) fn create_level<M, H, C>(conn: &mut C, new: Vec<Values<M>>) -> Result<Vec<M>>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    create_part::<M, H, C>(conn, new, Undo::Callers)
}

fn create_part<M, H, C>(conn: &mut C, mut new: Vec<Values<M>>, undo: Undo) -> Result<Vec<M>>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    before_all::<M, H, C>(conn, &mut new)?;
    let rows = insert_all(conn, &new, OnTaken::Fail, undo)?;
    after_all::<M, H, C>(conn, &rows)?;
    Ok(rows)
}

/// The steps before several rows are created.
fn before_all<M, H, C>(conn: &mut C, new: &mut [Values<M>]) -> Result<()>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    stamp_new(new);
    if H::ANY {
        for row in &mut *new {
            H::before_validate(conn, row)?;
        }
    }
    validate_all(new)?;
    if H::ANY && !new.is_empty() {
        for row in &*new {
            H::after_validate(conn, row)?;
        }
        H::before_bulk_create(conn, new)?;
        for row in &mut *new {
            H::before_save(conn, row)?;
        }
        validate_all(new)?;
    }
    Ok(())
}

/// The steps after several rows are created.
fn after_all<M, H, C>(conn: &mut C, rows: &[M]) -> Result<()>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    if H::ANY && !rows.is_empty() {
        H::after_bulk_create(conn, rows)?;
        for row in rows {
            H::after_save(conn, row)?;
        }
    }
    Ok(())
}

/// Creates a row, or writes the stated columns into the row that has its unique key.
pub(crate) fn upsert<M, H, C>(conn: &mut C, new: Values<M>) -> Result<M>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    if M::META.unique_among(new.not_null()).is_none() {
        return create::<M, H, C>(conn, new);
    }
    upsert_with::<M, H, C>(conn, new, |new| Ok(M::META.unique_among(new.not_null())))
}

/// Creates a row, or writes the stated columns into the row that has its unique `key`.
pub(crate) fn upsert_by<M, H, C>(conn: &mut C, key: ColumnSet, new: Values<M>) -> Result<M>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    upsert_with::<M, H, C>(conn, new, |new| new.must_have(key).map(|()| Some(key)))
}

/// The same; `key` returns the key of the row.
fn upsert_with<M, H, C>(
    conn: &mut C,
    mut new: Values<M>,
    key: impl Fn(&Values<M>) -> Result<Option<ColumnSet>>,
) -> Result<M>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    whole(conn, H::ANY, |conn| {
        if H::ANY {
            H::before_validate(conn, &mut new)?;
            validate(Writing::New(&new))?;
            H::after_validate(conn, &new)?;
            H::before_upsert(conn, &mut new)?;
            H::before_save(conn, &mut new)?;
        }
        // What the hooks set also counts as stated.
        let stated = new.given();
        let Some(key) = key(&new)? else {
            return create::<M, NoHooks, C>(conn, new);
        };
        stamp_new(std::slice::from_mut(&mut new));
        validate(Writing::New(&new))?;
        let columns = new.written();
        let on_taken = written_if_taken::<M>(key, stated);
        let row = Inserting::<C>::upsert(conn, &new, columns, on_taken)?;
        if H::ANY {
            H::after_upsert(conn, &row)?;
            H::after_save(conn, &row)?;
        }
        Ok(row)
    })
}

/// Creates rows, or writes the columns `changed` into the rows that have their unique `key`, all or none. Returns
/// them in order.
pub(crate) fn upsert_all<M, H, C>(
    conn: &mut C,
    mut new: Vec<Values<M>>,
    key: ColumnSet,
    changed: ColumnSet,
) -> Result<Vec<M>>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    whole(conn, H::ANY && !new.is_empty(), |conn| {
        if H::ANY {
            for row in &mut new {
                H::before_validate(conn, row)?;
                H::after_validate(conn, row)?;
                H::before_upsert(conn, row)?;
                H::before_save(conn, row)?;
            }
        }
        Values::must_differ(&new, key)?;
        stamp_new(&mut new);
        validate_all(&new)?;
        let rows = insert_all(conn, &new, written_if_taken::<M>(key, changed), Undo::Ours)?;
        if H::ANY {
            for row in &rows {
                H::after_upsert(conn, row)?;
                H::after_save(conn, row)?;
            }
        }
        Ok(rows)
    })
}

/// What happens if a row's `key` is taken: the existing row takes these columns. Its keys stay.
fn written_if_taken<M: Model>(key: ColumnSet, columns: ColumnSet) -> OnTaken {
    let primary = M::META.columns_named(M::META.primary_key);
    let columns = match columns.without(key).without(primary) {
        // If the row takes nothing else, its key is written to itself, so that it is still returned.
        none if none.is_empty() => key,
        some => some.and(touched::<M>()),
    };
    OnTaken::Write {
        meant: key,
        unique: true,
        columns,
    }
}

/// Creates all rows except those whose unique key is taken, all or none, and returns how many it created.
pub(crate) fn create_free<M, H, C>(conn: &mut C, mut new: Vec<Values<M>>) -> Result<usize>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    if H::ANY {
        return create_free_back::<M, H, C>(conn, new).map(|rows| rows.len());
    }
    stamp_new(&mut new);
    validate_all(&new)?;
    insert_free(conn, &new)
}

/// The same, but returns the rows that it created. The hooks after the write run only for those.
pub(crate) fn create_free_back<M, H, C>(conn: &mut C, mut new: Vec<Values<M>>) -> Result<Vec<M>>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    whole(conn, H::ANY && !new.is_empty(), |conn| {
        before_all::<M, H, C>(conn, &mut new)?;
        let rows = insert_free_back(conn, &new)?;
        after_all::<M, H, C>(conn, &rows)?;
        Ok(rows)
    })
}

/// Writes changes into a row, in memory and in the database. Returns the columns that were written in memory.
pub(crate) fn update<M, H, C>(
    conn: &mut C,
    row: &mut M,
    mut changes: Values<M>,
) -> Result<ColumnSet>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    if changes.given().is_empty() {
        return Ok(ColumnSet::new());
    }
    if !H::ANY {
        stamp_change(row, &mut changes)?;
        validate(Writing::Changes(row, &changes))?;
        return write(conn, row, changes);
    }
    let (now, written) = transaction(conn).run(|conn| {
        let mut now = row.clone();
        let written = change::<M, H, C>(conn, row, &mut now, changes)?;
        Ok::<_, Error>((now, written))
    })?;
    *row = now;
    Ok(written)
}

/// Writes a whole row except its key.
pub(crate) fn save<M, H, C>(conn: &mut C, row: &mut M) -> Result<()>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let columns = M::META.changeable();
    if columns.is_empty() {
        // The row has only a key: there is nothing to write, but the row must exist.
        *row = update::read(conn, row)?;
        return Ok(());
    }
    if H::ANY {
        let now = transaction(conn).run(|conn| {
            let old = update::read(conn, row)?;
            let mut now = row.clone();
            let changes = update::values_of::<M, C::Backend>(row, columns);
            change::<M, H, C>(conn, &old, &mut now, changes)?;
            Ok::<_, Error>(now)
        })?;
        *row = now;
        return Ok(());
    }
    validate(Writing::Row(row))?;
    let mut stamps = Values::default();
    stamp_change(row, &mut stamps)?;
    let values = Overlay { row, over: &stamps };
    let value = |index| values.untyped::<C::Backend>(index);
    let back = stored::unsure::<M, C::Backend>(columns, value);
    let stored = update::write(conn, row, &values, columns, back)?;
    if let Some(stored) = stored {
        *row = stored;
    }
    let stamped = stamps.given().without(back);
    update::apply::<M, C::Backend>(row, &mut stamps, stamped);
    Ok(())
}

/// A change with the hooks around it: `old` is the row before it, and `now` becomes the row after it. Returns the
/// columns that were written into `now`.
fn change<M, H, C>(conn: &mut C, old: &M, now: &mut M, mut changes: Values<M>) -> Result<ColumnSet>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    stamp_change(now, &mut changes)?;
    H::before_validate(conn, &mut changes)?;
    validate(Writing::Changes(now, &changes))?;
    H::after_validate(conn, &changes)?;
    H::before_update(conn, old, &mut changes)?;
    H::before_save(conn, &mut changes)?;
    validate(Writing::Changes(now, &changes))?;
    let written = write(conn, now, changes)?;
    H::after_update(conn, old, now)?;
    H::after_save(conn, now)?;
    Ok(written)
}

/// Runs the `UPDATE` and writes the row in memory. Returns the columns that were written in memory.
fn write<M, C>(conn: &mut C, row: &mut M, mut changes: Values<M>) -> Result<ColumnSet>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let columns = changes.given();
    let back = stored::unsure::<M, C::Backend>(columns, |index| changes.untyped(index));
    if let Some(stored) = update::write(conn, row, &changes, columns, back)? {
        *row = stored;
    }
    update::apply::<M, C::Backend>(row, &mut changes, columns.without(back));
    Ok(columns.and(back))
}

/// Adds to numbers of a row in the database and reads the row again. The hooks before a change do not run, because
/// only the database knows the sum.
pub(crate) fn add<M, H, C>(conn: &mut C, row: &mut M, sums: &[Sum<'_, C::Backend>]) -> Result<()>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let mut stamps = Values::default();
    M::touch(&mut stamps, &Now::default());
    let now = whole(conn, H::ANY, |conn| {
        let now = update::add(conn, row, sums, &stamps)?;
        if H::ANY {
            H::after_update(conn, row, &now)?;
            H::after_save(conn, &now)?;
        }
        Ok(now)
    })?;
    *row = now;
    Ok(())
}

/// Deletes a row.
pub(crate) fn destroy<M, H, C>(conn: &mut C, row: &M) -> Result<()>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    whole(conn, H::ANY, |conn| {
        if H::ANY {
            H::before_destroy(conn, row)?;
        }
        update::delete(conn, row)?;
        match H::ANY {
            true => H::after_destroy(conn, row),
            false => Ok(()),
        }
    })
}

/// The problems that a row would have if it were created.
pub(crate) fn validate_new<M: Model>(mut new: Values<M>) -> Result<()> {
    stamp_new(std::slice::from_mut(&mut new));
    validate(Writing::New(&new))
}

/// The problems of a new row that are known before anything is written. Hooks may change the row first, so a row
/// with hooks is checked when it is written.
pub(crate) fn problems<M, H, DB>(new: &mut Values<M>) -> Problems
where
    M: Model + HookedBy<H>,
    H: Hooks<M, DB>,
    DB: Dialect,
{
    if H::ANY || !M::CHECKED {
        return Problems::default();
    }
    stamp_new(std::slice::from_mut(new));
    problems_of_new(new)
}

/// Sets the values of new rows that are made here.
pub(crate) fn stamp_new<M: Model>(new: &mut [Values<M>]) {
    let now = Now::default();
    for row in new {
        M::fill(row, &now);
    }
}

/// Sets the values of a row's changes that are made here.
fn stamp_change<M: Model>(row: &M, changes: &mut Values<M>) -> Result<()> {
    M::touch(changes, &Now::default());
    row.advance(changes)
}

/// The columns for which every change gets a value that is made here.
pub(crate) fn touched<M: Model>() -> ColumnSet {
    let mut touched = Values::default();
    M::touch(&mut touched, &Now::default());
    touched.given()
}

/// What is written into all rows that a condition finds.
pub(crate) struct Change<M: Model> {
    values: Values<M>,
    columns: ColumnSet,
}

impl<M: Model> Change<M> {
    /// Writes every column that has a value.
    pub(crate) fn new<H, C>(conn: &mut C, values: Values<M>) -> Result<Self>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: HookedBy<H>,
    {
        let columns = values.given();
        Self::of::<H, C>(conn, values, columns)
    }

    /// Writes the values of these columns.
    pub(crate) fn of<H, C>(conn: &mut C, mut values: Values<M>, columns: ColumnSet) -> Result<Self>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: HookedBy<H>,
    {
        let before = values.given();
        M::touch(&mut values, &Now::default());
        if H::ANY && H::BY_FILTER == ByFilter::Statement {
            H::before_update_where(conn, &mut values)?;
        }
        validate(Writing::Rows(&values))?;
        let made = values.given().without(before);
        Ok(Self {
            columns: columns.and(made),
            values,
        })
    }

    /// Writes it into the rows that a condition finds, and returns how many there were. `condition` adds ` WHERE …`
    /// to a statement.
    pub(crate) fn execute<'a, H, C>(
        &'a self,
        conn: &mut C,
        condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
    ) -> Result<usize>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: Updatable<C::Backend> + HookedBy<H>,
    {
        if !is_each::<M, H, C::Backend>() {
            return condition(self.assign(None, &self.values, self.columns)).execute(conn);
        }
        let written = self.with_hooks::<H, C>(conn, None, condition)?;
        Ok(written.len())
    }

    /// The same with the hooks of each row. `also` is assigned in SQL in addition to the values. Returns the keys
    /// of the rows.
    fn with_hooks<'a, H, C>(
        &'a self,
        conn: &mut C,
        also: Assigned<'a, C::Backend>,
        condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
    ) -> Result<Keys<KeyOf<M>>>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: Updatable<C::Backend> + HookedBy<H>,
    {
        transaction(conn).run(|conn| {
            let rows = select::<M, C>(conn, condition)?;
            let keys = Keys::new(rows.iter().map(M::PrimaryKey::of).collect());
            match also {
                Some(_) => self.each_in_sql::<H, C>(conn, also, &keys, rows)?,
                None => _ = self.each::<H, C>(conn, rows)?,
            }
            Ok(keys)
        })
    }

    /// `UPDATE table SET …`
    fn assign<'a, DB>(
        &self,
        also: Assigned<'a, DB>,
        values: &'a Values<M>,
        columns: ColumnSet,
    ) -> Statement<'a, DB>
    where
        DB: Dialect,
        M: Columns<DB>,
    {
        let mut update = Statement::on::<M>("UPDATE ").table::<M>().sql(" SET ");
        if let Some(also) = also {
            let comma = if columns.is_empty() { "" } else { ", " };
            update = update.fragment(also).sql(comma);
        }
        update.assign::<M>(values, columns).raise_version::<M>()
    }

    /// Writes it into these rows. The hooks before a change do not run, because only the database knows what it
    /// writes.
    fn each_in_sql<H, C>(
        &self,
        conn: &mut C,
        also: Assigned<'_, C::Backend>,
        keys: &Keys<KeyOf<M>>,
        rows: Vec<M>,
    ) -> Result<()>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: Updatable<C::Backend> + HookedBy<H>,
    {
        for chunk in keys.chunks_of(M::PrimaryKey::limit(keys)) {
            keys.select(chunk);
            self.assign(also, &self.values, self.columns)
                .sql(" WHERE ")
                .key_in::<M::PrimaryKey, _>(keys)
                .execute(conn)?;
        }
        let now = read_all::<M, C>(conn, keys)?;
        let now = now.into_iter().map(|row| (M::PrimaryKey::of(&row), row));
        let now: HashMap<KeyOf<M>, M> = now.collect();
        for old in &rows {
            if let Some(now) = now.get(&M::PrimaryKey::of(old)) {
                H::after_update(conn, old, now)?;
                H::after_save(conn, now)?;
            }
        }
        Ok(())
    }

    /// Writes it into these rows, with the hooks of each.
    fn each<H, C>(&self, conn: &mut C, rows: Vec<M>) -> Result<usize>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: Updatable<C::Backend> + HookedBy<H>,
    {
        // Values need not implement equality, so the rows that share a statement are those whose changes no hook
        // touched.
        let mut alike: Vec<KeyOf<M>> = Vec::new();
        let mut apart: Vec<(KeyOf<M>, Values<M>, ColumnSet)> = Vec::new();
        let mut changed = Vec::with_capacity(rows.len());
        for old in rows {
            let mut values = self.values.clone();
            values.mark();
            H::before_validate(conn, &mut values)?;
            H::after_validate(conn, &values)?;
            H::before_update(conn, &old, &mut values)?;
            H::before_save(conn, &mut values)?;
            validate(Writing::Changes(&old, &values))?;
            let key = M::PrimaryKey::of(&old);
            let columns = match values.is_marked() {
                true => {
                    alike.push(key);
                    self.columns
                }
                false => {
                    let given = values.given();
                    let columns = self.columns.within(given);
                    let columns = columns.and(given.without(self.values.given()));
                    apart.push((key, values.clone(), columns));
                    columns
                }
            };
            let mut now = old.clone();
            old.advance(&mut values)?;
            let version = M::META.version.map(|name| M::META.columns_named(&[name]));
            let applied = columns.and(version.unwrap_or_default());
            update::apply::<M, C::Backend>(&mut now, &mut values, applied);
            changed.push((old, now));
        }
        let alike = Keys::new(alike);
        for chunk in alike.chunks_of(M::PrimaryKey::limit(&alike)) {
            alike.select(chunk);
            self.assign(None, &self.values, self.columns)
                .sql(" WHERE ")
                .key_in::<M::PrimaryKey, _>(&alike)
                .execute(conn)?;
        }
        for (key, values, columns) in &apart {
            if !columns.is_empty() {
                self.assign(None, values, *columns)
                    .sql(" WHERE ")
                    .key_is::<M>(key)
                    .execute(conn)?;
            }
        }
        for (old, now) in &changed {
            H::after_update(conn, old, now)?;
            H::after_save(conn, now)?;
        }
        Ok(changed.len())
    }
}

/// Assignments in SQL, if there are any.
pub(crate) type Assigned<'a, DB> = Option<&'a dyn QueryFragment<DB>>;

/// The condition that selects the rows; without one, all rows are selected.
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

/// Whether writing rows by a condition runs the hooks of each row.
fn is_each<M, H, DB>() -> bool
where
    M: Model + HookedBy<H>,
    H: Hooks<M, DB>,
    DB: Dialect,
{
    H::ANY && H::BY_FILTER == ByFilter::Each
}

/// What is written into all rows that a filter finds; `None` if nothing is stated. A column that is assigned in SQL
/// does not also get a value here.
fn change_of<M, H, C>(
    conn: &mut C,
    changes: Values<M>,
    also: Assigned<'_, C::Backend>,
) -> Result<Option<Change<M>>>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let text = also.map(text_of).transpose()?.unwrap_or_default();
    if changes.given().is_empty() && text.is_empty() {
        return Ok(None);
    }
    let mut change = Change::new::<H, C>(conn, changes)?;
    change.columns = change.columns.without(assigned_in::<M, C::Backend>(&text));
    Ok(Some(change))
}

/// A piece of SQL as text.
fn text_of<DB: Dialect>(sql: &dyn QueryFragment<DB>) -> Result<String> {
    let mut text = DB::QueryBuilder::default();
    sql.to_sql(&mut text, &DB::default())?;
    Ok(QueryBuilder::<DB>::finish(text))
}

/// The columns that the assignments set: each assignment begins with the name of its column.
fn assigned_in<M: Model, DB: Dialect>(text: &str) -> ColumnSet {
    let columns = M::META.columns.iter().enumerate();
    columns.fold(ColumnSet::new(), |set, (index, column)| {
        let quote = DB::QUOTE;
        let name = column.name.replace(quote, &format!("{quote}{quote}"));
        let begins = format!("{quote}{name}{quote} = ");
        let is_assigned = text.starts_with(&begins) || text.contains(&format!(", {begins}"));
        set.with(index, is_assigned)
    })
}

/// Writes changes and SQL assignments into all rows that a filter finds, and returns how many there were.
pub(crate) fn update_rows<M, H, C>(
    conn: &mut C,
    filter: Filter<'_, C::Backend>,
    changes: Values<M>,
    also: Assigned<'_, C::Backend>,
) -> Result<usize>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let Some(change) = change_of::<M, H, C>(conn, changes, also)? else {
        return Ok(0);
    };
    if is_each::<M, H, C::Backend>() {
        let keys = change.with_hooks::<H, C>(conn, also, filtered(filter))?;
        return Ok(keys.len());
    }
    let update = change.assign(also, &change.values, change.columns);
    filtered(filter)(update).execute(conn)
}

/// The same, but returns the rows as they are after it.
pub(crate) fn update_rows_back<M, H, C>(
    conn: &mut C,
    filter: Filter<'_, C::Backend>,
    changes: Values<M>,
    also: Assigned<'_, C::Backend>,
) -> Result<Vec<M>>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection<Backend: Returns + QueryMetadata<M::SqlType>>,
{
    let Some(change) = change_of::<M, H, C>(conn, changes, also)? else {
        return Ok(Vec::new());
    };
    if is_each::<M, H, C::Backend>() {
        return transaction(conn).run(|conn| {
            let keys = change.with_hooks::<H, C>(conn, also, filtered(filter))?;
            read_all(conn, &keys)
        });
    }
    let update = change.assign(also, &change.values, change.columns);
    let update = filtered(filter)(update);
    stored::rows_back(conn, update, |conn, rows| C::Backend::settled(conn, rows))
}

/// Adds to numbers in the database, in all rows that a filter finds. Passes the assignments to `write` and returns
/// what that returns.
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

/// Deletes all rows that a filter finds, and returns how many there were.
pub(crate) fn destroy_rows<M, H, C>(conn: &mut C, filter: Filter<'_, C::Backend>) -> Result<usize>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    remove::<M, H, C>(conn, filtered(filter))
}

/// The same, but returns the rows as they were.
pub(crate) fn destroy_rows_back<M, H, C>(
    conn: &mut C,
    filter: Filter<'_, C::Backend>,
) -> Result<Vec<M>>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection<Backend: Returns + QueryMetadata<M::SqlType>>,
{
    if is_each::<M, H, C::Backend>() {
        return transaction(conn).run(|conn| remove_each::<M, H, C>(conn, filtered(filter)));
    }
    whole(conn, H::ANY, |conn| {
        if H::ANY {
            H::before_destroy_where(conn)?;
        }
        let delete = Statement::on::<M>("DELETE FROM ").table::<M>();
        stored::rows_back(conn, filtered(filter)(delete), |_, rows| Ok(rows))
    })
}

/// Deletes all rows of a table without looking at each one. No hooks run.
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
    transaction(conn).run(|conn| {
        statement.execute(conn)?;
        match text(is_there).number(conn)? {
            0 => Ok(()),
            _ => text(restart).execute(conn).map(drop),
        }
    })
}

/// Deletes the rows that a condition finds, and returns how many there were.
pub(crate) fn remove<'a, M, H, C>(
    conn: &mut C,
    condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
) -> Result<usize>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    if is_each::<M, H, C::Backend>() {
        return transaction(conn).run(|conn| Ok(remove_each::<M, H, C>(conn, condition)?.len()));
    }
    whole(conn, H::ANY, |conn| {
        if H::ANY {
            H::before_destroy_where(conn)?;
        }
        condition(Statement::on::<M>("DELETE FROM ").table::<M>()).execute(conn)
    })
}

/// The same with the hooks of each row. Returns the rows as they were.
fn remove_each<'a, M, H, C>(
    conn: &mut C,
    condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
) -> Result<Vec<M>>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let rows = select::<M, C>(conn, condition)?;
    for row in &rows {
        H::before_destroy(conn, row)?;
    }
    let keys = Keys::new(rows.iter().map(M::PrimaryKey::of).collect());
    for chunk in keys.chunks_of(M::PrimaryKey::limit(&keys)) {
        keys.select(chunk);
        Statement::on::<M>("DELETE FROM ")
            .table::<M>()
            .sql(" WHERE ")
            .key_in::<M::PrimaryKey, _>(&keys)
            .execute(conn)?;
    }
    for row in &rows {
        H::after_destroy(conn, row)?;
    }
    Ok(rows)
}

/// The rows with these keys, as they are now.
fn read_all<M, C>(conn: &mut C, keys: &Keys<KeyOf<M>>) -> Result<Vec<M>>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let mut rows = Vec::new();
    for chunk in keys.chunks_of(M::PrimaryKey::limit(keys)) {
        keys.select(chunk);
        let select = Statement::on::<M>("SELECT ").columns::<M>();
        let select = select.sql(" FROM ").table::<M>().sql(" WHERE ");
        let select = select.key_in::<M::PrimaryKey, _>(keys);
        rows.append(&mut M::all(conn, &select.sql(C::Backend::SHARE_LATEST))?);
    }
    Ok(rows)
}

/// The rows that a condition finds. Nobody else can change them before the transaction ends.
fn select<'a, M, C>(
    conn: &mut C,
    condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
) -> Result<Vec<M>>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let select = Statement::on::<M>("SELECT ").columns::<M>();
    let select = condition(select.sql(" FROM ").table::<M>());
    M::all(conn, &select.sql(C::Backend::LOCK_ROW.unwrap_or_default()))
}
