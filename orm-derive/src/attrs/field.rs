//! `#[model(…)]` on a field.

use darling::FromMeta;
use darling::util::{Flag, SpannedValue};
use syn::{Expr, LitInt, LitStr, Meta};

use crate::attrs::set::SetAttr;
use crate::attrs::validate::ValidateAttr;

/// `#[model(…)]` on a field.
#[derive(FromMeta)]
pub(crate) struct FieldAttr {
    /// The key, or part of it.
    #[darling(default)]
    pub(crate) primary_key: Flag,
    /// Whether the database generates the key: `auto_increment`, `auto_increment = false`.
    #[darling(default)]
    pub(crate) auto_increment: Option<SpannedValue<bool>>,
    /// A unique constraint.
    #[darling(default)]
    pub(crate) unique: Flag,
    /// A plain index.
    #[darling(default)]
    pub(crate) index: Flag,
    /// Only the database writes the column.
    #[darling(default)]
    pub(crate) read_only: Flag,
    /// When the row was created.
    #[darling(default)]
    pub(crate) created_at: Flag,
    /// When the row was changed last.
    #[darling(default)]
    pub(crate) updated_at: Flag,
    /// Counts the changes of the row.
    #[darling(default)]
    pub(crate) version: Flag,
    /// `length = 200`: the length of the longest text.
    #[darling(default)]
    pub(crate) length: Option<LitInt>,
    /// `precision = 12`: how many digits a decimal has.
    #[darling(default)]
    pub(crate) precision: Option<LitInt>,
    /// `scale = 2`: how many of them come after the point.
    #[darling(default)]
    pub(crate) scale: Option<LitInt>,
    /// `default` or `default = …`.
    #[darling(default)]
    pub(crate) default: Option<DefaultAttr>,
    /// `column = "AlbumId"`: the column's name.
    #[darling(default)]
    pub(crate) column: Option<LitStr>,
    /// `collate = "NOCASE"`: how texts are compared and sorted.
    #[darling(default)]
    pub(crate) collate: Option<LitStr>,
    /// `comment = "…"`: the comment that the database stores for the column.
    #[darling(default)]
    pub(crate) comment: Option<LitStr>,
    /// `sql_type = "Text"`: the Diesel SQL type.
    #[darling(default)]
    pub(crate) sql_type: Option<LitStr>,
    /// `set(password(&str) = hash)`: the setter of the builder.
    #[darling(default)]
    pub(crate) set: Option<SetAttr>,
    /// `validate(email, …)`: the rules that a value must keep.
    #[darling(default, multiple)]
    pub(crate) validate: Vec<ValidateAttr>,
}

/// `default` or `default = …`.
pub(crate) enum DefaultAttr {
    /// The database has a default.
    Bare,
    /// The database has this default.
    Value(Box<Expr>),
}

impl FromMeta for DefaultAttr {
    fn from_meta(item: &Meta) -> darling::Result<Self> {
        match item {
            Meta::Path(_) => Ok(Self::Bare),
            Meta::NameValue(pair) => Ok(Self::Value(Box::new(pair.value.clone()))),
            Meta::List(list) => Err(darling::Error::custom(
                "write `default`, or `default = value` with a literal, an enum's variant, `now` or `uuid`",
            )
            .with_span(list)),
        }
    }
}
