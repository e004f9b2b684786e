//! Changing rows that are there.

use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::Connection;
use crate::error::{Error, Result};
use crate::model::{Model, PrimaryKey};
use crate::query::filter::BindKey;
use crate::write::statement::Statement;
use crate::write::values::{ColumnSet, Values};

/// A connection on which rows of this model can be changed and deleted.
pub trait Write<C: Connection>: Model {
    /// Writes these columns of the row with this row's key.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the row is gone.
    fn write_values<V: Values<C::Backend>>(
        &self,
        conn: &mut C,
        values: &V,
        columns: ColumnSet,
    ) -> Result<()>;

    /// `SET column = column + by`, or with another operator.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the row is gone.
    fn add_to<F, V>(&self, conn: &mut C, operator: &'static str, by: &V) -> Result<()>
    where
        F: diesel::Column,
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
    M: Model<PrimaryKey: BindKey<C::Backend>>,
{
    fn write_values<V: Values<C::Backend>>(
        &self,
        conn: &mut C,
        values: &V,
        columns: ColumnSet,
    ) -> Result<()> {
        let key = M::PrimaryKey::of(self);
        let touched = Statement::on::<M>("UPDATE ")
            .table::<M>()
            .sql(" SET ")
            .assign(values, columns)
            .sql(" WHERE ")
            .key_is::<M>(&key)
            .execute(conn)?;
        found::<M>(touched, &key)
    }

    fn add_to<F, V>(&self, conn: &mut C, operator: &'static str, by: &V) -> Result<()>
    where
        F: diesel::Column,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        let key = M::PrimaryKey::of(self);
        let touched = Statement::on::<M>("UPDATE ")
            .table::<M>()
            .sql(" SET ")
            .name(F::NAME)
            .sql(" = ")
            .name(F::NAME)
            .sql(operator)
            .bind::<F::SqlType, V>(by)
            .sql(" WHERE ")
            .key_is::<M>(&key)
            .execute(conn)?;
        found::<M>(touched, &key)
    }

    fn delete_row(&self, conn: &mut C) -> Result<()> {
        let key = M::PrimaryKey::of(self);
        let touched = super::destroy::delete::<M, C>(conn, &key)?;
        found::<M>(touched, &key)
    }
}

fn found<M: Model>(touched: usize, key: &crate::model::KeyOf<M>) -> Result<()> {
    if touched == 0 {
        return Err(Error::not_found(M::NAME, M::PrimaryKey::show(key)));
    }
    Ok(())
}
