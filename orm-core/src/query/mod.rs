//! Reading rows, and the expressions that Diesel lacks in generic code.

pub(crate) mod aggregate;
pub(crate) mod all;
pub(crate) mod checked;
pub(crate) mod fetch;
pub(crate) mod filter;
pub(crate) mod key_list;
pub(crate) mod keys;
pub(crate) mod matched;
pub(crate) mod one;
pub(crate) mod per_parent;
pub(crate) mod ranked_links;
pub(crate) mod read;
pub(crate) mod rows;
pub(crate) mod run;
pub(crate) mod tally;
pub(crate) mod window;
