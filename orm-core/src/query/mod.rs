//! Reading rows, and the expressions that Diesel lacks in generic code.

pub(crate) mod fetch;
pub mod filter;
pub mod keys;
pub(crate) mod tally;
pub(crate) mod window;
