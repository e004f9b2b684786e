//! SQL types that depend on which backends are enabled.
//!
//! Where Diesel's own type is right on all of them, it is that one, so that all of Diesel's functions
//! on it can be used; else it is one of this crate, stored the same way.

/// The column type of `chrono::NaiveDateTime`: Diesel's `Timestamp`, or a type of this crate with
/// `mysql`, where Diesel's would be a TIMESTAMP, which knows the years 1970 to 2038 only.
#[cfg(not(feature = "mysql"))]
pub use diesel::sql_types::Timestamp;

#[cfg(feature = "mysql")]
pub use crate::types::Timestamp;

/// The column type of `chrono::DateTime<Utc>`.
///
/// Diesel's `TimestamptzSqlite` with `sqlite` alone, its `Timestamptz` with `postgres` alone, else a
/// type of this crate.
#[cfg(all(feature = "sqlite", not(any(feature = "postgres", feature = "mysql"))))]
pub use diesel::sql_types::TimestamptzSqlite as TimestampUtc;

#[cfg(all(feature = "postgres", not(any(feature = "sqlite", feature = "mysql"))))]
pub use diesel::sql_types::Timestamptz as TimestampUtc;

#[cfg(any(feature = "mysql", all(feature = "sqlite", feature = "postgres")))]
pub use crate::types::TimestampUtc;

/// The column type of `uuid::Uuid`: Diesel's with `postgres` alone, else a type of this crate.
#[cfg(all(
    feature = "uuid",
    feature = "postgres",
    not(any(feature = "sqlite", feature = "mysql"))
))]
pub use diesel::sql_types::Uuid;

#[cfg(all(feature = "uuid", any(feature = "sqlite", feature = "mysql")))]
pub use crate::types::Uuid;
