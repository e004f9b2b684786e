//! The attributes of serde on the struct.

use syn::punctuated::Punctuated;
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Token};

/// Reads `#[serde(rename_all = "…")]`, or `rename_all(serialize = "…")`. serde itself reports mistakes.
pub(super) fn case(attrs: &[Attribute]) -> Option<String> {
    let mut serde = attrs.iter().filter(|attr| attr.path().is_ident("serde"));
    let named = |of: &Meta, name: &str| {
        let mut options = options(of).into_iter();
        options.find(|option| option.path().is_ident(name))
    };
    let rename_all = serde.find_map(|attr| named(&attr.meta, "rename_all"))?;
    let case = named(&rename_all, "serialize").unwrap_or(rename_all);
    match case.require_name_value().ok()?.value {
        Expr::Lit(ExprLit {
            lit: Lit::Str(ref case),
            ..
        }) => Some(case.value()),
        _ => None,
    }
}

/// Returns `a = "…", b` from `serde(a = "…", b)`.
fn options(of: &Meta) -> Punctuated<Meta, Token![,]> {
    let list = of.require_list();
    let read = list.and_then(|list| list.parse_args_with(Punctuated::parse_terminated));
    read.unwrap_or_default()
}
