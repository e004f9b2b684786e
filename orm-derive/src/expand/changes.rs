//! The changes builder, `UserChanges`, and the values of a whole row for `save`.

use proc_macro2::TokenStream;
use quote::quote;

use super::values::{self, Held};
use crate::model::{Field, Model, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let (ident, vis) = (&model.ident, &model.vis);
    let changes = naming::changes(ident);
    let fields: Vec<(usize, &Field)> = model
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| !field.primary_key)
        .collect();
    let declared = fields.iter().map(|(_, field)| {
        let Field { ident, ty, .. } = field;
        quote!(#ident: ::core::option::Option<#ty>)
    });
    let setters = fields.iter().map(|(_, field)| setter(field));
    let given: Vec<_> = fields
        .iter()
        .map(|(index, field)| (*index, Some(values::is_some(field))))
        .collect();
    let given = values::column_set("given", &given);
    let perhaps = |field: &Field| (!field.primary_key).then_some(Held::Perhaps);
    let values_of_changes = values::tokens(model, &changes, &perhaps, &given);
    let all: Vec<_> = fields.iter().map(|(index, _)| (*index, None)).collect();
    let all = values::column_set("given", &all);
    let always = |field: &Field| (!field.primary_key).then_some(Held::Always);
    let values_of_row = values::tokens(model, ident, &always, &all);
    let applied = fields.iter().map(|(_, field)| {
        let name = &field.ident;
        quote! {
            if let ::core::option::Option::Some(value) = self.#name {
                row.#name = value;
            }
        }
    });
    let doc = format!(
        "Collects changes of a [`{ident}`], for `update`. Columns that are not set stay as they are."
    );
    quote! {
        #[doc = #doc]
        #[derive(Debug, Clone, Default)]
        #[must_use = "changes do nothing until they are passed to `update`"]
        #vis struct #changes {
            #(#declared,)*
        }

        impl #changes {
            #(#setters)*
        }

        #values_of_changes
        #values_of_row

        #[automatically_derived]
        impl ::orm_core::__private::Changes<#ident> for #changes {
            #[allow(unused_variables)]
            fn apply(self, row: &mut #ident) {
                #(#applied)*
            }
        }
    }
}

fn setter(field: &Field) -> TokenStream {
    let Field {
        ident, ty, inner, ..
    } = field;
    let (argument, value) = match (field.nullable, &field.kind) {
        (true, _) => (
            quote!(impl ::orm_core::__private::IntoOption<#inner>),
            quote!(::orm_core::__private::IntoOption::into_option(value)),
        ),
        (false, TypeKind::Text) => (
            quote!(impl ::core::convert::Into<#ty>),
            quote!(::core::convert::Into::into(value)),
        ),
        (false, _) => (quote!(#ty), quote!(value)),
    };
    let doc = format!("Changes the column `{}`.", field.column);
    quote! {
        #[doc = #doc]
        pub fn #ident(mut self, value: #argument) -> Self {
            self.#ident = ::core::option::Option::Some(#value);
            self
        }
    }
}
