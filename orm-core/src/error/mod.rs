//! What can go wrong, reported the same way on every backend.

pub(crate) mod at_column;
mod classify;
mod kind;
pub(crate) mod messages;
mod optional;
mod refused;
mod violation;

pub use kind::{Error, Result};
pub use optional::OptionalRow;
pub use refused::SchemaRefused;
pub use violation::Violation;
