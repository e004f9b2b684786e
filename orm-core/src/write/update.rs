//! One row that is there, in SQL: changed, added to, read again, deleted.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::connection::Connection;
use crate::dialect::{Back, Dialect};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::meta::ColumnSet;
use crate::model::{Model, PrimaryKey, Values};
use crate::write::statement::Statement;
use crate::write::stored::{self, Updatable};
use crate::write::values::{BindAt, BindValue, Columns, Visit, Whole};

/// Writes these columns of the row with this row's key. Gives this row with the columns `back` as the
/// database then has them, if there are any.
pub(crate) fn write<M, C>(
    conn: &mut C,
    row: &M,
    values: &dyn BindAt<C::Backend>,
    columns: ColumnSet,
    back: ColumnSet,
) -> Result<Option<M>>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let key = M::PrimaryKey::of(row);
    let version = Whole(row);
    let update = Statement::on::<M>("UPDATE ")
        .table::<M>()
        .sql(" SET ")
        .assign::<M>(values, columns)
        .sql(" WHERE ")
        .key_is::<M>(&key)
        .version_is::<M>(&version);
    let written = match back.is_empty() {
        true => {
            let touched = update.execute(conn)?;
            stored::found::<M>(touched, &key).map(|()| None)
        }
        false => {
            let refused = M::META.may_refuse(columns).within(back);
            stored::update(conn, row, update, back, !refused.is_empty()).map(Some)
        }
    };
    written.map_err(|error| stale(conn, row, error))
}

/// If a row was not found, why: it is gone, or has another version.
fn stale<M, C>(conn: &mut C, row: &M, error: Error) -> Error
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    match (&error, M::META.version) {
        (Error::NotFound { .. }, Some(_)) => match read(conn, row) {
            Ok(_) => Error::Stale {
                model: M::NAME,
                key: M::PrimaryKey::show(&M::PrimaryKey::of(row)),
            },
            Err(error) => error,
        },
        _ => error,
    }
}

/// What is added to a column: `column = column + ?`, or with another operator.
pub(crate) struct Sum<'a, DB: Backend> {
    column: &'static str,
    operator: &'static str,
    by: &'a dyn QueryFragment<DB>,
    /// What stands around the sum in a condition that holds if it fits; see [`Dialect::sum_fits`].
    fits: Option<[&'static str; 2]>,
}

impl<'a, DB: Dialect> Sum<'a, DB> {
    pub(crate) fn new<F: diesel::Column<SqlType: 'static>>(
        operator: &'static str,
        by: &'a dyn QueryFragment<DB>,
    ) -> Self {
        Self {
            column: F::NAME,
            operator,
            by,
            fits: DB::sum_fits::<F::SqlType>(),
        }
    }

    /// `column + ?`
    fn push(&self, statement: Statement<'a, DB>) -> Statement<'a, DB> {
        statement
            .name(self.column)
            .sql(self.operator)
            .fragment(self.by)
    }
}

/// What is added, as a bind.
pub(crate) struct Addend<'v, ST, V>(&'v V, PhantomData<fn() -> ST>);

impl<'v, ST, V> Addend<'v, ST, V> {
    pub(crate) fn new(by: &'v V) -> Self {
        Self(by, PhantomData)
    }
}

impl<ST, V, DB> QueryFragment<DB> for Addend<'_, ST, V>
where
    DB: Backend + HasSqlType<ST>,
    V: ToSql<ST, DB>,
{
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_bind_param::<ST, V>(self.0)
    }
}

/// Adds to a number of the row with this row's key, and gives the row as the database then has it.
/// `stamps` are written, too.
pub(crate) fn add<M, C>(
    conn: &mut C,
    row: &M,
    sum: &Sum<'_, C::Backend>,
    stamps: &Values<M>,
) -> Result<M>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let key = M::PrimaryKey::of(row);
    let update = Statement::on::<M>("UPDATE ").table::<M>().sql(" SET ");
    let mut update = sum.push(update.name(sum.column).sql(" = "));
    let stamped = stamps.given();
    if !stamped.is_empty() {
        update = update.sql(", ").assign::<M>(stamps, stamped);
    }
    let update = update.raise_version::<M>().sql(" WHERE ");
    let mut update = update.key_is::<M>(&key);
    if let Some([before, after]) = sum.fits {
        update = sum.push(update.sql(" AND ").sql(before)).sql(after);
    }
    let column = M::META.columns_named(&[sum.column]);
    let may_refuse = !M::META.may_refuse(column).within(column).is_empty();
    let added = match C::Backend::BACK {
        Back::Returning => {
            stored::update(conn, row, update, M::META.all_columns(), may_refuse).map(Some)
        }
        // Whatever others wrote meanwhile is as good, so this needs no transaction.
        Back::ReturningWritten | Back::Select => stored::whole(conn, may_refuse, |conn| {
            let touched = update.execute(conn)?;
            let stored = read(conn, row)?;
            Ok((touched > 0).then_some(stored))
        }),
    };
    match added.map_err(|error| error.at(sum.column))? {
        Some(stored) => Ok(stored),
        // The row is there, but its column does not take the sum.
        None => Err(Error::out_of_range(&M::META, sum.column)),
    }
}

/// Reads the row with this row's key, as it is committed now.
pub(crate) fn read<M, C>(conn: &mut C, row: &M) -> Result<M>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    stored::select(conn, row, &M::PrimaryKey::of(row), M::META.all_columns())
}

/// Deletes the row with this row's key.
pub(crate) fn delete<M, C>(conn: &mut C, row: &M) -> Result<()>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let key = M::PrimaryKey::of(row);
    let version = Whole(row);
    let touched = Statement::on::<M>("DELETE FROM ")
        .table::<M>()
        .sql(" WHERE ")
        .key_is::<M>(&key)
        .version_is::<M>(&version)
        .execute(conn)?;
    stored::found::<M>(touched, &key).map_err(|error| stale(conn, row, error))
}

/// The values of these columns of a row.
pub(crate) fn values_of<M, DB>(row: &M, columns: ColumnSet) -> Values<M>
where
    M: Columns<DB>,
    DB: Backend,
{
    let mut values = Values::default();
    for index in columns.iter() {
        let values = &mut values;
        M::visit(index, Copy { row, values });
    }
    values
}

struct Copy<'r, 'v, M: Model> {
    row: &'r M,
    values: &'v mut Values<M>,
}

impl<M: Model, DB: Backend> Visit<M, DB> for Copy<'_, '_, M> {
    type Output = ();

    fn field<F>(self)
    where
        F: Field<Model = M> + BindValue<DB>,
    {
        *F::place(self.values) = Some(F::read(self.row).clone());
    }
}

/// Writes values into a row in memory.
pub(crate) fn apply<M, DB>(row: &mut M, values: &mut Values<M>, columns: ColumnSet)
where
    M: Columns<DB>,
    DB: Backend,
{
    for index in columns.iter() {
        M::visit(index, Apply { row, values });
    }
}

struct Apply<'r, 'v, M, V> {
    row: &'r mut M,
    values: &'v mut V,
}

impl<M: Model, DB: Backend> Visit<M, DB> for Apply<'_, '_, M, Values<M>> {
    type Output = ();

    fn field<F>(self)
    where
        F: Field<Model = M> + BindValue<DB>,
    {
        if let Some(value) = F::place(self.values).take() {
            F::write(self.row, value);
        }
    }
}
