//! New rows: creating them, and upserts.

use diesel::expression::QueryMetadata;

use super::stamps::{stamp_new, touched};
use crate::connection::Connection;
use crate::dialect::{Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{Model, Values, Writing};
use crate::query::read::ReadColumns;
use crate::validate::problems::Problems;
use crate::validate::{problems_of_new, validate, validate_all};
use crate::write::hooks::{HookedBy, Hooks, NoHooks};
use crate::write::inserting::{
    Created, InsertRows, Inserting, TellsCreated, Undo, insert_all, insert_free, insert_free_back,
};
use crate::write::stored::whole;
use crate::write::values::Columns;

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
    let key = |new: &Values<M>| Ok(M::META.unique_among(new.not_null()));
    upsert_with::<M, H, C>(conn, new, key, |conn, new, columns, on_taken| {
        let row = Inserting::<C>::upsert(conn, new, columns, on_taken)?;
        Ok((row, Created::Untold))
    })
    .map(|(row, _)| row)
}

/// Creates a row, or writes the stated columns into the row that has its unique `key`.
pub(crate) fn upsert_by<M, H, C>(conn: &mut C, key: ColumnSet, new: Values<M>) -> Result<M>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
    Inserting<C>: InsertRows<C, M>,
{
    let key = |new: &Values<M>| new.must_have(key).map(|()| Some(key));
    upsert_with::<M, H, C>(conn, new, key, |conn, new, columns, on_taken| {
        let row = Inserting::<C>::upsert(conn, new, columns, on_taken)?;
        Ok((row, Created::Untold))
    })
    .map(|(row, _)| row)
}

/// The same, and tells whether it created the row.
pub(crate) fn upsert_telling<M, H, C>(
    conn: &mut C,
    key: ColumnSet,
    new: Values<M>,
) -> Result<(M, bool)>
where
    M: Columns<C::Backend> + ReadColumns<C::Backend> + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection<Backend: TellsCreated + QueryMetadata<M::SqlType>>,
    Inserting<C>: InsertRows<C, M>,
{
    let key = |new: &Values<M>| new.must_have(key).map(|()| Some(key));
    let (row, created) = upsert_with::<M, H, C>(conn, new, key, C::Backend::upsert_telling)?;
    Ok((row, created == Created::Yes))
}

/// The same; `key` returns the key of the row, and `write` writes it.
fn upsert_with<M, H, C>(
    conn: &mut C,
    mut new: Values<M>,
    key: impl Fn(&Values<M>) -> Result<Option<ColumnSet>>,
    write: impl FnOnce(&mut C, &Values<M>, ColumnSet, OnTaken<'_>) -> Result<(M, Created)>,
) -> Result<(M, Created)>
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
            let row = create::<M, NoHooks, C>(conn, new)?;
            return Ok((row, Created::Yes));
        };
        stamp_new(std::slice::from_mut(&mut new));
        validate(Writing::New(&new))?;
        let columns = new.written();
        let on_taken = written_if_taken::<M>(key, None, stated);
        let (row, created) = write(conn, &new, columns, on_taken)?;
        if H::ANY {
            H::after_upsert(conn, &row)?;
            H::after_save(conn, &row)?;
        }
        Ok((row, created))
    })
}

/// Creates rows, or writes the columns `changed` into the rows that have their unique `key`, all or none. Returns
/// them in order.
pub(crate) fn upsert_all<M, H, C>(
    conn: &mut C,
    mut new: Vec<Values<M>>,
    key: ColumnSet,
    index: Option<&str>,
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
        let on_taken = written_if_taken::<M>(key, index, changed);
        let rows = insert_all(conn, &new, on_taken, Undo::Ours)?;
        if H::ANY {
            for row in &rows {
                H::after_upsert(conn, row)?;
                H::after_save(conn, row)?;
            }
        }
        Ok(rows)
    })
}

/// What happens if a row's `key` is taken: the existing row takes these columns. Its keys stay. `index` is the
/// condition of the key's index, if it has one.
fn written_if_taken<M: Model>(
    key: ColumnSet,
    index: Option<&str>,
    columns: ColumnSet,
) -> OnTaken<'_> {
    let primary = M::META.columns_named(M::META.primary_key);
    let columns = match columns.without(key).without(primary) {
        // If the row takes nothing else, its key is written to itself, so that it is still returned.
        none if none.is_empty() => key,
        some => some.and(touched::<M>()),
    };
    OnTaken::Write {
        meant: key,
        unique: true,
        index,
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
