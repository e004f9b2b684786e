//! Models of a table that Diesel's `table!` declares: checks that what they name exists, and uses the table's
//! own names in SQL.

use std::collections::BTreeSet;

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::{Ident, LitStr};

use crate::expand::column::{column, column_name};
use crate::model::{Field, Model, Named, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    if !model.table.adopted {
        return TokenStream::new();
    }
    let key = key(model);
    let columns = columns(model);
    quote!(#key #columns)
}

/// Checks that the key is that of the table.
fn key(model: &Model) -> TokenStream {
    let (ident, module) = (&model.ident, &model.table.module);
    let span = model
        .key()
        .first()
        .map_or(ident.span(), |field| field.ident.span());
    let key = quote!(<#module::table as __orm::Table>::PrimaryKey);
    let names = model
        .key()
        .into_iter()
        .map(|field| column_name(model, field));
    // Puts the error at the key, not at the struct.
    let mut row = ident.clone();
    row.set_span(span);
    quote_spanned! {span=>
        const _: () = __orm::check_key::<
            #row,
            #key,
            __orm::KeyOfTable<{ __orm::is_key::<#key, _>(&[#(#names),*]) }>,
        >();
    }
}

/// The columns of fields that state a name other than their own. It is the column's name in Rust or in the
/// database, so the names of the table's columns hide those of `NoColumn`.
fn columns(model: &Model) -> Option<TokenStream> {
    let stated = model.fields.iter().filter_map(|field| match &field.named {
        Named::AsStated(name) => Some((field, name)),
        _ => None,
    });
    let stated: Vec<(&Field, &LitStr)> = stated.collect();
    if stated.is_empty() {
        return None;
    }
    let names = stated
        .iter()
        .flat_map(|(field, name)| [field.name.clone(), name.value()]);
    let names: BTreeSet<String> = names.filter(|name| naming::is_possible(name)).collect();
    let names = names
        .iter()
        .map(|name| naming::ident(name, proc_macro2::Span::call_site()));
    let columns = stated
        .iter()
        .map(|(field, name)| stated_column(field, name));
    let (ident, module) = (&model.ident, &model.table.module);
    Some(quote! {
        #[allow(unused_imports, non_camel_case_types)]
        const _: () = {
            type __Row = #ident;
            type __Table = #module::table;
            use #module::columns as __columns;

            const _: () = {
                #(use __orm::NoColumn as #names;)*

                const _: () = {
                    use __columns::*;
                    #(#columns)*
                };
            };
        };
    })
}

fn stated_column(field: &Field, name: &LitStr) -> TokenStream {
    let hash = Literal::u64_unsuffixed(field.hash);
    let own: &Ident = &field.ident;
    let first = match naming::is_possible(&name.value()) {
        true => naming::ident(&name.value(), name.span()).to_token_stream(),
        false => quote!(__orm::NoColumn),
    };
    let choice = quote!(<#first as __orm::OrElse<#own, __Table>>);
    let span = name.span();
    let check = quote_spanned! {span=>
        const _: () = __orm::check_column::<
            <__Table as __orm::Table>::AllColumns,
            {
                #choice::IS_FIRST
                    || __orm::is_same(<#choice::Column as __orm::Column>::NAME, #name)
            },
        >();
    };
    quote! {
        impl __orm::ColumnElsewhere<#hash> for __Row {
            type Column = #choice::Column;
        }
        #check
    }
}

/// The table's name in the database.
pub(super) fn table_name(model: &Model) -> TokenStream {
    let table = &model.table;
    let (name, module) = (&table.name, &table.module);
    match table.adopted && !table.name_is_stated {
        true => quote! {{
            use __orm::Unknown as _;
            match __orm::Known::<#module::table>::TABLE {
                __orm::Some(name) => name,
                __orm::None => #name,
            }
        }},
        false => name.to_token_stream(),
    }
}

/// The column's kind. If the Rust type does not determine it, the SQL type may.
pub(super) fn kind(model: &Model, field: &Field) -> TokenStream {
    match field.kind {
        TypeKind::Enum | TypeKind::Custom(_) | TypeKind::Array(_) => {
            let column = column(model, field);
            quote! {{
                use __orm::Unknown as _;
                __orm::Known::<<__S<#column> as __orm::IntoNotNullable>::NotNullable>::KIND
            }}
        }
        _ => field.kind.ddl(),
    }
}
