//! The insert struct, `NewUser`.

use proc_macro2::TokenStream;
use quote::quote;

use crate::expand::part::Part;
use crate::expand::tuple::tuple;
use crate::model::{Field, Model};
use crate::naming;

pub(super) fn tokens(model: &Model) -> Part {
    let (ident, vis) = (&model.ident, &model.vis);
    let new = naming::new_struct(ident);
    let builder = naming::builder(ident);
    let fields = model.written().map(|field| {
        let Field { ident, vis, .. } = field;
        let ty = field_type(model, field);
        quote!(#vis #ident: #ty)
    });
    let given: Vec<TokenStream> = model
        .fields
        .iter()
        .map(|field| {
            let name = &field.ident;
            if field.read_only.is_some() {
                return quote!(__orm::None);
            }
            // A column without a default is NULL anyway, so NULL is not stated.
            match (model.may_be_left_out(field), field.nullable) {
                (true, _) => quote!(self.#name),
                (false, true) => quote!(self.#name.map(__orm::Some)),
                (false, false) => quote!(__orm::Some(self.#name)),
            }
        })
        .collect();
    let given = tuple(&given, |part| part);
    let doc = format!(
        "A new [`{ident}`], for `{ident}::create`. What is an `Option` beside NULL may be left to the database."
    );
    Part {
        types: quote! {
            #[doc = #doc]
            #[allow(missing_docs, dead_code)]
            #[derive(Debug, Clone)]
            #vis struct #new {
                #(#fields,)*
            }
        },
        impls: quote! {
            impl __orm::Building for #new {
                type Model = #ident;
                type State = __orm::Whole;
                type Nested = ();
                type In<__State, __Nested> = #builder<__State, __Nested>;

                fn into_parts(self) -> (__orm::Values<#ident>, ()) {
                    (__orm::values(#given), ())
                }
            }
        },
    }
}

/// The type of a column in the insert struct: `Option` if the database may fill it.
fn field_type(model: &Model, field: &Field) -> TokenStream {
    let ty = &field.ty;
    match model.may_be_left_out(field) {
        true => quote!(::core::option::Option<#ty>),
        false => quote!(#ty),
    }
}
