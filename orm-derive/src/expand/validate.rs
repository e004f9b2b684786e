//! `Model::check`: a line per rule.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Expr, ExprLit, ExprRange, Ident, Lit, Path, RangeLimits};

use crate::attrs::RuleAttr;
use crate::expand::column::field_of;
use crate::model::validate::{Of, Rule, is_list};
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

/// `|value| rules::length(Text::text(value), …)`. If the rule does not fit the field, rustc shows the rule.
fn built_in(field: &Field, rule: &RuleAttr) -> TokenStream {
    let name = rule.name.to_string();
    let is_list = is_list(&TypeKind::of(&field.inner));
    let are_texts = matches!(
        rule.arguments.first(),
        Some(Expr::Lit(ExprLit {
            lit: Lit::Str(_),
            ..
        }))
    );
    let function = match name.as_str() {
        "length" if is_list => "list_length",
        "not_empty" if is_list => "list_not_empty",
        "one_of" if are_texts => "one_of_texts",
        "not_one_of" if are_texts => "not_one_of_texts",
        name => name,
    };
    let span = rule.name.span().resolved_at(Span::call_site());
    let function = Ident::new(function, span);
    let is_text = match Rule::named(&name).map(|rule| rule.of) {
        Some(Of::Ordered) => false,
        Some(Of::Anything) => are_texts,
        Some(Of::TextsAndLists) => !is_list,
        Some(Of::Texts) | None => true,
    };
    let value = match is_text {
        true => quote_spanned!(span=> __orm::rules::Text::text(__value)),
        false => quote_spanned!(span=> __value),
    };
    let function = match Rule::named(&name).map(|rule| rule.of) {
        Some(Of::Ordered) => quote_spanned!(span=> Ordered::#function),
        _ => quote!(#function),
    };
    let arguments = &rule.arguments;
    let arguments = match (name.as_str(), &arguments[..]) {
        ("one_of" | "not_one_of", values) => quote!(&[#(#values),*]),
        (_, [Expr::Range(range)]) => limits(range),
        (_, values) => quote!(#(#values),*),
    };
    quote_spanned!(span=> |__value| __orm::rules::#function(#value, #arguments))
}

/// A range as its ends, of which rustc tells at once if they have the wrong type.
fn limits(range: &ExprRange) -> TokenStream {
    let included = |end: &Expr| quote!(__orm::Bound::Included(#end));
    let unbounded = || quote!(__orm::Bound::Unbounded);
    let start = range.start.as_deref().map_or_else(unbounded, included);
    let end = match (&range.end, range.limits) {
        (None, _) => unbounded(),
        (Some(end), RangeLimits::Closed(_)) => included(end),
        (Some(end), RangeLimits::HalfOpen(_)) => quote!(__orm::Bound::Excluded(#end)),
    };
    quote!((#start, #end))
}

/// `|value| function(value)`, so that a function of a `&str` takes a `&String`.
fn call(function: &Path) -> TokenStream {
    let span = function.span().resolved_at(Span::call_site());
    quote_spanned!(span=> |__value| #function(__value))
}
