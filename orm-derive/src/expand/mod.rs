//! One file per emitted thing. Nothing here can fail: a model that gets here is sound.

mod associations;
mod builder;
mod changes;
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

/// Everything that the derive emits.
pub(crate) fn tokens(model: &Model) -> TokenStream {
    let table = table::tokens(model);
    let inner = [
        model::tokens(model),
        fields::tokens(model),
        row::tokens(model),
        insert::tokens(model),
        builder::tokens(model),
        changes::tokens(model),
        with::tokens(model),
        associations::tokens(model),
        methods::tokens(model),
    ];
    quote!(#table #(#inner)*)
}

/// `users::email`
fn column(model: &Model, field: &Field) -> TokenStream {
    let (module, ident) = (&model.table.module, &field.ident);
    quote!(#module::#ident)
}

/// `FieldOf<User, HASH>`
fn field_of(model: &Model, field: &Field) -> TokenStream {
    let (ident, hash) = (&model.ident, field.hash);
    quote!(::orm_core::__private::FieldOf<#ident, #hash>)
}

/// `(users::id, users::email,)`
fn columns(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| column(model, field));
    quote!((#(#columns,)*))
}

/// `(SqlTypeOf<users::id>, SqlTypeOf<users::email>,)`
fn sql_type(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| column(model, field));
    quote!((#(::diesel::dsl::SqlTypeOf<#columns>,)*))
}
