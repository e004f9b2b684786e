//! `impl Model`.

use proc_macro2::TokenStream;
use quote::quote;

use super::{columns, field_of, meta, sql_type};
use crate::model::Model;
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let (module, table) = (&model.table.module, &model.table.name);
    let columns = columns(model);
    let sql_type = sql_type(model);
    let key = match model.single_key() {
        Some(field) => field_of(model, field),
        None => {
            let fields = model.key().into_iter().map(|field| field_of(model, field));
            quote!((#(#fields),*))
        }
    };
    let new = naming::new_struct(ident);
    let builder = naming::builder(ident);
    let changes = naming::changes(ident);
    let with = naming::with_struct(ident);
    let targets = target_list(model);
    let schema = model.table.schema.as_ref().map(|schema| {
        quote! {
            const SCHEMA_NAME: ::core::option::Option<&'static str> =
                ::core::option::Option::Some(#schema);
        }
    });
    let meta = meta::tokens(model);
    quote! {
        #[automatically_derived]
        impl ::orm_core::Model for #ident {
            type Table = #module::table;
            type Columns = #columns;
            type SqlType = #sql_type;
            type Query = ::diesel::dsl::Select<#module::table, #columns>;
            type PrimaryKey = #key;
            type New = #new;
            type Builder = #builder;
            type Changes = #changes;
            type With = #with;
            type Targets = #targets;

            const NAME: &'static str = ::core::stringify!(#ident);
            const TABLE: &'static str = #table;
            #schema
            const META: ::orm_core::__private::ModelMeta = #meta;

            fn query() -> Self::Query {
                ::diesel::QueryDsl::select(#module::table, #columns)
            }

            fn columns() -> Self::Columns {
                #columns
            }

            fn into_with(self) -> Self::With {
                #with::__new(self)
            }
        }

        #[automatically_derived]
        impl ::orm_core::__private::TableOf<#ident> for #module::table {
            type Then<__T> = __T;

            fn then<__T>(value: __T) -> __T {
                value
            }
        }

        impl #ident {
            /// An insert builder with nothing set.
            #[must_use]
            pub fn builder() -> #builder {
                <#builder as ::core::default::Default>::default()
            }

            /// Changes for `update`, with nothing set.
            #[must_use]
            pub fn changes() -> #changes {
                <#changes as ::core::default::Default>::default()
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
