//! One file per emitted thing. Nothing here can fail: a model that gets here is sound.
//!
//! What people name stands beside the struct; the impls stand in a `const _`, where the runtime has a short
//! name: what is emitted is read, resolved and checked at each of the user's builds.

mod associations;
mod builder;
mod fields;
mod insert;
mod meta;
mod methods;
mod model;
mod row;
mod table;
mod values;
mod with;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Model};

/// What a part emits.
struct Part {
    /// Types.
    types: TokenStream,
    /// Impls, in which `__orm` is the runtime.
    impls: TokenStream,
}

/// Everything that the derive emits.
pub(crate) fn tokens(model: &Model) -> TokenStream {
    let table = table::tokens(model);
    let parts = [
        insert::tokens(model),
        values::tokens(model),
        builder::tokens(model),
        with::tokens(model),
        associations::tokens(model),
    ];
    let types = parts.iter().map(|part| &part.types);
    let impls = parts.iter().map(|part| &part.impls);
    let others = [
        table::apart(model),
        model::tokens(model),
        fields::tokens(model),
        row::tokens(model),
        methods::tokens(model),
    ];
    quote! {
        #table
        #(#types)*

        const _: () = {
            use ::orm_core::__private as __orm;

            #(#others)*
            #(#impls)*
        };
    }
}

/// `users::email`
fn column(model: &Model, field: &Field) -> TokenStream {
    let (module, ident) = (&model.table.module, &field.ident);
    quote!(#module::#ident)
}

/// `FieldOf<User, HASH>`
fn field_of(model: &Model, field: &Field) -> TokenStream {
    let (ident, hash) = (
        &model.ident,
        proc_macro2::Literal::u64_unsuffixed(field.hash),
    );
    quote!(__orm::FieldOf<#ident, #hash>)
}

/// `(users::id, users::email,)`
fn columns(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| column(model, field));
    quote!((#(#columns,)*))
}
