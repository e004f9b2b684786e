//! `derive(ModelEnum)`.

use darling::{FromMeta, util::Flag};
use proc_macro2::TokenStream;
use quote::quote;
use syn::{Data, DeriveInput, Fields, Ident, LitStr, Path};

use crate::expand::runtime::renamed;
use crate::{attrs, fallback, naming};

#[derive(FromMeta)]
struct EnumAttr {
    /// The case of the texts.
    #[darling(default)]
    rename_all: Option<LitStr>,
    /// The program's name for `orm_core`.
    #[darling(default, rename = "crate")]
    runtime: Option<Path>,
}

#[derive(FromMeta)]
struct VariantAttr {
    /// The text.
    #[darling(default)]
    rename: Option<LitStr>,
    /// The meaning of `#[model(default)]` on a field, for an enum without `#[derive(Default)]`.
    #[darling(default)]
    default: Flag,
}

struct Variant {
    ident: Ident,
    text: String,
    default: bool,
}

/// The impls. If there are errors but also an enum, the impls are emitted too, so that rustc does not also
/// report the code that stores it.
pub(crate) fn tokens(input: &DeriveInput) -> TokenStream {
    let name = &input.ident;
    match read(input) {
        Ok((variants, runtime)) => {
            let tokens = expand(name, &variants, &TokenStream::new());
            renamed(tokens, runtime.as_ref())
        }
        Err(errors) => {
            let errors = fallback::errors(&errors);
            let is_enum = matches!(input.data, Data::Enum(_)) && input.generics.params.is_empty();
            let rest = quote!(_ => "",);
            let impls = is_enum.then(|| expand(name, &[], &rest));
            quote!(#errors #impls)
        }
    }
}

/// The variants, and the program's name for the runtime.
fn read(input: &DeriveInput) -> darling::Result<(Vec<Variant>, Option<Path>)> {
    let Data::Enum(data) = &input.data else {
        return Err(darling::Error::custom(
            "only an enum can be a `ModelEnum`: derive `Model` for a struct that is a row, or name the SQL type \
             of a field with `#[model(sql_type = \"…\")]`",
        )
        .with_span(&input.ident));
    };
    let mut errors = darling::Error::accumulator();
    if let Some(param) = input.generics.params.first() {
        errors.push(
            darling::Error::custom(
                "an enum that is stored as text cannot be generic: remove its parameters",
            )
            .with_span(param),
        );
    }
    let attr = errors.handle(attrs::read::<EnumAttr>(&input.attrs));
    let (case, runtime) = attr.map_or((None, None), |attr| (attr.rename_all, attr.runtime));
    if let Some(runtime) = &runtime {
        errors.handle(attrs::is_path_of_crate(runtime));
    }
    let case_name = case
        .as_ref()
        .map_or_else(|| "snake_case".to_owned(), LitStr::value);
    if naming::recase("", &case_name).is_none() {
        let text = format!("unknown case: write one of {}", naming::CASES);
        errors.push(darling::Error::custom(text).with_span(&case));
    }
    let mut variants: Vec<Variant> = Vec::new();
    for variant in &data.variants {
        let Some(attr) = errors.handle(attrs::read::<VariantAttr>(&variant.attrs)) else {
            continue;
        };
        if !matches!(variant.fields, Fields::Unit) {
            errors.push(
                darling::Error::custom(
                    "a variant with fields cannot be stored as one text: remove the fields",
                )
                .with_span(&variant.fields),
            );
        }
        let name = naming::plain(&variant.ident);
        let text = attr.rename.as_ref().map(LitStr::value);
        let text = text
            .or_else(|| naming::recase(&name, &case_name))
            .unwrap_or(name);
        if let Some(other) = variants.iter().find(|other| other.text == text) {
            errors.push(
                darling::Error::custom(format!(
                    "the text `{text}` is that of `{}` already: give this variant another with \
                     `#[model(rename = \"…\")]`",
                    other.ident
                ))
                .with_span(&variant.ident),
            );
        }
        variants.push(Variant {
            ident: variant.ident.clone(),
            text,
            default: attr.default.is_present()
                || variant
                    .attrs
                    .iter()
                    .any(|attr| attr.path().is_ident("default")),
        });
    }
    if data.variants.is_empty() {
        errors.push(
            darling::Error::custom("an enum without variants has no value to store: add a variant")
                .with_span(&input.ident),
        );
    }
    errors.finish()?;
    Ok((variants, runtime))
}

/// `rest` is a match arm for the other variants, if their texts are not known.
fn expand(name: &Ident, variants: &[Variant], rest: &TokenStream) -> TokenStream {
    let idents: Vec<_> = variants.iter().map(|variant| &variant.ident).collect();
    let texts: Vec<_> = variants.iter().map(|variant| &variant.text).collect();
    let default = match variants.iter().find(|variant| variant.default) {
        Some(Variant { text, .. }) => quote!(::core::option::Option::Some(#text)),
        None if rest.is_empty() => quote!(::core::option::Option::None),
        // A field may use it.
        None => quote!(::core::option::Option::Some("")),
    };
    let as_expression = as_expression(name);
    quote! {
        impl #name {
            /// The text that is stored.
            #[must_use]
            pub const fn as_str(&self) -> &'static str {
                match self {
                    #(Self::#idents => #texts,)*
                    #rest
                }
            }
        }

        #[automatically_derived]
        impl ::orm_core::ModelEnum for #name {
            const NAME: &'static str = ::core::stringify!(#name);
            const VALUES: &'static [&'static str] = &[#(#texts),*];
            const DEFAULT: ::core::option::Option<&'static str> = #default;

            fn as_str(&self) -> &'static str {
                #name::as_str(self)
            }

            fn from_text(
                text: &str,
            ) -> ::core::result::Result<Self, ::orm_core::__::UnknownVariant> {
                match text {
                    #(#texts => ::core::result::Result::Ok(Self::#idents),)*
                    other => ::core::result::Result::Err(
                        ::orm_core::__::UnknownVariant::of::<Self>(other),
                    ),
                }
            }
        }

        #[automatically_derived]
        impl<__DB> ::diesel::serialize::ToSql<::diesel::sql_types::Text, __DB> for #name
        where
            __DB: ::diesel::backend::Backend,
            str: ::diesel::serialize::ToSql<::diesel::sql_types::Text, __DB>,
        {
            fn to_sql<'__b>(
                &'__b self,
                out: &mut ::diesel::serialize::Output<'__b, '_, __DB>,
            ) -> ::diesel::serialize::Result {
                <str as ::diesel::serialize::ToSql<::diesel::sql_types::Text, __DB>>::to_sql(
                    #name::as_str(self),
                    out,
                )
            }
        }

        #[automatically_derived]
        impl<__DB> ::diesel::deserialize::FromSql<::diesel::sql_types::Text, __DB> for #name
        where
            __DB: ::diesel::backend::Backend,
            ::std::string::String: ::diesel::deserialize::FromSql<::diesel::sql_types::Text, __DB>,
        {
            fn from_sql(value: __DB::RawValue<'_>) -> ::diesel::deserialize::Result<Self> {
                let text = <::std::string::String as ::diesel::deserialize::FromSql<
                    ::diesel::sql_types::Text,
                    __DB,
                >>::from_sql(value)?;
                ::core::result::Result::Ok(<Self as ::orm_core::ModelEnum>::from_text(&text)?)
            }
        }

        #[automatically_derived]
        impl<__DB, __ST> ::diesel::deserialize::Queryable<__ST, __DB> for #name
        where
            __DB: ::diesel::backend::Backend,
            __ST: ::diesel::sql_types::SingleValue,
            Self: ::diesel::deserialize::FromSql<__ST, __DB>,
        {
            type Row = Self;

            fn build(row: Self) -> ::diesel::deserialize::Result<Self> {
                ::core::result::Result::Ok(row)
            }
        }

        #as_expression
    }
}

/// Makes the enum usable in Diesel filters: `users::role.eq(Role::Admin)`.
fn as_expression(name: &Ident) -> TokenStream {
    let text = quote!(::diesel::sql_types::Text);
    let nullable = quote!(::diesel::sql_types::Nullable<#text>);
    let bound = quote!(::diesel::internal::derives::as_expression::Bound);
    let impls = [
        (quote!(#name), &text),
        (quote!(#name), &nullable),
        (quote!(&'__e #name), &text),
        (quote!(&'__e #name), &nullable),
    ]
    .map(|(ty, sql)| {
        quote! {
            #[automatically_derived]
            impl<'__e> ::diesel::expression::AsExpression<#sql> for #ty {
                type Expression = #bound<#sql, Self>;

                fn as_expression(self) -> Self::Expression {
                    #bound::new(self)
                }
            }
        }
    });
    quote! {
        #(#impls)*

        #[automatically_derived]
        impl<__DB> ::diesel::serialize::ToSql<#nullable, __DB> for #name
        where
            __DB: ::diesel::backend::Backend,
            Self: ::diesel::serialize::ToSql<#text, __DB>,
        {
            fn to_sql<'__b>(
                &'__b self,
                out: &mut ::diesel::serialize::Output<'__b, '_, __DB>,
            ) -> ::diesel::serialize::Result {
                <Self as ::diesel::serialize::ToSql<#text, __DB>>::to_sql(self, out)
            }
        }
    }
}
