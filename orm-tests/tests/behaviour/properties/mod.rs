//! Properties: what includes and association methods give for random graphs is what a naive oracle
//! over `Vec`s gives.

mod graph;
mod includes;
mod links;
mod nested;
mod oracle;
mod values;
mod writes;

/// How many graphs each property is tried on.
const CASES: u32 = 96;
