//! What the user wrote, unchanged: one struct per place of an attribute.

mod association;
mod diesel;
mod field;
mod list;
mod serde;
mod set;
mod structure;
mod validate;

use darling::FromMeta;
use darling::ast::NestedMeta;
use darling::error::Accumulator;
use darling::util::parse_attribute_to_meta_list;
use syn::{Attribute, Data, DeriveInput, Fields, Ident, Visibility};

pub(crate) use association::{AssociationAttr, Kind};
pub(crate) use diesel::DieselAttr;
pub(crate) use field::{DefaultAttr, FieldAttr};
pub(crate) use set::SetAttr;
pub(crate) use structure::{HooksAttr, StructAttr, Without};
pub(crate) use validate::{RuleAttr, ValidateAttr};

pub(crate) use list::is_path_of_crate;
use list::{is_path, listed};

/// A struct with its attributes.
pub(crate) struct Input {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) attr: StructAttr,
    pub(crate) fields: Vec<InputField>,
    pub(crate) associations: Vec<AssociationAttr>,
    /// serde's `rename_all`, if there is one.
    pub(crate) serde_case: Option<String>,
}

/// A field with its attributes.
pub(crate) struct InputField {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: syn::Type,
    pub(crate) attr: FieldAttr,
    /// `#[diesel(…)]`.
    pub(crate) diesel: DieselAttr,
}

impl Input {
    /// Reads everything, and reports all mistakes of grammar at once.
    pub(crate) fn read(input: &DeriveInput) -> darling::Result<Self> {
        let fields = named_fields(input)?;
        let mut errors = darling::Error::accumulator();
        if let Some(param) = input.generics.params.first() {
            errors.push(
                darling::Error::custom(
                    "a model cannot be generic: a table has fixed columns. \
                     Write one struct per table",
                )
                .with_span(param),
            );
        }
        let (associations, rest) = read_associations(&input.attrs, &mut errors);
        let attr = errors.handle(StructAttr::from_list(&rest));
        if let Some(schema) = attr.as_ref().and_then(|attr| attr.schema.as_ref()) {
            errors.handle(is_path(schema, "table"));
        }
        if let Some(runtime) = attr.as_ref().and_then(|attr| attr.runtime.as_ref()) {
            errors.handle(is_path_of_crate(runtime));
        }
        let fields = read_fields(fields, &mut errors);
        errors.finish()?;
        Ok(Self {
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            attr: attr.unwrap_or_default(),
            fields,
            associations,
            serde_case: serde::case(&input.attrs),
        })
    }
}

fn named_fields(input: &DeriveInput) -> darling::Result<&syn::FieldsNamed> {
    let message = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(fields) if !fields.named.is_empty() => return Ok(fields),
            Fields::Named(_) => "a model needs at least one field: its columns are its fields",
            _ => {
                "a model needs named fields, `struct User { id: i32 }`: its columns are its fields"
            }
        },
        Data::Enum(_) => {
            "an enum cannot be a model. To store this enum in a column, write \
             `#[derive(ModelEnum)]` instead"
        }
        Data::Union(_) => "a union cannot be a model; write a struct with named fields",
    };
    Err(darling::Error::custom(message).with_span(&input.ident))
}

/// The associations in the order in which they are written, and the other items of `#[model(…)]`.
fn read_associations(
    attrs: &[Attribute],
    errors: &mut Accumulator,
) -> (Vec<AssociationAttr>, Vec<NestedMeta>) {
    let mut associations = Vec::new();
    let mut rest = Vec::new();
    for attr in attrs {
        if !attr.path().is_ident("model") {
            let read = errors.handle(AssociationAttr::read(&attr.meta));
            associations.extend(read.flatten());
            continue;
        }
        for item in errors.handle(items(attr)).unwrap_or_default() {
            let read = match &item {
                NestedMeta::Meta(meta) => AssociationAttr::read(meta),
                _ => Ok(None),
            };
            match errors.handle(read) {
                Some(Some(association)) => associations.push(association),
                Some(None) => rest.push(item),
                None => {}
            }
        }
    }
    (associations, rest)
}

/// Reads all `#[model(…)]` attributes together.
pub(crate) fn read<T: FromMeta>(attrs: &[Attribute]) -> darling::Result<T> {
    let mut errors = darling::Error::accumulator();
    let models = attrs.iter().filter(|attr| attr.path().is_ident("model"));
    let read: Vec<_> = models
        .filter_map(|attr| errors.handle(items(attr)))
        .collect();
    errors.finish()?;
    T::from_list(&read.concat())
}

/// The items in an attribute's parentheses.
pub(crate) fn items(attr: &Attribute) -> darling::Result<Vec<NestedMeta>> {
    listed(&parse_attribute_to_meta_list(attr)?)
}

/// What other libraries call a field that is no column.
const NO_COLUMN: [&str; 6] = [
    "computed",
    "ignore",
    "not_mapped",
    "skip",
    "transient",
    "virtual",
];

/// Reports a field that is meant to be no column.
fn is_column(field: &syn::Field) -> darling::Result<()> {
    let attrs = field.attrs.iter();
    let models = attrs.filter(|attr| attr.path().is_ident("model"));
    let mut errors = darling::Error::accumulator();
    for item in models.flat_map(|attr| items(attr).unwrap_or_default()) {
        if let NestedMeta::Meta(meta) = &item
            && NO_COLUMN.iter().any(|name| meta.path().is_ident(name))
        {
            let name = field.ident.as_ref().map(ToString::to_string);
            errors.push(
                darling::Error::custom(format!(
                    "each field of a model is a column: remove `{0}` from the struct, and write a method \
                     `fn {0}(&self)` instead",
                    name.unwrap_or_default()
                ))
                .with_span(meta),
            );
        }
    }
    errors.finish()
}

fn read_fields(fields: &syn::FieldsNamed, errors: &mut Accumulator) -> Vec<InputField> {
    let resolve = |field: &syn::Field| {
        errors.handle(is_column(field))?;
        let attr = errors.handle(read::<FieldAttr>(&field.attrs))?;
        Some(InputField {
            ident: field.ident.clone()?,
            vis: field.vis.clone(),
            ty: field.ty.clone(),
            attr,
            diesel: DieselAttr::read(&field.attrs),
        })
    };
    fields.named.iter().filter_map(resolve).collect()
}
