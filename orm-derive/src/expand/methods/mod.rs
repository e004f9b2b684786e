//! The loader of each association, and its methods on the instance.

mod belongs_to;
mod belongs_to_many;
mod has_many;
mod has_one;
mod method;

use proc_macro2::TokenStream;
use quote::quote;

use crate::attrs::Kind;
use crate::expand::methods::method::Methods;
use crate::model::{Association, Model};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    if model.associations.is_empty() {
        return TokenStream::new();
    }
    let ident = &model.ident;
    let sound = model
        .associations
        .iter()
        .filter(|association| association.source.is_some());
    let all = sound.map(|association| {
        let loader = loader(association);
        let methods = methods(association);
        quote!(#loader #methods)
    });
    quote! {
        #[allow(clippy::missing_errors_doc, clippy::must_use_candidate)]
        impl #ident {
            #(#all)*
        }
    }
}

fn loader(association: &Association) -> TokenStream {
    let Association { alias, marker, .. } = association;
    let name = naming::ident(&alias.text, alias.span);
    let doc = format!("Includes `{}`: pass it to `.include(…)`.", alias.text);
    quote! {
        #[doc = #doc]
        pub fn #name() -> ::orm_core::Loader<#marker> {
            ::orm_core::Loader::new()
        }
    }
}

fn methods(association: &Association) -> TokenStream {
    let mut methods = Methods {
        association,
        names: association.methods(),
        tokens: TokenStream::new(),
    };
    match association.kind {
        Kind::HasOne => has_one::tokens(&mut methods),
        Kind::HasMany => has_many::tokens(&mut methods),
        Kind::BelongsTo => belongs_to::tokens(&mut methods),
        Kind::BelongsToMany => belongs_to_many::tokens(&mut methods),
    }
    methods.tokens
}
