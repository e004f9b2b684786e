//! How other models and methods speak of the fields and the key.

use proc_macro2::TokenStream;
use quote::quote;

use super::{column, field_of};
use crate::model::{Field, Model, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let fields = model.fields.iter().map(|field| named(model, field));
    let single = model.single_key().map(|field| {
        let field = field_of(model, field);
        quote! {
            #[automatically_derived]
            impl ::orm_core::__private::SingleKey for #ident {
                type KeyField = #field;
            }
        }
    });
    let targets = targets(model);
    quote!(#(#fields)* #single #targets)
}

fn named(model: &Model, field: &Field) -> TokenStream {
    let model_ident = &model.ident;
    let column = column(model, field);
    let Field {
        ident,
        name,
        hash,
        ty,
        ..
    } = field;
    let sql = match model.table.adopted {
        // The table says what it is.
        true => quote! {
            <::diesel::dsl::SqlTypeOf<#column> as ::diesel::sql_types::IntoNotNullable>::NotNullable
        },
        false => field.kind.sql_type(),
    };
    quote! {
        #[diagnostic::do_not_recommend]
        #[automatically_derived]
        impl ::orm_core::__private::ColumnNamed<#hash> for #model_ident {
            type Column = #column;
            type Sql = #sql;
            type Value = #ty;
            const FIELD: &'static str = #name;
            const EXPR: &'static Self::Column = &#column;

            fn read(&self) -> &#ty {
                &self.#ident
            }

            fn write(&mut self, value: #ty) {
                self.#ident = value;
            }
        }
    }
}

/// What association methods take for this model beside `&User`: its key, and a row with slots.
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
    let by_key = |ty: TokenStream, key: TokenStream| {
        quote! {
            #[diagnostic::do_not_recommend]
            #[automatically_derived]
            impl ::orm_core::IntoTarget<#ident> for #ty {
                type Presence = ::orm_core::__private::Always;

                fn primary_key(
                    &self,
                ) -> ::core::option::Option<::orm_core::__private::KeyOf<#ident>> {
                    ::core::option::Option::Some(#key)
                }

                fn row(&self) -> ::core::option::Option<&#ident> {
                    ::core::option::Option::None
                }
            }
        }
    };
    let owned = by_key(key_type, quote!(::core::clone::Clone::clone(self)));
    let text = is_text.then(|| {
        by_key(
            quote!(&str),
            quote!(::std::string::ToString::to_string(*self)),
        )
    });
    let with = (!model.associations.is_empty()).then(|| {
        let with = naming::with_struct(ident);
        let slots: Vec<_> = super::with::parameters(model);
        quote! {
            #[diagnostic::do_not_recommend]
            #[automatically_derived]
            impl<#(#slots),*> ::orm_core::IntoTarget<#ident> for &#with<#(#slots),*> {
                type Presence = ::orm_core::__private::Always;

                fn primary_key(
                    &self,
                ) -> ::core::option::Option<::orm_core::__private::KeyOf<#ident>> {
                    ::core::option::Option::Some(
                        <<#ident as ::orm_core::Model>::PrimaryKey
                            as ::orm_core::__private::PrimaryKey>::of(&self.__model),
                    )
                }

                fn row(&self) -> ::core::option::Option<&#ident> {
                    ::core::option::Option::Some(&self.__model)
                }
            }
        }
    });
    quote!(#owned #text #with)
}
