//! Writing rows.

pub(crate) mod builder;
pub(crate) mod bulk;
pub(crate) mod change;
pub(crate) mod create;
pub(crate) mod hooks;
pub(crate) mod insert;
pub(crate) mod inserting;
pub(crate) mod parents_first;
pub(crate) mod pipeline;
pub(crate) mod rows;
pub(crate) mod statement;
pub(crate) mod stored;
pub(crate) mod unhooked;
pub(crate) mod update;
pub(crate) mod values;
