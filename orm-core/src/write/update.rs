//! Changing rows that are there.

use diesel::expression::QueryMetadata;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::field::Field;
use crate::meta::ColumnSet;
use crate::model::{Model, PrimaryKey, Values};
use crate::query::filter::BindKey;
use crate::query::read::ReadColumns;
use crate::write::statement::Statement;
use crate::write::stored;
use crate::write::values::{BindAt, BindValue, Columns, Visit};

/// A connection on which rows of this model can be changed and deleted.
pub trait Write<C: Connection>: Model {
    /// Writes these columns of the row with this row's key. Gives this row with the columns `back` as the
    /// database then has them, where there are any.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the row is gone.
    fn write_values(
        &self,
        conn: &mut C,
        values: &dyn BindAt<C::Backend>,
        columns: ColumnSet,
        back: ColumnSet,
    ) -> Result<Option<Self>>;

    /// `SET column = column + by`, or with another operator. Gives whether there was a row to change: none,
    /// where the row is gone or the sum does not fit.
    ///
    /// # Errors
    /// [`Error::CheckViolation`] where the database says that the sum does not fit.
    fn add_to<F, V>(&self, conn: &mut C, operator: &'static str, by: &V) -> Result<bool>
    where
        F: diesel::Column<SqlType: 'static>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>;

    /// Deletes the row.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the row is gone.
    fn delete_row(&self, conn: &mut C) -> Result<()>;
}

impl<M, C> Write<C> for M
where
    C: Connection,
    C::Backend: QueryMetadata<M::SqlType>,
    M: Model<PrimaryKey: BindKey<C::Backend>> + ReadColumns<C::Backend> + Columns<C::Backend>,
{
    fn write_values(
        &self,
        conn: &mut C,
        values: &dyn BindAt<C::Backend>,
        columns: ColumnSet,
        back: ColumnSet,
    ) -> Result<Option<M>> {
        let key = M::PrimaryKey::of(self);
        let update = Statement::on::<M>("UPDATE ")
            .table::<M>()
            .sql(" SET ")
            .assign::<M>(values, columns)
            .sql(" WHERE ")
            .key_is::<M>(&key);
        if back.is_empty() {
            let touched = update.execute(conn)?;
            return stored::found::<M>(touched, &key).map(|()| None);
        }
        let refused = M::META.may_refuse(columns).within(back);
        stored::update(conn, self, update, back, !refused.is_empty()).map(Some)
    }

    fn add_to<F, V>(&self, conn: &mut C, operator: &'static str, by: &V) -> Result<bool>
    where
        F: diesel::Column<SqlType: 'static>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        let key = M::PrimaryKey::of(self);
        let mut update = Statement::on::<M>("UPDATE ")
            .table::<M>()
            .sql(" SET ")
            .name(F::NAME)
            .sql(" = ")
            .name(F::NAME)
            .sql(operator)
            .bind::<F::SqlType, V>(by)
            .sql(" WHERE ")
            .key_is::<M>(&key);
        if let Some([before, after]) = C::Backend::sum_fits::<F::SqlType>() {
            update = update
                .sql(" AND ")
                .sql(before)
                .name(F::NAME)
                .sql(operator)
                .bind::<F::SqlType, V>(by)
                .sql(after);
        }
        let touched = update.execute(conn).map_err(|error| error.at(F::NAME))?;
        Ok(touched > 0)
    }

    fn delete_row(&self, conn: &mut C) -> Result<()> {
        let key = M::PrimaryKey::of(self);
        let touched = super::destroy::delete::<M, C>(conn, &key)?;
        stored::found::<M>(touched, &key)
    }
}

/// Writes these changes to the database, and then to the row in memory what the database made of them.
pub(crate) fn change<M, C>(conn: &mut C, row: &mut M, mut changes: Values<M>) -> Result<()>
where
    C: Connection,
    M: Write<C> + Columns<C::Backend>,
{
    let columns = changes.given();
    let back = stored::unsure::<M, C::Backend>(columns, |index| changes.untyped(index));
    if let Some(stored) = row.write_values(conn, &changes, columns, back)? {
        *row = stored;
    }
    apply::<M, C::Backend>(row, &mut changes, columns.without(back));
    Ok(())
}

/// Writes values into a row in memory.
fn apply<M, DB>(row: &mut M, values: &mut Values<M>, columns: ColumnSet)
where
    M: Columns<DB>,
    DB: diesel::backend::Backend,
{
    for index in columns.iter() {
        M::visit(index, Apply { row, values });
    }
}

struct Apply<'r, 'v, M, V> {
    row: &'r mut M,
    values: &'v mut V,
}

impl<M: Model, DB: diesel::backend::Backend> Visit<M, DB> for Apply<'_, '_, M, Values<M>> {
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
