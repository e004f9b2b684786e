//! Loading rows: Diesel's `Queryable` and `Selectable`, and the proof that a query gives this model.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Index;

use super::{columns, field_of};
use crate::model::Model;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let columns = columns(model);
    let sql_type = quote!(<#ident as ::orm_core::Model>::SqlType);
    let sql: Vec<_> = (0..model.fields.len())
        .map(|index| format_ident!("__ST{index}"))
        .collect();
    let types: Vec<_> = model.fields.iter().map(|field| &field.ty).collect();
    let names: Vec<_> = model.fields.iter().map(|field| &field.ident).collect();
    let fields: Vec<_> = model
        .fields
        .iter()
        .map(|field| field_of(model, field))
        .collect();
    let positions = 0..model.fields.len();
    let indexes = (0..model.fields.len()).map(Index::from);
    quote! {
        #[automatically_derived]
        impl<__DB: ::diesel::backend::Backend, #(#sql),*>
            ::diesel::deserialize::Queryable<(#(#sql,)*), __DB> for #ident
        where
            (#(#types,)*): ::diesel::deserialize::FromStaticSqlRow<(#(#sql,)*), __DB>,
        {
            type Row = (#(#types,)*);

            fn build(row: Self::Row) -> ::diesel::deserialize::Result<Self> {
                ::core::result::Result::Ok(Self {
                    #(#names: row.#indexes,)*
                })
            }
        }

        #[automatically_derived]
        impl<__DB: ::diesel::backend::Backend> ::diesel::expression::Selectable<__DB> for #ident {
            type SelectExpression = #columns;

            fn construct_selection() -> Self::SelectExpression {
                #columns
            }
        }

        #[automatically_derived]
        impl ::orm_core::__private::Selects<#sql_type> for #ident {}

        #[automatically_derived]
        impl<__DB: ::diesel::backend::Backend>
            ::orm_core::__private::Selects<::diesel::dsl::AsSelect<#ident, __DB>> for #ident
        {
        }

        #[automatically_derived]
        impl<__DB> ::orm_core::__private::ReadColumns<__DB> for #ident
        where
            __DB: ::diesel::backend::Backend,
            #(#fields: ::orm_core::__private::ReadValue<__DB>,)*
        {
            fn read_columns<'__a>(
                row: &impl ::diesel::row::Row<'__a, __DB>,
            ) -> ::diesel::deserialize::Result<Self> {
                ::core::result::Result::Ok(Self {
                    #(#names: <#fields as ::orm_core::__private::ReadValue<__DB>>::read_value(
                        row, #positions
                    )?,)*
                })
            }
        }
    }
}
