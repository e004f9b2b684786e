//! SQLite: a column may hold any number, or a text. This refuses what its field would read as another number.

use std::any::TypeId;

use diesel::deserialize;
use diesel::sql_types::{BigInt, Bool, Double, Float, Integer, Nullable, SmallInt, SqlType};
use diesel::sqlite::{SqliteType, SqliteValue};

/// Refuses a value that SQLite would turn into another number of the SQL type `ST`. SQLite cuts a number that
/// is too large or has a fraction, and reads a text as the number that it begins with, or as 0
/// (<https://www.sqlite.org/lang_expr.html#castexpr>).
///
/// The compiler knows `ST`, so it drops the other branches.
#[inline]
pub(super) fn check<ST: 'static>(value: &mut SqliteValue<'_, '_, '_>) -> deserialize::Result<()> {
    let sql_type = TypeId::of::<ST>();
    if sql_type == TypeId::of::<Integer>() {
        integer(value, i32::MIN.into(), i32::MAX.into(), "an i32")
    } else if sql_type == TypeId::of::<BigInt>() {
        integer(value, i64::MIN, i64::MAX, "an i64")
    } else if sql_type == TypeId::of::<SmallInt>() {
        integer(value, i16::MIN.into(), i16::MAX.into(), "an i16")
    } else if sql_type == TypeId::of::<Bool>() {
        integer(value, 0, 1, "a bool, which is 0 or 1")
    } else if sql_type == TypeId::of::<Double>() {
        float(value, f64::MAX, "an f64")
    } else if sql_type == TypeId::of::<Float>() {
        float(value, f32::MAX.into(), "an f32")
    } else {
        Ok(())
    }
}

/// The condition that a sum fits the type. SQLite's columns take any number, and an integer too large for
/// SQLite becomes a fraction (<https://www.sqlite.org/datatype3.html>).
pub(super) fn sum_fits<ST: 'static>() -> Option<[&'static str; 2]> {
    if is_or_null::<ST, Integer>() {
        Some(["((", ") BETWEEN -2147483648 AND 2147483647) IS NOT FALSE"])
    } else if is_or_null::<ST, BigInt>() {
        Some(["typeof(", ") <> 'real'"])
    } else if is_or_null::<ST, SmallInt>() {
        Some(["((", ") BETWEEN -32768 AND 32767) IS NOT FALSE"])
    } else if is_or_null::<ST, Float>() {
        Some(["(abs(", ") <= 3.4028234663852886e38) IS NOT FALSE"])
    } else if is_or_null::<ST, Double>() {
        Some(["(abs(", ") <= 1.7976931348623157e308) IS NOT FALSE"])
    } else {
        None
    }
}

fn is_or_null<ST: 'static, T: SqlType + 'static>() -> bool {
    [TypeId::of::<T>(), TypeId::of::<Nullable<T>>()].contains(&TypeId::of::<ST>())
}

#[inline]
fn integer(
    value: &mut SqliteValue<'_, '_, '_>,
    lowest: i64,
    highest: i64,
    wanted: &'static str,
) -> deserialize::Result<()> {
    let is_integer = matches!(value.value_type(), Some(SqliteType::Long));
    match is_integer && (lowest..=highest).contains(&value.read_long()) {
        true => Ok(()),
        false => unusual_integer(value, lowest, highest, wanted),
    }
}

#[inline]
fn float(
    value: &mut SqliteValue<'_, '_, '_>,
    greatest: f64,
    wanted: &'static str,
) -> deserialize::Result<()> {
    let is_float = matches!(value.value_type(), Some(SqliteType::Double));
    match is_float && value.read_double().abs() <= greatest {
        true => Ok(()),
        false => unusual_float(value, greatest, wanted),
    }
}

/// A column without a type of its own may hold the same number as a fraction or a text.
#[cold]
#[inline(never)]
fn unusual_integer(
    value: &mut SqliteValue<'_, '_, '_>,
    lowest: i64,
    highest: i64,
    wanted: &'static str,
) -> deserialize::Result<()> {
    let number = match value.value_type() {
        Some(SqliteType::Long) => Some(value.read_long()),
        Some(SqliteType::Double) => exact(value.read_double()),
        Some(SqliteType::Text) => value.read_text().parse().ok(),
        _ => None,
    };
    match number.is_some_and(|number| (lowest..=highest).contains(&number)) {
        true => Ok(()),
        false => refuse(value, wanted),
    }
}

/// A whole number has no fraction. Infinity is a number of either kind.
#[cold]
#[inline(never)]
fn unusual_float(
    value: &mut SqliteValue<'_, '_, '_>,
    greatest: f64,
    wanted: &'static str,
) -> deserialize::Result<()> {
    let number = match value.value_type() {
        Some(SqliteType::Long) => Some(value.read_long())
            .filter(|number| exact(*number as f64) == Some(*number))
            .map(|number| number as f64),
        Some(SqliteType::Double) => Some(value.read_double()),
        Some(SqliteType::Text) => value
            .read_text()
            .parse()
            .ok()
            .filter(|n: &f64| n.is_finite()),
        _ => None,
    };
    match number.is_some_and(|number| number.is_infinite() || number.abs() <= greatest) {
        true => Ok(()),
        false => refuse(value, wanted),
    }
}

/// The integer that a float equals, if there is one.
fn exact(float: f64) -> Option<i64> {
    // 2^63, the first integer that is too large.
    const END: f64 = 9_223_372_036_854_775_808.0;
    let is_integer = float.fract() == 0.0 && (-END..END).contains(&float);
    is_integer.then_some(float as i64)
}

fn refuse(value: &mut SqliteValue<'_, '_, '_>, wanted: &'static str) -> deserialize::Result<()> {
    let held = match value.value_type() {
        Some(SqliteType::Binary) => "a blob".to_owned(),
        Some(SqliteType::Text) => format!("the text {:?}", value.read_text()),
        Some(SqliteType::Double) => format!("{:?}", value.read_double()),
        _ => value.read_long().to_string(),
    };
    Err(format!("the database holds {held}, which is not {wanted}").into())
}
