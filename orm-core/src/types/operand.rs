//! `column.eq(value)` for columns whose SQL type is one of this crate.
//!
//! Diesel's `AsExpression` cannot be implemented here for a type of another crate, because Diesel
//! might make that type an expression some day. But a column of a model is a type of the user's
//! crate. So it gets the comparisons as its own methods, which take precedence over those of
//! Diesel's traits. They take everything that those take, and values too.

use diesel::expression::{AsExpression, Expression, TypedExpressionType};
use diesel::sql_types::SqlType;

use crate::types::value::Value;

/// What you can compare a column of SQL type `ST` with. `Kind` keeps the two ways apart.
#[diagnostic::on_unimplemented(
    message = "you cannot compare a column of type `{ST}` with a `{Self}`",
    label = "expected the type of the column's field, or a Diesel expression of its SQL type"
)]
pub trait Operand<ST, Kind> {
    /// The expression.
    type Expression: Expression<SqlType = ST>;

    /// Turns it into an expression.
    fn operand(self) -> Self::Expression;
}

/// Anything that Diesel takes.
#[derive(Debug)]
pub struct ByDiesel;

/// A value of the field's type.
#[derive(Debug)]
pub struct ByValue;

impl<T, ST> Operand<ST, ByDiesel> for T
where
    T: AsExpression<ST>,
    ST: SqlType + TypedExpressionType,
{
    type Expression = T::Expression;

    fn operand(self) -> T::Expression {
        self.as_expression()
    }
}

/// A Rust value for a column of SQL type `ST`, which may be nullable.
#[diagnostic::on_unimplemented(
    message = "you cannot compare a column of type `{ST}` with a `{Self}`",
    label = "expected values of the column's field",
    note = "to compare it with the rows of a query, write `diesel::ExpressionMethods::eq_any(column, query)`"
)]
pub trait ValueOf<ST> {
    /// The type that is bound.
    type Bound;

    /// The value to bind.
    fn bound(self) -> Self::Bound;
}

/// The values of a list, in the form that Diesel takes.
pub fn list<ST, I>(values: I) -> Vec<Value<<I::Item as ValueOf<ST>>::Bound>>
where
    I: IntoIterator<Item: ValueOf<ST>>,
{
    let values = values.into_iter();
    values.map(|value| Value(value.bound())).collect()
}

/// Values of type `$value` for columns of type `$sql`, by value or by reference. If the column can
/// be NULL, Diesel takes an `Option` of anything, so only lists need impls for it.
#[cfg(any(
    feature = "mysql",
    all(feature = "sqlite", any(feature = "postgres", feature = "uuid"))
))]
macro_rules! values_of {
    ($sql:ty: $value:ty) => {
        impl $crate::types::operand::ValueOf<$sql> for $value {
            type Bound = $value;

            fn bound(self) -> $value {
                self
            }
        }

        impl $crate::types::operand::Operand<$sql, $crate::types::operand::ByValue> for $value {
            type Expression = ::diesel::internal::derives::as_expression::Bound<$sql, $value>;

            fn operand(self) -> Self::Expression {
                Self::Expression::new(self)
            }
        }

        impl $crate::types::operand::ValueOf<$sql> for &$value {
            type Bound = $value;

            fn bound(self) -> $value {
                *self
            }
        }

        impl $crate::types::operand::Operand<$sql, $crate::types::operand::ByValue> for &$value {
            type Expression = ::diesel::internal::derives::as_expression::Bound<$sql, $value>;

            fn operand(self) -> Self::Expression {
                Self::Expression::new(*self)
            }
        }

        impl $crate::types::operand::ValueOf<::diesel::sql_types::Nullable<$sql>> for $value {
            type Bound = Option<$value>;

            fn bound(self) -> Option<$value> {
                Some(self)
            }
        }

        impl
            $crate::types::operand::Operand<
                ::diesel::sql_types::Nullable<$sql>,
                $crate::types::operand::ByValue,
            > for $value
        {
            type Expression = ::diesel::internal::derives::as_expression::Bound<
                ::diesel::sql_types::Nullable<$sql>,
                Option<$value>,
            >;

            fn operand(self) -> Self::Expression {
                Self::Expression::new(Some(self))
            }
        }

        impl $crate::types::operand::ValueOf<::diesel::sql_types::Nullable<$sql>> for &$value {
            type Bound = Option<$value>;

            fn bound(self) -> Option<$value> {
                Some(*self)
            }
        }

        impl
            $crate::types::operand::Operand<
                ::diesel::sql_types::Nullable<$sql>,
                $crate::types::operand::ByValue,
            > for &$value
        {
            type Expression = ::diesel::internal::derives::as_expression::Bound<
                ::diesel::sql_types::Nullable<$sql>,
                Option<$value>,
            >;

            fn operand(self) -> Self::Expression {
                Self::Expression::new(Some(*self))
            }
        }

        impl $crate::types::operand::ValueOf<::diesel::sql_types::Nullable<$sql>>
            for Option<$value>
        {
            type Bound = Option<$value>;

            fn bound(self) -> Option<$value> {
                self
            }
        }
    };
}
#[cfg(any(
    feature = "mysql",
    all(feature = "sqlite", any(feature = "postgres", feature = "uuid"))
))]
pub(crate) use values_of;

/// The comparisons of a column, as its own methods.
#[doc(hidden)]
#[macro_export]
macro_rules! __comparisons {
    ($column:path, $sql:ty) => {
        const _: () = {
            use $crate::__private::diesel::{self, dsl};
            use $crate::__private::{Operand, Value, ValueOf, list};

            $crate::__comparison_methods! {
                $column, $sql;
                eq -> Eq, ne -> NotEq, gt -> Gt, ge -> GtEq, lt -> Lt, le -> LtEq
            }

            impl $column {
                /// `column BETWEEN lower AND upper`
                pub fn between<__L, __U, __J, __K>(
                    self,
                    lower: __L,
                    upper: __U,
                ) -> dsl::Between<Self, __L::Expression, __U::Expression>
                where
                    __L: Operand<$sql, __J>,
                    __U: Operand<$sql, __K>,
                {
                    diesel::ExpressionMethods::between(self, lower.operand(), upper.operand())
                }

                /// `column IN (values)`. A query of values goes into Diesel's own method,
                /// `diesel::ExpressionMethods::eq_any(column, query)`.
                pub fn eq_any<__V>(
                    self,
                    values: __V,
                ) -> dsl::EqAny<Self, Vec<Value<<__V::Item as ValueOf<$sql>>::Bound>>>
                where
                    __V: IntoIterator<Item: ValueOf<$sql>>,
                {
                    diesel::ExpressionMethods::eq_any(self, list::<$sql, __V>(values))
                }

                /// `column NOT IN (values)`. A query of values goes into Diesel's own method,
                /// `diesel::ExpressionMethods::ne_all(column, query)`.
                pub fn ne_all<__V>(
                    self,
                    values: __V,
                ) -> dsl::NeAny<Self, Vec<Value<<__V::Item as ValueOf<$sql>>::Bound>>>
                where
                    __V: IntoIterator<Item: ValueOf<$sql>>,
                {
                    diesel::ExpressionMethods::ne_all(self, list::<$sql, __V>(values))
                }
            }
        };
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __comparison_methods {
    ($column:path, $sql:ty; $($method:ident -> $output:ident),+) => {
        impl $column {
            $(
                /// Diesel's method of this name; it takes a value of the field's type, too.
                pub fn $method<__V, __K>(self, other: __V) -> dsl::$output<Self, __V::Expression>
                where
                    __V: Operand<$sql, __K>,
                {
                    diesel::ExpressionMethods::$method(self, other.operand())
                }
            )+
        }
    };
}

/// A column that holds a moment without a time zone.
#[cfg(feature = "mysql")]
#[doc(hidden)]
#[macro_export]
macro_rules! __timestamp_column {
    ($column:path, $sql:ty) => {
        $crate::__comparisons!($column, $sql);
    };
}

#[cfg(not(feature = "mysql"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __timestamp_column {
    ($column:path, $sql:ty) => {};
}

/// A column that holds a moment in UTC.
#[cfg(any(feature = "mysql", all(feature = "sqlite", feature = "postgres")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __timestamp_utc_column {
    ($column:path, $sql:ty) => {
        $crate::__comparisons!($column, $sql);
    };
}

#[cfg(not(any(feature = "mysql", all(feature = "sqlite", feature = "postgres"))))]
#[doc(hidden)]
#[macro_export]
macro_rules! __timestamp_utc_column {
    ($column:path, $sql:ty) => {};
}

/// A column that holds a UUID.
#[cfg(any(feature = "mysql", feature = "sqlite"))]
#[doc(hidden)]
#[macro_export]
macro_rules! __uuid_column {
    ($column:path, $sql:ty) => {
        $crate::__comparisons!($column, $sql);
    };
}

#[cfg(not(any(feature = "mysql", feature = "sqlite")))]
#[doc(hidden)]
#[macro_export]
macro_rules! __uuid_column {
    ($column:path, $sql:ty) => {};
}
