//! Tuples of any number of things.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Index;

/// As many things are a tuple; more are a tuple of tuples, since the standard library implements its traits for
/// tuples of so many.
pub(super) const TUPLE: usize = 12;

/// A tuple, or a tuple of what `part` makes of tuples.
pub(super) fn tuple(
    items: &[TokenStream],
    part: impl Fn(TokenStream) -> TokenStream,
) -> TokenStream {
    if items.len() <= TUPLE {
        return quote!((#(#items,)*));
    }
    let parts = items.chunks(TUPLE).map(|items| part(quote!((#(#items,)*))));
    quote!((#(#parts,)*))
}

/// Where one of so many things is in such a tuple.
pub(super) fn place(place: usize, of: usize) -> TokenStream {
    let number = Literal::usize_unsuffixed;
    if of <= TUPLE {
        let place = number(place);
        return quote!(__orm::At<#place>);
    }
    let (part, place) = (number(place / TUPLE), number(place % TUPLE));
    quote!(__orm::In<#part, __orm::At<#place>>)
}

/// The way to one of so many things in such a tuple: `.0`, `.1.0`.
pub(super) fn nested(place: usize, of: usize) -> TokenStream {
    if of <= TUPLE {
        let place = Index::from(place);
        return quote!(.#place);
    }
    let (part, place) = (Index::from(place / TUPLE), Index::from(place % TUPLE));
    quote!(.#part.#place)
}
