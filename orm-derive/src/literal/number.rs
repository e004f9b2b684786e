//! Numbers. Their digits stay as written.

use crate::model::types::Kind as TypeKind;

/// No column has more digits than this.
const MOST_DIGITS: i64 = 1_000;

/// Whether a column of this kind can hold the integer.
pub(crate) fn fits_integer(digits: &str, kind: &TypeKind) -> bool {
    let Ok(number) = digits.parse::<i128>() else {
        return false;
    };
    match kind {
        TypeKind::SmallInt => i16::try_from(number).is_ok(),
        TypeKind::Integer => i32::try_from(number).is_ok(),
        TypeKind::BigInt => i64::try_from(number).is_ok(),
        TypeKind::UnsignedSmallInt => u16::try_from(number).is_ok(),
        TypeKind::UnsignedInteger => u32::try_from(number).is_ok(),
        TypeKind::UnsignedBigInt => u64::try_from(number).is_ok(),
        _ => true,
    }
}

/// Whether it is a number that a column of this kind can hold.
pub(crate) fn is_float(digits: &str, kind: &TypeKind) -> bool {
    match kind {
        TypeKind::Float => digits.parse::<f32>().is_ok_and(f32::is_finite),
        _ => digits.parse::<f64>().is_ok_and(f64::is_finite),
    }
}

/// A decimal without an exponent: `-1.5e2` → `-150`. SQL would take a number with an exponent for a
/// binary fraction.
pub(crate) fn plain_decimal(text: &str) -> Option<String> {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, exponent.parse::<i64>().ok()?),
        None => (text, 0),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = format!("{whole}{fraction}");
    let is_number = !digits.is_empty() && digits.bytes().all(|digit| digit.is_ascii_digit());
    if !is_number || exponent.abs() > MOST_DIGITS {
        return None;
    }
    let point = i64::try_from(whole.len()).ok()? + exponent;
    let before = usize::try_from(point.max(0)).ok()?;
    let zeros = "0".repeat(usize::try_from(-point.min(0)).ok()?);
    let (whole, fraction) = match digits.get(before..) {
        Some(fraction) => (
            digits.get(..before)?.to_owned(),
            format!("{zeros}{fraction}"),
        ),
        None => (format!("{digits:0<before$}"), String::new()),
    };
    let whole = match whole.trim_start_matches('0') {
        "" => "0",
        some => some,
    };
    Some(match fraction.as_str() {
        "" => format!("{sign}{whole}"),
        _ => format!("{sign}{whole}.{fraction}"),
    })
}

/// Whether a plain decimal has at most `all` digits, and at most `behind` of them after the point.
pub(crate) fn has_digits(plain: &str, all: u32, behind: u32) -> bool {
    let number = plain.trim_start_matches('-');
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let whole = whole.trim_start_matches('0').len();
    let fraction = fraction.trim_end_matches('0').len();
    let fits = |digits: usize, most: u32| u32::try_from(digits).is_ok_and(|digits| digits <= most);
    fits(whole, all.saturating_sub(behind)) && fits(fraction, behind)
}

#[cfg(test)]
mod tests {
    use super::{has_digits, plain_decimal};

    #[test]
    fn exponents_become_digits() {
        for (text, plain) in [
            ("1.50", "1.50"),
            ("-1.5e2", "-150"),
            ("1.", "1"),
            (".5", "0.5"),
            ("12e-3", "0.012"),
            ("1.25e1", "12.5"),
            ("1e3", "1000"),
            ("0012", "12"),
            ("+7", "7"),
            ("0.1e-2", "0.001"),
            (
                "123456789012345678901234567890.5",
                "123456789012345678901234567890.5",
            ),
        ] {
            assert_eq!(plain_decimal(text).as_deref(), Some(plain), "{text}");
        }
        for text in [
            "", "-", "e5", "1e", "1e9999", "1.2.3", "1 000", "NaN", "--1", "1e1e1",
        ] {
            assert_eq!(plain_decimal(text), None, "{text}");
        }
    }

    #[test]
    fn digits_are_counted_before_and_behind_the_point() {
        assert!(has_digits("1234.50", 6, 2));
        assert!(has_digits("-0.25", 2, 2));
        assert!(has_digits("1.500", 3, 1));
        assert!(!has_digits("1234.5", 4, 2));
        assert!(!has_digits("1.255", 9, 2));
    }
}
