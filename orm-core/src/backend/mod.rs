//! One folder per backend. Only these modules know a backend.

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
#[cfg(any(feature = "sqlite", feature = "mysql"))]
mod written;

/// Any enabled backend, for what Diesel's derives say alike of all of them.
#[cfg(feature = "sqlite")]
pub type AnyBackend = diesel::sqlite::Sqlite;
/// Any enabled backend, for what Diesel's derives say alike of all of them.
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
pub type AnyBackend = diesel::pg::Pg;
/// Any enabled backend, for what Diesel's derives say alike of all of them.
#[cfg(all(feature = "mysql", not(any(feature = "sqlite", feature = "postgres"))))]
pub type AnyBackend = diesel::mysql::Mysql;
