//! Errors and their positions.

use darling::Error;
use proc_macro2::Span;

use crate::model::Model;

pub(super) fn at(span: Span, text: impl Into<String>) -> Error {
    Error::custom(text.into()).with_span(&span)
}

pub(super) fn no_field(model: &Model, span: Span, name: &str) -> Error {
    let names: Vec<&str> = model
        .fields
        .iter()
        .map(|field| field.name.as_str())
        .collect();
    at(
        span,
        format!(
            "`{}` has no field `{name}`; its fields are `{}`",
            model.ident,
            names.join("`, `")
        ),
    )
}
