//! `#[model(…)]` on the struct.

use darling::FromMeta;
use darling::ast::NestedMeta;
use syn::{Ident, LitStr, Path};

use super::list::is_path;
use crate::attrs::validate::Functions;

/// `#[model(…)]` on the struct.
#[derive(Default, FromMeta)]
pub(crate) struct StructAttr {
    /// `table = "users"`: the table's name.
    #[darling(default)]
    pub(crate) table: Option<LitStr>,
    /// `schema_name = "app"`: the schema of the table.
    #[darling(default)]
    pub(crate) schema_name: Option<LitStr>,
    /// `module = "audit_users"`: the Rust module of the table.
    #[darling(default)]
    pub(crate) module: Option<LitStr>,
    /// `schema = crate::schema::users`: an existing Diesel table.
    #[darling(default)]
    pub(crate) schema: Option<Path>,
    /// `rename_all = "camelCase"`: the case of column names.
    #[darling(default)]
    pub(crate) rename_all: Option<LitStr>,
    /// `engine = "MyISAM"`: the table's storage engine, on MySQL.
    #[darling(default)]
    pub(crate) engine: Option<LitStr>,
    /// `charset = "latin1"`: the table's character set, on MySQL.
    #[darling(default)]
    pub(crate) charset: Option<LitStr>,
    /// `collate = "latin1_bin"`: the table's collation, on MySQL.
    #[darling(default)]
    pub(crate) collate: Option<LitStr>,
    /// `comment = "…"`: the comment that the database stores for the table.
    #[darling(default)]
    pub(crate) comment: Option<LitStr>,
    /// `crate = path`: the program's name for `orm_core`.
    #[darling(default, rename = "crate")]
    pub(crate) runtime: Option<Path>,
    /// `without(queryable, selectable)`: Diesel's derives that the struct has itself.
    #[darling(default)]
    pub(crate) without: Without,
    /// `hooks`: the model's own; `hooks(Audit)`: those of others.
    #[darling(default, multiple)]
    pub(crate) hooks: Vec<HooksAttr>,
    /// `unique(a, b)`: these fields are unique together.
    #[darling(default, multiple)]
    pub(crate) unique: Vec<FieldList>,
    /// `index(a, b)`: an index on these fields.
    #[darling(default, multiple)]
    pub(crate) index: Vec<FieldList>,
    /// `validate = in_order`: functions that check a row.
    #[darling(default, multiple)]
    pub(crate) validate: Vec<Functions>,
}

/// What is not emitted, because the struct derives it with Diesel.
#[derive(Default, Clone, Copy, FromMeta)]
pub(crate) struct Without {
    /// `Queryable`.
    #[darling(default)]
    pub(crate) queryable: bool,
    /// `Selectable`.
    #[darling(default)]
    pub(crate) selectable: bool,
}

/// `hooks` or `hooks(Audit)`.
pub(crate) enum HooksAttr {
    /// The model implements them itself.
    Own,
    /// These types implement them.
    Named(Vec<Path>),
}

impl FromMeta for HooksAttr {
    fn from_word() -> darling::Result<Self> {
        Ok(Self::Own)
    }

    fn from_list(items: &[NestedMeta]) -> darling::Result<Self> {
        let path = |item: &NestedMeta| match item {
            NestedMeta::Meta(syn::Meta::Path(path)) => is_path(path, "type").map(|()| path.clone()),
            other => Err(darling::Error::custom(
                "expected a type that has hooks, as in `hooks(Audit)`",
            )
            .with_span(other)),
        };
        let paths = items.iter().map(path).collect::<darling::Result<_>>()?;
        Ok(Self::Named(paths))
    }
}

/// `(a, b)`: names of fields.
pub(crate) struct FieldList(pub(crate) Vec<Ident>);

impl FromMeta for FieldList {
    fn from_list(items: &[NestedMeta]) -> darling::Result<Self> {
        let name = |item: &NestedMeta| match item {
            NestedMeta::Meta(syn::Meta::Path(path)) => path.get_ident().cloned().ok_or_else(|| {
                darling::Error::custom("expected the name of a field").with_span(path)
            }),
            other => Err(darling::Error::custom("expected the name of a field").with_span(other)),
        };
        Ok(Self(
            items.iter().map(name).collect::<darling::Result<_>>()?,
        ))
    }
}
