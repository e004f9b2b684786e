//! `validate`, on the struct and on a field.

use darling::FromMeta;
use proc_macro2::Span;
use syn::ext::IdentExt;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::spanned::Spanned;
use syn::{Expr, Ident, LitStr, Meta, Path, Token, parenthesized};

/// `validate(email, length(3..=40), with = no_emoji, message = "…")` on a field.
#[derive(Clone)]
pub(crate) struct ValidateAttr {
    pub(crate) rules: Vec<RuleAttr>,
    /// What is said instead of the rules' own messages.
    pub(crate) message: Option<LitStr>,
    /// Rules of the user's own.
    pub(crate) with: Vec<Path>,
}

/// A rule: `email`, `length(3..=40)`.
#[derive(Clone)]
pub(crate) struct RuleAttr {
    pub(crate) name: Ident,
    pub(crate) arguments: Vec<Expr>,
}

/// An item in the parentheses.
enum Item {
    Rule(RuleAttr),
    With(Path),
    Message(LitStr),
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let name = Ident::parse_any(input)?;
        if input.peek(syn::token::Paren) {
            let inner;
            parenthesized!(inner in input);
            let arguments = Punctuated::<Expr, Token![,]>::parse_terminated(&inner)?;
            let arguments = arguments.into_iter().collect();
            return Ok(Self::Rule(RuleAttr { name, arguments }));
        }
        if !input.peek(Token![=]) {
            let arguments = Vec::new();
            return Ok(Self::Rule(RuleAttr { name, arguments }));
        }
        input.parse::<Token![=]>()?;
        match name.to_string().as_str() {
            "with" => {
                let value: Expr = input.parse()?;
                path(&value, "with = no_emoji").map(Self::With)
            }
            "message" => input.parse().map(Self::Message),
            _ => Err(syn::Error::new(
                name.span(),
                format!("write what `{name}` takes in parentheses, as in `{name}(…)`"),
            )),
        }
    }
}

impl FromMeta for ValidateAttr {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        let empty = |span: Span| {
            let text = "name the rules, as in `validate(email, length(3..=40))`";
            darling::Error::custom(text).with_span(&span)
        };
        let Meta::List(list) = item else {
            return Err(empty(item.span()));
        };
        let items = list.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated)?;
        if items.is_empty() {
            return Err(empty(item.span()));
        }
        let mut attr = Self {
            rules: Vec::new(),
            message: None,
            with: Vec::new(),
        };
        for item in items {
            match item {
                Item::Rule(rule) => attr.rules.push(rule),
                Item::With(path) => attr.with.push(path),
                Item::Message(message) => {
                    if attr.message.replace(message.clone()).is_some() {
                        let text = "a second `message`: write a second `validate(…)` for it";
                        return Err(darling::Error::custom(text).with_span(&message));
                    }
                }
            }
        }
        match &attr.message {
            Some(message) if attr.rules.is_empty() => Err(darling::Error::custom(
                "`message` is about the rules beside it: name one, or state the message in the `Invalid` of \
                 your function",
            )
            .with_span(message)),
            _ => Ok(attr),
        }
    }
}

/// `validate = in_order`, `validate(in_order, other)` on the struct.
pub(crate) struct Functions(pub(crate) Vec<Path>);

impl FromMeta for Functions {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        const EXAMPLE: &str = "validate = in_order";
        let functions = match item {
            Meta::NameValue(pair) => vec![path(&pair.value, EXAMPLE)?],
            Meta::List(list) => {
                let items =
                    list.parse_args_with(Punctuated::<Expr, Token![,]>::parse_terminated)?;
                let paths = items.iter().map(|item| path(item, EXAMPLE));
                paths.collect::<syn::Result<_>>()?
            }
            Meta::Path(_) => Vec::new(),
        };
        match functions.is_empty() {
            true => Err(no_function(item.span(), EXAMPLE).into()),
            false => Ok(Self(functions)),
        }
    }
}

/// The path of a function.
fn path(value: &Expr, example: &str) -> syn::Result<Path> {
    let inner = match value {
        // A value that a macro passes on.
        Expr::Group(group) => &group.expr,
        value => value,
    };
    match inner {
        Expr::Path(path) if path.qself.is_none() => Ok(path.path.clone()),
        other => Err(no_function(other.span(), example)),
    }
}

fn no_function(span: Span, example: &str) -> syn::Error {
    syn::Error::new(span, format!("name a function, as in `{example}`"))
}
