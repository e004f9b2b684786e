//! A value as an operand of a Diesel expression.

use diesel::backend::Backend;
use diesel::expression::{AsExpression, TypedExpressionType};
use diesel::internal::derives::as_expression::Bound;
use diesel::serialize::{self, Output, ToSql};
use diesel::sql_types::SqlType;

/// A value that fits every SQL type that can store it; [`value`] makes one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value<T>(pub T);

/// Makes a value an operand of a Diesel expression.
///
/// Diesel needs an impl for each pair of a Rust type and a SQL type of which the first can stand for
/// the second, and only the crate of one of the two can provide it. So if a column has one of the
/// types of [`sql_types`](crate::sql_types), an expression on it takes the value in this wrapper.
/// The column itself takes the plain value: `events::at.gt(moment)`, but
/// `events::at.nullable().gt(value(moment))`.
///
/// ```
/// # mod model {
/// #     use orm_core::prelude::*;
/// #     #[derive(Model, Debug, Clone, PartialEq)]
/// #     pub struct Event {
/// #         #[model(primary_key)] pub id: i32,
/// #         pub at: chrono::NaiveDateTime,
/// #     }
/// #     orm_core::schema! { pub App { Event } }
/// # }
/// # use model::*; use diesel::prelude::*; use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut SqliteConnection::establish(":memory:").expect("SQLite opens");
/// # App::create_all(conn)?;
/// let moment = chrono::NaiveDateTime::default();
/// let later = events::at.nullable().gt(orm_core::value(Some(moment)));
/// assert_eq!(Event::count_where(conn, later)?, 0);
/// # Ok(()) }
/// ```
pub fn value<T>(value: T) -> Value<T> {
    Value(value)
}

impl<T, ST> AsExpression<ST> for Value<T>
where
    ST: SqlType + TypedExpressionType,
{
    type Expression = Bound<ST, T>;

    fn as_expression(self) -> Bound<ST, T> {
        Bound::new(self.0)
    }
}

impl<T, ST, DB> ToSql<ST, DB> for Value<T>
where
    DB: Backend,
    T: ToSql<ST, DB>,
{
    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
        self.0.to_sql(out)
    }
}
