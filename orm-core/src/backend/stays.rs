//! Which values the database keeps exactly as they are bound, and returns so.
//!
//! This is decided at run time, so that it is compiled once and not for each field of each model.

#[cfg(feature = "sqlite")]
use chrono::Datelike;
#[cfg(any(feature = "postgres", feature = "mysql"))]
use chrono::NaiveTime;
use chrono::{DateTime, NaiveDate, NaiveDateTime, Timelike, Utc};
#[cfg(feature = "mysql")]
use diesel::sql_types::Unsigned;
use diesel::sql_types::{BigInt, Binary, Bool, Date, Double, Float, Integer, SmallInt, Text};

use crate::meta::{ColumnMeta, ModelMeta};
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::sql_types::{Timestamp, TimestampUtc};
use crate::untyped::Untyped;

/// SQLite stores all types but its own as texts, which do not always read back as they were written.
#[cfg(feature = "sqlite")]
pub(super) fn sqlite(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool {
    let is_enum = !column.values.is_empty();
    let is_number = |text: &String| text.trim().parse::<f64>().is_ok();
    is_enum
        || is_simple(value)
        // A column of an adopted table may turn such a text into a number.
        || value.is::<String, Text>()
            && (!meta.adopted || value.passes::<String>(|text| !is_number(text)))
        || is_plain_float(value)
        || !is_unusual(value) && (value.is::<NaiveDate, Date>() || is_moment(value))
}

/// A date or a moment in a leap second, or in a year that Diesel does not write with four digits.
#[cfg(feature = "sqlite")]
pub(super) fn is_unusual(value: Untyped<'_>) -> bool {
    fn in_four_digits(date: &impl Datelike) -> bool {
        (0..=9999).contains(&date.year())
    }
    fn usual<T: Datelike + Timelike>(moment: &T) -> bool {
        in_four_digits(moment) && moment.nanosecond() < 1_000_000_000
    }
    let is_usual = value.passes::<NaiveDate>(in_four_digits)
        || value.passes::<NaiveDateTime>(usual)
        || value.passes::<DateTime<Utc>>(usual);
    let is_temporal = value.holds::<NaiveDate>()
        || value.holds::<NaiveDateTime>()
        || value.holds::<DateTime<Utc>>();
    is_temporal && !is_usual
}

/// `VARCHAR(n)` cuts spaces at the end. In an adopted table, `CHAR(n)` adds some, and `TIMESTAMP(0)` rounds.
#[cfg(feature = "postgres")]
pub(super) fn postgres(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool {
    let is_enum = !column.values.is_empty();
    let in_own = || {
        is_enum
            || value.is::<String, Text>() && value.passes(|text: &String| fits(text, column.length))
            || is_moment(value) && is_whole(value, 1_000)
            || value.holds::<NaiveTime>() && is_whole(value, 1_000)
    };
    is_simple(value)
        || value.is::<f64, Double>()
        || value.is::<f32, Float>()
        || value.is::<NaiveDate, Date>()
        || is_uuid(value)
        || !meta.adopted && in_own()
}

/// A SQL mode that is not strict cuts values that are too long, and for an adopted table only the model says
/// what is too long. In an adopted table, a DATETIME may have no fraction, and a CHAR loses spaces at the
/// end.
#[cfg(feature = "mysql")]
pub(super) fn mysql(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool {
    let is_enum = !column.values.is_empty();
    let lists = meta.uniques.iter().chain(meta.indexes);
    let in_key = column.unique
        || column.index
        || meta.primary_key.contains(&column.name)
        || lists.into_iter().any(|names| names.contains(&column.name));
    // The same length as when the table is created.
    let is_cut = !meta.adopted && (in_key || column.default.is_some());
    let longest = column.length.or(is_cut.then_some(255));
    let charset = meta
        .options
        .charset
        .or(meta.options.collate)
        .or(column.collate);
    let text = |text: &String| {
        let is_padded = meta.adopted && text.ends_with(' ');
        fits(text, longest) && !is_padded && (charset.is_none() || text.is_ascii())
    };
    let finest = if meta.adopted { 1_000_000_000 } else { 1_000 };
    is_enum
        || is_simple(value) && (meta.adopted || !in_key || !value.holds::<Vec<u8>>())
        || value.passes::<Vec<u8>>(|bytes| bytes.len() <= 255)
        || value.is::<u16, Unsigned<SmallInt>>()
        || value.is::<u32, Unsigned<Integer>>()
        || value.is::<u64, Unsigned<BigInt>>()
        || is_plain_float(value)
        || value.is::<String, Text>() && value.passes(text)
        || value.is::<NaiveDate, Date>()
        || is_uuid(value)
        || is_whole(value, finest)
}

/// Types that every database has natively.
fn is_simple(value: Untyped<'_>) -> bool {
    value.is::<i32, Integer>()
        || value.is::<i64, BigInt>()
        || value.is::<i16, SmallInt>()
        || value.is::<bool, Bool>()
        || value.is::<Vec<u8>, Binary>()
}

/// Whether it is a float other than NaN and negative zero. SQLite takes NaN for NULL, and neither SQLite nor
/// MySQL keeps the sign of a negative zero.
#[cfg(any(feature = "sqlite", feature = "mysql"))]
fn is_plain_float(value: Untyped<'_>) -> bool {
    let is_plain = |float: f64| !float.is_nan() && (float != 0.0 || float.is_sign_positive());
    value.is::<f64, Double>() && value.passes::<f64>(|float| is_plain(*float))
        || value.is::<f32, Float>() && value.passes::<f32>(|float| is_plain((*float).into()))
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn is_moment(value: Untyped<'_>) -> bool {
    value.is::<NaiveDateTime, Timestamp>() || value.is::<DateTime<Utc>, TimestampUtc>()
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
fn is_uuid(value: Untyped<'_>) -> bool {
    #[cfg(feature = "uuid")]
    return value.is::<uuid::Uuid, crate::sql_types::Uuid>();
    #[cfg(not(feature = "uuid"))]
    {
        let _ = value;
        false
    }
}

/// Whether the text has at most as many letters as the column takes.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn fits(text: &str, longest: Option<u32>) -> bool {
    let letters = || u32::try_from(text.chars().count()).unwrap_or(u32::MAX);
    longest.is_none_or(|longest| letters() <= longest)
}

/// Whether a time or a moment has no part smaller than this many nanoseconds.
#[cfg(any(feature = "postgres", feature = "mysql"))]
fn is_whole(value: Untyped<'_>, finest: u32) -> bool {
    let whole = |nanosecond: u32| nanosecond < 1_000_000_000 && nanosecond.is_multiple_of(finest);
    value.passes::<NaiveTime>(|time| whole(time.nanosecond()))
        || value.passes::<NaiveDateTime>(|moment| whole(moment.nanosecond()))
        || value.passes::<DateTime<Utc>>(|moment| whole(moment.nanosecond()))
}
