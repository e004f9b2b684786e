//! `set(password(&str) = hash)` on a field.

use darling::FromMeta;
use quote::ToTokens;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::spanned::Spanned;
use syn::{Ident, Meta, Path, Token, Type, parenthesized};

use crate::attrs::list::is_path;

/// `set(password(&str) = hash)`, `set(password(&str) -> Result<_, Weak> = hash)`.
#[derive(Clone)]
pub(crate) struct SetAttr {
    /// The setter.
    pub(crate) name: Ident,
    /// What it takes.
    pub(crate) argument: Type,
    /// What it gives, with `_` for the builder, if not the builder.
    pub(crate) gives: Option<Type>,
    /// The function that makes the value of the column.
    pub(crate) function: Path,
}

impl FromMeta for SetAttr {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        match item {
            Meta::List(list) if !list.tokens.is_empty() => {
                let attr: Self = list.parse_args()?;
                is_path(&attr.function, "function")?;
                Ok(attr)
            }
            _ => Err(darling::Error::custom(
                "state the setter and a function, as in `set(password(&str) = hash)`",
            )
            .with_span(item)),
        }
    }
}

impl Parse for SetAttr {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = Ident::parse_any(input)?;
        let at = |text: String| syn::Error::new(name.span(), text);
        if !input.peek(syn::token::Paren) {
            return Err(at(format!(
                "state what the setter takes, as in `{name}(&str) = hash`"
            )));
        }
        let inner;
        parenthesized!(inner in input);
        if inner.is_empty() {
            return Err(at(format!(
                "a setter takes a value, as in `{name}(&str) = hash`"
            )));
        }
        let argument: Type = inner.parse()?;
        if !inner.is_empty() {
            return Err(inner.error(
                "a setter takes one value: take a tuple, or write a method of the builder yourself",
            ));
        }
        let gives = match input.parse::<Option<Token![->]>>()? {
            Some(_) => Some(gives(input)?),
            None => None,
        };
        if !input.peek(Token![=]) {
            return Err(at(format!(
                "name the function that makes the value of the column, as in `{name}(&str) = hash`"
            )));
        }
        input.parse::<Token![=]>()?;
        let start = input.fork();
        let function: Path = input
            .parse()
            .map_err(|_| start.error(format!("name a function, as in `{name}(&str) = hash`")))?;
        if input.peek(Token![?]) {
            return Err(input.error(format!(
                "state what the setter gives instead, with `_` for the builder, as in \
                 `{name}(&str) -> Result<_, Error> = hash`"
            )));
        }
        input.parse::<Option<Token![,]>>()?;
        match input.is_empty() {
            true => Ok(Self {
                name,
                argument,
                gives,
                function,
            }),
            false => Err(input.error("a column has one setter, and a setter has one function")),
        }
    }
}

/// What the setter gives.
fn gives(input: ParseStream<'_>) -> syn::Result<Type> {
    let ty: Type = input.parse()?;
    let text = ty.to_token_stream().to_string();
    let holes = text.split(|letter: char| !(letter.is_alphanumeric() || letter == '_'));
    match holes.filter(|word| *word == "_").count() {
        1 => Ok(ty),
        _ => Err(syn::Error::new(
            ty.span(),
            "write `_` for the builder once, as in `Result<_, Error>`",
        )),
    }
}
