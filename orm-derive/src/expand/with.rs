//! The row with slots, `UserWith<…>`.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;

use crate::expand::part::Part;
use crate::model::Model;
use crate::naming;

/// One type parameter per association.
pub(super) fn parameters(model: &Model) -> Vec<Ident> {
    let mut parameters: Vec<Ident> = Vec::new();
    for (at, association) in model.associations.iter().enumerate() {
        let parameter = naming::slot_parameter(&association.alias.text);
        // `a_b` and `a__b` are different names, but equal in this case.
        parameters.push(match parameters.contains(&parameter) {
            true => format_ident!("{parameter}{at}"),
            false => parameter,
        });
    }
    parameters
}

/// The name of each association, which its slot also has.
pub(super) fn aliases(model: &Model) -> Vec<Ident> {
    let associations = model.associations.iter();
    associations
        .map(|a| naming::ident(&a.alias.text, a.alias.span))
        .collect()
}

pub(super) fn tokens(model: &Model) -> Part {
    let (ident, vis) = (&model.ident, &model.vis);
    let with = naming::with_struct(ident);
    let params = parameters(model);
    let aliases = aliases(model);
    let markers: Vec<&Ident> = model.associations.iter().map(|a| &a.marker).collect();
    let vacant = (0..params.len()).map(|at| vacant(&with, &params, &aliases, markers[at], at));
    let doc = format!("A [`{ident}`] with a slot per association.");
    let name = with.to_string();
    let serialize = serialize(model);
    // rustc shows the user's struct.
    let slots = quote! {
        __model: #ident,
        #(pub #aliases: #params,)*
    };
    let with_slots = quote_spanned! {ident.span()=>
        struct #with<#(#params = ::orm_core::NotIncluded<#markers>),*> {
            #slots
        }
    };
    let types = quote! {
        #[doc = #doc]
        #[allow(missing_docs)]
        #[derive(Clone)]
        #vis #with_slots
    };
    let impls = quote! {
        impl<#(#params),*> #with<#(#params),*> {
            /// The row without its slots.
            pub fn into_model(self) -> #ident {
                self.__model
            }
        }

        impl<#(#params),*> __orm::Deref for #with<#(#params),*> {
            type Target = #ident;

            fn deref(&self) -> &#ident {
                &self.__model
            }
        }

        impl<#(#params),*> __orm::DerefMut for #with<#(#params),*> {
            fn deref_mut(&mut self) -> &mut #ident {
                &mut self.__model
            }
        }

        impl<#(#params: __orm::Debug),*> __orm::Debug for #with<#(#params),*>
        where
            for<'__a> #ident: __orm::Debug,
        {
            fn fmt(&self, __f: &mut __orm::Formatter<'_>) -> __orm::FmtResult {
                __orm::debug_row(__f, #name, &self.__model, &[
                    #((::core::stringify!(#aliases), &self.#aliases)),*
                ])
            }
        }

        impl<#(#params: __orm::PartialEq),*> __orm::PartialEq for #with<#(#params),*>
        where
            for<'__a> #ident: __orm::PartialEq,
        {
            fn eq(&self, __other: &Self) -> bool {
                self.__model == __other.__model #(&& self.#aliases == __other.#aliases)*
            }
        }

        impl<#(#params: __orm::Clone),*> __orm::Row<#ident> for #with<#(#params),*> {
            fn model(&self) -> &#ident {
                &self.__model
            }
        }

        #(#vacant)*

        #serialize
    };
    Part { types, impls }
}

/// The row as serde sees it. It costs nothing if `orm-core` has no `serde` feature.
fn serialize(model: &Model) -> Option<TokenStream> {
    const SERDE: bool = cfg!(any(test, feature = "serde"));
    if !SERDE || model.associations.is_empty() {
        return None;
    }
    let ident = &model.ident;
    let with = naming::with_struct(ident);
    let params = parameters(model);
    let aliases = aliases(model);
    let associations = model.associations.iter();
    let names: Vec<String> = associations
        .map(|a| match &model.serde_case {
            Some(case) => naming::serde_case(&a.alias.text, case),
            None => a.alias.text.clone(),
        })
        .collect();
    let header = quote_spanned! {ident.span()=>
        impl<#(#params: __orm::SerializeSlot),*> __orm::Serialize for #with<#(#params),*>
    };
    Some(quote! {
        #header
        where
            for<'__a> #ident: __orm::SerializeModel,
        {
            fn serialize<__S: __orm::Serializer>(
                &self,
                __serializer: __S,
            ) -> ::core::result::Result<__S::Ok, __S::Error> {
                let mut __row = __orm::SerializeRow::new(__serializer, &self.__model, const {
                    &[#((#names, #params::INCLUDED)),*]
                })?;
                #(__row.slot(#names, &self.#aliases)?;)*
                __row.end()
            }
        }
    })
}

/// Fills the slot at one position.
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
    let before = list(quote!(__orm::NotIncluded<#marker>));
    let after = list(quote!(__Slot));
    let fields = aliases
        .iter()
        .enumerate()
        .map(|(index, alias)| match index == at {
            true => quote!(#alias: __slot),
            false => quote!(#alias: self.#alias),
        });
    quote! {
        #[diagnostic::do_not_recommend]
        impl<#(#others),*> __orm::Vacant<#marker> for #with<#before> {
            type Filled<__Slot> = #with<#after>;
            type Then<__T> = __T;

            fn fill<__Slot>(self, __slot: __Slot) -> Self::Filled<__Slot> {
                #with { __model: self.__model, #(#fields),* }
            }
        }
    }
}
