//! Eager loading: `query → rows → loaders → slots → With`.

mod arrange;
mod direct;
mod group;
pub mod loaded;
pub mod loader;
pub mod nest;
pub mod query;
pub mod restrict;
pub mod row;
pub mod shape;
pub mod slots;
mod tally;
mod through;
mod tree;
