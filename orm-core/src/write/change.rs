//! Existing rows: changing and deleting them.

use diesel::expression::QueryMetadata;
use diesel::query_builder::QueryFragment;

use crate::connection::Connection;
use crate::error::Result;
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::write::inserting::Returns;
use crate::write::pipeline;
use crate::write::stored::Updatable;
use crate::write::update::{self, Sum};

/// A connection on which you can change and delete rows of this model.
pub trait Write<C: Connection>: Model {
    /// Writes changes to the database, and then writes what the database stored into this value. Returns the
    /// columns that were written into this value.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone; constraint violations.
    fn update_row(&mut self, conn: &mut C, changes: Values<Self>) -> Result<ColumnSet>;

    /// Writes all columns except the key.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone; constraint violations.
    fn save_row(&mut self, conn: &mut C) -> Result<()>;

    /// Runs `SET column = column + by, …`, or the same with another operator, and reads the row again.
    ///
    /// # Errors
    /// [`Error::NotFound`](crate::Error::NotFound) if the row is gone;
    /// [`Error::CheckViolation`](crate::Error::CheckViolation) if a sum does not fit.
    fn add_to(&mut self, conn: &mut C, sums: &[Sum<'_, C::Backend>]) -> Result<()>;

    /// Writes changes and SQL assignments into all rows that a filter finds, and returns how many there were.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn update_rows(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        changes: Values<Self>,
        also: Option<&dyn QueryFragment<C::Backend>>,
    ) -> Result<usize>;

    /// The same for `SET column = column + by, …`.
    ///
    /// # Errors
    /// [`Error::CheckViolation`](crate::Error::CheckViolation) if a sum does not fit.
    fn add_to_rows(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        sums: &[Sum<'_, C::Backend>],
    ) -> Result<usize>;

    /// Deletes all rows that a filter finds, and returns how many there were.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn delete_rows(conn: &mut C, filter: Option<&dyn QueryFragment<C::Backend>>) -> Result<usize>;

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

    fn add_to(&mut self, conn: &mut C, sums: &[Sum<'_, C::Backend>]) -> Result<()> {
        pipeline::add::<M, M::Hooks, C>(conn, self, sums)
    }

    fn update_rows(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        changes: Values<M>,
        also: Option<&dyn QueryFragment<C::Backend>>,
    ) -> Result<usize> {
        pipeline::update_rows::<M, M::Hooks, C>(conn, filter, changes, also)
    }

    fn add_to_rows(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        sums: &[Sum<'_, C::Backend>],
    ) -> Result<usize> {
        pipeline::add_to_rows::<M, C, _>(conn, filter, sums, |conn, also| {
            pipeline::update_rows::<M, M::Hooks, C>(conn, filter, Values::default(), also)
        })
    }

    fn delete_rows(conn: &mut C, filter: Option<&dyn QueryFragment<C::Backend>>) -> Result<usize> {
        pipeline::destroy_rows::<M, M::Hooks, C>(conn, filter)
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

/// A connection on which a statement returns the rows of this model that it wrote.
pub trait WriteBack<C: Connection>: Write<C> {
    /// Like [`update_rows`](Write::update_rows), but returns the rows as they are after it.
    ///
    /// # Errors
    /// Constraint violations, other database errors, and values that cannot be read; then nothing is written.
    fn update_rows_back(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        changes: Values<Self>,
        also: Option<&dyn QueryFragment<C::Backend>>,
    ) -> Result<Vec<Self>>;

    /// Like [`add_to_rows`](Write::add_to_rows), but returns the rows as they are after it.
    ///
    /// # Errors
    /// As [`update_rows_back`](Self::update_rows_back), and an error if a sum does not fit.
    fn add_to_rows_back(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        sums: &[Sum<'_, C::Backend>],
    ) -> Result<Vec<Self>>;

    /// Like [`delete_rows`](Write::delete_rows), but returns the rows as they were.
    ///
    /// # Errors
    /// Constraint violations, other database errors, and values that cannot be read; then nothing is deleted.
    fn delete_rows_back(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
    ) -> Result<Vec<Self>>;
}

impl<M, C> WriteBack<C> for M
where
    C: Connection<Backend: Returns + QueryMetadata<M::SqlType>>,
    M: Updatable<C::Backend>,
{
    fn update_rows_back(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        changes: Values<M>,
        also: Option<&dyn QueryFragment<C::Backend>>,
    ) -> Result<Vec<M>> {
        pipeline::update_rows_back::<M, M::Hooks, C>(conn, filter, changes, also)
    }

    fn add_to_rows_back(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
        sums: &[Sum<'_, C::Backend>],
    ) -> Result<Vec<M>> {
        pipeline::add_to_rows::<M, C, _>(conn, filter, sums, |conn, also| {
            pipeline::update_rows_back::<M, M::Hooks, C>(conn, filter, Values::default(), also)
        })
    }

    fn delete_rows_back(
        conn: &mut C,
        filter: Option<&dyn QueryFragment<C::Backend>>,
    ) -> Result<Vec<M>> {
        pipeline::destroy_rows_back::<M, M::Hooks, C>(conn, filter)
    }
}
