//! Writing rows.

pub(crate) mod create;
pub(crate) mod destroy;
pub(crate) mod insert;
pub(crate) mod statement;
pub(crate) mod update;
pub(crate) mod values;
