//! Nested create: rows together with the rows of their associations.
//!
//! A builder has a list of what is created together with its row. `graph` writes the rows of all lists, level by
//! level; `new` says what such a list accepts; each other file handles one kind of association.

mod children;
mod existing;
mod graph;
mod linked;
mod new;
mod owner;

pub use children::Children;
pub use existing::{ExistingLink, ExistingList, ExistingRows};
pub use graph::{Created, Graph};
pub use linked::LinkedRows;
pub use new::{Lacks, NewChild, NewLinked, NewRows, ThroughDsl};
pub use owner::Owner;
