//! How other models and methods refer to the fields and the key.

use proc_macro2::{Literal, TokenStream};
use quote::{ToTokens, quote};
use syn::Index;

use super::builder::slot;
use crate::expand::column::{column, field_of};
use crate::expand::tuple::place;
use crate::model::{Field, Model, TypeKind};

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let fields = model.fields.iter().enumerate();
    let fields = fields.map(|(index, field)| named(model, index, field));
    let single = model.single_key().map(|field| {
        let field = field_of(field);
        quote! {
            #[diagnostic::do_not_recommend]
            impl __orm::SingleKey for #ident {
                type KeyField = #field;
            }
        }
    });
    let targets = targets(model);
    let unique_keys = unique_keys(model);
    quote!(#(#fields)* #single #unique_keys #targets)
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
        // The table determines it.
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

            fn write(&mut self, __value: #ty) {
                self.#ident = __value;
            }
        }

        impl __orm::ColumnsOf<#model_ident> for #column {
            type Fields = __F<#hash>;
        }
    }
}

/// The columns that no two rows have alike.
fn unique_keys(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let key = model.key();
    let primary = (!key.is_empty()).then_some(key);
    let fields = model
        .fields
        .iter()
        .filter(|field| field.unique && !field.primary_key);
    let sets = primary.into_iter().chain(fields.map(|field| vec![field]));
    let sets = sets.chain(model.unique_sets());
    let mut seen = Vec::new();
    let impls = sets.filter_map(|set| {
        let names: Vec<&str> = set.iter().map(|field| field.name.as_str()).collect();
        if seen.contains(&names) {
            return None;
        }
        seen.push(names);
        let columns = set.iter().map(|field| column(model, field));
        let columns = match set.len() {
            1 => quote!(#(#columns)*),
            _ => quote!((#(#columns),*)),
        };
        Some(quote!(impl __orm::UniqueKey<#ident> for #columns {}))
    });
    quote!(#(#impls)*)
}

/// Implements the traits by which association methods take a key instead of a row.
fn targets(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let key = model.key();
    let is_text = |field: &&Field| matches!(field.kind, TypeKind::Text);
    let of = |types: Vec<TokenStream>| match &types[..] {
        [ty] => quote!(#ty),
        _ => quote!((#(#types),*)),
    };
    let key_type = of(key.iter().map(|field| field.ty.to_token_stream()).collect());
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
    // Texts can also be passed as `&str`, alone or in a tuple.
    let text = key.iter().any(is_text).then(|| {
        let types = key.iter().map(|field| match is_text(field) {
            true => quote!(&str),
            false => field.ty.to_token_stream(),
        });
        let parts = key.iter().enumerate().map(|(position, field)| {
            let position = Index::from(position);
            match (key.len(), is_text(field)) {
                (1, _) => quote!(__orm::ToString::to_string(*self)),
                (_, true) => quote!(__orm::ToString::to_string(self.#position)),
                (_, false) => quote!(__orm::Clone::clone(&self.#position)),
            }
        });
        by_key(&of(types.collect()), of(parts.collect()))
    });
    quote!(#owned #text)
}
