//! `#[has_many(Target, …)]` and the like, which may also be inside `#[model(…)]`.

use darling::FromMeta;
use darling::ast::NestedMeta;
use syn::{LitStr, Meta, Path};

use crate::attrs::list;

/// The kind of an association.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    HasOne,
    HasMany,
    BelongsTo,
    BelongsToMany,
}

impl Kind {
    /// The attribute's name.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::HasOne => "has_one",
            Self::HasMany => "has_many",
            Self::BelongsTo => "belongs_to",
            Self::BelongsToMany => "belongs_to_many",
        }
    }

    pub(crate) fn of(attr: &Meta) -> Option<Self> {
        [
            Self::HasOne,
            Self::HasMany,
            Self::BelongsTo,
            Self::BelongsToMany,
        ]
        .into_iter()
        .find(|kind| attr.path().is_ident(kind.name()))
    }

    /// Whether it leads to any number of rows.
    pub(crate) fn many(self) -> bool {
        matches!(self, Self::HasMany | Self::BelongsToMany)
    }

    fn takes(self, option: &str) -> bool {
        match option {
            "through" | "other_key" => self == Self::BelongsToMany,
            "source_key" => self != Self::BelongsTo,
            "target_key" => matches!(self, Self::BelongsTo | Self::BelongsToMany),
            "singular" => self.many(),
            _ => true,
        }
    }
}

/// An association as written.
pub(crate) struct AssociationAttr {
    pub(crate) kind: Kind,
    pub(crate) target: Path,
    pub(crate) options: Options,
}

/// The options after the target.
#[derive(FromMeta, Default)]
pub(crate) struct Options {
    /// `as = "posts"`: the association's name.
    #[darling(default, rename = "as")]
    pub(crate) alias: Option<LitStr>,
    /// `fk = "author_id"`: the field that holds the key.
    #[darling(default)]
    pub(crate) fk: Option<LitStr>,
    /// `other_key = "tag_id"`: the junction's field that refers to the target.
    #[darling(default)]
    pub(crate) other_key: Option<LitStr>,
    /// `through = PostTag`: the junction.
    #[darling(default)]
    pub(crate) through: Option<Path>,
    /// `marker = "PostsOfUser"`: the type that stands for the association.
    #[darling(default)]
    pub(crate) marker: Option<LitStr>,
    /// `singular = "person"`: for method names.
    #[darling(default)]
    pub(crate) singular: Option<LitStr>,
    /// The referenced unique field of this model.
    #[darling(default)]
    pub(crate) source_key: Option<LitStr>,
    /// The referenced unique field of the target.
    #[darling(default)]
    pub(crate) target_key: Option<LitStr>,
    /// `on_delete = "cascade"`.
    #[darling(default)]
    pub(crate) on_delete: Option<LitStr>,
    /// `on_update = "cascade"`.
    #[darling(default)]
    pub(crate) on_update: Option<LitStr>,
    /// `skip = "get_posts"`: a method that the user writes instead.
    #[darling(default, multiple)]
    pub(crate) skip: Vec<LitStr>,
}

impl AssociationAttr {
    /// Reads an attribute. `None` if it is not an association.
    pub(crate) fn read(attr: &Meta) -> darling::Result<Option<Self>> {
        let Some(kind) = Kind::of(attr) else {
            return Ok(None);
        };
        let Meta::List(list) = attr else {
            return Err(missing_target(kind).with_span(attr));
        };
        let items = list::listed(list)?;
        let Some((NestedMeta::Meta(Meta::Path(target)), options)) = items.split_first() else {
            return match items.first() {
                Some(first) => Err(missing_target(kind).with_span(first)),
                None => Err(missing_target(kind).with_span(attr)),
            };
        };
        let mut errors = darling::Error::accumulator();
        for option in options {
            if let NestedMeta::Meta(meta) = option
                && let Some(name) = meta.path().get_ident()
                && !kind.takes(&name.to_string())
            {
                let text = format!("`{name}` has no meaning for `{}`", kind.name());
                errors.push(darling::Error::custom(text).with_span(name));
            }
        }
        let options = errors
            .handle(Options::from_list(options))
            .unwrap_or_default();
        for path in std::iter::once(target).chain(&options.through) {
            errors.handle(list::is_path(path, "model"));
        }
        errors.finish()?;
        Ok(Some(Self {
            kind,
            target: target.clone(),
            options,
        }))
    }
}

fn missing_target(kind: Kind) -> darling::Error {
    let name = kind.name();
    let example = match kind {
        Kind::BelongsToMany => "Tag, through = PostTag",
        _ => "Post",
    };
    darling::Error::custom(format!(
        "`{name}` names the other model first: `#[{name}({example}, fk = \"…\", as = \"…\")]`"
    ))
}
