//! Rules on `validate`.

use darling::Error;
use darling::error::Accumulator;
use syn::spanned::Spanned;
use syn::{Expr, Lit};

use crate::attrs::RuleAttr;
use crate::check::errors::at;
use crate::model::validate::{Of, Rule, Takes};
use crate::model::{Field, Model, TypeKind};

fn rules(field: &Field) -> impl Iterator<Item = &RuleAttr> {
    field.validate.iter().flat_map(|attr| &attr.rules)
}

pub(super) fn rules_are_possible(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        for rule in rules(field) {
            let span = rule.name.span();
            let Some(known) = Rule::named(&rule.name.to_string()) else {
                errors.push(at(span, unknown(&rule.name.to_string())));
                continue;
            };
            let text = unfit(field, known).or_else(|| mistake(rule, known.takes));
            match text {
                Some(text) => errors.push(at(span, text)),
                None => errors.extend(other_literal(field, rule, known)),
            }
        }
    }
}

fn unknown(name: &str) -> String {
    let names = Rule::names().join("`, `");
    match name {
        "with" => "name a function, as in `with = no_emoji`".to_owned(),
        "message" => "state the message, as in `message = \"1 to 10 seats\"`".to_owned(),
        _ => format!(
            "`{name}` is no rule: write a function of yours, `with = {name}`, or one of `{names}`"
        ),
    }
}

/// Why a rule does not fit the type of its field.
fn unfit(field: &Field, rule: &Rule) -> Option<String> {
    let kind = TypeKind::of(&field.inner);
    let (name, ty) = (rule.name, &field.inner);
    let of = match rule.of {
        _ if rule.of.is(&kind) => return None,
        Of::Ordered if matches!(kind, TypeKind::Text) && name == "range" => {
            "numbers, dates and times: for how long the text is, write `length`"
        }
        Of::Ordered => "numbers, dates and times",
        Of::TextsAndLists => "texts and lists",
        Of::Texts | Of::Anything => "texts",
    };
    let ty = quote::quote!(#ty).to_string().replace(' ', "");
    let instead = match of.contains(':') {
        true => String::new(),
        false => format!(
            ": for a `{ty}`, write a function of yours, as in `validate(with = {})`",
            field.name
        ),
    };
    Some(format!("`{name}` is a rule for {of}{instead}"))
}

/// What is wrong with what a rule takes.
fn mistake(rule: &RuleAttr, takes: Takes) -> Option<String> {
    let name = rule.name.to_string();
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

/// A literal among what a rule takes that is none of the field's type. rustc would say that at length.
fn other_literal(field: &Field, rule: &RuleAttr, known: &Rule) -> Option<Error> {
    let kind = TypeKind::of(&field.inner);
    if known.of == Of::TextsAndLists || !kind.is_known() {
        return None;
    }
    let is_float = matches!(kind, TypeKind::Float | TypeKind::Double);
    let fits = |literal: &Lit| match literal {
        Lit::Int(_) => kind.is_integer(),
        Lit::Float(_) => is_float,
        Lit::Str(_) => matches!(kind, TypeKind::Text),
        _ => true,
    };
    let literals = rule.arguments.iter().flat_map(parts).filter_map(literal);
    let wrong = literals.into_iter().find(|literal| !fits(literal))?;
    let (name, ty) = (&field.name, &field.inner);
    let ty = quote::quote!(#ty).to_string().replace(' ', "");
    let text = match wrong {
        Lit::Int(int) if is_float => {
            format!("`{name}` is a `{ty}`: write `{}.0`", int.base10_digits())
        }
        _ => format!(
            "`{name}` is a `{ty}`, and this is none: write one, such as a constant or a call"
        ),
    };
    Some(at(wrong.span(), text))
}

/// The ends of a range, or the value itself.
fn parts(value: &Expr) -> Vec<&Expr> {
    match value {
        Expr::Range(range) => [&range.start, &range.end]
            .into_iter()
            .filter_map(|end| end.as_deref())
            .collect(),
        value => vec![value],
    }
}

/// `1` of `1` and `-1`.
fn literal(value: &Expr) -> Option<&Lit> {
    match value {
        Expr::Lit(literal) => Some(&literal.lit),
        Expr::Unary(unary) => literal(&unary.expr),
        _ => None,
    }
}

pub(super) fn rules_differ(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        let mut seen = Vec::new();
        for rule in rules(field) {
            let name = rule.name.to_string();
            let is_of_parts = Rule::named(&name).is_some_and(|rule| rule.takes == Takes::Text);
            if seen.contains(&name) && !is_of_parts {
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
