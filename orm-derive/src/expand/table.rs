//! Diesel's `table!`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::{Field, Model};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    if model.table.adopted {
        return TokenStream::new();
    }
    let (module, name) = (&model.table.module, &model.table.name);
    let key = model.key().into_iter().map(|field| &field.ident);
    let columns = model.fields.iter().map(column);
    let schema = model.table.schema.as_ref().map(|schema| {
        let schema = naming::ident(&schema.value(), schema.span());
        quote!(#schema.)
    });
    let doc = format!("The table of `{}`.", model.ident);
    quote! {
        ::diesel::table! {
            #[doc = #doc]
            #[sql_name = #name]
            #schema #module (#(#key),*) {
                #(#columns)*
            }
        }
    }
}

fn column(field: &Field) -> TokenStream {
    let Field {
        ident,
        column,
        kind,
        ..
    } = field;
    let sql = kind.sql_type();
    let sql = match field.nullable {
        true => quote!(::diesel::sql_types::Nullable<#sql>),
        false => sql,
    };
    quote! {
        #[sql_name = #column]
        #ident -> #sql,
    }
}
