//! The one way to write rows: each write of each method of each model goes through here, in this order.
//!
//! 1. *Stamp*: the values that a write makes itself, such as `updated_at` and the version.
//! 2. *Before*: the hooks that run before the write, which may change the values.
//! 3. *SQL*: one statement, or as few as there can be; see `inserting` and `update`.
//! 4. *Read*: the row in memory becomes what the database made of it.
//! 5. *After*: the hooks that run behind the write.
//!
//! `H` is what runs around the write: the model's own hooks, or [`NoHooks`]. If there are none, their steps are no
//! code at all, and there is no transaction that only they need.

use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{KeyOf, Model, PrimaryKey, Values};
use crate::now::Now;
use crate::query::key_list::ListKeys;
use crate::query::keys::Keys;
use crate::write::hooks::{ByFilter, HookedBy, Hooks, NoHooks};
use crate::write::inserting::{InsertRows, Inserting, insert_all, only};
use crate::write::statement::Statement;
use crate::write::stored::{self, Updatable, whole};
use crate::write::update::{self, Sum};
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
            H::after_validate(conn, &new)?;
            H::before_create(conn, &mut new)?;
            H::before_save(conn, &mut new)?;
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

/// Creates rows, all or none, and gives them in order.
pub(crate) fn create_all<M, H, C>(conn: &mut C, mut new: Vec<Values<M>>) -> Result<Vec<M>>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    if !H::ANY && new.len() <= 1 {
        let row = new.pop().map(|new| create::<M, H, C>(conn, new));
        return row.into_iter().collect();
    }
    whole(conn, H::ANY && !new.is_empty(), |conn| {
        stamp_new(&mut new);
        if H::ANY && !new.is_empty() {
            for row in &mut new {
                H::before_validate(conn, row)?;
            }
            for row in &new {
                H::after_validate(conn, row)?;
            }
            H::before_bulk_create(conn, &mut new)?;
            for row in &mut new {
                H::before_save(conn, row)?;
            }
        }
        let rows = insert_all(conn, &new)?;
        if H::ANY && !rows.is_empty() {
            H::after_bulk_create(conn, &rows)?;
            for row in &rows {
                H::after_save(conn, row)?;
            }
        }
        Ok(rows)
    })
}

/// Creates a row, or writes the stated columns into the row that has its unique key.
pub(crate) fn upsert<M, H, C>(conn: &mut C, mut new: Values<M>) -> Result<M>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    if M::META.unique_among(new.not_null()).is_none() {
        return create::<M, H, C>(conn, new);
    }
    whole(conn, H::ANY, |conn| {
        if H::ANY {
            H::before_validate(conn, &mut new)?;
            H::after_validate(conn, &new)?;
            H::before_upsert(conn, &mut new)?;
            H::before_save(conn, &mut new)?;
        }
        // What the hooks set counts as stated.
        let stated = new.given();
        let Some(key) = M::META.unique_among(new.not_null()) else {
            return create::<M, NoHooks, C>(conn, new);
        };
        stamp_new(std::slice::from_mut(&mut new));
        let columns = new.written();
        let changed = match stated.without(key) {
            // A row that states nothing but its key: written to itself, it still comes back.
            none if none.is_empty() => key,
            some => some.and(touched::<M>()),
        };
        let row = only(Inserting::<C>::upsert(conn, &new, columns, key, changed)?)?;
        if H::ANY {
            H::after_upsert(conn, &row)?;
            H::after_save(conn, &row)?;
        }
        Ok(row)
    })
}

/// Writes changes into a row, here and in the database. Gives the columns that were written here.
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

/// Writes all of a row but its key.
pub(crate) fn save<M, H, C>(conn: &mut C, row: &mut M) -> Result<()>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let columns = M::META.changeable();
    if columns.is_empty() {
        // Nothing but a key: there is nothing to write, but the row must be there.
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

/// A change with the hooks around it: `old` is the row before it, and `now` becomes the row behind it. Gives the
/// columns that were written into `now`.
fn change<M, H, C>(conn: &mut C, old: &M, now: &mut M, mut changes: Values<M>) -> Result<ColumnSet>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    stamp_change(now, &mut changes)?;
    H::before_validate(conn, &mut changes)?;
    H::after_validate(conn, &changes)?;
    H::before_update(conn, old, &mut changes)?;
    H::before_save(conn, &mut changes)?;
    let written = write(conn, now, changes)?;
    H::after_update(conn, old, now)?;
    H::after_save(conn, now)?;
    Ok(written)
}

/// `UPDATE`, and the row in memory. Gives the columns that were written into it.
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

/// Adds to a number of a row, in the database, and reads the row again. The hooks before a change do not run, since
/// only the database knows the sum.
pub(crate) fn add<M, H, C>(conn: &mut C, row: &mut M, sum: &Sum<'_, C::Backend>) -> Result<()>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let mut stamps = Values::default();
    M::touch(&mut stamps, &Now::default());
    let now = whole(conn, H::ANY, |conn| {
        let now = update::add(conn, row, sum, &stamps)?;
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

/// Gives new rows the values that are made here.
pub(crate) fn stamp_new<M: Model>(new: &mut [Values<M>]) {
    let now = Now::default();
    for row in new {
        M::fill(row, &now);
    }
}

/// Gives the changes of a row the values that are made here.
fn stamp_change<M: Model>(row: &M, changes: &mut Values<M>) -> Result<()> {
    M::touch(changes, &Now::default());
    row.advance(changes)
}

/// The columns to which each change gives a value that is made here.
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
    /// All that has a value.
    pub(crate) fn new<H, C>(conn: &mut C, values: Values<M>) -> Result<Self>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: HookedBy<H>,
    {
        let columns = values.given();
        Self::of::<H, C>(conn, values, columns)
    }

    /// The values of these columns.
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
        let made = values.given().without(before);
        Ok(Self {
            columns: columns.and(made),
            values,
        })
    }

    /// Writes it into the rows that a condition finds, and gives how many there were. `condition` adds
    /// ` WHERE …` to a statement.
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
        if !H::ANY || H::BY_FILTER == ByFilter::Statement {
            return condition(self.assign(&self.values, self.columns)).execute(conn);
        }
        transaction(conn).run(|conn| {
            let rows = select::<M, C>(conn, condition)?;
            self.each::<H, C>(conn, rows)
        })
    }

    /// `UPDATE table SET …`
    fn assign<'a, DB>(&self, values: &'a Values<M>, columns: ColumnSet) -> Statement<'a, DB>
    where
        DB: Dialect,
        M: Columns<DB>,
    {
        Statement::on::<M>("UPDATE ")
            .table::<M>()
            .sql(" SET ")
            .assign::<M>(values, columns)
            .raise_version::<M>()
    }

    /// Writes it into these rows, with the hooks of each.
    fn each<H, C>(&self, conn: &mut C, rows: Vec<M>) -> Result<usize>
    where
        H: Hooks<M, C::Backend>,
        C: Connection,
        M: Updatable<C::Backend> + HookedBy<H>,
    {
        let all = self.values.given();
        let mut kinds: Vec<(String, Values<M>, Vec<KeyOf<M>>)> = Vec::new();
        let mut changed = Vec::with_capacity(rows.len());
        for old in rows {
            let mut values = self.values.clone();
            H::before_validate(conn, &mut values)?;
            H::after_validate(conn, &values)?;
            H::before_update(conn, &old, &mut values)?;
            H::before_save(conn, &mut values)?;
            // Values need not be equal by any trait, but are shown alike if they are alike.
            let shown = format!("{values:?}");
            let key = M::PrimaryKey::of(&old);
            match kinds.iter_mut().find(|kind| kind.0 == shown) {
                Some((_, _, keys)) => keys.push(key),
                None => kinds.push((shown, values.clone(), vec![key])),
            }
            let mut now = old.clone();
            let written = self.columns.and(values.given().without(all));
            old.advance(&mut values)?;
            let version = M::META.version.map(|name| M::META.columns_named(&[name]));
            let applied = written.and(version.unwrap_or_default());
            update::apply::<M, C::Backend>(&mut now, &mut values, applied);
            changed.push((old, now));
        }
        for (_, values, keys) in kinds {
            let columns = self.columns.and(values.given().without(all));
            let keys = Keys::new(keys);
            for chunk in keys.chunks_of(M::PrimaryKey::limit(&keys)) {
                keys.select(chunk);
                self.assign(&values, columns)
                    .sql(" WHERE ")
                    .key_in::<M::PrimaryKey, _>(&keys)
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

/// Deletes the rows that a condition finds, and gives how many there were.
pub(crate) fn remove<'a, M, H, C>(
    conn: &mut C,
    condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
) -> Result<usize>
where
    M: Updatable<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    let delete = || Statement::on::<M>("DELETE FROM ").table::<M>();
    if !H::ANY {
        return condition(delete()).execute(conn);
    }
    transaction(conn).run(|conn| {
        if H::BY_FILTER == ByFilter::Statement {
            H::before_destroy_where(conn)?;
            return condition(delete()).execute(conn);
        }
        let rows = select::<M, C>(conn, condition)?;
        for row in &rows {
            H::before_destroy(conn, row)?;
        }
        let keys = Keys::new(rows.iter().map(M::PrimaryKey::of).collect());
        for chunk in keys.chunks_of(M::PrimaryKey::limit(&keys)) {
            keys.select(chunk);
            delete()
                .sql(" WHERE ")
                .key_in::<M::PrimaryKey, _>(&keys)
                .execute(conn)?;
        }
        for row in &rows {
            H::after_destroy(conn, row)?;
        }
        Ok(rows.len())
    })
}

/// The rows that a condition finds. Nobody else changes them before the transaction ends.
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
