//! Rules on the table: its key, its columns and its options.

use std::collections::HashMap;

use darling::error::Accumulator;
use proc_macro2::Span;
use syn::spanned::Spanned;

use crate::check::errors::{at, no_field};
use crate::model::{Field, Model, TypeKind};
use crate::naming;

/// Diesel's `table!` takes the schema as an identifier.
pub(super) fn schema_name_is_possible(model: &Model, errors: &mut Accumulator) {
    let Some(schema) = &model.table.schema else {
        return;
    };
    let name = schema.value();
    let help = match name.rsplit_once('.') {
        _ if naming::is_type_name(&name) => return,
        Some((_, last)) if !last.is_empty() => {
            "a table is in one schema, whose name has no dot: write the last part alone"
        }
        _ => {
            "the name of a schema has only letters, digits and underscores, and is not a keyword of Rust: \
             write a name such as `app`, or remove `schema_name` to use the schema of the connection"
        }
    };
    errors.push(at(schema.span(), help));
}

pub(super) fn has_a_key(model: &Model, errors: &mut Accumulator) {
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

pub(super) fn key_is_not_optional(model: &Model, errors: &mut Accumulator) {
    for field in model.key().into_iter().filter(|field| field.nullable) {
        let inner = &field.inner;
        let inner = quote::quote!(#inner);
        errors.push(at(
            field.ty.span(),
            format!("a primary key cannot be NULL: make it `{inner}` instead of an `Option`"),
        ));
    }
}

/// The standard library does not implement `Eq` and `Hash` for longer tuples.
const LONGEST_KEY: usize = 12;

pub(super) fn key_is_a_tuple(model: &Model, errors: &mut Accumulator) {
    if let Some(field) = model.key().get(LONGEST_KEY) {
        errors.push(at(
            field.ident.span(),
            format!(
                "a primary key has at most {LONGEST_KEY} fields, and `{}` is one more: give `{}` a key \
                 of one field, and say that these are unique together with `#[model(unique(…))]`",
                field.name, model.ident
            ),
        ));
    }
}

pub(super) fn one_generated_key(model: &Model, errors: &mut Accumulator) {
    let marked: Vec<(&Field, Span)> = model
        .fields
        .iter()
        .filter_map(|field| match field.auto_increment? {
            (true, span) => Some((field, span)),
            (false, _) => None,
        })
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
        && let Some(text) = no_generated_key(model, field)
    {
        errors.push(at(span, text));
    }
}

/// Why the database cannot generate the values of a field.
fn no_generated_key(model: &Model, field: &Field) -> Option<String> {
    let is_key = model.single_key().is_some_and(|key| key.name == field.name);
    let ty = &field.inner;
    match field.kind.stored() {
        kind if is_key && kind.is_integer() => model.owner(field).map(|owner| {
            format!(
                "this key is that of `{}`, to which it refers, so the database does not generate \
                 it: remove `auto_increment`",
                owner.alias.text
            )
        }),
        // `schema!` checks the SQL type of a user's own type.
        TypeKind::Custom(_) if is_key => None,
        TypeKind::Enum if is_key => Some(format!(
            "the database generates integers: name the SQL type of `{}`, as in \
             `#[model(primary_key, sql_type = \"Integer\")]`, or remove `auto_increment`",
            quote::quote!(#ty)
        )),
        _ => Some(
            "the database generates a key only if it is the whole primary key and an integer \
             (`i32`, `i64` and the like): remove `auto_increment`, or make this the primary key"
                .to_owned(),
        ),
    }
}

pub(super) fn auto_increment_is_of_keys(model: &Model, errors: &mut Accumulator) {
    for field in model.fields.iter().filter(|field| !field.primary_key) {
        if let Some((false, span)) = field.auto_increment {
            errors.push(at(
                span,
                "the database generates only primary keys: remove `auto_increment = false`",
            ));
        }
    }
}

/// The options appear unquoted in `CREATE TABLE`.
pub(super) fn options_are_words(model: &Model, errors: &mut Accumulator) {
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

pub(super) fn columns_differ(model: &Model, errors: &mut Accumulator) {
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

/// Diesel makes a type from each column's name. It must differ from other types that Diesel names.
pub(super) fn names_are_possible(model: &Model, errors: &mut Accumulator) {
    let module = model.table.module.segments.last();
    let module = module.map_or_else(String::new, |last| naming::plain(&last.ident));
    for field in &model.fields {
        let (name, column) = (&field.name, &field.column);
        let is_module = !model.table.adopted && *name == module;
        let is_possible = match model.table.adopted {
            // Diesel already has such a column.
            true => naming::is_possible(name),
            false => naming::is_possible_column(name),
        };
        if is_possible && !is_module {
            continue;
        }
        let why = match is_module {
            true => "Diesel does not allow a column with the name of the module of its table",
            false => "Diesel does not allow a column of this name",
        };
        let other = if name == "bool" { "flag" } else { "value" };
        let ty = &field.ty;
        let ty = quote::quote!(#ty).to_string().replace(' ', "");
        errors.push(at(
            field.ident.span(),
            format!(
                "{why}: give the field another name and state the column, as in \
                 `#[model(column = \"{column}\")] {other}: {ty}`"
            ),
        ));
    }
}

pub(super) fn lists_name_fields(model: &Model, errors: &mut Accumulator) {
    let lists = model.uniques.iter().chain(&model.indexes);
    for name in lists.flatten() {
        if model.field(&crate::naming::plain(name)).is_none() {
            errors.push(no_field(model, name.span(), &name.to_string()));
        }
    }
}

/// Only Diesel's derives can read a field that they make.
pub(super) fn diesel_makes_what_it_reads(model: &Model, errors: &mut Accumulator) {
    for made in &model.made {
        let is_read = match made.computed {
            true => model.selects_by_diesel(),
            false => model.without.queryable,
        };
        if !is_read {
            errors.push(at(
                made.span,
                format!(
                    "Diesel computes `{}` when it reads a row: derive Diesel's `Queryable` and `Selectable`, \
                     and keep them with `#[model(without(queryable, selectable))]` on the struct",
                    made.name
                ),
            ));
        }
    }
}
