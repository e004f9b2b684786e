//! Rules on `validate`.

use darling::error::Accumulator;
use syn::Expr;
use syn::spanned::Spanned;

use crate::attrs::RuleAttr;
use crate::check::errors::at;
use crate::model::validate::{Takes, names, takes};
use crate::model::{Field, Model};

fn rules(field: &Field) -> impl Iterator<Item = &RuleAttr> {
    field.validate.iter().flat_map(|attr| &attr.rules)
}

pub(super) fn rules_are_known(model: &Model, errors: &mut Accumulator) {
    for rule in model.fields.iter().flat_map(rules) {
        if let Some(text) = mistake(rule) {
            errors.push(at(rule.name.span(), text));
        }
    }
}

/// What is wrong with a rule by itself.
fn mistake(rule: &RuleAttr) -> Option<String> {
    let name = rule.name.to_string();
    let Some(takes) = takes(&name) else {
        let names = names().join("`, `");
        return Some(match name.as_str() {
            "with" | "message" => format!("write it with `=`, as in `{name} = …`"),
            _ => format!(
                "`{name}` is no rule: write a function of yours, `with = {name}`, or one of `{names}`"
            ),
        });
    };
    if name == "url" && !cfg!(feature = "garde") {
        return Some("to check URLs, enable the feature `garde` of orm-core".to_owned());
    }
    let example = match name.as_str() {
        "length" => "length(3..=40)",
        "range" => "range(1..=10)",
        "after" => "after(OPENING)",
        "before" => "before(CLOSING)",
        "one_of" => "one_of(\"red\", \"blue\")",
        "not_one_of" => "not_one_of(\"admin\", \"root\")",
        "contains" => "contains(\"@\")",
        "not_contains" => "not_contains(\" \")",
        "starts_with" => "starts_with(\"+\")",
        "ends_with" => "ends_with(\".\")",
        _ => "",
    };
    match (takes, &rule.arguments[..]) {
        (Takes::Nothing, []) | (Takes::Range, [Expr::Range(_)]) | (Takes::Values, [_, ..]) => None,
        (Takes::Value | Takes::Text, [_]) => None,
        (Takes::Nothing, _) => Some(format!("`{name}` takes nothing: remove the parentheses")),
        (Takes::Range, _) => Some(format!("`{name}` takes a range, as in `{example}`")),
        (Takes::Values, _) => Some(format!("`{name}` takes values, as in `{example}`")),
        (Takes::Value | Takes::Text, _) => {
            Some(format!("`{name}` takes one value, as in `{example}`"))
        }
    }
}

pub(super) fn rules_differ(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        let mut seen = Vec::new();
        for rule in rules(field) {
            let name = rule.name.to_string();
            if seen.contains(&name) && takes(&name) != Some(Takes::Text) {
                errors.push(at(
                    rule.name.span(),
                    format!("`{}` has the rule `{name}` already: remove one", field.name),
                ));
            }
            seen.push(name);
        }
    }
}

pub(super) fn values_are_written(model: &Model, errors: &mut Accumulator) {
    for field in model
        .fields
        .iter()
        .filter(|field| field.read_only.is_some())
    {
        let attr = field.validate.first();
        let rule = attr.and_then(|attr| attr.rules.first());
        let with = attr.and_then(|attr| attr.with.first());
        let rule = rule.map(|rule| rule.name.span());
        if let Some(span) = rule.or(with.map(Spanned::span)) {
            errors.push(at(
                span,
                format!(
                    "only the database writes `{}`, which is `read_only`, so it has no rules here: remove \
                     `validate`, or state a CHECK in the database",
                    field.name
                ),
            ));
        }
    }
}
