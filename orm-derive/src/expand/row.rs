//! Loading rows: Diesel's `Queryable` and `Selectable`, and the proof that a query gives this model.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Index;

use super::field_of;
use crate::model::Model;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let types: Vec<_> = model.fields.iter().map(|field| &field.ty).collect();
    let names: Vec<_> = model.fields.iter().map(|field| &field.ident).collect();
    let fields: Vec<_> = model
        .fields
        .iter()
        .map(|field| field_of(model, field))
        .collect();
    let positions = (0..fields.len()).map(Literal::usize_unsuffixed);
    let indexes = (0..fields.len()).map(Index::from);
    quote! {
        impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for #ident
        where
            (#(#types,)*): __orm::FromStaticSqlRow<__ST, __DB>,
        {
            type Row = (#(#types,)*);

            fn build(row: Self::Row) -> __orm::Read<Self> {
                __orm::Ok(Self { #(#names: row.#indexes),* })
            }
        }

        impl<__DB: __orm::Backend> __orm::Selectable<__DB> for #ident {
            type SelectExpression = <Self as __orm::Model>::Columns;

            fn construct_selection() -> Self::SelectExpression {
                <Self as __orm::Model>::columns()
            }
        }

        impl __orm::Selects<<Self as __orm::Model>::SqlType> for #ident {}
        impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for #ident {}

        impl<__DB: __orm::Backend> __orm::ReadColumns<__DB> for #ident
        where
            #(#fields: __orm::ReadValue<__DB>,)*
        {
            fn read_columns<__S: __orm::Source<Self, __DB>>(mut source: __S) -> __orm::Read<Self> {
                __orm::Ok(Self { #(#names: source.value::<#fields>(#positions)?),* })
            }
        }
    }
}
