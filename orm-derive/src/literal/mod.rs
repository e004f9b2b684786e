//! Values as texts: read as a column's type reads them, and written in the one spelling that a bound value of
//! that type has. So queries find a row by a value that was a default, and sort it correctly.

mod json;
mod moment;
mod number;
mod uuid;

pub(crate) use json::is_json;
pub(crate) use moment::{date, moment, moment_utc, time};
pub(crate) use number::{fits_integer, has_digits, is_float, plain_decimal};
pub(crate) use uuid::uuid;
