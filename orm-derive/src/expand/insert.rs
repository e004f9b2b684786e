//! The insert struct, `NewUser`.

use proc_macro2::TokenStream;
use quote::quote;

use super::values::{self, Held};
use crate::model::{Default, Field, Model};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let (ident, vis) = (&model.ident, &model.vis);
    let new = naming::new_struct(ident);
    let fields = model.fields.iter().map(|field| {
        let Field { ident, vis, .. } = field;
        let ty = field_type(model, field);
        let doc = format!("The column `{}`.", field.column);
        quote!(#[doc = #doc] #vis #ident: #ty)
    });
    let doc = format!(
        "A new [`{ident}`], for `{ident}::create`. What is an `Option` beside NULL may be left to the database."
    );
    let impls = impls(model, &new);
    let stated = stated(model);
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone)]
        #vis struct #new {
            #(#fields,)*
        }

        #impls

        #[automatically_derived]
        impl ::orm_core::IntoNew<#ident> for #new {
            #stated

            fn into_new(self) -> #new {
                self
            }
        }
    }
}

/// The type of a column in the insert struct: `Option` where the database may fill it.
pub(super) fn field_type(model: &Model, field: &Field) -> TokenStream {
    let ty = &field.ty;
    match model.may_be_left_out(field) {
        true => quote!(::core::option::Option<#ty>),
        false => quote!(#ty),
    }
}

/// Which columns the struct gives.
fn columns(
    model: &Model,
    is_optional: &dyn Fn(&Field) -> bool,
) -> Vec<(usize, Option<TokenStream>)> {
    let fields = model.fields.iter().enumerate();
    let given = |field: &Field| is_optional(field).then(|| values::is_some(field));
    fields.map(|(index, field)| (index, given(field))).collect()
}

/// What the struct states: all but the columns that are left out or NULL.
fn stated(model: &Model) -> TokenStream {
    let stated = columns(model, &|field| {
        model.may_be_left_out(field) || field.nullable
    });
    values::column_set("stated", &stated)
}

fn impls(model: &Model, new: &syn::Ident) -> TokenStream {
    // An optional column without a default is always written, so that rows of a bulk insert that
    // differ only in their NULLs share a statement.
    let given = columns(model, &|field| model.may_be_left_out(field));
    let given = values::column_set("given", &given);
    let uuids = model
        .fields
        .iter()
        .filter(|field| matches!(field.default, Some(Default::Uuid)))
        .map(|field| &field.ident)
        .collect::<Vec<_>>();
    let fill = (!uuids.is_empty()).then(|| {
        quote! {
            fn fill(&mut self) {
                #(self.#uuids.get_or_insert_with(::orm_core::__private::new_uuid);)*
            }
        }
    });
    let given = quote!(#given #fill);
    let held = |field: &Field| {
        Some(match model.may_be_left_out(field) {
            true => Held::Perhaps,
            false => Held::Always,
        })
    };
    values::tokens(model, new, &held, &given)
}
