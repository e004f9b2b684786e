//! Eager loading: `query → rows → loaders → slots → With`.

mod arrange;
mod by_link;
mod direct;
mod group;
pub mod loaded;
pub mod loader;
pub mod nest;
pub mod query;
pub mod restrict;
#[cfg(feature = "serde")]
pub mod serialize;
pub mod slots;
mod tally;
mod through;
mod tree;
