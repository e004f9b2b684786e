//! The resolved model: every name and key decided, nothing of it checked against other fields yet.

mod association;
mod field;
mod types;

use darling::error::Accumulator;
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{Ident, LitStr, Path, Visibility};

pub(crate) use association::{Action, Association};
pub(crate) use field::{Default, Field};
pub(crate) use types::Kind as TypeKind;

use crate::attrs::Input;
use crate::naming;

/// A model.
pub(crate) struct Model {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    pub(crate) table: Table,
    pub(crate) fields: Vec<Field>,
    pub(crate) associations: Vec<Association>,
    /// The types that the code of this model names, which no type parameter may hide.
    types: Vec<String>,
    /// Fields that are unique together.
    pub(crate) uniques: Vec<Vec<Ident>>,
    /// Fields with an index together.
    pub(crate) indexes: Vec<Vec<Ident>>,
}

/// Its table.
pub(crate) struct Table {
    pub(crate) name: String,
    /// The path of the module that `table!` makes.
    pub(crate) module: Path,
    /// Diesel's own `schema.rs` declares it.
    pub(crate) adopted: bool,
}

impl Model {
    pub(crate) fn resolve(input: Input) -> darling::Result<Self> {
        let mut errors = darling::Error::accumulator();
        let table = Table::resolve(&input);
        let case = input.attr.rename_all.as_ref();
        check_case(case, &mut errors);
        let fields: Vec<Field> = input
            .fields
            .iter()
            .filter_map(|field| errors.handle(Field::resolve(field, case.map(LitStr::value))))
            .collect();
        let taken = names(&input);
        let associations: Vec<Association> = input
            .associations
            .iter()
            .filter_map(|attr| {
                errors.handle(Association::resolve(attr, &input.ident, &taken, &fields))
            })
            .collect();
        errors.finish()?;
        Ok(Self {
            types: named_types(&input, &associations),
            ident: input.ident,
            vis: input.vis,
            table,
            fields,
            associations,
            uniques: input.attr.unique.into_iter().map(|list| list.0).collect(),
            indexes: input.attr.index.into_iter().map(|list| list.0).collect(),
        })
    }

    /// The type parameter that stands for a column or a slot.
    pub(crate) fn parameter(&self, name: &str) -> Ident {
        naming::parameter(name, &self.types)
    }

    /// The fields of the primary key.
    pub(crate) fn key(&self) -> Vec<&Field> {
        self.fields
            .iter()
            .filter(|field| field.primary_key)
            .collect()
    }

    /// The key, where it is one field.
    pub(crate) fn single_key(&self) -> Option<&Field> {
        match self.key()[..] {
            [field] => Some(field),
            _ => None,
        }
    }

    /// The key is one integer, which the database generates.
    pub(crate) fn generated_key(&self) -> bool {
        self.single_key()
            .is_some_and(|field| field.kind.is_integer())
    }

    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// An insert must state the field.
    pub(crate) fn requires(&self, field: &Field) -> bool {
        !self.may_be_left_out(field) && !field.nullable
    }

    /// The database fills the field when an insert does not state it.
    pub(crate) fn may_be_left_out(&self, field: &Field) -> bool {
        field.default.is_some() || (field.primary_key && self.generated_key())
    }
}

impl Table {
    fn resolve(input: &Input) -> Self {
        let stated = input.attr.table.as_ref().map(LitStr::value);
        match &input.attr.schema {
            Some(path) => Self {
                name: stated.unwrap_or_else(|| {
                    let last = path.segments.last();
                    last.map_or_else(String::new, |segment| naming::plain(&segment.ident))
                }),
                module: path.clone(),
                adopted: true,
            },
            None => {
                let name = stated.unwrap_or_else(|| naming::table(&naming::plain(&input.ident)));
                let module = naming::ident(&naming::table_module(&name), input.ident.span());
                Self {
                    name,
                    module: module.into(),
                    adopted: false,
                }
            }
        }
    }
}

/// The names of all models that the associations name, which no marker type may have.
fn names(input: &Input) -> Vec<String> {
    let paths = input
        .associations
        .iter()
        .flat_map(|attr| std::iter::once(&attr.target).chain(&attr.options.through));
    let last = paths.filter_map(|path| path.segments.last());
    last.map(|segment| naming::plain(&segment.ident)).collect()
}

/// The model, the marker types, and every name that stands in a field's type.
fn named_types(input: &Input, associations: &[Association]) -> Vec<String> {
    fn add(tokens: TokenStream, names: &mut Vec<String>) {
        for token in tokens {
            match token {
                TokenTree::Ident(ident) => names.push(naming::plain(&ident)),
                TokenTree::Group(group) => add(group.stream(), names),
                _ => {}
            }
        }
    }
    let markers = associations.iter().map(|association| &association.marker);
    let own = std::iter::once(&input.ident).chain(markers);
    let mut names = own.map(naming::plain).collect();
    for field in &input.fields {
        add(field.ty.to_token_stream(), &mut names);
    }
    names
}

fn check_case(case: Option<&LitStr>, errors: &mut Accumulator) {
    if let Some(case) = case
        && naming::recase("", &case.value()).is_none()
    {
        let text = format!("unknown case; known are {}", naming::CASES);
        errors.push(darling::Error::custom(text).with_span(case));
    }
}
