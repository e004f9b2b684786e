//! Dates, times and moments, as chrono reads them and Diesel writes them.

/// A part that was read, and the text that follows it.
type Read<'a, T> = Option<(T, &'a str)>;

#[derive(Clone, Copy)]
struct Date {
    year: u32,
    month: u32,
    day: u32,
}

struct Time<'a> {
    hour: u32,
    minute: u32,
    second: u32,
    /// The digits after the second's point.
    fraction: &'a str,
}

/// `2026-01-31`
pub(crate) fn date(text: &str) -> Option<String> {
    let (date, rest) = Date::read(text)?;
    rest.is_empty().then(|| date.write())
}

/// `12:30`, `12:30:00` or `12:30:00.25`. It is written with all its parts.
pub(crate) fn time(text: &str) -> Option<String> {
    let (time, rest) = Time::read(text)?;
    rest.is_empty().then(|| time.write())
}

/// A date, or a date and a time separated by a space or a `T`.
pub(crate) fn moment(text: &str) -> Option<String> {
    let (date, time, rest) = date_and_time(text)?;
    rest.is_empty()
        .then(|| format!("{} {}", date.write(), time.write()))
}

/// The same, with an offset or in UTC. It is written in UTC, without the offset.
pub(crate) fn moment_utc(text: &str) -> Option<String> {
    let (mut date, mut time, rest) = date_and_time(text)?;
    let minutes = i64::from(time.hour * 60 + time.minute) - offset(rest)?;
    match minutes.div_euclid(24 * 60) {
        -1 => date = date.before()?,
        1 => date = date.after()?,
        _ => {}
    }
    let minutes = u32::try_from(minutes.rem_euclid(24 * 60)).ok()?;
    (time.hour, time.minute) = (minutes / 60, minutes % 60);
    Some(format!("{} {}", date.write(), time.write()))
}

fn date_and_time(text: &str) -> Option<(Date, Time<'_>, &str)> {
    let (date, rest) = Date::read(text)?;
    if rest.is_empty() {
        return Some((date, Time::MIDNIGHT, rest));
    }
    let (time, rest) = Time::read(rest.strip_prefix([' ', 'T', 't'])?)?;
    Some((date, time, rest))
}

/// How many minutes the clock is ahead of UTC: `Z`, `+02:00`, `+0200`, `+02`.
fn offset(text: &str) -> Option<i64> {
    let text = text.strip_prefix(' ').unwrap_or(text);
    if ["", "Z", "z", "UTC"].contains(&text) {
        return Some(0);
    }
    let sign = match text.as_bytes().first()? {
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let (hours, rest) = digits(&text[1..], 2)?;
    let (minutes, rest) = match rest {
        "" => (0, rest),
        _ => digits(rest.strip_prefix(':').unwrap_or(rest), 2)?,
    };
    let is_offset = hours < 24 && minutes < 60 && rest.is_empty();
    is_offset.then(|| sign * i64::from(hours * 60 + minutes))
}

/// A number with exactly `count` digits.
fn digits(text: &str, count: usize) -> Read<'_, u32> {
    let (number, rest) = text.split_at_checked(count)?;
    let is_number = number.bytes().all(|digit| digit.is_ascii_digit());
    Some((number.parse().ok().filter(|_| is_number)?, rest))
}

impl Date {
    /// Reads a date in a year that all backends know.
    fn read(text: &str) -> Read<'_, Self> {
        let (year, rest) = digits(text, 4)?;
        let (month, rest) = digits(rest.strip_prefix('-')?, 2)?;
        let (day, rest) = digits(rest.strip_prefix('-')?, 2)?;
        let date = Self { year, month, day };
        let is_date = year > 0 && (1..=12).contains(&month) && (1..=date.days()).contains(&day);
        is_date.then_some((date, rest))
    }

    /// How many days its month has.
    fn days(self) -> u32 {
        let is_leap = self.year.is_multiple_of(4)
            && (!self.year.is_multiple_of(100) || self.year.is_multiple_of(400));
        match self.month {
            2 if is_leap => 29,
            2 => 28,
            4 | 6 | 9 | 11 => 30,
            _ => 31,
        }
    }

    fn before(mut self) -> Option<Self> {
        match (self.month, self.day) {
            (1, 1) => (self.year, self.month, self.day) = (self.year - 1, 12, 31),
            (_, 1) => {
                self.month -= 1;
                self.day = self.days();
            }
            _ => self.day -= 1,
        }
        (self.year > 0).then_some(self)
    }

    fn after(mut self) -> Option<Self> {
        match (self.month, self.day) {
            (12, 31) => (self.year, self.month, self.day) = (self.year + 1, 1, 1),
            (_, day) if day == self.days() => (self.month, self.day) = (self.month + 1, 1),
            _ => self.day += 1,
        }
        (self.year < 10_000).then_some(self)
    }

    fn write(self) -> String {
        let Self { year, month, day } = self;
        format!("{year:04}-{month:02}-{day:02}")
    }
}

impl<'a> Time<'a> {
    const MIDNIGHT: Self = Time {
        hour: 0,
        minute: 0,
        second: 0,
        fraction: "",
    };

    fn read(text: &'a str) -> Read<'a, Self> {
        let (hour, rest) = digits(text, 2)?;
        let (minute, rest) = digits(rest.strip_prefix(':')?, 2)?;
        let (second, rest) = match rest.strip_prefix(':') {
            Some(rest) => digits(rest, 2)?,
            None => (0, rest),
        };
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(rest) => {
                let count = rest.bytes().take_while(u8::is_ascii_digit).count();
                rest.split_at_checked(count)
                    .filter(|_| (1..=9).contains(&count))?
            }
            None => ("", rest),
        };
        let time = Time {
            hour,
            minute,
            second,
            fraction,
        };
        (hour < 24 && minute < 60 && second < 60).then_some((time, rest))
    }

    /// Writes zero, three, six or nine digits after the point: as many as are needed.
    fn write(&self) -> String {
        let Time {
            hour,
            minute,
            second,
            fraction,
        } = self;
        let fraction = fraction.trim_end_matches('0');
        let point = if fraction.is_empty() { "" } else { "." };
        let digits = fraction.len().next_multiple_of(3);
        format!("{hour:02}:{minute:02}:{second:02}{point}{fraction:0<digits$}")
    }
}

#[cfg(test)]
mod tests {
    use super::{date, moment, moment_utc, time};

    #[test]
    fn only_days_that_there_are() {
        for day in [
            "2026-01-31",
            "2024-02-29",
            "2000-02-29",
            "0001-01-01",
            "9999-12-31",
        ] {
            assert_eq!(date(day).as_deref(), Some(day));
        }
        for no_day in [
            "",
            "2026-02-29",
            "1900-02-29",
            "2026-13-01",
            "2026-00-01",
            "2026-01-00",
            "2026-04-31",
            "0000-01-01",
            "2026-1-1",
            "12026-01-01",
            "2026-01-01 ",
            "2026/01/01",
            "+026-01-01",
            "20ä6-01-01",
        ] {
            assert_eq!(date(no_day), None, "{no_day}");
        }
    }

    #[test]
    fn a_fraction_has_none_three_six_or_nine_digits() {
        for (text, written) in [
            ("12:30", "12:30:00"),
            ("23:59:59", "23:59:59"),
            ("12:30:00.000", "12:30:00"),
            ("12:30:00.5", "12:30:00.500"),
            ("12:30:00.1230", "12:30:00.123"),
            ("12:30:00.1234", "12:30:00.123400"),
            ("12:30:00.123456789", "12:30:00.123456789"),
        ] {
            assert_eq!(time(text).as_deref(), Some(written));
        }
        for no_time in [
            "24:00",
            "12:60",
            "12:30:60",
            "12",
            "12:30:00.",
            "12:30:00.1234567890",
            "1:30",
        ] {
            assert_eq!(time(no_time), None, "{no_time}");
        }
    }

    #[test]
    fn moments_are_those_of_utc() {
        assert_eq!(moment("2026-01-31").as_deref(), Some("2026-01-31 00:00:00"));
        let written = Some("2026-01-31 12:30:00");
        assert_eq!(moment("2026-01-31T12:30").as_deref(), written);
        assert_eq!(moment("2026-01-31 12:30:00Z"), None);
        for (text, written) in [
            ("2026-01-31T12:30:00Z", "2026-01-31 12:30:00"),
            ("2026-01-31 12:30", "2026-01-31 12:30:00"),
            ("2026-01-31 12:30:00 UTC", "2026-01-31 12:30:00"),
            ("2026-03-01 01:00:00+02:00", "2026-02-28 23:00:00"),
            ("2024-03-01 01:00:00+0200", "2024-02-29 23:00:00"),
            ("2026-01-01 00:00:00.5+00:30", "2025-12-31 23:30:00.500"),
            ("2025-12-31 23:00:00-05", "2026-01-01 04:00:00"),
        ] {
            assert_eq!(moment_utc(text).as_deref(), Some(written));
        }
        for no_moment in [
            "0001-01-01 00:00+01:00",
            "9999-12-31 23:59-01",
            "2026-01-31 12:30+25:00",
        ] {
            assert_eq!(moment_utc(no_moment), None, "{no_moment}");
        }
    }
}
