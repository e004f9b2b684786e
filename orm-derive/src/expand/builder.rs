//! The typestate builder: a required column is a type parameter, `Missing` until it is set.

use proc_macro2::TokenStream;
use quote::quote;
use syn::Ident;

use super::insert::field_type;
use super::{column, field_of};
use crate::model::{Field, Model, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let (ident, vis) = (&model.ident, &model.vis);
    let builder = naming::builder(ident);
    let required: Vec<&Field> = model
        .fields
        .iter()
        .filter(|field| model.requires(field))
        .collect();
    let params: Vec<Ident> = required
        .iter()
        .map(|field| naming::column_parameter(&field.name))
        .collect();
    let missing: Vec<_> = required
        .iter()
        .map(|field| {
            let column = column(model, field);
            quote!(::orm_core::Missing<#column>)
        })
        .collect();
    let fields = model.fields.iter().map(|field| {
        let name = &field.ident;
        match model.requires(field) {
            true => {
                let param = naming::column_parameter(&field.name);
                quote!(#name: #param)
            }
            false => {
                let ty = field_type(model, field);
                quote!(#name: #ty)
            }
        }
    });
    let empty = model.fields.iter().map(|field| {
        let name = &field.ident;
        match model.requires(field) {
            true => quote!(#name: ::orm_core::Missing::new()),
            false => quote!(#name: ::core::option::Option::None),
        }
    });
    let (methods, setters): (Vec<_>, Vec<_>) = model
        .fields
        .iter()
        .enumerate()
        .map(|(index, field)| setter(model, index, field, &required))
        .unzip();
    let into_new = into_new(model, &required);
    let doc = format!(
        "Collects the columns of a new [`{ident}`]. Required ones are parameters of the type until they are set."
    );
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone)]
        #[must_use = "a builder does nothing until it is passed to `create`"]
        #vis struct #builder<#(#params = #missing),*> {
            #(#fields,)*
            __stated: ::orm_core::__private::ColumnSet,
        }

        #[automatically_derived]
        impl ::core::default::Default for #builder {
            fn default() -> Self {
                Self {
                    #(#empty,)*
                    __stated: ::orm_core::__private::ColumnSet::new(),
                }
            }
        }

        impl<#(#params),*> #builder<#(#params),*> {
            #(#methods)*
        }

        #(#setters)*
        #into_new
    }
}

/// The setter of a column, as a method and as what associations fill their key in with.
fn setter(
    model: &Model,
    index: usize,
    field: &Field,
    required: &[&Field],
) -> (TokenStream, TokenStream) {
    let builder = naming::builder(&model.ident);
    let params: Vec<Ident> = required
        .iter()
        .map(|field| naming::column_parameter(&field.name))
        .collect();
    let (name, ty, inner) = (&field.ident, &field.ty, &field.inner);
    let is_required = model.requires(field);
    let output: Vec<TokenStream> = required
        .iter()
        .zip(&params)
        .map(|(other, param)| match other.name == field.name {
            true => quote!(::orm_core::Set<#ty>),
            false => quote!(#param),
        })
        .collect();
    let text = matches!(field.kind, TypeKind::Text);
    let (argument, value) = match (field.nullable, text) {
        (true, _) => (
            quote!(impl ::orm_core::__private::IntoOption<#inner>),
            quote!(::orm_core::__private::IntoOption::into_option(value)),
        ),
        (false, true) => (
            quote!(impl ::core::convert::Into<#ty>),
            quote!(::core::convert::Into::into(value)),
        ),
        (false, false) => (quote!(#ty), quote!(value)),
    };
    let stored = match (is_required, model.may_be_left_out(field)) {
        (true, _) => quote!(::orm_core::Set(value)),
        (false, true) => quote!(::core::option::Option::Some(value)),
        (false, false) => quote!(value),
    };
    let set = if is_required {
        let fields = model.fields.iter().map(|other| {
            let other_name = &other.ident;
            match other.name == field.name {
                true => quote!(#other_name: #stored),
                false => quote!(#other_name: self.#other_name),
            }
        });
        quote! {
            #builder {
                #(#fields,)*
                __stated: self.__stated.with(#index, true),
            }
        }
    } else {
        quote! {{
            let mut builder = self;
            builder.#name = #stored;
            builder.__stated = builder.__stated.with(#index, true);
            builder
        }}
    };
    let doc = format!("Sets the column `{}`.", field.column);
    let field_of = field_of(model, field);
    let method = quote! {
        #[doc = #doc]
        pub fn #name(self, value: #argument) -> #builder<#(#output),*> {
            ::orm_core::__private::SetField::<#field_of>::set_field(self, #value)
        }
    };
    let set_field = quote! {
        #[automatically_derived]
        impl<#(#params),*> ::orm_core::__private::SetField<#field_of> for #builder<#(#params),*> {
            type Output = #builder<#(#output),*>;

            fn set_field(self, value: #ty) -> Self::Output {
                #set
            }
        }
    };
    (method, set_field)
}

fn into_new(model: &Model, required: &[&Field]) -> TokenStream {
    let ident = &model.ident;
    let builder = naming::builder(ident);
    let new = naming::new_struct(ident);
    let params: Vec<Ident> = required
        .iter()
        .map(|field| naming::column_parameter(&field.name))
        .collect();
    let types = required.iter().map(|field| &field.ty);
    let fields = model.fields.iter().map(|field| {
        let name = &field.ident;
        match model.requires(field) {
            true => quote!(#name: ::orm_core::__private::IsSet::get(self.#name)),
            false => quote!(#name: self.#name),
        }
    });
    quote! {
        #[automatically_derived]
        impl<#(#params: ::orm_core::__private::IsSet<#types>),*> ::orm_core::IntoNew<#ident>
            for #builder<#(#params),*>
        {
            fn stated(&self) -> ::orm_core::__private::ColumnSet {
                self.__stated
            }

            fn into_new(self) -> #new {
                #new { #(#fields,)* }
            }
        }
    }
}
