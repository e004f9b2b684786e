//! Which SQL types are numbers.

use diesel::sql_types::{BigInt, Double, Float, Integer, Nullable, SmallInt};

/// The SQL type of a column that can be incremented and decremented.
#[diagnostic::on_unimplemented(
    message = "a column of type `{Self}` is not a number",
    label = "expected a column with a number"
)]
pub trait Numeric: 'static {}

impl Numeric for SmallInt {}
impl Numeric for Integer {}
impl Numeric for BigInt {}
impl Numeric for Float {}
impl Numeric for Double {}
impl Numeric for diesel::sql_types::Numeric {}
#[cfg(feature = "mysql")]
impl<T: Numeric> Numeric for diesel::sql_types::Unsigned<T> {}
impl<T: Numeric + diesel::sql_types::SqlType> Numeric for Nullable<T> {}
