//! The years and seconds that servers can store.

use std::any::Any;

#[cfg(feature = "postgres")]
use chrono::TimeDelta;
use chrono::{DateTime, NaiveDateTime, NaiveTime, Timelike, Utc};
#[cfg(feature = "mysql")]
use chrono::{Datelike, NaiveDate};

type Checked = Result<(), Box<dyn std::error::Error + Send + Sync>>;

/// The client library sends a year in 16 bits and keeps the lowest bits of a larger one. DATE and DATETIME
/// end with the year 9999 (<https://dev.mysql.com/doc/refman/8.4/en/datetime.html>).
#[cfg(feature = "mysql")]
pub(super) fn check_year(moment: &impl Datelike) -> Checked {
    match moment.year() {
        0..=9999 => Ok(()),
        year => Err(format!("MySQL knows the years 0 to 9999, not {year}").into()),
    }
}

/// Refuses what is outside the calendar of DATE and DATETIME, and leap seconds: TIME would turn one into the
/// first second of the same minute, and what DATETIME makes of one depends on the SQL mode.
#[cfg(feature = "mysql")]
pub(crate) fn check_mysql(value: &dyn Any) -> Checked {
    if let Some(date) = held::<NaiveDate>(value) {
        return check_year(date);
    }
    let moment = moment(value);
    let time = moment.map(|moment| moment.time());
    match time.or_else(|| held::<NaiveTime>(value).copied()) {
        Some(time) if is_leap(time) => {
            Err(format!("MySQL has no leap second such as {time}").into())
        }
        _ => moment.as_ref().map_or(Ok(()), check_year),
    }
}

/// Refuses a leap second that PostgreSQL would turn into something unreadable. It turns the last one of a day
/// into 24:00, which is no `NaiveTime` (<https://www.postgresql.org/docs/current/datatype-datetime.html>),
/// and the last one that chrono knows into a later moment. Any other leap second becomes the next second.
#[cfg(feature = "postgres")]
pub(crate) fn check_postgres(value: &dyn Any) -> Checked {
    let next = |moment: NaiveDateTime| moment.checked_add_signed(TimeDelta::seconds(1));
    if let Some(moment) = moment(value) {
        return match is_leap(moment.time()) && next(moment).is_none() {
            true => Err(format!("the second after {moment} would not be read again").into()),
            false => Ok(()),
        };
    }
    match held::<NaiveTime>(value) {
        Some(time) if is_leap(*time) && (time.hour(), time.minute()) == (23, 59) => {
            Err(format!("PostgreSQL makes 24:00 of {time}, which would not be read again").into())
        }
        _ => Ok(()),
    }
}

/// The moment in UTC.
fn moment(value: &dyn Any) -> Option<NaiveDateTime> {
    held::<NaiveDateTime>(value)
        .copied()
        .or_else(|| Some(held::<DateTime<Utc>>(value)?.naive_utc()))
}

fn is_leap(time: NaiveTime) -> bool {
    time.nanosecond() >= 1_000_000_000
}

/// The `T`, whether or not it is in an `Option`.
fn held<T: 'static>(value: &dyn Any) -> Option<&T> {
    let optional = || value.downcast_ref::<Option<T>>()?.as_ref();
    value.downcast_ref().or_else(optional)
}
