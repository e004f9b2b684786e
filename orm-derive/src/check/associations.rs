//! Rules on associations: their names, their keys, and what happens to rows.

use std::collections::HashMap;

use darling::error::Accumulator;
use syn::spanned::Spanned;

use crate::attrs::Kind;
use crate::check::errors::{at, no_field};
use crate::model::{Action, Association, Field, Model};
use crate::naming;

pub(super) fn aliases_differ(model: &Model, errors: &mut Accumulator) {
    let mut seen: Vec<&str> = Vec::new();
    for association in &model.associations {
        let alias = association.alias.text.as_str();
        let is_made = model.made.iter().any(|made| made.name == alias);
        if model.field(alias).is_some() || is_made {
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
        for method in association.builder_methods() {
            if model.field(&method).is_some() {
                errors.push(at(
                    association.alias.span,
                    format!(
                        "the association `{alias}` makes a method `{method}` of the builder, and so does the column: \
                         give the association another name with `as = \"…\"`"
                    ),
                ));
            }
        }
        if alias == "__model" {
            errors.push(at(
                association.alias.span,
                "a row has a field of this name already: give the association another name with \
                 `as = \"…\"`",
            ));
        }
        seen.push(alias);
    }
}

/// Marker types must differ from each other and from the other types next to the struct.
pub(super) fn markers_differ(model: &Model, errors: &mut Accumulator) {
    let ident = &model.ident;
    let mut taken: HashMap<String, String> = HashMap::new();
    for (name, what) in [
        (ident.clone(), "the model"),
        (naming::new_struct(ident), "the insert struct of"),
        (naming::builder(ident), "the builder of"),
        (naming::changes(ident), "the changes of"),
        (naming::with_struct(ident), "the row with associations of"),
    ] {
        taken.insert(naming::plain(&name), format!("{what} `{ident}`"));
    }
    let mut aliases: Vec<&str> = Vec::new();
    for association in &model.associations {
        let alias = &association.alias.text;
        // Another rule reports a name that is used twice.
        if aliases.contains(&alias.as_str()) {
            continue;
        }
        aliases.push(alias);
        let marker = naming::plain(&association.marker);
        if let Some(other) = taken.get(&marker) {
            errors.push(at(
                association.marker.span(),
                format!(
                    "the association `{alias}` needs a type `{marker}`, and {other} has this name already: \
                     name the type with `marker = \"{marker}Association\"`"
                ),
            ));
        }
        taken.insert(marker, format!("the association `{alias}`"));
    }
}

/// The functions that every model has.
const OWN: &[&str] = &[
    "all_rows",
    "builder",
    "bulk_create",
    "changes",
    "columns",
    "count",
    "count_where",
    "create",
    "decrement",
    "decrement_each",
    "destroy",
    "exists",
    "find_all",
    "find_and_count_all",
    "find_by_pk",
    "find_one",
    "find_or_build",
    "find_or_create",
    "find_or_create_by",
    "find_where",
    "get_by_pk",
    "increment",
    "increment_each",
    "inserting",
    "into_with",
    "query",
    "reload",
    "restore",
    "rows",
    "save",
    "truncate",
    "truncating",
    "update",
    "upsert",
    "upsert_by",
    "validate",
    "validate_new",
    "without_hooks",
];

pub(super) fn methods_differ(model: &Model, errors: &mut Accumulator) {
    let mut taken: HashMap<String, &Association> = HashMap::new();
    let mut aliases: Vec<&str> = Vec::new();
    for association in &model.associations {
        let alias = association.alias.text.as_str();
        // Another rule reports a taken name, so this does not report it method by method.
        if aliases.contains(&alias) || model.field(alias).is_some() {
            continue;
        }
        aliases.push(alias);
        let methods = association
            .methods()
            .map(|method| association.name_of(method));
        for function in std::iter::once(alias.to_owned()).chain(methods) {
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

pub(super) fn keys_exist(model: &Model, errors: &mut Accumulator) {
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
                     refer: mark another field with `#[model(unique)]` and name it with \
                     `source_key = \"…\"`",
                    model.ident
                ),
            )),
            _ => {}
        }
    }
}

pub(super) fn keys_are_unique(model: &Model, errors: &mut Accumulator) {
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

pub(super) fn actions_are_possible(model: &Model, errors: &mut Accumulator) {
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

pub(super) fn skips_name_methods(model: &Model, errors: &mut Accumulator) {
    for association in &model.associations {
        let name = |method| association.name_of(method);
        let all = association.all_methods();
        for skip in &association.skip {
            if !all.iter().any(|method| name(*method) == skip.value()) {
                let names: Vec<String> = association.methods().map(name).collect();
                errors.push(at(
                    skip.span(),
                    format!(
                        "the association `{}` makes no method `{}`; it makes `{}`",
                        association.alias.text,
                        skip.value(),
                        names.join("`, `")
                    ),
                ));
            }
        }
    }
}

/// The methods of a `belongs_to` write its key, so the key must be writable.
pub(super) fn keys_are_written(model: &Model, errors: &mut Accumulator) {
    for association in model
        .associations
        .iter()
        .filter(|a| a.kind == Kind::BelongsTo)
    {
        let key = model.field(&association.fk.text);
        if let Some(span) = key.and_then(|key| key.read_only) {
            errors.push(at(
                span,
                format!(
                    "`{}` is the key of an association, whose methods write it: remove `read_only`",
                    association.fk.text
                ),
            ));
        }
    }
}
