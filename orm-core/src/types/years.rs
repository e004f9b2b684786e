//! The years that MySQL's protocol has room for.

use chrono::{Datelike, NaiveDateTime};

/// The client library sends a year in 16 bits and keeps the lowest of a larger one; DATETIME ends with
/// the year 9999 (<https://dev.mysql.com/doc/refman/8.4/en/datetime.html>).
pub(super) fn check(
    moment: &NaiveDateTime,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    match moment.year() {
        0..=9999 => Ok(()),
        year => Err(format!("MySQL knows the years 0 to 9999, not {year}").into()),
    }
}
