//! `#[diesel(…)]` on a field, as far as it concerns more than Diesel's own derives.

use proc_macro2::Span;
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Ident, LitStr, Token};

use crate::naming;

/// `#[diesel(…)]` on a field. Diesel itself reports what does not parse.
#[derive(Default)]
pub(crate) struct DieselAttr {
    /// `column_name = type_`: the column's name in Diesel's derives.
    pub(crate) column_name: Option<Ident>,
    /// `embed` or `select_expression = …`: the field is not a column.
    pub(crate) computed: Option<Span>,
    /// `deserialize_as = …`: the value is read as another type.
    pub(crate) deserialize_as: Option<Span>,
}

impl DieselAttr {
    pub(super) fn read(attrs: &[Attribute]) -> Self {
        let mut read = Self::default();
        for attr in attrs.iter().filter(|attr| attr.path().is_ident("diesel")) {
            let _ = attr.parse_nested_meta(|meta| read.option(&meta));
        }
        read
    }

    fn option(&mut self, meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
        let span = meta.path.span();
        match meta.path.get_ident().map(Ident::to_string).as_deref() {
            Some("column_name") => {
                self.column_name = Some(identifier(meta)?);
                return Ok(());
            }
            Some("embed" | "select_expression") => self.computed = Some(span),
            Some("deserialize_as") => self.deserialize_as = Some(span),
            _ => {}
        }
        skip(meta)
    }
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

/// Skips what follows a name, up to the next comma.
fn skip(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    while !meta.input.is_empty() && !meta.input.peek(Token![,]) {
        let _: proc_macro2::TokenTree = meta.input.parse()?;
    }
    Ok(())
}
