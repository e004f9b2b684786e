//! How SQL types are spelled in `CREATE TABLE`.

use crate::meta::ColumnKind;

/// How a Diesel SQL type is spelled in `CREATE TABLE`.
///
/// This crate implements it for the built-in types. To use a SQL type of your own in a model whose
/// table `schema!` creates, implement it for that type.
///
/// ```
/// use orm_core::{ColumnKind, DdlType};
///
/// #[derive(diesel::sql_types::SqlType)]
/// #[diesel(sqlite_type(name = "Text"))]
/// pub struct NoCase;
///
/// impl DdlType for NoCase {
///     const KIND: ColumnKind = ColumnKind::Other("TEXT COLLATE NOCASE");
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "orm-core does not know how to spell the SQL type `{Self}` in CREATE TABLE",
    note = "if the SQL type is of your crate, implement `orm_core::DdlType` for it",
    note = "if it is of another crate, create the table in a migration, declare it with Diesel's `table!`, and name \
            that with `#[model(schema = …)]`"
)]
pub trait DdlType {
    /// The type.
    const KIND: ColumnKind;
}

/// Says how Diesel's SQL types are spelled.
macro_rules! ddl_types {
    ($($sql:ty => $kind:ident $(($name:literal))?),+ $(,)?) => {
        $(#[diagnostic::do_not_recommend]
        impl $crate::types::DdlType for $sql {
            const KIND: $crate::meta::ColumnKind = $crate::meta::ColumnKind::$kind $(($name))?;
        })+
    };
}
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use ddl_types;

ddl_types! {
    diesel::sql_types::SmallInt => SmallInt,
    diesel::sql_types::Integer => Integer,
    diesel::sql_types::BigInt => BigInt,
    diesel::sql_types::Float => Float,
    diesel::sql_types::Double => Double,
    diesel::sql_types::Bool => Bool,
    diesel::sql_types::Text => Text,
    diesel::sql_types::Binary => Binary,
    diesel::sql_types::Date => Date,
    diesel::sql_types::Time => Time,
    diesel::sql_types::Timestamp => Timestamp,
    diesel::sql_types::Numeric => Decimal,
    diesel::sql_types::Json => Json,
    diesel::sql_types::Jsonb => Jsonb,
}
