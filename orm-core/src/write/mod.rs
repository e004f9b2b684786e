//! Writing rows.

pub(crate) mod builder;
pub(crate) mod create;
pub(crate) mod destroy;
pub(crate) mod insert;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
pub(crate) mod returning;
pub(crate) mod statement;
pub(crate) mod update;
pub(crate) mod values;
