//! How other models and methods speak of the fields and the key.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use super::builder::slot;
use super::{column, field_of, place};
use crate::model::{Field, Model, TypeKind};

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let fields = model.fields.iter().enumerate();
    let fields = fields.map(|(index, field)| named(model, index, field));
    let single = model.single_key().map(|field| {
        let field = field_of(field);
        quote! {
            impl __orm::SingleKey for #ident {
                type KeyField = #field;
            }
        }
    });
    let targets = targets(model);
    quote!(#(#fields)* #single #targets)
}

fn named(model: &Model, index: usize, field: &Field) -> TokenStream {
    let model_ident = &model.ident;
    let column = column(model, field);
    let place = place(index, model.fields.len());
    let slot = slot(model, field);
    let Field {
        ident, name, ty, ..
    } = field;
    let hash = Literal::u64_unsuffixed(field.hash);
    let sql = match model.table.adopted {
        // The table says what it is.
        true => quote!(<__S<#column> as __orm::IntoNotNullable>::NotNullable),
        false => field.kind.sql_type(),
    };
    quote! {
        #[diagnostic::do_not_recommend]
        impl __orm::ColumnNamed<#hash> for #model_ident {
            type Column = #column;
            type Sql = #sql;
            type Value = #ty;
            type Place = #place;
            type Slot = #slot;
            const FIELD: &'static str = #name;

            fn read(&self) -> &#ty {
                &self.#ident
            }

            fn write(&mut self, value: #ty) {
                self.#ident = value;
            }
        }
    }
}

/// The key, for which association methods take it as they take a row.
fn targets(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let key = model.key();
    let types = key.iter().map(|field| &field.ty);
    let (key_type, is_text) = match &key[..] {
        [field] => {
            let ty = &field.ty;
            (quote!(#ty), matches!(field.kind, TypeKind::Text))
        }
        _ => (quote!((#(#types),*)), false),
    };
    let by_key = |ty: &TokenStream, key: TokenStream| {
        quote! {
            #[diagnostic::do_not_recommend]
            impl __orm::IntoTarget<#ident> for #ty {
                type Presence = __orm::Always;

                fn primary_key(&self) -> __orm::Option<#key_type> {
                    __orm::Some(#key)
                }
            }
        }
    };
    let owned = by_key(&key_type, quote!(__orm::Clone::clone(self)));
    let text = is_text.then(|| by_key(&quote!(&str), quote!(__orm::ToString::to_string(*self))));
    quote!(#owned #text)
}
