//! What is emitted on error: the error, and the model without the mistake. So one mistake is reported once,
//! and the rest of the program compiles as if it were not there.

use darling::ast::NestedMeta;
use proc_macro2::{TokenStream, TokenTree};
use quote::{ToTokens, quote};
use syn::{Attribute, Data, DeriveInput, Meta, parse_quote};

use crate::model::Model;
use crate::{attrs, expand, sound};

/// The errors of a model, and the model without the mistakes.
pub(crate) fn tokens(input: &DeriveInput, errors: &darling::Error) -> TokenStream {
    let errors = self::errors(errors);
    let model = rest(input).map(|model| expand::tokens(&model));
    quote!(#errors #model)
}

/// Only the errors.
pub(crate) fn errors(errors: &darling::Error) -> TokenStream {
    errors.clone().write_errors()
}

/// The model with its key, and with each attribute that it can then have. `None` if the mistake is in the
/// struct itself.
fn rest(input: &DeriveInput) -> Option<Model> {
    let mut input = input.clone();
    let mut parts = taken_out(&mut input);
    for key in keys(&input, &parts) {
        attach(&mut input, Some(key), parse_quote!(#[model(primary_key)]));
    }
    let mut model = sound::read(&input).ok()?;
    // Whether Diesel's `table!` declares the table decides what a column is called and what is required of
    // it, so `schema` comes first.
    parts.sort_by_key(|part| !part.is("schema"));
    for part in parts.iter().filter(|part| !part.is("primary_key")) {
        let with = |meta: TokenStream| {
            let mut with = input.clone();
            attach(&mut with, part.field, parse_quote!(#[#meta]));
            sound::read(&with).ok().map(|model| (with, model))
        };
        match part.forms().into_iter().find_map(with) {
            Some(found) => (input, model) = found,
            // It requires something of an unknown type, and rustc would report that as well.
            None if part.is("auto_increment") => return None,
            None => {}
        }
    }
    Some(model)
}

/// One item of an attribute.
struct Part {
    /// The field with the item. `None` if the item is on the struct.
    field: Option<usize>,
    /// The content of the brackets if it is the only item.
    meta: Meta,
    /// Its name, such as `length`.
    name: Option<String>,
}

impl Part {
    fn is(&self, name: &str) -> bool {
        self.name.as_deref() == Some(name)
    }

    /// The whole item, and the item without one option of its association. It always keeps the options that
    /// find the rows.
    fn forms(&self) -> Vec<TokenStream> {
        let mut forms = vec![self.meta.to_token_stream()];
        if let (Some(_), Meta::List(list)) = (attrs::Kind::of(&self.meta), &self.meta) {
            let options = options(&list.tokens);
            let is_left_out = |index: &usize| {
                let name = options[*index].clone().into_iter().next();
                let name = name.map(|name| name.to_string());
                !name.is_some_and(|name| KEYS.contains(&name.as_str()))
            };
            forms.extend((1..options.len()).filter(is_left_out).map(|left_out| {
                let kept = options.iter().enumerate();
                let kept = kept.filter(|(index, _)| *index != left_out);
                let kept = kept.map(|(_, option)| option);
                let path = &list.path;
                quote!(#path(#(#kept),*))
            }));
        }
        forms
    }
}

/// The options that say which rows belong together.
const KEYS: [&str; 5] = ["fk", "other_key", "through", "source_key", "target_key"];

/// Splits tokens at commas.
fn options(tokens: &TokenStream) -> Vec<TokenStream> {
    let mut options = vec![TokenStream::new()];
    for token in tokens.clone() {
        match (&token, options.last_mut()) {
            (TokenTree::Punct(punct), _) if punct.as_char() == ',' => {
                options.push(TokenStream::new());
            }
            (_, Some(option)) => option.extend([token]),
            (_, None) => {}
        }
    }
    options.retain(|option| !option.is_empty());
    options
}

/// Takes the attributes that the derive reads out of the struct.
fn taken_out(input: &mut DeriveInput) -> Vec<Part> {
    let mut parts = Vec::new();
    take(&mut input.attrs, None, &mut parts);
    if let Data::Struct(data) = &mut input.data {
        for (index, field) in data.fields.iter_mut().enumerate() {
            take(&mut field.attrs, Some(index), &mut parts);
        }
    }
    parts
}

fn take(attrs: &mut Vec<Attribute>, field: Option<usize>, parts: &mut Vec<Part>) {
    attrs.retain(|attr| {
        if attr.path().is_ident("model") {
            parts.extend(attrs::items(attr).unwrap_or_default().iter().map(|item| {
                let path = match item {
                    NestedMeta::Meta(meta) => Some(meta.path()),
                    NestedMeta::NameValueInvalidExpr(item) => Some(&item.path),
                    NestedMeta::Lit(_) => None,
                };
                let name = path
                    .and_then(|path| path.get_ident())
                    .map(ToString::to_string);
                let meta = match item {
                    NestedMeta::Meta(meta) if attrs::Kind::of(meta).is_some() => meta.clone(),
                    item => parse_quote!(model(#item)),
                };
                Part { field, meta, name }
            }));
            return false;
        }
        let is_association = field.is_none() && attrs::Kind::of(&attr.meta).is_some();
        if is_association {
            let (meta, name) = (attr.meta.clone(), None);
            parts.push(Part { field, meta, name });
        }
        !is_association
    });
}

/// The fields of the key. If no field is marked as key, it is the field where a misspelled option may mean
/// that, or `id`, or the first field.
fn keys(input: &DeriveInput, parts: &[Part]) -> Vec<usize> {
    let of = |is_it: &dyn Fn(&Part) -> bool| -> Vec<usize> {
        let parts = parts.iter().filter(|part| is_it(part));
        parts.filter_map(|part| part.field).collect()
    };
    let stated = of(&|part| part.is("primary_key"));
    if !stated.is_empty() {
        return stated;
    }
    let like_it = of(&|part| {
        let name = part.name.as_deref().unwrap_or_default();
        name.contains("key") || name.starts_with("primary") || name == "id"
    });
    let Data::Struct(data) = &input.data else {
        return Vec::new();
    };
    let is_id = |field: &syn::Field| field.ident.as_ref().is_some_and(|name| name == "id");
    let by_name = data.fields.iter().position(is_id);
    vec![like_it.first().copied().or(by_name).unwrap_or_default()]
}

fn attach(input: &mut DeriveInput, field: Option<usize>, attr: Attribute) {
    let attrs = match (field, &mut input.data) {
        (None, _) => Some(&mut input.attrs),
        (Some(index), Data::Struct(data)) => {
            let field = data.fields.iter_mut().nth(index);
            field.map(|field| &mut field.attrs)
        }
        _ => None,
    };
    attrs.into_iter().for_each(|attrs| attrs.push(attr.clone()));
}
