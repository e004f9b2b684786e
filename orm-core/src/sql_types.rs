//! SQL types that depend on which backends are enabled.
//!
//! If Diesel's own type fits all enabled backends, this module re-exports it, so that you can use all
//! of Diesel's functions on it. Otherwise the type is one of this crate, and is stored the same way.

/// The column type of `chrono::NaiveDateTime`: Diesel's `Timestamp`, or a type of this crate if
/// `mysql` is enabled. On MySQL, Diesel's type would be a TIMESTAMP, which covers only the years 1970
/// to 2038.
#[cfg(not(feature = "mysql"))]
pub use diesel::sql_types::Timestamp;

#[cfg(feature = "mysql")]
pub use crate::types::Timestamp;

/// The column type of `chrono::DateTime<Utc>`.
///
/// It is Diesel's `TimestamptzSqlite` with `sqlite` alone, Diesel's `Timestamptz` with `postgres`
/// alone, and a type of this crate otherwise.
#[cfg(all(feature = "sqlite", not(any(feature = "postgres", feature = "mysql"))))]
pub use diesel::sql_types::TimestamptzSqlite as TimestampUtc;

#[cfg(all(feature = "postgres", not(any(feature = "sqlite", feature = "mysql"))))]
pub use diesel::sql_types::Timestamptz as TimestampUtc;

#[cfg(any(feature = "mysql", all(feature = "sqlite", feature = "postgres")))]
pub use crate::types::TimestampUtc;

/// The column type of `uuid::Uuid`: Diesel's with `postgres` alone, a type of this crate otherwise.
#[cfg(all(
    feature = "uuid",
    feature = "postgres",
    not(any(feature = "sqlite", feature = "mysql"))
))]
pub use diesel::sql_types::Uuid;

#[cfg(all(feature = "uuid", any(feature = "sqlite", feature = "mysql")))]
pub use crate::types::Uuid;
