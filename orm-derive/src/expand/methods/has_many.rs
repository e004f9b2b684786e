//! The methods of a `has_many`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use super::method::{Definition, call, call_with_one, call_with_several, plain};
use crate::model::{Association, HasMany};

pub(super) fn tokens(association: &Association, method: HasMany, name: &Ident) -> TokenStream {
    let Association {
        alias,
        marker,
        target,
        ..
    } = association;
    let ops = quote!(::orm_core::__::has_many);
    let create = quote_spanned! {alias.span=>
        #marker: ::orm_core::__::CreateTarget<__C>,
        __B: ::orm_core::__::Fill<#marker>,
    };
    let definition = match method {
        HasMany::Query => return query(association, name),
        HasMany::Get => Definition {
            output: quote!(::std::vec::Vec<#target>),
            ..call(association, "ReadRelated", quote!(get(conn, self)))
        },
        HasMany::Count => Definition {
            output: quote!(i64),
            ..call(association, "ReadRelated", quote!(count(conn, self)))
        },
        HasMany::Has => Definition {
            output: quote!(bool),
            ..call_with_one(association, "LinkRelated", "has")
        },
        HasMany::HasAll => Definition {
            output: quote!(bool),
            ..call_with_several(association, "LinkRelated", "has")
        },
        HasMany::Add => call_with_one(association, "LinkRelated", "add"),
        HasMany::AddAll => call_with_several(association, "LinkRelated", "add"),
        HasMany::Remove => call_with_one(association, "UnlinkRelated", "remove"),
        HasMany::RemoveAll => call_with_several(association, "UnlinkRelated", "remove"),
        HasMany::Set => call_with_several(association, "UnlinkRelated", "set"),
        HasMany::Create => Definition {
            generics: quote!(, __B),
            arguments: quote!(new: __B,),
            output: quote!(#target),
            bounds: create,
            body: quote!(#ops::create::<#marker, __C, _>(conn, self, new)),
            ..plain()
        },
        HasMany::CreateAll => Definition {
            generics: quote!(, __B),
            arguments: quote!(new: impl ::core::iter::IntoIterator<Item = __B>,),
            output: quote!(::std::vec::Vec<#target>),
            bounds: create,
            body: quote!(#ops::create_all::<#marker, __C, _>(conn, self, new)),
            ..plain()
        },
    };
    definition.tokens(association, name)
}

/// It needs no connection.
fn query(association: &Association, name: &Ident) -> TokenStream {
    let Association { marker, target, .. } = association;
    let span = target.span();
    let query = quote_spanned!(span=> ::orm_core::__::Related<#marker>);
    let related = quote_spanned!(span=> ::orm_core::__::related::<#marker>);
    quote! {
        pub fn #name(&self) -> #query {
            #related(self)
        }
    }
}
