//! Values for columns, `UserValues`: what an insert and what changes are made of.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::{Part, field_of};
use crate::model::{Default, Model, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> Part {
    let (ident, vis) = (&model.ident, &model.vis);
    let values = naming::values(ident);
    let names = model.fields.iter().map(|field| &field.ident);
    let types = model.fields.iter().map(|field| &field.ty);
    let types = quote! {
        #[doc(hidden)]
        #[derive(Debug, Clone, Default)]
        #vis struct #values {
            #(#names: ::core::option::Option<#types>,)*
        }
    };
    let names = model.fields.iter().map(|field| &field.ident);
    let fill = fill(model);
    let visit = visit(model);
    let impls = quote! {
        impl __orm::Given for #values {
            type Model = #ident;

            fn given(&self) -> __orm::ColumnSet {
                __orm::ColumnSet::given([#(self.#names.is_some()),*])
            }

            #fill
        }

        #visit
    };
    Part { types, impls }
}

/// Defaults that are made here.
fn fill(model: &Model) -> Option<TokenStream> {
    let uuids: Vec<_> = model
        .fields
        .iter()
        .filter(|field| matches!(field.default, Some(Default::Uuid)))
        .map(|field| {
            let name = &field.ident;
            let new = match field.nullable {
                true => quote!(|| __orm::Some(__orm::new_uuid())),
                false => quote!(__orm::new_uuid),
            };
            quote!(self.#name.get_or_insert_with(#new);)
        })
        .collect();
    (!uuids.is_empty()).then(|| {
        quote! {
            fn fill(&mut self) {
                #(#uuids)*
            }
        }
    })
}

/// The one place that knows which field is the how many-th.
fn visit(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let fields: Vec<_> = model
        .fields
        .iter()
        .map(|field| field_of(model, field))
        .collect();
    let indexes = (0..fields.len()).map(Literal::usize_unsuffixed);
    let decimals = model
        .fields
        .iter()
        .any(|field| matches!(field.kind, TypeKind::Decimal))
        .then(|| quote!(__DB: __orm::ExactDecimals,));
    quote! {
        impl<__DB: __orm::Backend> __orm::Columns<__DB> for #ident
        where
            #decimals
            #(#fields: __orm::BindValue<__DB>,)*
        {
            fn visit<__V: __orm::Visit<Self, __DB>>(
                index: usize,
                visitor: __V,
            ) -> __orm::Option<__V::Output> {
                __orm::Some(match index {
                    #(#indexes => visitor.field::<#fields>(),)*
                    _ => return __orm::None,
                })
            }
        }
    }
}
