//! Rules on single fields: what their types, options and defaults allow.

use darling::error::Accumulator;
use syn::spanned::Spanned;

use crate::check::errors::at;
use crate::model::{Association, Model, Stamp, TypeKind};
use crate::naming;

/// Refuses a type that the enabled features of orm-core cannot store.
pub(super) fn types_are_enabled(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        let ty = &field.inner;
        let ty = quote::quote!(#ty).to_string().replace(' ', "");
        if let Some(text) = unavailable(&field.kind, &ty) {
            errors.push(at(field.ty.span(), text));
        }
    }
}

fn unavailable(kind: &TypeKind, ty: &str) -> Option<String> {
    let feature =
        |name: &str| format!("to store a `{ty}`, enable the feature `{name}` of orm-core");
    match kind {
        TypeKind::Uuid if !cfg!(feature = "uuid") => Some(feature("uuid")),
        TypeKind::Json if !cfg!(feature = "json") => Some(feature("json")),
        TypeKind::Decimal if !cfg!(any(feature = "postgres", feature = "mysql")) => Some(
            "SQLite has no exact decimals: store the number of the smallest unit in an `i64`, \
             such as cents, or enable the feature `postgres` or `mysql` of orm-core"
                .to_owned(),
        ),
        TypeKind::Decimal if !cfg!(feature = "bigdecimal") => Some(feature("bigdecimal")),
        kind if kind.is_unsigned() && !cfg!(feature = "mysql") => Some(format!(
            "only MySQL has unsigned integers: make it an `{}`, or enable the feature `mysql` of \
             orm-core",
            if ty == "u16" { "i32" } else { "i64" }
        )),
        TypeKind::Array(element) if matches!(element.kind, TypeKind::Array(_)) => Some(
            "Diesel cannot read an array of arrays: store it as JSON, as in `Json<Vec<Vec<i32>>>`"
                .to_owned(),
        ),
        TypeKind::Array(_) if !cfg!(feature = "postgres") => Some(format!(
            "only PostgreSQL has arrays: store it as JSON, as in `Json<{ty}>`, or enable the \
             feature `postgres` of orm-core"
        )),
        _ => None,
    }
}

pub(super) fn digits_are_of_decimals(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        let Some((all, behind, span)) = field.digits else {
            continue;
        };
        if !matches!(field.kind, TypeKind::Decimal | TypeKind::Custom(_)) {
            errors.push(at(
                span,
                "only a decimal has a `precision`: remove it, or make the field a `BigDecimal`",
            ));
        } else if behind > all {
            errors.push(at(
                span,
                format!("a number of {all} digits cannot have {behind} of them behind the point"),
            ));
        }
    }
}

pub(super) fn lengths_are_of_texts(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        if let Some((_, span)) = field.length.filter(|_| !field.kind.is_text()) {
            errors.push(at(
                span,
                "only a text has a `length`: remove it, or make the field a `String`",
            ));
        }
    }
}

pub(super) fn collations_are_of_texts(model: &Model, errors: &mut Accumulator) {
    for field in model.fields.iter().filter(|field| !field.kind.is_text()) {
        if let Some(collate) = &field.collate {
            errors.push(at(
                collate.span(),
                "only a text has a `collate`: remove it, or make the field a `String`",
            ));
        }
    }
}

/// If no program writes a column, the database must write it: by a default, by a trigger, or in an adopted
/// table, whose columns are not stated here.
pub(super) fn read_only_is_of_the_database(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        let Some(span) = field.read_only else {
            continue;
        };
        if field.primary_key {
            errors.push(at(
                span,
                "orm-core finds a row by its key, so the key cannot be `read_only`: remove `read_only`; the \
                 database writes a generated key anyway",
            ));
        } else if !model.table.adopted && field.default.is_none() && !field.nullable {
            let (name, ty) = (&field.name, &field.ty);
            let ty = quote::quote!(#ty).to_string().replace(' ', "");
            errors.push(at(
                span,
                format!(
                    "nothing would write `{name}`: state its `default`, or make it an `Option<{ty}>` \
                     that a trigger fills; if the table generates the column, declare the table yourself \
                     and name it with `#[model(schema = …)]`"
                ),
            ));
        }
    }
}

/// What writes make of a column, its type must be able to hold.
pub(super) fn stamps_fit(model: &Model, errors: &mut Accumulator) {
    let mut seen = Vec::new();
    for field in &model.fields {
        let Some((stamp, span)) = field.stamp else {
            continue;
        };
        let is_moment = matches!(field.kind, TypeKind::Timestamp | TypeKind::TimestampUtc);
        let is_number = matches!(
            field.kind,
            TypeKind::SmallInt | TypeKind::Integer | TypeKind::BigInt
        );
        let text = match stamp {
            _ if seen.contains(&stamp) => "another field of the model has this: remove one of them",
            _ if field.primary_key => "the primary key of a row stays as it is: remove this",
            Stamp::Created | Stamp::Updated if field.nullable || !is_moment => {
                "a moment is a `DateTime<Utc>` or a `NaiveDateTime`, and always there: change the \
                 type of the field"
            }
            Stamp::Version if field.nullable || !is_number => {
                "a version is an `i16`, an `i32` or an `i64`, and always there: change the type of \
                 the field"
            }
            _ => {
                seen.push(stamp);
                continue;
            }
        };
        errors.push(at(span, text));
    }
}

/// A setter sets a column that the builder has, under a name that the builder has for nothing else.
pub(super) fn setters_fit(model: &Model, errors: &mut Accumulator) {
    let plain = model.written().filter(|field| field.set.is_none());
    let plain = plain.map(|field| field.name.clone());
    let associations = model.associations.iter();
    let of_associations = associations.flat_map(Association::builder_methods);
    let mut names: Vec<String> = plain.chain(of_associations).collect();
    for field in &model.fields {
        let Some(set) = &field.set else {
            continue;
        };
        let (column, name) = (&field.name, naming::plain(&set.name));
        let text = match () {
            () if field.read_only.is_some() => {
                "only the database writes this column: remove `set`, or remove `read_only`".to_owned()
            }
            () if field.primary_key => {
                "the key is set as it is, and never changed: remove `set`, or make a type of your own that \
                 builds the key"
                    .to_owned()
            }
            () if field.is(Stamp::Version) => {
                "nobody sets a version: remove `set`, or remove `version`".to_owned()
            }
            () if !naming::is_possible(&name) => {
                format!("a method cannot be called `{name}`: choose another name")
            }
            () if names.contains(&name) => format!(
                "the builder has a method `{name}` already: choose another name for the setter of `{column}`"
            ),
            () => {
                names.push(name);
                continue;
            }
        };
        errors.push(at(set.name.span(), text));
    }
}
