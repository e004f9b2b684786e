//! `#[diesel(…)]` on a field, as far as it is about more than Diesel's own derives.

use syn::meta::ParseNestedMeta;
use syn::{Attribute, Ident, LitStr, Token};

use crate::naming;

/// `column_name = type_`. What does not parse is for Diesel to report.
pub(super) fn column_name(attrs: &[Attribute]) -> Option<Ident> {
    let mut name = None;
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("diesel")) {
        let _ = attr.parse_nested_meta(|meta| {
            if meta.path.is_ident("column_name") {
                name = Some(identifier(&meta)?);
            } else {
                skip(&meta)?;
            }
            Ok(())
        });
    }
    name
}

fn identifier(meta: &ParseNestedMeta<'_>) -> syn::Result<Ident> {
    let value = meta.value()?;
    match value.peek(LitStr) {
        true => {
            let text: LitStr = value.parse()?;
            Ok(naming::ident(&text.value(), text.span()))
        }
        false => value.parse(),
    }
}

/// What stands behind a name, up to the next comma.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        let _: proc_macro2::TokenTree = meta.input.parse()?;
    }
    Ok(())
}
