//! One existing row, in SQL: changed, added to, read again, deleted.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::{Error as DieselError, QueryResult};
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::connection::Connection;
use crate::dialect::{Back, Dialect};
use crate::error::{Error, Result};
use crate::field::Field;
use crate::meta::ColumnSet;
use crate::model::{KeyOf, Model, PrimaryKey, Values};
use crate::query::filter::BindKey;
use crate::write::statement::Statement;
use crate::write::stored::{self, Updatable};
use crate::write::values::{BindAt, BindValue, Columns, Visit, Whole};

/// Writes these columns of the row with this row's key. Returns this row with the columns `back`, if there are any,
/// as the database has them after it.
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

/// Why a row was not found: it is gone, or it has another version.
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

/// An addition to a column: `column = column + ?`, or with another operator.
pub struct Sum<'a, DB: Backend> {
    column: &'static str,
    operator: &'static str,
    by: Box<dyn QueryFragment<DB> + 'a>,
    /// The text around the sum in a condition that is true if the sum fits; see [`Dialect::sum_fits`].
    fits: Option<[&'static str; 2]>,
}

impl<'a, DB: Dialect> Sum<'a, DB> {
    pub(crate) fn new<ST, V>(column: &'static str, operator: &'static str, by: &'a V) -> Self
    where
        ST: 'static,
        DB: HasSqlType<ST>,
        V: ToSql<ST, DB>,
    {
        Self {
            column,
            operator,
            by: Box::new(Addend::<ST, V>::new(by)),
            fits: DB::sum_fits::<ST>(),
        }
    }

    /// `column + ?`
    fn push<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_identifier(self.column)?;
        out.push_sql(self.operator);
        self.by.walk_ast(out)
    }

    /// The condition that is true if the sum fits.
    fn push_fits<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        let Some([before, after]) = self.fits else {
            out.push_sql("1 = 1");
            return Ok(());
        };
        out.push_sql(before);
        self.push(out.reborrow())?;
        out.push_sql(after);
        Ok(())
    }
}

/// `a = a + ?, b = b + ?`; it fails if a sum does not fit.
pub(crate) struct AddAll<'s, 'a, DB: Backend>(pub(crate) &'s [Sum<'a, DB>]);

impl<DB: Dialect> QueryFragment<DB> for AddAll<'_, '_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        for (position, sum) in self.0.iter().enumerate() {
            if position > 0 {
                out.push_sql(", ");
            }
            out.push_identifier(sum.column)?;
            out.push_sql(" = ");
            if sum.fits.is_none() {
                sum.push(out.reborrow())?;
                continue;
            }
            out.push_sql("CASE WHEN ");
            sum.push_fits(out.reborrow())?;
            out.push_sql(" THEN ");
            sum.push(out.reborrow())?;
            out.push_sql(" ELSE ");
            out.push_sql(DB::FAILURE);
            out.push_sql(" END");
        }
        Ok(())
    }
}

/// `COUNT(CASE WHEN … THEN NULL ELSE 1 END)`: how many sums do not fit.
struct Misfits<'s, 'a, DB: Backend>(&'s Sum<'a, DB>);

impl<DB: Dialect> QueryFragment<DB> for Misfits<'_, '_, DB> {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_sql("COUNT(CASE WHEN ");
        self.0.push_fits(out.reborrow())?;
        out.push_sql(" THEN NULL ELSE 1 END)");
        Ok(())
    }
}

/// The meaning of `error`, which came from adding to the rows that a condition finds: a backend that does not know
/// the limits of a column does not tell which sum exceeds them.
pub(crate) fn misfit<'a, M, C>(
    conn: &mut C,
    error: Error,
    sums: &'a [Sum<'a, C::Backend>],
    condition: impl Fn(Statement<'a, C::Backend>) -> Statement<'a, C::Backend>,
) -> Error
where
    M: Model,
    C: Connection,
{
    if let (Error::CheckViolation(_), [sum]) = (&error, sums) {
        return error.at(sum.column);
    }
    if !matches!(error, Error::Database(DieselError::DatabaseError(..))) {
        return error;
    }
    for sum in sums.iter().filter(|sum| sum.fits.is_some()) {
        let count = Statement::on::<M>("SELECT ").fragment(Misfits(sum));
        match condition(count.sql(" FROM ").table::<M>()).number(conn) {
            Ok(0) | Err(_) => continue,
            Ok(_) => return Error::out_of_range(&M::META, sum.column),
        }
    }
    error
}

/// The added number, as a bind.
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

/// Adds ` WHERE key = ?` to a statement.
fn of_key<'a, M, DB>(key: &'a KeyOf<M>) -> impl Fn(Statement<'a, DB>) -> Statement<'a, DB>
where
    M: Model<PrimaryKey: BindKey<DB>>,
    DB: Dialect,
{
    move |statement| statement.sql(" WHERE ").key_is::<M>(key)
}

/// Adds to numbers of the row with this row's key, and returns the row as the database has it after it. Also writes
/// `stamps`.
pub(crate) fn add<M, C>(
    conn: &mut C,
    row: &M,
    sums: &[Sum<'_, C::Backend>],
    stamps: &Values<M>,
) -> Result<M>
where
    M: Updatable<C::Backend>,
    C: Connection,
{
    let key = M::PrimaryKey::of(row);
    let update = Statement::on::<M>("UPDATE ").table::<M>().sql(" SET ");
    let mut update = update.fragment(AddAll(sums));
    let stamped = stamps.given();
    if !stamped.is_empty() {
        update = update.sql(", ").assign::<M>(stamps, stamped);
    }
    let update = of_key::<M, C::Backend>(&key)(update.raise_version::<M>());
    let columns = sums.iter().fold(ColumnSet::new(), |columns, sum| {
        columns.and(M::META.columns_named(&[sum.column]))
    });
    let may_refuse = !M::META.may_refuse(columns).within(columns).is_empty();
    let added = match C::Backend::BACK {
        Back::Returning => stored::update(conn, row, update, M::META.all_columns(), may_refuse),
        // Changes that others write in between are just as valid, so this needs no transaction.
        Back::ReturningWritten | Back::Select => stored::whole(conn, may_refuse, |conn| {
            stored::found::<M>(update.execute(conn)?, &key)?;
            read(conn, row)
        }),
    };
    added.map_err(|error| misfit::<M, C>(conn, error, sums, of_key::<M, _>(&key)))
}

/// Reads the row with this row's key as it is committed now.
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
