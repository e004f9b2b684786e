//! What the database made of the values that a row was given: it may have rounded or cut them, and have written
//! others itself.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSqlRow};
use diesel::expression::QueryMetadata;

use crate::connection::{Connection, is_in_transaction};
use crate::dialect::{Back, Dialect};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::fields::FieldList;
use crate::meta::ColumnSet;
use crate::model::{KeyOf, Model, PrimaryKey};
use crate::query::filter::BindKey;
use crate::query::read::{FromRow, ReadColumns, ReadValue, Source};
use crate::untyped::Untyped;
use crate::write::statement::Statement;
use crate::write::values::{BindValue, Columns, Visit};

/// The columns that must be read again once these values are written: those of which nobody can know that they
/// stay as they are, and those that only the database writes. Of a row that Diesel's `Queryable` makes, nobody knows
/// what it makes of them.
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

/// The value of the field at `index` of a row.
pub(crate) fn of_row<M: Columns<DB>, DB: Backend>(row: &M, index: usize) -> Option<Untyped<'_>> {
    M::visit(index, Look(row))
}

struct Look<'r, M>(&'r M);

impl<'r, M: Model, DB: Backend> Visit<M, DB> for Look<'r, M> {
    type Output = Untyped<'r>;

    fn field<F>(self) -> Untyped<'r>
    where
        F: Field<Model = M> + BindValue<DB>,
    {
        Untyped::new::<F::Sql>(F::read(self.0))
    }
}

/// Runs `work` so that it writes all or nothing, where that must be seen to.
pub(crate) fn whole<C: Connection, T>(
    conn: &mut C,
    must: bool,
    work: impl FnOnce(&mut C) -> Result<T>,
) -> Result<T> {
    match must {
        true => conn.transaction(work),
        false => work(conn),
    }
}

/// Runs an `UPDATE` of `row` and gives it with the columns `back` as the database has them.
pub(super) fn update<C, M>(
    conn: &mut C,
    row: &M,
    update: Statement<'_, C::Backend>,
    back: ColumnSet,
    may_refuse: bool,
) -> Result<M>
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Model<PrimaryKey: BindKey<C::Backend>> + ReadColumns<C::Backend> + Columns<C::Backend>,
{
    let key = M::PrimaryKey::of(row);
    let by_triggers = const { !M::META.read_only().is_empty() };
    match C::Backend::BACK {
        Back::ReturningWritten if by_triggers => whole(conn, true, |conn| {
            found::<M>(update.execute(conn)?, &key)?;
            select(conn, row, &key, back)
        }),
        Back::Select => {
            // In the caller's transaction nobody else changes the row before it is read.
            let must = may_refuse || !is_in_transaction(conn);
            whole(conn, must, |conn| {
                found::<M>(update.execute(conn)?, &key)?;
                select(conn, row, &key, back)
            })
        }
        one => {
            // Where it costs no round trip.
            let must = may_refuse || one == Back::ReturningWritten;
            let update = update.sql(" RETURNING ").columns::<M>();
            whole(conn, must, |conn| read(conn, row, update, &key, back))
        }
    }
}

fn select<C, M>(conn: &mut C, row: &M, key: &KeyOf<M>, back: ColumnSet) -> Result<M>
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Model<PrimaryKey: BindKey<C::Backend>> + ReadColumns<C::Backend> + Columns<C::Backend>,
{
    let select = Statement::on::<M>("SELECT ")
        .columns::<M>()
        .sql(" FROM ")
        .table::<M>()
        .sql(" WHERE ")
        .key_is::<M>(key)
        // An update that changed nothing does not show what others committed since the transaction began.
        .sql(C::Backend::SHARE_LATEST);
    read(conn, row, select, key, back)
}

/// The one row that a statement gives.
fn read<C, M>(
    conn: &mut C,
    row: &M,
    statement: Statement<'_, C::Backend>,
    key: &KeyOf<M>,
    back: ColumnSet,
) -> Result<M>
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: ReadColumns<C::Backend>,
{
    let blame = |error| Error::from(error).on::<M>();
    let rows = statement.rows::<M::SqlType>();
    let mut cursor = C::Backend::load::<C, M::SqlType>(conn, &rows).map_err(blame)?;
    let Some(found) = cursor.next() else {
        return Err(Error::not_found(M::NAME, M::PrimaryKey::show(key)));
    };
    let found = found.map_err(blame)?;
    let merged = Merged {
        row,
        found: FromRow(&found),
        back,
    };
    let stored = M::read_columns(merged).map_err(|error| Error::reading(M::NAME, error))?;
    drop(found);
    // A statement that ran to its end has said all that went wrong.
    match cursor.next() {
        Some(Err(error)) => Err(blame(error)),
        _ => Ok(stored),
    }
}

/// A row in memory, and the same row in the database, of which some columns are read.
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

/// That a statement met the row of this key.
pub(super) fn found<M: Model>(touched: usize, key: &KeyOf<M>) -> Result<()> {
    if touched == 0 {
        return Err(Error::not_found(M::NAME, M::PrimaryKey::show(key)));
    }
    Ok(())
}
