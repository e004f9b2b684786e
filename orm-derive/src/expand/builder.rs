//! The typestate builder: a required column is a part of the type, `Missing` until it is set. In the state of
//! changes nothing is required.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Part, column, field_of};
use crate::model::{Field, Model, TypeKind};
use crate::naming;

/// As many required columns are a tuple; more are a tuple of tuples.
const FLAT: usize = 16;

pub(super) fn tokens(model: &Model) -> Part {
    let (ident, vis) = (&model.ident, &model.vis);
    let builder = naming::builder(ident);
    let changes = naming::changes(ident);
    let values = naming::values(ident);
    let start = start(model);
    let setters = model.fields.iter().map(|field| setter(model, field));
    let doc = format!(
        "Collects the columns of a new [`{ident}`]: `State` tells which required ones are missing."
    );
    let changes_doc = format!(
        "Collects changes of a [`{ident}`], for `update`. Columns that are not set stay as they are."
    );
    let types = quote! {
        #[doc = #doc]
        #[must_use = "a builder does nothing until it is passed to `create` or `update`"]
        #vis struct #builder<State = #start>(
            #values,
            ::core::marker::PhantomData<fn() -> State>,
        );

        #[doc = #changes_doc]
        #[allow(dead_code)]
        #vis type #changes = #builder<::orm_core::Partial>;
    };
    let impls = quote! {
        #[allow(missing_docs)]
        impl<__State> #builder<__State> {
            #(#setters)*
        }

        impl<__State> __orm::Building for #builder<__State> {
            type Model = #ident;
            type State = __State;
            type In<__Other> = #builder<__Other>;

            fn of_values(values: #values) -> Self {
                Self(values, __orm::PhantomData)
            }

            fn into_values(self) -> #values {
                self.0
            }
        }

        impl<__State: __orm::Complete> __orm::IntoNew<#ident> for #builder<__State> {
            fn into_new(self) -> #values {
                self.0
            }
        }

        impl<__State> __orm::Clone for #builder<__State> {
            fn clone(&self) -> Self {
                Self(__orm::Clone::clone(&self.0), __orm::PhantomData)
            }
        }

        impl<__State> __orm::Debug for #builder<__State> {
            fn fmt(&self, f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
                __orm::Debug::fmt(&self.0, f)
            }
        }
    };
    Part { types, impls }
}

/// The state in which every required column is missing.
fn start(model: &Model) -> TokenStream {
    let missing: Vec<TokenStream> = required(model)
        .map(|field| {
            let column = column(model, field);
            quote!(::orm_core::Missing<#column>)
        })
        .collect();
    if missing.len() <= FLAT {
        return quote!((#(#missing,)*));
    }
    let parts = missing
        .chunks(FLAT)
        .map(|part| quote!(::orm_core::__private::Many<(#(#part,)*)>));
    quote!((#(#parts,)*))
}

fn required(model: &Model) -> impl Iterator<Item = &Field> {
    model.fields.iter().filter(|field| model.requires(field))
}

/// Which part of the state is about a field.
pub(super) fn slot(model: &Model, field: &Field) -> TokenStream {
    let place = required(model).position(|other| other.name == field.name);
    let number = Literal::usize_unsuffixed;
    let slot = match place {
        None => quote!(__orm::Free),
        Some(place) if required(model).count() <= FLAT => {
            let place = number(place);
            quote!(__orm::At<#place>)
        }
        Some(place) => {
            let (part, place) = (number(place / FLAT), number(place % FLAT));
            quote!(__orm::In<#part, __orm::At<#place>>)
        }
    };
    match field.primary_key {
        true => quote!(__orm::OfKey<#slot>),
        false => slot,
    }
}

fn setter(model: &Model, field: &Field) -> TokenStream {
    let builder = naming::builder(&model.ident);
    let (name, ty, inner) = (&field.ident, &field.ty, &field.inner);
    let text = matches!(field.kind, TypeKind::Text);
    let (argument, value) = match (field.nullable, text) {
        (true, _) => (
            quote!(impl __orm::IntoOption<#inner>),
            quote!(__orm::IntoOption::into_option(value)),
        ),
        (false, true) => (
            quote!(impl __orm::Into<#ty>),
            quote!(__orm::Into::into(value)),
        ),
        (false, false) => (quote!(#ty), quote!(value)),
    };
    if !model.requires(field) {
        let of_new = field
            .primary_key
            .then(|| quote!(where __State: __orm::OfNewRow));
        return quote! {
            pub fn #name(mut self, value: #argument) -> Self #of_new {
                self.0.#name = __orm::Some(#value);
                self
            }
        };
    }
    let slot = slot(model, field);
    let field = field_of(model, field);
    quote! {
        pub fn #name(self, value: #argument) -> #builder<__orm::After<__State, #slot>>
        where
            __State: __orm::SetSlot<#slot>,
        {
            __orm::SetField::<#field>::set_field(self, #value)
        }
    }
}
