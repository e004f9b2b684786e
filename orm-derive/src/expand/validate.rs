//! `Model::check`: a line per rule.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, Ident, Lit, Path};

use crate::attrs::RuleAttr;
use crate::expand::column::field_of;
use crate::model::{Field, Model, TypeKind};

pub(super) fn tokens(model: &Model) -> Option<TokenStream> {
    let fields = model.fields.iter().flat_map(of_field);
    let whole = model.validate.iter().map(|function| {
        let call = call(function);
        quote!(__orm::whole(__draft, __problems, #call);)
    });
    let lines: Vec<TokenStream> = fields.chain(whole).collect();
    (!lines.is_empty()).then(|| {
        quote! {
            const CHECKED: bool = true;

            fn check(__draft: &__orm::Draft<'_, Self>, __problems: &mut __orm::Problems) {
                #(#lines)*
            }
        }
    })
}

fn of_field(field: &Field) -> Vec<TokenStream> {
    let (field_of, inner) = (field_of(field), &field.inner);
    let lines = field.validate.iter().flat_map(|attr| {
        let message = match &attr.message {
            Some(message) => quote!(__orm::Some(#message)),
            None => quote!(__orm::None),
        };
        let built_in = attr.rules.iter().map(|rule| {
            let rule = built_in(field, rule);
            quote!(__orm::rule::<#field_of, #inner>(__draft, __problems, #message, #rule);)
        });
        let custom = attr.with.iter().map(|function| {
            let call = call(function);
            quote!(__orm::custom::<#field_of>(__draft, __problems, #call);)
        });
        built_in.chain(custom).collect::<Vec<_>>()
    });
    lines.collect()
}

/// `|value| rules::length(value, 3..=40)`. If the rule does not fit the field, rustc shows the rule.
fn built_in(field: &Field, rule: &RuleAttr) -> TokenStream {
    let name = rule.name.to_string();
    let is_list = matches!(
        TypeKind::of(&field.inner),
        TypeKind::Array(_) | TypeKind::Binary
    );
    let is_text = matches!(
        rule.arguments.first(),
        Some(Expr::Lit(ExprLit {
            lit: Lit::Str(_),
            ..
        }))
    );
    let function = match name.as_str() {
        "length" if is_list => "list_length",
        "not_empty" if is_list => "list_not_empty",
        "one_of" if is_text => "one_of_texts",
        "not_one_of" if is_text => "not_one_of_texts",
        name => name,
    };
    let span = rule.name.span().resolved_at(Span::call_site());
    let function = Ident::new(function, span);
    let arguments = &rule.arguments;
    let arguments = match name.as_str() {
        "one_of" | "not_one_of" => quote!(&[#(#arguments),*]),
        _ => quote!(#(#arguments),*),
    };
    quote_spanned!(span=> |__value| __orm::rules::#function(__value, #arguments))
}

/// `|value| function(value)`, so that a function of a `&str` takes a `&String`.
fn call(function: &Path) -> TokenStream {
    let span = function.span().resolved_at(Span::call_site());
    quote_spanned!(span=> |__value| #function(__value))
}
