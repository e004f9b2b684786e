//! All rows that a condition finds: changing and deleting them.

use std::collections::HashMap;

use diesel::expression::QueryMetadata;
use diesel::query_builder::{QueryBuilder, QueryFragment};

use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::dialect::{Dialect, Truncation, quote};
use crate::error::Result;
use crate::meta::{ColumnSet, TableName};
use crate::model::{KeyOf, Model, PrimaryKey, Values, Writing};
use crate::now::Now;
use crate::query::key_list::ListKeys;
use crate::query::keys::Keys;
use crate::validate::validate;
use crate::write::hooks::{ByFilter, HookedBy, Hooks};
use crate::write::inserting::Returns;
use crate::write::statement::Statement;
use crate::write::stored::{self, Updatable, whole};
use crate::write::update::{self, AddAll, Sum};
use crate::write::values::Columns;

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
        let given = values.given();
        Ok(Self {
            // A hook may have taken values out, and put others in.
            columns: columns.within(given).and(given.without(before)),
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
        if self.columns.is_empty() {
            return Ok(0);
        }
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

/// Runs `work` so that an error undoes what hooks wrote in it, if there are hooks.
pub(crate) fn undoing_hooks<M, H, C, T>(
    conn: &mut C,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T>
where
    M: Model + HookedBy<H>,
    H: Hooks<M, C::Backend>,
    C: Connection,
{
    whole(conn, H::ANY, work)
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
    // A hook may have taken out all that was stated.
    let is_empty = change.columns.is_empty() && text.is_empty();
    Ok((!is_empty).then_some(change))
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
        let begins = format!("{} = ", quote::<DB>(column.name));
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
    whole(conn, H::ANY, |conn| {
        let Some(change) = change_of::<M, H, C>(conn, changes, also)? else {
            return Ok(0);
        };
        if is_each::<M, H, C::Backend>() {
            let keys = change.with_hooks::<H, C>(conn, also, filtered(filter))?;
            return Ok(keys.len());
        }
        let update = change.assign(also, &change.values, change.columns);
        filtered(filter)(update).execute(conn)
    })
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
    whole(conn, H::ANY, |conn| {
        let Some(change) = change_of::<M, H, C>(conn, changes, also)? else {
            return Ok(Vec::new());
        };
        if is_each::<M, H, C::Backend>() {
            let keys = change.with_hooks::<H, C>(conn, also, filtered(filter))?;
            return read_all(conn, &keys);
        }
        let update = change.assign(also, &change.values, change.columns);
        let update = filtered(filter)(update);
        stored::rows_back(conn, update, |conn, rows| C::Backend::settled(conn, rows))
    })
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
