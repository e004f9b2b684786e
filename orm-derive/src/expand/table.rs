//! Diesel's `table!`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::expand::column;
use crate::model::{Field, Model, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    if model.table.adopted {
        return TokenStream::new();
    }
    let (module, name) = (&model.table.module, &model.table.name);
    let key = model.key().into_iter().map(|field| &field.ident);
    let columns = model.fields.iter().map(column);
    let comparisons = model
        .fields
        .iter()
        .filter_map(|field| comparisons(model, field));
    let schema = model.table.schema.as_ref().map(|schema| {
        let schema = naming::ident(&schema.value(), schema.span());
        quote!(#schema.)
    });
    let ident = &model.ident;
    let doc = format!("The table of `{ident}`.");
    quote! {
        ::diesel::table! {
            #[doc = #doc]
            #[sql_name = #name]
            #schema #module (#(#key),*) {
                #(#columns)*
            }
        }

        #(#comparisons)*
    }
}

/// States with which other tables it can appear in one query.
pub(super) fn apart(model: &Model) -> TokenStream {
    if model.table.adopted {
        return TokenStream::new();
    }
    let (ident, module) = (&model.ident, &model.table.module);
    // rustc shows the struct.
    quote_spanned! {ident.span()=>
        impl<__M> __orm::ApartFrom<__M> for #module::table where #ident: __orm::InOneSchema<__M> {}
        impl<__T: __orm::Table + __orm::ApartFrom<#ident>> __orm::TableNotEqual<__T>
            for #module::table
        {
        }
    }
}

/// Comparisons that take values of the field's type, if Diesel's cannot.
fn comparisons(model: &Model, field: &Field) -> Option<TokenStream> {
    let name = match field.kind {
        TypeKind::Timestamp => quote!(__timestamp_column),
        TypeKind::TimestampUtc => quote!(__timestamp_utc_column),
        TypeKind::Uuid => quote!(__uuid_column),
        _ => return None,
    };
    let (column, sql) = (column::column(model, field), sql_type(field));
    Some(quote!(::orm_core::#name!(#column, #sql);))
}

fn sql_type(field: &Field) -> TokenStream {
    let sql = field.kind.sql_type();
    match field.nullable {
        true => quote!(::diesel::sql_types::Nullable<#sql>),
        false => sql,
    }
}

fn column(field: &Field) -> TokenStream {
    let Field { ident, column, .. } = field;
    let sql = sql_type(field);
    let doc = format!("The column `{column}`.");
    // Otherwise it has the field's name anyway.
    let named = (ident != column).then(|| quote!(#[sql_name = #column]));
    quote! {
        #[doc = #doc]
        #named
        #ident -> #sql,
    }
}
