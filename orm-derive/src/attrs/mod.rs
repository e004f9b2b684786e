//! What the user wrote: one struct per place of an attribute, as it stands there.

mod association;
mod field;
mod structure;

use darling::FromAttributes;
use darling::error::Accumulator;
use syn::{Data, DeriveInput, Fields, Ident, Visibility};

pub(crate) use association::{AssociationAttr, Kind};
pub(crate) use field::{DefaultAttr, FieldAttr};
pub(crate) use structure::StructAttr;

/// A struct with its attributes.
pub(crate) struct Input {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) attr: StructAttr,
    pub(crate) fields: Vec<InputField>,
    pub(crate) associations: Vec<AssociationAttr>,
}

/// A field with its attributes.
pub(crate) struct InputField {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) ty: syn::Type,
    pub(crate) attr: FieldAttr,
}

impl Input {
    /// Reads everything, and reports every mistake of the grammar at once.
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
        let attr = errors.handle(StructAttr::from_attributes(&input.attrs));
        let fields = read_fields(fields, &mut errors);
        let associations = input
            .attrs
            .iter()
            .filter_map(|attr| errors.handle(AssociationAttr::read(attr).transpose()?))
            .collect();
        errors.finish()?;
        Ok(Self {
            ident: input.ident.clone(),
            vis: input.vis.clone(),
            attr: attr.unwrap_or_default(),
            fields,
            associations,
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

fn read_fields(fields: &syn::FieldsNamed, errors: &mut Accumulator) -> Vec<InputField> {
    let read = |field: &syn::Field| {
        let attr = errors.handle(FieldAttr::from_attributes(&field.attrs))?;
        Some(InputField {
            ident: field.ident.clone()?,
            vis: field.vis.clone(),
            ty: field.ty.clone(),
            attr,
        })
    };
    fields.named.iter().filter_map(read).collect()
}
