//! The row with slots, `UserWith<…>`.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use crate::model::Model;
use crate::naming;

/// One type parameter per association.
pub(super) fn parameters(model: &Model) -> Vec<Ident> {
    model
        .associations
        .iter()
        .map(|a| model.parameter(&a.alias.text))
        .collect()
}

pub(super) fn tokens(model: &Model) -> TokenStream {
    let (ident, vis) = (&model.ident, &model.vis);
    let with = naming::with_struct(ident);
    let params = parameters(model);
    let aliases: Vec<Ident> = model
        .associations
        .iter()
        .map(|a| naming::ident(&a.alias.text, a.alias.span))
        .collect();
    let markers: Vec<&Ident> = model.associations.iter().map(|a| &a.marker).collect();
    let docs = model.associations.iter().map(|a| {
        format!(
            "The association `{}`, where the query included it.",
            a.alias.text
        )
    });
    let vacant = (0..params.len()).map(|at| vacant(&with, &params, &aliases, markers[at], at));
    let doc = format!("A [`{ident}`] with one slot per association; it derefs to the `{ident}`.");
    let name = with.to_string();
    quote! {
        #[doc = #doc]
        #vis struct #with<#(#params = ::orm_core::NotIncluded<#markers>),*> {
            __model: #ident,
            #(#[doc = #docs] pub #aliases: #params,)*
        }

        impl #with {
            fn __new(model: #ident) -> Self {
                Self {
                    __model: model,
                    #(#aliases: ::orm_core::NotIncluded::new(),)*
                }
            }
        }

        impl<#(#params),*> #with<#(#params),*> {
            /// The row without its slots.
            #[must_use]
            pub fn into_model(self) -> #ident {
                self.__model
            }
        }

        #[automatically_derived]
        impl<#(#params),*> ::core::ops::Deref for #with<#(#params),*> {
            type Target = #ident;

            fn deref(&self) -> &#ident {
                &self.__model
            }
        }

        #[automatically_derived]
        impl<#(#params),*> ::core::ops::DerefMut for #with<#(#params),*> {
            fn deref_mut(&mut self) -> &mut #ident {
                &mut self.__model
            }
        }

        #[automatically_derived]
        impl<#(#params: ::core::clone::Clone),*> ::core::clone::Clone for #with<#(#params),*> {
            fn clone(&self) -> Self {
                Self {
                    __model: ::core::clone::Clone::clone(&self.__model),
                    #(#aliases: ::core::clone::Clone::clone(&self.#aliases),)*
                }
            }
        }

        #[automatically_derived]
        impl<#(#params: ::core::fmt::Debug),*> ::core::fmt::Debug for #with<#(#params),*>
        where
            for<'__a> #ident: ::core::fmt::Debug,
        {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.debug_struct(#name)
                    .field("model", &self.__model)
                    #(.field(::core::stringify!(#aliases), &self.#aliases))*
                    .finish()
            }
        }

        #[automatically_derived]
        impl<#(#params: ::core::cmp::PartialEq),*> ::core::cmp::PartialEq for #with<#(#params),*>
        where
            for<'__a> #ident: ::core::cmp::PartialEq,
        {
            fn eq(&self, other: &Self) -> bool {
                self.__model == other.__model #(&& self.#aliases == other.#aliases)*
            }
        }

        #[automatically_derived]
        impl<#(#params: ::core::clone::Clone),*> ::orm_core::__private::Row<#ident>
            for #with<#(#params),*>
        {
            fn model(&self) -> &#ident {
                &self.__model
            }
        }

        #(#vacant)*
    }
}

/// Filling the slot at one position.
fn vacant(
    with: &Ident,
    params: &[Ident],
    aliases: &[Ident],
    marker: &Ident,
    at: usize,
) -> TokenStream {
    let others: Vec<&Ident> = params
        .iter()
        .enumerate()
        .filter(|(index, _)| *index != at)
        .map(|(_, p)| p)
        .collect();
    let list = |slot: TokenStream| {
        let params = params
            .iter()
            .enumerate()
            .map(|(index, param)| match index == at {
                true => slot.clone(),
                false => quote!(#param),
            });
        quote!(#(#params),*)
    };
    let before = list(quote!(::orm_core::NotIncluded<#marker>));
    let after = list(quote!(__Slot));
    let fields = aliases
        .iter()
        .enumerate()
        .map(|(index, alias)| match index == at {
            true => quote!(#alias: slot),
            false => quote!(#alias: self.#alias),
        });
    quote! {
        #[automatically_derived]
        impl<#(#others),*> ::orm_core::__private::Vacant<#marker> for #with<#before> {
            type Filled<__Slot> = #with<#after>;

            fn fill<__Slot>(self, slot: __Slot) -> Self::Filled<__Slot> {
                #with {
                    __model: self.__model,
                    #(#fields,)*
                }
            }
        }
    }
}
