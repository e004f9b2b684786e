//! Everything a program needs: `use orm_core::prelude::*;`, next to `use diesel::prelude::*;`.

pub use crate::association::nested::ThroughDsl as _;
pub use crate::error::OptionalRow as _;
pub use crate::ext::ModelExt as _;
pub use crate::include::loaded::Loaded;
pub use crate::include::query::IncludeDsl as _;
pub use crate::model::Model;
pub use crate::model_enum::ModelEnum;
pub use crate::schema::Schema as _;
pub use crate::tracked::Track as _;
pub use orm_derive::{Model, ModelEnum};
