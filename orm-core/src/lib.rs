//! A compile-time typed ORM on Diesel.
//!
//! Start with the README and the guide in `docs/`. In reading order: a [`Model`] is a struct with a
//! table; [`ModelExt`] holds the methods of every model; you declare an association with an
//! attribute of [`derive(Model)`](macro@Model) and load it with [`IncludeDsl::include`];
//! [`schema!`] creates the tables.

/// Generated code names this module in each line, so its name is short.
#[doc(hidden)]
pub use __private as __;
#[doc(hidden)]
#[path = "private.rs"]
pub mod __private;
mod adopted;
mod any_connection;
pub mod association;
mod backend;
mod column;
mod connection;
mod dialect;
mod doc_model;
mod error;
mod ext;
mod field;
mod fields;
pub mod include;
mod meta;
mod model;
mod model_enum;
mod now;
pub mod prelude;
mod query;
mod schema;
pub mod sql_types;
mod stamp;
mod tracked;
mod types;
mod untyped;
mod validate;
mod write;

pub use association::Association;
pub use association::nested::{Created, ThroughDsl};
pub use association::row::{Linked, NotIncluded};
pub use association::target::{IntoTarget, NONE, NoRow, Targets};
pub use column::{ColumnOf, ColumnValue, ColumnsOf, UniqueKey};
pub use connection::Connection;
pub use connection::transaction::{Transaction, after_commit, transaction};
pub use dialect::Dialect;
pub use error::{Error, OptionalRow, Result, SchemaRefused, Violation};
pub use ext::{FoundOrNew, ModelExt};
pub use field::{ColumnNamed, Field, FieldOf};
pub use include::loaded::{Counted, Filtered, Loaded, Required, WithoutThrough};
pub use include::loader::Loader;
pub use include::query::{IncludeDsl, IncludeQuery};
pub use meta::ColumnKind;
pub use model::{Draft, KeyOf, Model, PrimaryKey, Values, ValuesOf};
pub use model_enum::{ModelEnum, UnknownVariant};
pub use orm_derive::{Model, ModelEnum};
pub use schema::Schema;
pub use tracked::{Track, Tracked};
#[cfg(feature = "json")]
pub use types::Json;
pub use types::{DdlType, Value, value};
pub use validate::problems::{Invalid, Problem, Problems};
pub use write::builder::{ChangesOf, Missing, Partial, Set};
pub use write::bulk::NewRows;
pub use write::create::{Create, IntoNew};
pub use write::hooks::{ByFilter, HookedBy, Hooks, NoHooks};
pub use write::rows::{RowsOf, Truncating};
pub use write::unhooked::WithoutHooks;
