//! Columns and fields by their Rust names.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};

use crate::model::{Field, Model, Named};

/// `users::email`
pub(super) fn column(model: &Model, field: &Field) -> TokenStream {
    let module = &model.table.module;
    let ident = match &field.named {
        Named::AsField => &field.ident,
        Named::As(ident) => ident,
        Named::AsStated(_) => return stated(model, field),
    };
    quote!(#module::#ident)
}

/// The column's name in the database. For an adopted table, Diesel knows it.
pub(super) fn column_name(model: &Model, field: &Field) -> TokenStream {
    match model.table.adopted {
        true => {
            let column = column(model, field);
            quote!(<#column as __orm::Column>::NAME)
        }
        false => field.column.to_token_stream(),
    }
}

/// `FieldOf<User, HASH>`, by its short name.
pub(super) fn field_of(field: &Field) -> TokenStream {
    let hash = Literal::u64_unsuffixed(field.hash);
    quote!(__F<#hash>)
}

/// `(users::id, users::email,)`, as a type.
pub(super) fn columns(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| column(model, field));
    quote!((#(#columns,)*))
}

/// The same, as a value.
pub(super) fn column_values(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| {
        let column = column(model, field);
        match model.table.adopted {
            // The type already reports a missing column.
            true => quote!(<#column>::default()),
            false => column,
        }
    });
    quote!((#(#columns,)*))
}
/// The column of a field that states a name other than its own.
fn stated(model: &Model, field: &Field) -> TokenStream {
    let ident = &model.ident;
    let hash = Literal::u64_unsuffixed(field.hash);
    quote!(<#ident as ::orm_core::__::ColumnElsewhere<#hash>>::Column)
}
