//! One file per emitted thing. Nothing here can fail: a model that gets here is sound.
//!
//! What people name stands beside the struct; the impls stand in a `const _`, where the runtime has a short
//! name: what is emitted is read, resolved and checked at each of the user's builds. The methods of associations
//! stand outside, since rustc would call them `_::<impl User>::add_post` in its errors.

mod associations;
mod builder;
mod fields;
mod insert;
mod meta;
mod methods;
mod model;
mod row;
mod table;
mod with;

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::model::{Field, Model};

/// What a part emits.
struct Part {
    /// Types.
    types: TokenStream,
    /// Impls, in which `__orm` is the runtime.
    impls: TokenStream,
}

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
        table::apart(model),
        model::tokens(model),
        fields::tokens(model),
        row::tokens(model),
    ];
    let ident = &model.ident;
    let methods = methods::tokens(model);
    quote! {
        #table
        #(#types)*
        #methods

        const _: () = {
            use ::orm_core::__private::{self as __orm, SqlTypeOf as __S};
            type __F<const HASH: u64> = __orm::FieldOf<#ident, HASH>;

            #(#others)*
            #(#impls)*
        };
    }
}

/// `users::email`
fn column(model: &Model, field: &Field) -> TokenStream {
    let (module, ident) = (&model.table.module, &field.ident);
    quote!(#module::#ident)
}

/// `FieldOf<User, HASH>`, by its short name.
fn field_of(field: &Field) -> TokenStream {
    let hash = Literal::u64_unsuffixed(field.hash);
    quote!(__F<#hash>)
}

/// As many things are a tuple; more are a tuple of tuples, since the standard library implements its traits for
/// tuples of so many.
const TUPLE: usize = 12;

/// A tuple, or a tuple of what `part` makes of tuples.
fn tuple(items: &[TokenStream], part: impl Fn(TokenStream) -> TokenStream) -> TokenStream {
    if items.len() <= TUPLE {
        return quote!((#(#items,)*));
    }
    let parts = items.chunks(TUPLE).map(|items| part(quote!((#(#items,)*))));
    quote!((#(#parts,)*))
}

/// Where one of so many things is in such a tuple.
fn place(place: usize, of: usize) -> TokenStream {
    let number = Literal::usize_unsuffixed;
    if of <= TUPLE {
        let place = number(place);
        return quote!(__orm::At<#place>);
    }
    let (part, place) = (number(place / TUPLE), number(place % TUPLE));
    quote!(__orm::In<#part, __orm::At<#place>>)
}

/// `(users::id, users::email,)`
fn columns(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| column(model, field));
    quote!((#(#columns,)*))
}
