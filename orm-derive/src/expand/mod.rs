//! One file per emitted thing. Nothing here can fail: a model that gets here is sound.
//!
//! What people name stands beside the struct; the impls stand in a `const _`, where the runtime has a short
//! name: what is emitted is read, resolved and checked at each of the user's builds. The methods of associations
//! stand outside, since rustc would call them `_::<impl User>::add_post` in its errors.

mod adopted;
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
use quote::{ToTokens, quote};
use syn::Index;

use crate::model::{Field, Model, Named};

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
        adopted::tokens(model),
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
    let module = &model.table.module;
    let ident = match &field.named {
        Named::AsField => &field.ident,
        Named::As(ident) => ident,
        Named::AsStated(_) => return adopted::column(model, field),
    };
    quote!(#module::#ident)
}

/// The column's name in the database. Of an adopted table Diesel knows it.
fn column_name(model: &Model, field: &Field) -> TokenStream {
    match model.table.adopted {
        true => {
            let column = column(model, field);
            quote!(<#column as __orm::Column>::NAME)
        }
        false => field.column.to_token_stream(),
    }
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

/// The way to one of so many things in such a tuple: `.0`, `.1.0`.
fn nested(place: usize, of: usize) -> TokenStream {
    if of <= TUPLE {
        let place = Index::from(place);
        return quote!(.#place);
    }
    let (part, place) = (Index::from(place / TUPLE), Index::from(place % TUPLE));
    quote!(.#part.#place)
}

/// `(users::id, users::email,)`, as a type.
fn columns(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| column(model, field));
    quote!((#(#columns,)*))
}

/// The same, as a value.
fn column_values(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| {
        let column = column(model, field);
        match model.table.adopted {
            // A column that is not there is so as a type already.
            true => quote!(<#column>::default()),
            false => column,
        }
    });
    quote!((#(#columns,)*))
}
