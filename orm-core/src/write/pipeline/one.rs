//! One row that exists: changing it, adding to its numbers, deleting it.

use super::stamps::stamp_change;
use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{Values, Writing};
use crate::now::Now;
use crate::validate::validate;
use crate::write::hooks::{HookedBy, Hooks};
use crate::write::stored::{self, Updatable, whole};
use crate::write::update::{self, Sum};
use crate::write::values::Overlay;

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
    if columns.is_empty() {
        // A hook took out all that was stated.
        return Ok(columns);
    }
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
