//! The rules that a field can have.

/// What stands in the parentheses of a rule.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Takes {
    Nothing,
    Range,
    Value,
    Values,
    /// A text. Only such a rule makes sense more than once.
    Text,
}

use Takes::{Nothing, Range, Text, Value, Values};

/// All rules. They have the names of functions of the runtime.
const RULES: &[(&str, Takes)] = &[
    ("after", Value),
    ("alpha", Nothing),
    ("alphanumeric", Nothing),
    ("ascii", Nothing),
    ("before", Value),
    ("contains", Text),
    ("credit_card", Nothing),
    ("email", Nothing),
    ("ends_with", Text),
    ("ip", Nothing),
    ("ipv4", Nothing),
    ("ipv6", Nothing),
    ("length", Range),
    ("lowercase", Nothing),
    ("not_contains", Text),
    ("not_empty", Nothing),
    ("not_one_of", Values),
    ("numeric", Nothing),
    ("one_of", Values),
    ("range", Range),
    ("starts_with", Text),
    ("uppercase", Nothing),
    ("url", Nothing),
    ("uuid", Nothing),
];

/// What a rule takes, if there is one of this name.
pub(crate) fn takes(rule: &str) -> Option<Takes> {
    let rule = RULES.iter().find(|(name, _)| *name == rule);
    rule.map(|(_, takes)| *takes)
}

/// The names of all rules.
pub(crate) fn names() -> Vec<&'static str> {
    RULES.iter().map(|(name, _)| *name).collect()
}
