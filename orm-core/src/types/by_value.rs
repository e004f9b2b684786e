//! SQL types for which Rust and the database agree on which values are equal.

use std::any::TypeId;

/// Whether values of this SQL type are equal in Rust exactly if they are equal to the database,
/// however it stores them.
pub(crate) fn is_by_value<ST: 'static>() -> bool {
    use diesel::sql_types as sql;

    let ids = [
        TypeId::of::<sql::SmallInt>(),
        TypeId::of::<sql::Integer>(),
        TypeId::of::<sql::BigInt>(),
        TypeId::of::<sql::Bool>(),
        TypeId::of::<sql::Binary>(),
        TypeId::of::<sql::Float>(),
        TypeId::of::<sql::Double>(),
        TypeId::of::<sql::Numeric>(),
        TypeId::of::<sql::Date>(),
        TypeId::of::<sql::Time>(),
        TypeId::of::<sql::Timestamp>(),
        TypeId::of::<crate::sql_types::Timestamp>(),
        TypeId::of::<crate::sql_types::TimestampUtc>(),
        #[cfg(feature = "uuid")]
        TypeId::of::<crate::sql_types::Uuid>(),
        #[cfg(feature = "sqlite")]
        TypeId::of::<sql::TimestamptzSqlite>(),
        #[cfg(feature = "postgres")]
        TypeId::of::<sql::Timestamptz>(),
        #[cfg(feature = "postgres")]
        TypeId::of::<sql::Uuid>(),
        #[cfg(feature = "mysql")]
        TypeId::of::<sql::Datetime>(),
    ];
    ids.contains(&TypeId::of::<ST>())
}
