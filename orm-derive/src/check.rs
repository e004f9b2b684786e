//! Rules over the whole model: one function per rule, all broken ones reported at once.

use std::collections::HashMap;

use darling::Error;
use darling::error::Accumulator;
use proc_macro2::Span;
use syn::spanned::Spanned;

use crate::attrs::Kind;
use crate::model::{Action, Association, Default, Field, Model, TypeKind};

/// Everything that makes no sense in a model.
pub(crate) fn check(model: &Model) -> darling::Result<()> {
    let mut errors = Error::accumulator();
    for rule in [
        schema_name_is_possible,
        has_a_key,
        key_is_not_optional,
        one_generated_key,
        types_are_enabled,
        lengths_are_of_texts,
        digits_are_of_decimals,
        collations_are_of_texts,
        options_are_words,
        defaults_fit,
        columns_differ,
        names_are_possible,
        lists_name_fields,
        aliases_differ,
        methods_differ,
        keys_exist,
        keys_are_unique,
        actions_are_possible,
        skips_name_methods,
    ] {
        rule(model, &mut errors);
    }
    errors.finish()
}

fn at(span: Span, text: impl Into<String>) -> Error {
    Error::custom(text.into()).with_span(&span)
}

/// Diesel's `table!` takes the schema as an identifier.
fn schema_name_is_possible(model: &Model, errors: &mut Accumulator) {
    let Some(schema) = &model.table.schema else {
        return;
    };
    let name = schema.value();
    let help = match name.rsplit_once('.') {
        _ if syn::parse_str::<syn::Ident>(&name).is_ok() => return,
        Some((_, last)) if !last.is_empty() => {
            "a table is in one schema, whose name has no dot: write the last part alone"
        }
        _ => {
            "the name of a schema is made of letters, digits and underscores, and no keyword of \
             Rust: write a name such as `app`, or leave `schema_name` out for the connection's own"
        }
    };
    errors.push(at(schema.span(), help));
}

fn has_a_key(model: &Model, errors: &mut Accumulator) {
    if model.key().is_empty() {
        errors.push(at(
            model.ident.span(),
            format!(
                "`{}` has no primary key: mark a field with `#[model(primary_key)]`, \
                 for instance `#[model(primary_key)] id: i32`",
                model.ident
            ),
        ));
    }
}

fn key_is_not_optional(model: &Model, errors: &mut Accumulator) {
    for field in model.key().into_iter().filter(|field| field.nullable) {
        let inner = &field.inner;
        let inner = quote::quote!(#inner);
        errors.push(at(
            field.ty.span(),
            format!("a primary key cannot be NULL: make it `{inner}` instead of an `Option`"),
        ));
    }
}

fn one_generated_key(model: &Model, errors: &mut Accumulator) {
    let marked: Vec<(&Field, Span)> = model
        .fields
        .iter()
        .filter_map(|field| Some((field, field.auto_increment?)))
        .collect();
    for (field, span) in marked.iter().skip(1) {
        errors.push(at(
            *span,
            format!(
                "a table has one auto-increment column at most, and `{}` is one already: \
                 remove `auto_increment` from `{}`",
                marked.first().map_or("", |(first, _)| first.name.as_str()),
                field.name
            ),
        ));
    }
    if let [(field, span)] = marked[..]
        && !(field.primary_key && model.generated_key())
    {
        errors.push(at(
            span,
            "the database generates a key only where it is the whole primary key and an integer \
             (`i32`, `i64` and the like): remove `auto_increment`, or make this the primary key",
        ));
    }
}

/// A type that the enabled features of orm-core cannot store.
fn types_are_enabled(model: &Model, errors: &mut Accumulator) {
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
            "Diesel reads no arrays of arrays: store it as JSON, as in `Json<Vec<Vec<i32>>>`"
                .to_owned(),
        ),
        TypeKind::Array(_) if !cfg!(feature = "postgres") => Some(format!(
            "only PostgreSQL has arrays: store it as JSON, as in `Json<{ty}>`, or enable the \
             feature `postgres` of orm-core"
        )),
        _ => None,
    }
}

fn digits_are_of_decimals(model: &Model, errors: &mut Accumulator) {
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

fn lengths_are_of_texts(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        if let Some((_, span)) = field.length.filter(|_| !field.kind.is_text()) {
            errors.push(at(
                span,
                "only a text has a `length`: remove it, or make the field a `String`",
            ));
        }
    }
}

fn collations_are_of_texts(model: &Model, errors: &mut Accumulator) {
    for field in model.fields.iter().filter(|field| !field.kind.is_text()) {
        if let Some(collate) = &field.collate {
            errors.push(at(
                collate.span(),
                "only a text has a `collate`: remove it, or make the field a `String`",
            ));
        }
    }
}

/// They stand in `CREATE TABLE` as they are.
fn options_are_words(model: &Model, errors: &mut Accumulator) {
    let options = &model.table.options;
    for (option, example) in [
        (&options.engine, "InnoDB"),
        (&options.charset, "utf8mb4"),
        (&options.collate, "utf8mb4_bin"),
    ] {
        let Some(option) = option else {
            continue;
        };
        let word = option.value();
        let is_part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
        if word.is_empty() || !word.chars().all(is_part) {
            errors.push(at(
                option.span(),
                format!("this is one word of letters, digits and underscores, such as `{example}`"),
            ));
        }
    }
}

fn defaults_fit(model: &Model, errors: &mut Accumulator) {
    for field in &model.fields {
        let Some(default) = &field.default else {
            continue;
        };
        let fits = match (default, &field.kind) {
            (Default::Bare, _) | (_, TypeKind::Custom(_)) => true,
            (Default::Int(number), kind) => {
                kind.is_number() && !(kind.is_unsigned() && *number < 0)
            }
            (Default::Float(_), kind) => kind.is_number() && !kind.is_integer(),
            (Default::Bool(_), kind) => matches!(kind, TypeKind::Bool),
            (Default::Text(_), kind) => {
                matches!(
                    kind,
                    TypeKind::Text
                        | TypeKind::Enum
                        | TypeKind::Uuid
                        | TypeKind::Json
                        | TypeKind::Decimal
                        | TypeKind::Array(_)
                ) || kind.is_time()
            }
            (Default::Now, kind) => kind.is_time(),
            (Default::Uuid, kind) => matches!(kind, TypeKind::Uuid),
            (Default::Variant(_), kind) => matches!(kind, TypeKind::Enum),
        };
        if !fits {
            let ty = &field.ty;
            errors.push(at(
                field.ident.span(),
                format!(
                    "this default is no value of the field's type `{}`",
                    quote::quote!(#ty)
                ),
            ));
        }
    }
}

fn columns_differ(model: &Model, errors: &mut Accumulator) {
    let mut seen: HashMap<&str, &Field> = HashMap::new();
    for field in &model.fields {
        if let Some(other) = seen.insert(&field.column, field) {
            errors.push(at(
                field.ident.span(),
                format!(
                    "the column `{}` is taken by the field `{}`",
                    field.column, other.name
                ),
            ));
        }
    }
}

/// Diesel makes a type of each column's name, which shadows this one where it needs it.
fn names_are_possible(model: &Model, errors: &mut Accumulator) {
    for field in model.fields.iter().filter(|field| field.name == "bool") {
        errors.push(at(
            field.ident.span(),
            "Diesel cannot have a column of this name: name the field otherwise and state the \
             column, as in `#[model(column = \"bool\")] flag: bool`",
        ));
    }
}

fn lists_name_fields(model: &Model, errors: &mut Accumulator) {
    let lists = model.uniques.iter().chain(&model.indexes);
    for name in lists.flatten() {
        if model.field(&crate::naming::plain(name)).is_none() {
            errors.push(no_field(model, name.span(), &name.to_string()));
        }
    }
}

fn no_field(model: &Model, span: Span, name: &str) -> Error {
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

fn aliases_differ(model: &Model, errors: &mut Accumulator) {
    let mut seen: Vec<&str> = Vec::new();
    for association in &model.associations {
        let alias = association.alias.text.as_str();
        if model.field(alias).is_some() {
            errors.push(at(
                association.alias.span,
                format!(
                    "`{alias}` is a column of `{}`, and a row cannot have two fields of one name: \
                     give the association another name with `as = \"…\"`",
                    model.ident
                ),
            ));
        } else if seen.contains(&alias) {
            errors.push(at(
                association.alias.span,
                format!(
                    "`{}` has two associations named `{alias}`: give one of them another name \
                     with `as = \"…\"`",
                    model.ident
                ),
            ));
        }
        seen.push(alias);
    }
}

/// The functions that every model has.
const OWN: &[&str] = &[
    "builder",
    "bulk_create",
    "changes",
    "columns",
    "count",
    "count_where",
    "create",
    "decrement",
    "destroy",
    "exists",
    "find_all",
    "find_and_count_all",
    "find_by_pk",
    "find_one",
    "find_or_create",
    "find_where",
    "get_by_pk",
    "increment",
    "into_with",
    "query",
    "reload",
    "restore",
    "save",
    "update",
    "upsert",
    "validate",
];

fn methods_differ(model: &Model, errors: &mut Accumulator) {
    let mut taken: HashMap<String, &Association> = HashMap::new();
    let mut aliases: Vec<&str> = Vec::new();
    for association in &model.associations {
        let alias = association.alias.text.as_str();
        // A name that is taken is reported as such, not method by method.
        if aliases.contains(&alias) || model.field(alias).is_some() {
            continue;
        }
        aliases.push(alias);
        let functions = std::iter::once(alias.to_owned()).chain(association.methods());
        for function in functions {
            if OWN.contains(&function.as_str()) {
                errors.push(at(
                    association.alias.span,
                    format!(
                        "the association `{alias}` would make a function `{function}`, which every \
                         model has already: give the association another name with `as = \"…\"`"
                    ),
                ));
                break;
            }
            let Some(other) = taken.insert(function.clone(), association) else {
                continue;
            };
            let text = match other.alias.text == alias {
                true => format!(
                    "`{alias}` is its own singular, so `{function}` would be made twice: state the \
                     singular with `singular = \"…\"`"
                ),
                false => format!(
                    "the associations `{}` and `{alias}` would both make a method `{function}`: \
                     give one of them another name with `as = \"…\"`, or another `singular`",
                    other.alias.text
                ),
            };
            errors.push(at(association.alias.span, text));
            break;
        }
    }
}

fn keys_exist(model: &Model, errors: &mut Accumulator) {
    for association in model.associations.iter().filter(|a| a.source.is_none()) {
        match (association.kind, &association.source_key) {
            (Kind::BelongsTo, _) => {
                errors.push(no_field(model, association.fk.span, &association.fk.text))
            }
            (_, Some(name)) => errors.push(no_field(model, name.span(), &name.value())),
            (_, None) if model.key().len() > 1 => errors.push(at(
                association.target.span(),
                format!(
                    "`{}` has a primary key of several fields, to which one foreign key cannot \
                     refer: name a unique field with `source_key = \"…\"`",
                    model.ident
                ),
            )),
            _ => {}
        }
    }
}

fn keys_are_unique(model: &Model, errors: &mut Accumulator) {
    let named = model
        .associations
        .iter()
        .filter_map(|a| a.source_key.as_ref());
    for name in named {
        let field = model.field(&name.value());
        let unique = |field: &Field| {
            field.unique || model.single_key().is_some_and(|k| k.name == field.name)
        };
        if field.is_some_and(|field| !unique(field)) {
            errors.push(at(
                name.span(),
                format!(
                    "`{}` is not unique, so a foreign key cannot refer to it: mark the field with \
                     `#[model(unique)]`",
                    name.value()
                ),
            ));
        }
    }
}

fn actions_are_possible(model: &Model, errors: &mut Accumulator) {
    let owned = model
        .associations
        .iter()
        .filter(|a| a.kind == Kind::BelongsTo);
    for association in owned {
        let nullable = association
            .source
            .as_ref()
            .is_none_or(|source| source.nullable);
        for (action, span) in [association.on_delete, association.on_update]
            .into_iter()
            .flatten()
        {
            if action == Action::SetNull && !nullable {
                errors.push(at(
                    span,
                    format!(
                        "`{}` is NOT NULL, so it cannot be set to NULL: make the field an `Option`, \
                         or choose another action",
                        association.fk.text
                    ),
                ));
            }
        }
    }
}

fn skips_name_methods(model: &Model, errors: &mut Accumulator) {
    for association in &model.associations {
        for skip in &association.skip {
            let known = association.all_methods().contains(&skip.value());
            if !known {
                errors.push(at(
                    skip.span(),
                    format!(
                        "the association `{}` makes no method `{}`; it makes `{}`",
                        association.alias.text,
                        skip.value(),
                        association.methods().join("`, `")
                    ),
                ));
            }
        }
    }
}
