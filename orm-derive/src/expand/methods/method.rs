//! One method of an association, in parts.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use crate::expand::associations::at;
use crate::model::Association;

/// A method without its name; the connection and `where C: Connection` are added to each.
pub(super) struct Definition {
    pub(super) receiver: TokenStream,
    pub(super) generics: TokenStream,
    pub(super) arguments: TokenStream,
    pub(super) output: TokenStream,
    pub(super) bounds: TokenStream,
    pub(super) body: TokenStream,
}

impl Definition {
    pub(super) fn tokens(self, association: &Association, name: &Ident) -> TokenStream {
        let Self {
            receiver,
            generics,
            arguments,
            output,
            bounds,
            body,
        } = self;
        let body = at(body, association.target.span());
        quote! {
            pub fn #name<__C: ::orm_core::Connection #generics>(
                #receiver,
                conn: &mut __C,
                #arguments
            ) -> ::orm_core::Result<#output>
            where
                #bounds
            {
                #body
            }
        }
    }
}

/// The parts of most methods: no generics beside the connection, `&self`.
pub(super) fn plain() -> Definition {
    Definition {
        receiver: quote!(&self),
        generics: TokenStream::new(),
        arguments: TokenStream::new(),
        output: quote!(()),
        bounds: TokenStream::new(),
        body: TokenStream::new(),
    }
}

/// A call of a function of a trait that the marker has.
pub(super) fn call(association: &Association, ability: &str, call: TokenStream) -> Definition {
    let Association { alias, marker, .. } = association;
    let ability = Ident::new(ability, alias.span);
    Definition {
        bounds: quote_spanned!(alias.span=> #marker: ::orm_core::__::#ability<__C>,),
        body: quote!(<#marker as ::orm_core::__::#ability<__C>>::#call),
        ..plain()
    }
}

/// A call with one row of the target.
pub(super) fn call_with_one(
    association: &Association,
    ability: &str,
    function: &str,
) -> Definition {
    let (one, function) = (one(association), format_ident!("{function}"));
    Definition {
        arguments: quote!(target: #one,),
        ..call(
            association,
            ability,
            quote!(#function(conn, self, [target])),
        )
    }
}

/// A call with several rows of the target.
pub(super) fn call_with_several(
    association: &Association,
    ability: &str,
    function: &str,
) -> Definition {
    let (several, function) = (several(association), format_ident!("{function}"));
    Definition {
        arguments: quote!(targets: #several,),
        ..call(association, ability, quote!(#function(conn, self, targets)))
    }
}

/// What stands for one row of the target. If it is none, rustc shows the association, and not the derive.
pub(super) fn one(association: &Association) -> TokenStream {
    let Association { alias, target, .. } = association;
    quote_spanned!(alias.span=> impl ::orm_core::__::OneTarget<#target>)
}

/// What stands for several rows of the target.
pub(super) fn several(association: &Association) -> TokenStream {
    let Association { alias, target, .. } = association;
    quote_spanned!(alias.span=> impl ::orm_core::Targets<#target>)
}
