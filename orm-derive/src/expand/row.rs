//! Loading rows with Diesel: its `Queryable` and `Selectable`, and the proof that a query gives this model.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Index;

use super::{TUPLE, tuple};
use crate::model::Model;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let types: Vec<_> = model.fields.iter().map(|field| &field.ty).collect();
    let row = match model.fields.len() {
        flat if flat <= TUPLE => quote!(row),
        many => {
            let values = (0..many).map(Index::from).map(|index| quote!(row.#index));
            tuple(&values.collect::<Vec<_>>(), |part| part)
        }
    };
    quote! {
        impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for #ident
        where
            (#(#types,)*): __orm::FromStaticSqlRow<__ST, __DB>,
        {
            type Row = (#(#types,)*);

            fn build(row: Self::Row) -> __orm::Read<Self> {
                __orm::Ok(<Self as __orm::Model>::of_row(#row))
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
    }
}
