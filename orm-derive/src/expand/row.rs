//! Loads rows with Diesel: its `Queryable` and `Selectable`, and the proof that a query returns this model.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::{Ident, Index};

use crate::expand::tuple::{TUPLE, tuple};
use crate::model::Model;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let queryable = (!model.without.queryable).then(|| queryable(model));
    let selectable = selectable(model);
    let selects = selects(model);
    quote!(#queryable #selectable #selects)
}

/// Says that a query of the model's own columns returns the model.
fn selects(model: &Model) -> TokenStream {
    let ident = &model.ident;
    if !model.selects_by_diesel() {
        return quote!(impl __orm::Selects<<Self as __orm::Model>::SqlType> for #ident {});
    }
    // rustc cannot prove that the types of a user's expressions belong to no other row.
    let computed = model.made.iter().filter(|made| made.computed).count();
    let types = 0..model.fields.len() + computed;
    let types: Vec<Ident> = types.map(|index| format_ident!("__S{index}")).collect();
    quote! {
        impl<#(#types),*> __orm::Selects<(#(#types,)*)> for #ident
        where
            Self: __orm::Model<SqlType = (#(#types,)*)>,
        {
        }
    }
}

fn queryable(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let types: Vec<_> = model.fields.iter().map(|field| &field.ty).collect();
    let row = match model.fields.len() {
        flat if flat <= TUPLE => quote!(__row),
        many => {
            let values = (0..many).map(Index::from).map(|index| quote!(__row.#index));
            tuple(&values.collect::<Vec<_>>(), |part| part)
        }
    };
    quote! {
        impl<__ST, __DB: __orm::Backend> __orm::Queryable<__ST, __DB> for #ident
        where
            (#(#types,)*): __orm::FromStaticSqlRow<__ST, __DB>,
        {
            type Row = (#(#types,)*);

            fn build(__row: Self::Row) -> __orm::Read<Self> {
                __orm::Ok(<Self as __orm::Model>::of_row(#row))
            }
        }
    }
}

/// The struct may have its own `Selectable`. Then the rows that it selects are those of the model if it
/// selects the same columns.
fn selectable(model: &Model) -> TokenStream {
    let ident = &model.ident;
    if model.without.selectable {
        return quote! {
            impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for #ident
            where
                Self: __orm::Selectable<
                    __DB,
                    SelectExpression = <Self as __orm::Model>::Columns,
                >,
            {
            }
        };
    }
    quote! {
        impl<__DB: __orm::Backend> __orm::Selectable<__DB> for #ident {
            type SelectExpression = <Self as __orm::Model>::Columns;

            fn construct_selection() -> Self::SelectExpression {
                <Self as __orm::Model>::columns()
            }
        }

        impl<__DB: __orm::Backend> __orm::Selects<__orm::AsSelect<Self, __DB>> for #ident {}
    }
}
