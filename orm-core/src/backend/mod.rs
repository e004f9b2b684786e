//! The backends, a folder for each: the only rooms that know one.

#[cfg(feature = "mysql")]
mod mysql;
#[cfg(feature = "postgres")]
mod postgres;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod returning;
mod shared;
#[cfg(feature = "sqlite")]
mod sqlite;
mod stays;

/// Some backend, for what Diesel's derives say of all of them alike.
#[cfg(feature = "sqlite")]
pub type AnyBackend = diesel::sqlite::Sqlite;
/// Some backend, for what Diesel's derives say of all of them alike.
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
pub type AnyBackend = diesel::pg::Pg;
/// Some backend, for what Diesel's derives say of all of them alike.
#[cfg(all(feature = "mysql", not(any(feature = "sqlite", feature = "postgres"))))]
pub type AnyBackend = diesel::mysql::Mysql;
