//! `impl Model`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{column, columns, field_of, meta, with};
use crate::model::Model;
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let (module, table) = (&model.table.module, &model.table.name);
    let columns = columns(model);
    let each = model.fields.iter().map(|field| column(model, field));
    let key = match model.single_key() {
        Some(field) => field_of(model, field),
        None => {
            let fields = model.key().into_iter().map(|field| field_of(model, field));
            quote!((#(#fields),*))
        }
    };
    let values = naming::values(ident);
    let builder = naming::builder(ident);
    let with = naming::with_struct(ident);
    let targets = target_list(model);
    let schema = model.table.schema.as_ref().map(|schema| {
        quote! {
            const SCHEMA_NAME: __orm::Option<&'static str> = __orm::Some(#schema);
        }
    });
    let meta = meta::tokens(model);
    let slots = with::aliases(model);
    quote! {
        impl __orm::Model for #ident {
            type Table = #module::table;
            type Columns = #columns;
            type SqlType = (#(__orm::SqlTypeOf<#each>,)*);
            type Query = __orm::Select<#module::table, Self::Columns>;
            type PrimaryKey = #key;
            type Values = #values;
            type Builder = #builder;
            type With = #with;
            type Targets = #targets;

            const NAME: &'static str = ::core::stringify!(#ident);
            const TABLE: &'static str = #table;
            #schema
            const META: __orm::ModelMeta = #meta;

            fn query() -> Self::Query {
                __orm::QueryDsl::select(#module::table, Self::columns())
            }

            fn columns() -> Self::Columns {
                #columns
            }

            fn into_with(self) -> Self::With {
                #with { __model: self, #(#slots: __orm::NotIncluded::new(),)* }
            }
        }

        impl __orm::TableOf<#ident> for #module::table {
            type Then<__T> = __T;

            fn then<__T>(value: __T) -> __T {
                value
            }
        }
    }
}

/// `(Post, (Tag, (PostTag, ())))`
fn target_list(model: &Model) -> TokenStream {
    let targets = model.associations.iter().flat_map(|association| {
        let through = association.through.iter();
        std::iter::once(&association.target).chain(through)
    });
    let targets: Vec<_> = targets.collect();
    targets
        .into_iter()
        .rev()
        .fold(quote!(()), |rest, target| quote!((#target, #rest)))
}
