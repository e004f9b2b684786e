//! The items in a list of attributes.

use darling::ast::NestedMeta;
use quote::ToTokens;
use syn::punctuated::Punctuated;
use syn::{Meta, MetaList, Path, Token};

/// The items of a list. If an item or its value is missing, the error is at the closing parenthesis: darling
/// knows only the tokens inside the parentheses, and would put the error at the derive.
pub(super) fn listed(list: &MetaList) -> darling::Result<Vec<NestedMeta>> {
    let items = list.parse_args_with(Punctuated::<NestedMeta, Token![,]>::parse_terminated)?;
    for item in &items {
        if let NestedMeta::Meta(Meta::List(inner)) = item
            // Their items are no attributes.
            && !["set", "validate"].iter().any(|name| inner.path.is_ident(name))
            && let Some(error) = listed(inner)?.into_iter().find_map(invalid)
        {
            return Err(error);
        }
    }
    Ok(items.into_iter().collect())
}

/// What is wrong with the value of an item.
fn invalid(item: NestedMeta) -> Option<darling::Error> {
    match item {
        NestedMeta::NameValueInvalidExpr(item) => Some(item.error),
        _ => None,
    }
}

/// The path of the runtime must also resolve in modules inside the module of the struct, so it cannot start
/// with `super` or `self`.
pub(crate) fn is_path_of_crate(path: &Path) -> darling::Result<()> {
    is_path(path, "crate")?;
    let first = path.segments.first().map(|segment| &segment.ident);
    match first.is_some_and(|first| first == "super" || first == "self") {
        true => {
            let text = "a path from here is another one within modules that the derive emits: \
                        begin with `crate::` or with the name of a crate";
            Err(darling::Error::custom(text).with_span(path))
        }
        false => Ok(()),
    }
}

/// Whether it is a path of types or modules. In attributes a keyword parses as a path too.
pub(super) fn is_path(path: &Path, of: &str) -> darling::Result<()> {
    let is_self = path.segments.iter().any(|segment| segment.ident == "Self");
    match syn::parse2::<Path>(path.to_token_stream()) {
        // `Self` would be another type at the place of use.
        Ok(_) if !is_self => Ok(()),
        _ => Err(darling::Error::custom(format!("this is not the path of a {of}")).with_span(path)),
    }
}
