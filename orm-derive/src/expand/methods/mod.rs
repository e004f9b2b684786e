//! The loader of each association, and its methods on the instance.

mod belongs_to;
mod belongs_to_many;
mod has_many;
mod has_one;
mod method;

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use crate::model::{Association, Method, Model};
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
        let methods = association.methods();
        let methods = methods.map(|each| method(association, each));
        quote!(#loader #(#methods)*)
    });
    quote! {
        #[allow(clippy::missing_errors_doc, clippy::must_use_candidate)]
        impl #ident {
            #(#all)*
        }
    }
}

fn loader(association: &Association) -> TokenStream {
    let Association {
        alias,
        marker,
        target,
        ..
    } = association;
    let name = naming::ident(&alias.text, alias.span);
    let doc = format!("Includes `{}`: pass it to `.include(…)`.", alias.text);
    // What is said of the target here is what is said where the association names it, so that rustc says it once.
    let span = target.span();
    let loader = quote_spanned!(span=> ::orm_core::Loader<#marker>);
    let new = quote_spanned!(span=> ::orm_core::Loader::new());
    quote! {
        #[doc = #doc]
        pub fn #name() -> #loader {
            #new
        }
    }
}

fn method(association: &Association, method: Method) -> TokenStream {
    let doc = association.doc_of(method);
    let name = Ident::new(&association.name_of(method), association.alias.span);
    let function = match method {
        Method::HasOne(method) => has_one::tokens(association, method, &name),
        Method::BelongsTo(method) => belongs_to::tokens(association, method, &name),
        Method::HasMany(method) => has_many::tokens(association, method, &name),
        Method::BelongsToMany(method) => belongs_to_many::tokens(association, method, &name),
    };
    quote! {
        #[doc = #doc]
        #function
    }
}
