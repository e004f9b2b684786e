//! The path of the runtime that the model states: `#[model(crate = path)]`.

use proc_macro2::{Group, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::Path;

/// Puts `path` in place of `::orm_core` in the tokens.
///
/// All emitted code names the runtime in this one way, so only a model that states another path pays for
/// it.
pub(crate) fn renamed(tokens: TokenStream, path: Option<&Path>) -> TokenStream {
    match path {
        Some(path) => replaced(tokens, path),
        None => tokens,
    }
}

fn replaced(tokens: TokenStream, path: &Path) -> TokenStream {
    let mut out: Vec<TokenTree> = Vec::new();
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let mut inner = Group::new(group.delimiter(), replaced(group.stream(), path));
                inner.set_span(group.span());
                out.push(inner.into());
            }
            TokenTree::Ident(ident) if ident == "orm_core" && ends_with_colons(&out) => {
                out.truncate(out.len() - 2);
                out.extend(at(path.to_token_stream(), ident.span()));
            }
            token => out.push(token),
        }
    }
    out.into_iter().collect()
}

fn ends_with_colons(tokens: &[TokenTree]) -> bool {
    let is_colon = |token: &TokenTree, spacing| match token {
        TokenTree::Punct(punct) => punct.as_char() == ':' && punct.spacing() == spacing,
        _ => false,
    };
    match tokens {
        [.., first, second] => is_colon(first, Spacing::Joint) && is_colon(second, Spacing::Alone),
        _ => false,
    }
}

/// An error in what follows the path must not point at the path.
fn at(path: TokenStream, span: Span) -> impl Iterator<Item = TokenTree> {
    path.into_iter().map(move |mut token| {
        token.set_span(span);
        token
    })
}

#[cfg(test)]
mod tests {
    use quote::quote;
    use syn::parse_quote;

    use crate::{expand_model, expand_model_enum};

    /// A program that renames the crate has nothing named `orm_core`.
    #[test]
    fn nothing_has_the_old_name() {
        let book = expand_model(&parse_quote! {
            #[model(crate = my::orm)]
            #[has_many(Page, as = "pages")]
            #[belongs_to(Shelf, as = "shelf")]
            #[has_one(Cover, as = "cover")]
            #[belongs_to_many(Tag, through = BookTag, as = "tags")]
            pub struct Book {
                #[model(primary_key)]
                pub id: i32,
                pub shelf_id: Option<i32>,
                #[model(default = "a")]
                pub name: String,
                pub kind: Kind,
                pub at: NaiveDateTime,
            }
        });
        let kind = expand_model_enum(&parse_quote! {
            #[model(crate = my::orm)]
            pub enum Kind { Draft, Out }
        });
        let text = quote!(#book #kind).to_string();
        assert!(text.contains("my :: orm :: __"), "{text}");
        assert!(!text.contains("orm_core"), "{text}");
    }
}
