//! Values for columns: what a `New…`, a `…Changes` and a row have in common.

use diesel::backend::Backend;
use diesel::expression::Expression;
use diesel::query_builder::AstPass;
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::field::Field;
use crate::model::Model;

/// A set of columns, one bit each in the order of the fields.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct ColumnSet(u128);

impl ColumnSet {
    /// No columns.
    #[must_use]
    pub const fn new() -> Self {
        Self(0)
    }

    /// The columns whose bits are set.
    #[must_use]
    pub const fn of(bits: u128) -> Self {
        Self(bits)
    }

    /// With the column at `index`, if `given`.
    #[must_use]
    pub const fn with(self, index: usize, given: bool) -> Self {
        Self(self.0 | ((given as u128) << index))
    }

    /// The columns that are not in `others`.
    #[must_use]
    pub(crate) const fn without(self, others: Self) -> Self {
        Self(self.0 & !others.0)
    }

    /// Whether all of `others` are among these.
    pub(crate) const fn has(self, others: Self) -> bool {
        others.0 & !self.0 == 0
    }

    /// The indexes of the columns, in order.
    pub(crate) fn iter(self) -> impl Iterator<Item = usize> {
        let mut left = self.0;
        std::iter::from_fn(move || {
            let lowest = left.trailing_zeros() as usize;
            left &= left.checked_sub(1)?;
            Some(lowest)
        })
    }

    pub(crate) fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub(crate) fn len(self) -> usize {
        self.0.count_ones() as usize
    }
}

/// Values for some columns of a model.
pub trait Given {
    /// The model.
    type Model: Model;

    /// The columns that have a value, NULL being one.
    fn given(&self) -> ColumnSet;

    /// Gives the columns a value whose default is made here and not in the database: so a row is
    /// found again by its key on every backend.
    fn fill(&mut self) {}
}

/// Values that a backend can bind.
pub trait Values<DB: Backend>: Given {
    /// Binds the value of the column at `index`.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind<'b>(&'b self, index: usize, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

/// A backend that stores decimals with all their digits.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` has no exact decimals",
    note = "store the number of the smallest unit in an `i64`, such as cents"
)]
pub trait ExactDecimals {}

/// A field whose value a backend can bind.
#[diagnostic::on_unimplemented(
    message = "the backend `{DB}` cannot store this field's type",
    note = "see the table of types in the guide, chapter \"models\""
)]
pub trait BindValue<DB: Backend>: Field {
    /// Binds the value.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind_value<'b>(value: &'b Self::Value, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;

    /// Binds the value, if there is one.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind_given<'b>(value: &'b Option<Self::Value>, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        match value {
            Some(value) => Self::bind_value(value, out),
            None => Ok(()),
        }
    }
}

impl<F, ST, DB> BindValue<DB> for F
where
    F: Field<Column: Expression<SqlType = ST>>,
    DB: Backend + HasSqlType<ST>,
    F::Value: ToSql<ST, DB>,
{
    fn bind_value<'b>(value: &'b F::Value, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_bind_param::<ST, F::Value>(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indexes_come_in_order_up_to_the_last_bit() {
        for indexes in [&[][..], &[0], &[127], &[0, 1, 63, 64, 126, 127]] {
            let set = indexes
                .iter()
                .fold(ColumnSet::new(), |set, index| set.with(*index, true));
            assert!(set.iter().eq(indexes.iter().copied()));
            assert_eq!(set.len(), indexes.len());
        }
    }
}
