//! Rust types that Diesel does not store, or not on every enabled backend.

pub(crate) mod by_value;
#[cfg(any(feature = "postgres", feature = "mysql"))]
mod calendar;
mod ddl_type;
pub(crate) mod indexed;
pub(crate) mod integers;
#[cfg(feature = "json")]
mod json;
pub(crate) mod numeric;
mod operand;

#[cfg(feature = "mysql")]
mod timestamp;
#[cfg(any(feature = "mysql", all(feature = "sqlite", feature = "postgres")))]
mod timestamp_utc;
#[cfg(all(feature = "uuid", any(feature = "sqlite", feature = "mysql")))]
mod uuid;
mod value;

#[cfg(feature = "mysql")]
pub(crate) use calendar::check_mysql;
#[cfg(feature = "postgres")]
pub(crate) use calendar::check_postgres;
pub use ddl_type::DdlType;
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use ddl_type::ddl_types;
#[cfg(feature = "json")]
pub(crate) use json::check as check_json;
#[cfg(feature = "json")]
pub use json::{Json, StoredJson};
pub use operand::{ByDiesel, ByValue, Operand, ValueOf, list};
#[cfg(feature = "mysql")]
pub use timestamp::Timestamp;
#[cfg(any(feature = "mysql", all(feature = "sqlite", feature = "postgres")))]
pub use timestamp_utc::TimestampUtc;
#[cfg(all(feature = "uuid", any(feature = "sqlite", feature = "mysql")))]
pub use uuid::Uuid;
pub use value::{Value, value};

/// A random UUID, for `#[model(default = uuid)]`.
#[cfg(feature = "uuid")]
pub fn new_uuid() -> ::uuid::Uuid {
    ::uuid::Uuid::new_v4()
}
