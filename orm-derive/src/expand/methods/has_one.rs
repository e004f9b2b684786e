//! The methods of a `has_one`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::method::{Definition, plain};
use crate::model::{Association, HasOne};

pub(super) fn tokens(association: &Association, method: HasOne, name: &Ident) -> TokenStream {
    let Association {
        alias,
        marker,
        target,
        ..
    } = association;
    let span = alias.span;
    let ops = quote!(::orm_core::__::has_one);
    let related = quote!(::orm_core::__::has_many);
    let definition = match method {
        HasOne::Get => Definition {
            output: quote!(::core::option::Option<#target>),
            bounds: quote_spanned!(span=> #marker: #related::ReadRelated<__C>,),
            body: quote!(#ops::get::<#marker, __C>(conn, self)),
            ..plain()
        },
        HasOne::Has => Definition {
            output: quote!(bool),
            bounds: quote_spanned!(span=> #marker: #related::ReadRelated<__C>,),
            body: quote!(::core::result::Result::Ok(
                <#marker as #related::ReadRelated<__C>>::count(conn, self)? > 0
            )),
            ..plain()
        },
        HasOne::Set => Definition {
            generics: quote!(, __T),
            arguments: quote!(target: __T,),
            bounds: quote_spanned! {span=>
                #marker: #related::LinkRelated<__C>,
                __T: ::orm_core::IntoTarget<#target>,
                __T::Presence: ::orm_core::__::AcceptedBy<
                    <<#marker as ::orm_core::__::Direct>::TargetField
                        as ::orm_core::__::Field>::Value,
                >,
            },
            body: quote!(#ops::set::<#marker, __C, _>(conn, self, target)),
            ..plain()
        },
        HasOne::Create => Definition {
            generics: quote!(, __B),
            arguments: quote!(new: __B,),
            output: quote!(#target),
            bounds: quote_spanned! {span=>
                #marker: #related::LinkRelated<__C>
                    + ::orm_core::__::CreateTarget<__C>,
                __B: ::orm_core::__::Fill<#marker>,
            },
            body: quote!(#ops::create::<#marker, __C, _>(conn, self, new)),
            ..plain()
        },
    };
    definition.tokens(association, name)
}
