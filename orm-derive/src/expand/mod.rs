//! One file per emitted item. Nothing here can fail: a model that gets here is sound.
//!
//! Items that people name are next to the struct. The impls are in a `const _`, where the runtime has a short
//! name, because everything emitted is read, resolved and checked at each of the user's builds. The methods
//! of associations are outside, because rustc would call them `_::<impl User>::add_post` in its errors.

mod adopted;
mod associations;
mod builder;
mod column;
mod fields;
mod insert;
mod meta;
mod methods;
mod model;
mod part;
mod row;
pub(crate) mod runtime;
mod table;
mod tuple;
mod validate;
mod with;

use proc_macro2::TokenStream;
use quote::quote;

use crate::model::Model;

/// Everything that the derive emits.
pub(crate) fn tokens(model: &Model) -> TokenStream {
    let table = table::tokens(model);
    let parts = [
        insert::tokens(model),
        builder::tokens(model),
        with::tokens(model),
        associations::tokens(model),
    ];
    let types = parts.iter().map(|part| &part.types);
    let impls = parts.iter().map(|part| &part.impls);
    let others = [
        adopted::tokens(model),
        table::apart(model),
        model::tokens(model),
        fields::tokens(model),
        row::tokens(model),
    ];
    let ident = &model.ident;
    let methods = methods::tokens(model);
    let tokens = quote! {
        #table
        #(#types)*
        #methods

        const _: () = {
            use ::orm_core::__::{self as __orm, SqlTypeOf as __S};
            type __F<const HASH: u64> = __orm::FieldOf<#ident, HASH>;

            #(#others)*
            #(#impls)*
        };
    };
    runtime::renamed(tokens, model.runtime.as_ref())
}
