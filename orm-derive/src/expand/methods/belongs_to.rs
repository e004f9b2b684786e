//! The methods of a `belongs_to`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::method::{Definition, call};
use crate::model::{Association, BelongsTo};

pub(super) fn tokens(association: &Association, method: BelongsTo, name: &Ident) -> TokenStream {
    let Association {
        alias,
        marker,
        target,
        source,
        ..
    } = association;
    let span = alias.span;
    let definition = match method {
        BelongsTo::Get => Definition {
            output: match source.as_ref().is_some_and(|source| source.nullable) {
                true => quote!(::core::option::Option<#target>),
                false => quote!(#target),
            },
            ..call(association, "ReadOwner", quote!(get(conn, self)))
        },
        BelongsTo::Set => Definition {
            receiver: quote!(&mut self),
            generics: quote!(, __T),
            arguments: quote!(target: __T,),
            bounds: quote_spanned! {span=>
                #marker: ::orm_core::__::SetOwner<__C>,
                __T: ::orm_core::IntoTarget<#target>,
                __T::Presence: ::orm_core::__::AcceptedBy<
                    <<#marker as ::orm_core::__::Association>::SourceField
                        as ::orm_core::__::Field>::Value,
                >,
            },
            ..call(association, "SetOwner", quote!(set(conn, self, target)))
        },
        BelongsTo::Create => Definition {
            receiver: quote!(&mut self),
            generics: quote!(, __B),
            arguments: quote!(new: __B,),
            output: quote!(#target),
            bounds: quote_spanned! {span=>
                #marker: ::orm_core::__::SetOwner<__C>
                    + ::orm_core::__::CreateTarget<__C>,
                __B: ::orm_core::IntoNew<#target, Nested: ::orm_core::__::Alone>,
            },
            ..call(association, "SetOwner", quote!(create(conn, self, new)))
        },
    };
    definition.tokens(association, name)
}
