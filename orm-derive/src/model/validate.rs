//! The rules that a field can have.

use crate::model::types::Kind;

/// A built-in rule, which is a function of the runtime.
pub(crate) struct Rule {
    pub(crate) name: &'static str,
    pub(crate) of: Of,
    pub(crate) takes: Takes,
}

/// What a rule is for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Of {
    Texts,
    TextsAndLists,
    Ordered,
    Anything,
}

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

const RULES: &[Rule] = &[
    rule("after", Of::Ordered, Takes::Value),
    rule("alpha", Of::Texts, Takes::Nothing),
    rule("alphanumeric", Of::Texts, Takes::Nothing),
    rule("ascii", Of::Texts, Takes::Nothing),
    rule("before", Of::Ordered, Takes::Value),
    rule("contains", Of::Texts, Takes::Text),
    rule("credit_card", Of::Texts, Takes::Nothing),
    rule("email", Of::Texts, Takes::Nothing),
    rule("ends_with", Of::Texts, Takes::Text),
    rule("ip", Of::Texts, Takes::Nothing),
    rule("ipv4", Of::Texts, Takes::Nothing),
    rule("ipv6", Of::Texts, Takes::Nothing),
    rule("length", Of::TextsAndLists, Takes::Range),
    rule("lowercase", Of::Texts, Takes::Nothing),
    rule("not_contains", Of::Texts, Takes::Text),
    rule("not_empty", Of::TextsAndLists, Takes::Nothing),
    rule("not_one_of", Of::Anything, Takes::Values),
    rule("numeric", Of::Texts, Takes::Nothing),
    rule("one_of", Of::Anything, Takes::Values),
    rule("range", Of::Ordered, Takes::Range),
    rule("starts_with", Of::Texts, Takes::Text),
    rule("uppercase", Of::Texts, Takes::Nothing),
    rule("url", Of::Texts, Takes::Nothing),
    rule("uuid", Of::Texts, Takes::Nothing),
];

const fn rule(name: &'static str, of: Of, takes: Takes) -> Rule {
    Rule { name, of, takes }
}

impl Rule {
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        RULES.iter().find(|rule| rule.name == name)
    }

    /// The names of all rules.
    pub(crate) fn names() -> Vec<&'static str> {
        RULES.iter().map(|rule| rule.name).collect()
    }
}

impl Of {
    /// Whether a value of this Rust type is one. Of a type that is not built in, rustc finds out.
    pub(crate) fn is(self, kind: &Kind) -> bool {
        let is_list = is_list(kind);
        match (self, kind) {
            (Self::Anything, _) | (_, Kind::Enum | Kind::Custom(_)) => true,
            (Self::Texts, kind) => matches!(kind, Kind::Text),
            (Self::TextsAndLists, kind) => matches!(kind, Kind::Text) || is_list,
            (Self::Ordered, kind) => kind.is_number() || kind.is_time(),
        }
    }
}

/// Whether a value of this Rust type is a list of others.
pub(crate) fn is_list(kind: &Kind) -> bool {
    matches!(kind, Kind::Array(_) | Kind::Binary)
}
