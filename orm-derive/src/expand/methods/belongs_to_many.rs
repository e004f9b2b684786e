//! The methods of a `belongs_to_many`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;

use super::method::{Definition, call, call_with_one, call_with_several, one, several};
use crate::model::{Association, BelongsToMany};

pub(super) fn tokens(
    association: &Association,
    method: BelongsToMany,
    name: &Ident,
) -> TokenStream {
    let Association {
        alias,
        marker,
        target,
        ..
    } = association;
    let span = alias.span;
    let new = quote_spanned! {span=>
        impl ::orm_core::IntoNew<#target, Nested: ::orm_core::__::Alone>
    };
    let (one, several) = (one(association), several(association));
    let with = quote_spanned! {span=>
        #marker: ::orm_core::__::LinkThrough<__C>,
        __B: ::orm_core::__::FillLink<#marker> + ::core::clone::Clone,
    };
    let definition = match method {
        BelongsToMany::Query => return query(association, name),
        BelongsToMany::Get => Definition {
            output: quote!(::std::vec::Vec<#target>),
            ..call(association, "ReadThrough", quote!(get(conn, self)))
        },
        BelongsToMany::Count => Definition {
            output: quote!(i64),
            ..call(association, "ReadThrough", quote!(count(conn, self)))
        },
        BelongsToMany::Has => Definition {
            output: quote!(bool),
            ..call_with_one(association, "HasThrough", "has")
        },
        BelongsToMany::HasAll => Definition {
            output: quote!(bool),
            ..call_with_several(association, "HasThrough", "has")
        },
        BelongsToMany::Add => call_with_one(association, "LinkPlainly", "add"),
        BelongsToMany::AddAll => call_with_several(association, "LinkPlainly", "add"),
        BelongsToMany::Remove => call_with_one(association, "LinkThrough", "remove"),
        BelongsToMany::RemoveAll => call_with_several(association, "LinkThrough", "remove"),
        BelongsToMany::Set => call_with_several(association, "LinkPlainly", "set"),
        BelongsToMany::SetWith => Definition {
            generics: quote!(, __B),
            arguments: quote!(targets: #several, link: __B,),
            bounds: with,
            ..call(
                association,
                "LinkThrough",
                quote!(set_with(conn, self, targets, link)),
            )
        },
        BelongsToMany::AddAllWith => Definition {
            generics: quote!(, __B),
            arguments: quote!(targets: #several, link: __B,),
            bounds: with,
            ..call(
                association,
                "LinkThrough",
                quote!(add_with(conn, self, targets, link)),
            )
        },
        BelongsToMany::AddWith => Definition {
            generics: quote!(, __B),
            arguments: quote!(target: #one, link: __B,),
            bounds: with,
            ..call(
                association,
                "LinkThrough",
                quote!(add_with(conn, self, [target], link)),
            )
        },
        BelongsToMany::Create => Definition {
            arguments: quote!(new: #new,),
            output: quote!(#target),
            bounds: quote_spanned! {span=>
                #marker: ::orm_core::__::LinkPlainly<__C>
                    + ::orm_core::__::CreateTarget<__C>,
            },
            ..call(association, "LinkPlainly", quote!(create(conn, self, new)))
        },
        BelongsToMany::CreateWith => Definition {
            generics: quote!(, __B),
            arguments: quote!(new: #new, link: __B,),
            output: quote!(#target),
            bounds: quote_spanned!(span=> #with #marker: ::orm_core::__::CreateTarget<__C>,),
            ..call(
                association,
                "LinkThrough",
                quote!(create_with(conn, self, new, link)),
            )
        },
    };
    definition.tokens(association, name)
}

/// It needs no connection. The query is a parameter, which is what `QueryThrough` says it is, because a
/// mistake in the names of the junction's fields would be reported here once more.
fn query(association: &Association, name: &Ident) -> TokenStream {
    let marker = &association.marker;
    quote! {
        #[must_use]
        pub fn #name<Query>(&self) -> Query
        where
            #marker: ::orm_core::__::QueryThrough<Query>,
        {
            <#marker as ::orm_core::__::QueryThrough<Query>>::query(self)
        }
    }
}
