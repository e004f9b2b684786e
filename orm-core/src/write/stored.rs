//! What the database made of the values of a row: it may have rounded or cut them, and may have written others
//! itself.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSqlRow};
use diesel::expression::QueryMetadata;
use diesel::query_builder::QueryFragment;
use diesel::row::Row;

use crate::connection::transaction::transaction;
use crate::connection::{Connection, is_in_transaction};
use crate::dialect::{Back, Dialect};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::fields::FieldList;
use crate::meta::ColumnSet;
use crate::model::{KeyOf, Model, PrimaryKey};
use crate::query::filter::BindKey;
use crate::query::key_list::ListKeys;
use crate::query::read::{FromRow, ReadColumns, ReadValue, Source};
use crate::query::run::{self, ReadOnce};
use crate::untyped::Untyped;
use crate::write::hooks::{HookedBy, Hooks};
use crate::write::statement::Statement;
use crate::write::values::Columns;

/// The columns that must be read again after these values are written: those that may not stay as they are, and
/// those that only the database writes. If Diesel's `Queryable` makes the row, nobody knows what it makes of the
/// columns.
pub(crate) fn unsure<'v, M: Model, DB: Dialect>(
    written: ColumnSet,
    value: impl Fn(usize) -> Option<Untyped<'v>>,
) -> ColumnSet {
    let mut back = const { M::META.read_only() };
    if !M::Fields::MAKES_ROW {
        return back.and(written);
    }
    for index in written.iter() {
        let stays = || {
            Some(DB::stays(
                value(index)?,
                M::META.columns.get(index)?,
                &M::META,
            ))
        };
        back = back.with(index, stays() != Some(true));
    }
    back
}

/// Runs `work`. If `must` is set, it runs in a transaction, so that it writes all or nothing.
pub(crate) fn whole<C: Connection, T>(
    conn: &mut C,
    must: bool,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T> {
    match must {
        true => transaction(conn).run(work),
        false => work(conn),
    }
}

/// A model whose rows a backend can find by key, read and change.
pub trait Updatable<DB: Dialect>:
    Model<PrimaryKey: BindKey<DB> + ListKeys<DB, KeyOf<Self>>, Hooks: Hooks<Self, DB>>
    + HookedBy<<Self as Model>::Hooks>
    + ReadColumns<DB>
    + Columns<DB>
{
    /// Runs a statement that returns rows of the model.
    ///
    /// # Errors
    /// Any database error, and values that cannot be read.
    fn all<C: Connection<Backend = DB>>(
        conn: &mut C,
        statement: &dyn QueryFragment<DB>,
    ) -> Result<Vec<Self>>;

    /// Runs a statement that returns one row of the model. Returns `row` with the columns `back` of that row.
    ///
    /// # Errors
    /// Any database error, and values that cannot be read.
    fn one<C: Connection<Backend = DB>>(
        conn: &mut C,
        statement: &dyn QueryFragment<DB>,
        row: &Self,
        back: ColumnSet,
    ) -> Result<Option<Self>>;
}

impl<M, DB> Updatable<DB> for M
where
    DB: Dialect + QueryMetadata<M::SqlType>,
    M: Model<PrimaryKey: BindKey<DB> + ListKeys<DB, KeyOf<M>>, Hooks: Hooks<M, DB>>
        + HookedBy<<M as Model>::Hooks>
        + ReadColumns<DB>
        + Columns<DB>,
{
    fn all<C: Connection<Backend = DB>>(
        conn: &mut C,
        statement: &dyn QueryFragment<DB>,
    ) -> Result<Vec<M>> {
        let mut rows = Vec::new();
        run::by_text::<C, M, M::SqlType>(conn, statement, &mut rows)?;
        Ok(rows)
    }

    fn one<C: Connection<Backend = DB>>(
        conn: &mut C,
        statement: &dyn QueryFragment<DB>,
        row: &M,
        back: ColumnSet,
    ) -> Result<Option<M>> {
        run::one_by_text::<C, M::SqlType, _>(conn, statement, &M::META, Merge { row, back })
    }
}

/// Runs an `UPDATE` of `row`. Returns the row with the columns `back` as the database has them.
pub(super) fn update<C, M>(
    conn: &mut C,
    row: &M,
    update: Statement<'_, C::Backend>,
    back: ColumnSet,
    may_refuse: bool,
) -> Result<M>
where
    C: Connection,
    M: Updatable<C::Backend>,
{
    let key = M::PrimaryKey::of(row);
    let by_triggers = const { !M::META.read_only().is_empty() };
    match C::Backend::BACK {
        Back::ReturningWritten if by_triggers => whole(conn, true, |conn| {
            found::<M>(update.execute(conn)?, &key)?;
            select(conn, row, &key, back)
        }),
        Back::Select => {
            // In the caller's transaction, nobody else can change the row before it is read.
            let must = may_refuse || !is_in_transaction(conn);
            whole(conn, must, |conn| {
                found::<M>(update.execute(conn)?, &key)?;
                select(conn, row, &key, back)
            })
        }
        one => {
            // Also if a transaction costs no round trip.
            let must = may_refuse || one == Back::ReturningWritten;
            let update = update.sql(" RETURNING ").columns::<M>();
            whole(conn, must, |conn| read(conn, row, &update, &key, back))
        }
    }
}

/// Runs a statement that writes rows, and returns those rows after `settle` has processed them.
pub(super) fn rows_back<C, M>(
    conn: &mut C,
    statement: Statement<'_, C::Backend>,
    settle: impl FnOnce(&mut C, Vec<M>) -> Result<Vec<M>>,
) -> Result<Vec<M>>
where
    C: Connection,
    M: Updatable<C::Backend>,
{
    let statement = statement.sql(" RETURNING ").columns::<M>();
    // A row may have been unreadable before the statement.
    whole(conn, true, |conn| {
        let rows = M::all(conn, &statement)?;
        settle(conn, rows)
    })
}

/// Reads the row with this key.
pub(super) fn select<C, M>(conn: &mut C, row: &M, key: &KeyOf<M>, back: ColumnSet) -> Result<M>
where
    C: Connection,
    M: Updatable<C::Backend>,
{
    let select = Statement::on::<M>("SELECT ")
        .columns::<M>()
        .sql(" FROM ")
        .table::<M>()
        .sql(" WHERE ")
        .key_is::<M>(key)
        // An update that changed nothing does not show what others have committed since the transaction began.
        .sql(C::Backend::SHARE_LATEST);
    read(conn, row, &select, key, back)
}

/// The one row that a statement returns.
fn read<C, M>(
    conn: &mut C,
    row: &M,
    statement: &Statement<'_, C::Backend>,
    key: &KeyOf<M>,
    back: ColumnSet,
) -> Result<M>
where
    C: Connection,
    M: Updatable<C::Backend>,
{
    let found = M::one(conn, statement, row, back)?;
    found.ok_or_else(|| Error::not_found(M::NAME, M::PrimaryKey::show(key)))
}

/// Reads some columns of a row from the database and takes the others from memory.
struct Merge<'r, M> {
    row: &'r M,
    back: ColumnSet,
}

impl<M: ReadColumns<DB>, DB: Backend> ReadOnce<DB> for Merge<'_, M> {
    type Output = M;

    fn read<'a>(self, row: &impl Row<'a, DB>) -> deserialize::Result<M> {
        M::read_columns(Merged {
            row: self.row,
            found: FromRow(row),
            back: self.back,
        })
    }
}

/// A row in memory and the same row in the database, from which some columns are read.
struct Merged<'r, M, R> {
    row: &'r M,
    found: R,
    back: ColumnSet,
}

impl<M, DB, R> Source<M, DB> for Merged<'_, M, R>
where
    M: Model,
    DB: Backend,
    R: Source<M, DB>,
{
    fn value<F>(&mut self, index: usize) -> deserialize::Result<F::Value>
    where
        F: Field<Model = M> + ReadValue<DB>,
    {
        match self.back.contains(index) {
            true => self.found.value::<F>(index),
            false => Ok(F::read(self.row).clone()),
        }
    }

    fn whole(&mut self) -> deserialize::Result<M>
    where
        M: FromSqlRow<M::SqlType, DB>,
    {
        self.found.whole()
    }
}

/// Checks that a statement found the row with this key.
pub(super) fn found<M: Model>(touched: usize, key: &KeyOf<M>) -> Result<()> {
    if touched == 0 {
        return Err(Error::not_found(M::NAME, M::PrimaryKey::show(key)));
    }
    Ok(())
}
