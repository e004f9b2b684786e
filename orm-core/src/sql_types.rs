//! SQL types that depend on the backend.

/// The column type of `chrono::DateTime<Utc>`: `TimestamptzSqlite` where SQLite is enabled, else
/// PostgreSQL's `Timestamptz`.
#[cfg(feature = "sqlite")]
pub use diesel::sql_types::TimestamptzSqlite as TimestampUtc;

#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
pub use diesel::sql_types::Timestamptz as TimestampUtc;
