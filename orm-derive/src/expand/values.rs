//! Binding the values of columns, for every struct that has some.

use proc_macro2::{Literal, TokenStream};
use quote::quote;
use syn::Ident;

use super::field_of;
use crate::model::{Field, Model, TypeKind};

/// How a struct holds the value of a column.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Held {
    /// The value itself.
    Always,
    /// `Option` of the value: `None` is no value.
    Perhaps,
}

/// `impl Given` and `impl Values` for a struct with these columns.
pub(super) fn tokens(
    model: &Model,
    holder: &Ident,
    held: &dyn Fn(&Field) -> Option<Held>,
    given: &TokenStream,
) -> TokenStream {
    let ident = &model.ident;
    let columns: Vec<(usize, &Field, Held)> = model
        .fields
        .iter()
        .enumerate()
        .filter_map(|(index, field)| Some((index, field, held(field)?)))
        .collect();
    let bounds = columns.iter().map(|(_, field, _)| {
        let field = field_of(model, field);
        quote!(#field: ::orm_core::__private::BindValue<__DB>)
    });
    let decimals = columns
        .iter()
        .any(|(_, field, _)| matches!(field.kind, TypeKind::Decimal))
        .then(|| quote!(__DB: ::orm_core::__private::ExactDecimals,));
    let arms = columns.iter().map(|(index, field, held)| {
        let name = &field.ident;
        let bind = field_of(model, field);
        let call = match held {
            Held::Always => quote!(bind_value),
            Held::Perhaps => quote!(bind_given),
        };
        quote! {
            #index => <#bind as ::orm_core::__private::BindValue<__DB>>::#call(&self.#name, out),
        }
    });
    quote! {
        #[automatically_derived]
        impl ::orm_core::__private::Given for #holder {
            type Model = #ident;

            #given
        }

        #[automatically_derived]
        impl<__DB> ::orm_core::__private::Values<__DB> for #holder
        where
            __DB: ::diesel::backend::Backend,
            #decimals
            #(#bounds,)*
        {
            fn bind<'__b>(
                &'__b self,
                index: usize,
                out: ::diesel::query_builder::AstPass<'_, '__b, __DB>,
            ) -> ::diesel::QueryResult<()> {
                match index {
                    #(#arms)*
                    _ => ::core::result::Result::Ok(()),
                }
            }
        }
    }
}

/// The condition that a column which may have no value has one.
pub(super) fn is_some(field: &Field) -> TokenStream {
    let ident = &field.ident;
    quote!(self.#ident.is_some())
}

/// `fn name(&self) -> ColumnSet`, from the columns and when each is given; `None` is always.
pub(super) fn column_set(name: &str, columns: &[(usize, Option<TokenStream>)]) -> TokenStream {
    let name = Ident::new(name, proc_macro2::Span::call_site());
    let always = columns.iter().filter(|(_, given)| given.is_none());
    let bits = always.fold(0_u128, |bits, (index, _)| bits | (1 << index));
    let bits = Literal::u128_unsuffixed(bits);
    let with = columns
        .iter()
        .filter_map(|(index, given)| given.as_ref().map(|given| quote!(.with(#index, #given))));
    quote! {
        fn #name(&self) -> ::orm_core::__private::ColumnSet {
            ::orm_core::__private::ColumnSet::of(#bits)#(#with)*
        }
    }
}
