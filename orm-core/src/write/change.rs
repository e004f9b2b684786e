//! Rows that are there: changing and deleting them.

use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::connection::Connection;
use crate::error::Result;
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::write::pipeline;
use crate::write::stored::Updatable;
use crate::write::update::{self, Addend, Sum};

/// A connection on which rows of this model can be changed and deleted.
pub trait Write<C: Connection>: Model {
    /// Writes changes to the database, and then to this value what the database made of them. Gives the columns that
    /// were written into this value.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone; constraint violations.
    fn update_row(&mut self, conn: &mut C, changes: Values<Self>) -> Result<ColumnSet>;

    /// Writes all columns but the key.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone; constraint violations.
    fn save_row(&mut self, conn: &mut C) -> Result<()>;

    /// `SET column = column + by`, or with another operator. Reads the row again.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone;
    /// [`Error::CheckViolation`](crate::Error::CheckViolation) if the sum does not fit.
    fn add_to<F, V>(&mut self, conn: &mut C, operator: &'static str, by: &V) -> Result<()>
    where
        F: diesel::Column<SqlType: 'static>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>;

    /// Deletes the row.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone.
    fn delete_row(&self, conn: &mut C) -> Result<()>;

    /// The values of these columns in this value.
    fn values_of(&self, columns: ColumnSet) -> Values<Self>;

    /// Takes these columns from another value. Nothing is sent.
    fn take_from(&mut self, other: &Self, columns: ColumnSet);
}

impl<M, C> Write<C> for M
where
    C: Connection,
    M: Updatable<C::Backend>,
{
    fn update_row(&mut self, conn: &mut C, changes: Values<M>) -> Result<ColumnSet> {
        pipeline::update::<M, M::Hooks, C>(conn, self, changes)
    }

    fn save_row(&mut self, conn: &mut C) -> Result<()> {
        pipeline::save::<M, M::Hooks, C>(conn, self)
    }

    fn add_to<F, V>(&mut self, conn: &mut C, operator: &'static str, by: &V) -> Result<()>
    where
        F: diesel::Column<SqlType: 'static>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        let by = Addend::<F::SqlType, V>::new(by);
        pipeline::add::<M, M::Hooks, C>(conn, self, &Sum::new::<F>(operator, &by))
    }

    fn delete_row(&self, conn: &mut C) -> Result<()> {
        pipeline::destroy::<M, M::Hooks, C>(conn, self)
    }

    fn values_of(&self, columns: ColumnSet) -> Values<M> {
        update::values_of::<M, C::Backend>(self, columns)
    }

    fn take_from(&mut self, other: &M, columns: ColumnSet) {
        let mut values = update::values_of::<M, C::Backend>(other, columns);
        update::apply::<M, C::Backend>(self, &mut values, columns);
    }
}
