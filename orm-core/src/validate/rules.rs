//! The rules that `#[model(validate(…))]` names. Each is a function of the rule's name.

use std::fmt::{Debug, Display, Write as _};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::ops::{Bound, RangeBounds};

use crate::validate::problems::Invalid;

type Checked = Result<(), Invalid>;

/// A text: what is `AsRef<str>`, so a `String`, and types of your own.
#[diagnostic::on_unimplemented(
    message = "this is a rule for texts, and `{Self}` is no text",
    label = "write a function of yours, as in `validate(with = even)`, or implement `AsRef<str>` for `{Self}`"
)]
pub trait Text {
    /// The text.
    fn text(&self) -> &str;
}

#[diagnostic::do_not_recommend]
impl<T: AsRef<str>> Text for T {
    fn text(&self) -> &str {
        self.as_ref()
    }
}

/// Where a range starts and ends.
type Limits<T> = (Bound<T>, Bound<T>);

/// What has an order and can be shown: numbers, dates and times.
#[diagnostic::on_unimplemented(
    message = "this is a rule for numbers, dates and times, and not for `{Self}`",
    label = "write a function of yours, as in `validate(with = in_season)`"
)]
pub trait Ordered: Sized {
    /// A value within a range.
    fn range(&self, range: Limits<Self>) -> Checked;
    /// A value that comes after another one.
    fn after(&self, other: Self) -> Checked;
    /// A value that comes before another one.
    fn before(&self, other: Self) -> Checked;
}

#[diagnostic::do_not_recommend]
impl<T: PartialOrd + Display> Ordered for T {
    fn range(&self, range: Limits<T>) -> Checked {
        let message = || format!("must be {}", shown(&range));
        passed(range.contains(self), "range", message)
    }

    fn after(&self, other: T) -> Checked {
        let message = || format!("must be after {other}");
        passed(*self > other, "after", message)
    }

    fn before(&self, other: T) -> Checked {
        let message = || format!("must be before {other}");
        passed(*self < other, "before", message)
    }
}

fn passed(passes: bool, code: &'static str, message: impl FnOnce() -> String) -> Checked {
    match passes {
        true => Ok(()),
        false => Err(Invalid::new(code, message())),
    }
}

/// Rules for texts without arguments.
macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident: $message:literal = $passes:expr;)+) => {
        $(
            $(#[$doc])*
            pub fn $name(text: &str) -> Checked {
                let passes: fn(&str) -> bool = $passes;
                match passes(text) {
                    true => Ok(()),
                    false => Err(Invalid::new(stringify!($name), $message)),
                }
            }
        )+
    };
}

texts! {
    /// An email address as the HTML standard defines it for `<input type=email>`.
    email: "must be an email address" = is_email;
    /// At least one letter of any script, and nothing else.
    alpha: "must have only letters" = |text| all(text, char::is_alphabetic);
    /// At least one letter or number of any script, and nothing else.
    alphanumeric: "must have only letters and digits" = |text| all(text, char::is_alphanumeric);
    /// At least one of the digits 0 to 9, and nothing else.
    numeric: "must have only digits" = |text| all(text, |letter| letter.is_ascii_digit());
    /// Only ASCII.
    ascii: "must be ASCII" = str::is_ascii;
    /// No letter is upper case.
    lowercase: "must be lower case" = |text| !text.chars().any(char::is_uppercase);
    /// No letter is lower case.
    uppercase: "must be upper case" = |text| !text.chars().any(char::is_lowercase);
    /// An address of IPv4 or IPv6.
    ip: "must be an IP address" = |text| text.parse::<IpAddr>().is_ok();
    /// Four numbers, as in `127.0.0.1`.
    ipv4: "must be an IPv4 address" = |text| text.parse::<Ipv4Addr>().is_ok();
    /// As in `::1`.
    ipv6: "must be an IPv6 address" = |text| text.parse::<Ipv6Addr>().is_ok();
    /// 32 hexadecimal digits in five groups, of any version.
    uuid: "must be a UUID" = is_uuid;
    /// 12 to 19 digits with single spaces or hyphens between them, and the checksum fits.
    credit_card: "must be the number of a credit card" = is_card;
    /// A text that is not empty.
    not_empty: "must not be empty" = |text| !text.is_empty();
}

/// An absolute URL.
#[cfg(feature = "garde")]
pub fn url(text: &str) -> Checked {
    let is_url = garde::rules::url::Url::validate_url(&text).is_ok();
    passed(is_url, "url", || "must be a URL".to_owned())
}

/// The number of characters, as `VARCHAR` counts them.
pub fn length(text: &str, range: Limits<usize>) -> Checked {
    let count = text.chars().count();
    counted(count, &range, "characters")
}

/// The number of elements of a list.
pub fn list_length<T>(value: &[T], range: Limits<usize>) -> Checked {
    counted(value.len(), &range, "elements")
}

fn counted(count: usize, range: &Limits<usize>, what: &str) -> Checked {
    passed(range.contains(&count), "length", || {
        format!("must have {} {what}", shown(range))
    })
}

/// A list that is not empty.
pub fn list_not_empty<T>(value: &[T]) -> Checked {
    let message = || "must not be empty".to_owned();
    passed(!value.is_empty(), "not_empty", message)
}

/// `3 to 40`, `at least 3`, `less than 40`, `at most 40`.
fn shown<T: Display + PartialEq>(range: &Limits<T>) -> String {
    let start = match &range.0 {
        Bound::Included(start) | Bound::Excluded(start) => Some(start),
        Bound::Unbounded => None,
    };
    match (start, &range.1) {
        (Some(start), Bound::Included(end)) if start == end => start.to_string(),
        (Some(start), Bound::Included(end)) => format!("{start} to {end}"),
        (Some(start), Bound::Excluded(end)) => format!("at least {start} and less than {end}"),
        (Some(start), Bound::Unbounded) => format!("at least {start}"),
        (None, Bound::Included(end)) => format!("at most {end}"),
        (None, Bound::Excluded(end)) => format!("less than {end}"),
        (None, Bound::Unbounded) => "anything".to_owned(),
    }
}

/// One of these texts.
pub fn one_of_texts(text: &str, texts: &[&str]) -> Checked {
    passed(texts.contains(&text), "one_of", || {
        format!(
            "must be one of {}",
            listed(texts, |text, f| f.push_str(text))
        )
    })
}

/// None of these texts.
pub fn not_one_of_texts(text: &str, texts: &[&str]) -> Checked {
    passed(!texts.contains(&text), "not_one_of", || {
        format!(
            "must be none of {}",
            listed(texts, |text, f| f.push_str(text))
        )
    })
}

/// One of these values.
pub fn one_of<T: PartialEq + Debug>(value: &T, values: &[T]) -> Checked {
    passed(values.contains(value), "one_of", || {
        format!("must be one of {}", listed(values, debug))
    })
}

/// None of these values.
pub fn not_one_of<T: PartialEq + Debug>(value: &T, values: &[T]) -> Checked {
    passed(!values.contains(value), "not_one_of", || {
        format!("must be none of {}", listed(values, debug))
    })
}

fn debug(value: &impl Debug, text: &mut String) {
    // A `String` takes everything.
    let _ = write!(text, "{value:?}");
}

fn listed<T>(values: &[T], show: impl Fn(&T, &mut String)) -> String {
    let mut list = String::new();
    for (index, value) in values.iter().enumerate() {
        list.push_str(if index == 0 { "" } else { ", " });
        show(value, &mut list);
    }
    list
}

/// A text with this in it.
pub fn contains(text: &str, part: &str) -> Checked {
    let message = || format!("must contain `{part}`");
    passed(text.contains(part), "contains", message)
}

/// A text without this in it.
pub fn not_contains(text: &str, part: &str) -> Checked {
    let message = || format!("must not contain `{part}`");
    passed(!text.contains(part), "not_contains", message)
}

/// A text that starts with this.
pub fn starts_with(text: &str, start: &str) -> Checked {
    let message = || format!("must start with `{start}`");
    passed(text.starts_with(start), "starts_with", message)
}

/// A text that ends with this.
pub fn ends_with(text: &str, end: &str) -> Checked {
    let message = || format!("must end with `{end}`");
    passed(text.ends_with(end), "ends_with", message)
}

fn all(text: &str, is_allowed: fn(char) -> bool) -> bool {
    !text.is_empty() && text.chars().all(is_allowed)
}

/// <https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address>, and no longer than an address can be.
fn is_email(text: &str) -> bool {
    let is_atom =
        |letter: char| letter.is_ascii_alphanumeric() || ".!#$%&'*+/=?^_`{|}~-".contains(letter);
    let is_label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|letter| letter.is_ascii_alphanumeric() || letter == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.rsplit_once('@').is_some_and(|(user, domain)| {
        (1..=64).contains(&user.len())
            && user.chars().all(is_atom)
            && domain.len() <= 255
            && domain.split('.').all(is_label)
    })
}

fn is_uuid(text: &str) -> bool {
    let groups = text.split('-');
    let is_hex = |group: &str| group.bytes().all(|digit| digit.is_ascii_hexdigit());
    groups.clone().map(str::len).eq([8, 4, 4, 4, 12]) && groups.clone().all(is_hex)
}

/// The checksum is that of Luhn, ISO/IEC 7812-1.
fn is_card(text: &str) -> bool {
    let groups = text.split([' ', '-']);
    let are_digits = groups
        .clone()
        .all(|group| all(group, |digit| digit.is_ascii_digit()));
    let digits: Vec<u32> = text
        .chars()
        .filter_map(|digit| digit.to_digit(10))
        .collect();
    let doubled = |(index, digit): (usize, &u32)| match index % 2 {
        0 => *digit,
        _ => digit * 2 / 10 + digit * 2 % 10,
    };
    let sum: u32 = digits.iter().rev().enumerate().map(doubled).sum();
    are_digits && (12..=19).contains(&digits.len()) && sum.is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What passes a rule among these.
    fn passing<'t>(rule: fn(&str) -> Checked, texts: &[&'t str]) -> Vec<&'t str> {
        texts
            .iter()
            .copied()
            .filter(|text| rule(text).is_ok())
            .collect()
    }

    #[test]
    fn addresses_are_those_of_the_html_standard() {
        let long = format!("{}@a.b", "u".repeat(64));
        let label = format!("u@{}.com", "l".repeat(63));
        let right = [
            "a@b",
            "ann@example.com",
            "a.b+c@x-y.example",
            "!#$%&'*+/=?^_`{|}~-@a",
            ".a.@1.2",
            &long,
            &label,
        ];
        assert_eq!(passing(email, &right), right);
        let too_long = format!("{}@a.b", "u".repeat(65));
        let long_label = format!("u@{}.com", "l".repeat(64));
        let long_domain = format!("u@{}", ["abc"; 65].join("."));
        let wrong = [
            "",
            "@",
            "a@",
            "@b",
            "a",
            "a@b@c",
            "a b@c",
            "a@b c",
            "a@-b",
            "a@b-",
            "a@b..c",
            "a@.b",
            "a@b.",
            "ä@b",
            "a@ä",
            "a@b\n",
            "\"a b\"@c",
            "a@[127.0.0.1]",
            &too_long,
            &long_label,
            &long_domain,
        ];
        assert!(
            passing(email, &wrong).is_empty(),
            "{:?}",
            passing(email, &wrong)
        );
    }

    #[test]
    fn cards_have_a_checksum() {
        let right = [
            "4242424242424242",
            "4242 4242 4242 4242",
            "3782-822463-10005",
            "6011000990139424",
        ];
        assert_eq!(passing(credit_card, &right), right);
        let wrong = [
            "",
            "4242424242424241",
            "4242  424242424242",
            " 4242424242424242",
            "4242424242424242-",
            "00000000000",
            "00000000000000000000",
            "42424242424242x2",
        ];
        assert!(passing(credit_card, &wrong).is_empty());
    }

    #[test]
    fn uuids_are_five_groups() {
        let right = [
            "67e55044-10b1-426f-9247-bb680e5fe0c8",
            "67E55044-10B1-426F-9247-BB680E5FE0C8",
        ];
        assert_eq!(passing(uuid, &right), right);
        let wrong = [
            "",
            "67e5504410b1426f9247bb680e5fe0c8",
            "{67e55044-10b1-426f-9247-bb680e5fe0c8}",
            "67e55044-10b1-426f-9247-bb680e5fe0cg",
            "67e55044-10b1-426f-9247-bb680e5fe0c8-",
        ];
        assert!(passing(uuid, &wrong).is_empty());
    }

    #[test]
    fn letters_are_those_of_all_scripts() {
        let texts = ["", "a", "Ä", "1", "٣", "a1", "a b", "日本"];
        assert_eq!(passing(alpha, &texts), ["a", "Ä", "日本"]);
        assert_eq!(
            passing(alphanumeric, &texts),
            ["a", "Ä", "1", "٣", "a1", "日本"]
        );
        assert_eq!(passing(numeric, &texts), ["1"]);
        assert_eq!(passing(ascii, &texts), ["", "a", "1", "a1", "a b"]);
        assert_eq!(
            passing(lowercase, &texts),
            ["", "a", "1", "٣", "a1", "a b", "日本"]
        );
        assert_eq!(passing(uppercase, &texts), ["", "Ä", "1", "٣", "日本"]);
    }

    #[test]
    fn addresses_of_hosts() {
        let texts = [
            "127.0.0.1",
            "::1",
            "::ffff:1.2.3.4",
            "1.2.3",
            "256.0.0.1",
            "01.2.3.4",
            "localhost",
            "",
        ];
        assert_eq!(passing(ip, &texts), ["127.0.0.1", "::1", "::ffff:1.2.3.4"]);
        assert_eq!(passing(ipv4, &texts), ["127.0.0.1"]);
        assert_eq!(passing(ipv6, &texts), ["::1", "::ffff:1.2.3.4"]);
    }

    #[test]
    fn ranges_are_told() {
        let words = |range: Checked| format!("{:?}", range.err());
        fn within<T: Clone>(range: impl RangeBounds<T>) -> Limits<T> {
            (range.start_bound().cloned(), range.end_bound().cloned())
        }
        for (checked, told) in [
            (Ordered::range(&0, within(1..=10)), "must be 1 to 10"),
            (
                Ordered::range(&0, within(1..10)),
                "must be at least 1 and less than 10",
            ),
            (Ordered::range(&0, within(1..)), "must be at least 1"),
            (Ordered::range(&0, within(..=-1)), "must be at most -1"),
            (Ordered::range(&0.5, within(..0.5)), "must be less than 0.5"),
            (Ordered::range(&0, within(7..=7)), "must be 7"),
            (length("ää", within(3..=40)), "must have 3 to 40 characters"),
            (
                list_length(&[1], within(2..)),
                "must have at least 2 elements",
            ),
            (Ordered::after(&1, 1), "must be after 1"),
            (Ordered::before(&1, 1), "must be before 1"),
            (one_of_texts("c", &["a", "b"]), "must be one of a, b"),
            (not_one_of(&1, &[1, 2]), "must be none of 1, 2"),
        ] {
            assert!(words(checked.clone()).contains(told), "{checked:?}");
        }
        assert_eq!(length("ää", within(2..=2)), Ok(()));
        assert_eq!(
            Ordered::range(&f64::NAN, within(..))
                .and(Ordered::after(&2, 1))
                .and(Ordered::before(&1, 2)),
            Ok(())
        );
        assert!(Ordered::range(&f64::NAN, within(0.0..)).is_err());
    }
}
