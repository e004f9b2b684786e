//! Tuples of any number of items.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Index;

/// Up to this many items are a tuple; more are a tuple of tuples. The standard library implements its traits
/// for tuples of up to this length.
pub(super) const TUPLE: usize = 12;

/// A tuple of the items, or a tuple of what `part` makes of shorter tuples.
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

/// The place of one of `of` items in such a tuple.
pub(super) fn place(place: usize, of: usize) -> TokenStream {
    let number = Literal::usize_unsuffixed;
    if of <= TUPLE {
        let place = number(place);
        return quote!(__orm::At<#place>);
    }
    let (part, place) = (number(place / TUPLE), number(place % TUPLE));
    quote!(__orm::In<#part, __orm::At<#place>>)
}

/// The path to one of `of` items in such a tuple: `.0`, `.1.0`.
pub(super) fn nested(place: usize, of: usize) -> TokenStream {
    if of <= TUPLE {
        let place = Index::from(place);
        return quote!(.#place);
    }
    let (part, place) = (Index::from(place / TUPLE), Index::from(place % TUPLE));
    quote!(.#part.#place)
}
