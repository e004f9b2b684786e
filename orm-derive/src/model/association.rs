//! A resolved association.

use proc_macro2::Span;
use syn::{Ident, LitStr, Path, Type};

use crate::attrs::{AssociationAttr, Kind};
use crate::model::field::Field;
use crate::model::methods::Method;
use crate::naming;

/// An association.
pub(crate) struct Association {
    pub(crate) kind: Kind,
    pub(crate) target: Path,
    /// The junction of a many-to-many association.
    pub(crate) through: Option<Path>,
    pub(crate) alias: Name,
    pub(crate) singular: String,
    /// The marker type.
    pub(crate) marker: Ident,
    /// The field that holds the key: of this model, of the target, or of the junction.
    pub(crate) fk: Name,
    /// The junction's field that refers to the target.
    pub(crate) other_key: Name,
    /// The field of this model that the association goes by: the foreign key of a `belongs_to`,
    /// else the key that is referred to. `None` where the primary key is no single field.
    pub(crate) source: Option<SourceField>,
    /// The name that was written for that field, to be checked.
    pub(crate) source_key: Option<LitStr>,
    /// The target's field that is referred to, if not its primary key.
    pub(crate) target_key: Option<Name>,
    pub(crate) on_delete: Option<(Action, Span)>,
    pub(crate) on_update: Option<(Action, Span)>,
    pub(crate) skip: Vec<LitStr>,
}

/// A name and where it was written.
#[derive(Clone)]
pub(crate) struct Name {
    pub(crate) text: String,
    pub(crate) span: Span,
}

/// The field of this model that an association goes by.
pub(crate) struct SourceField {
    pub(crate) hash: u64,
    /// The type without `Option`.
    pub(crate) key: Type,
    pub(crate) nullable: bool,
}

/// What happens to a row when the one it refers to changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Action {
    Cascade,
    Restrict,
    SetNull,
    SetDefault,
    Nothing,
}

impl Action {
    fn read(text: &LitStr) -> darling::Result<(Self, Span)> {
        let action = match text.value().as_str() {
            "cascade" => Self::Cascade,
            "restrict" => Self::Restrict,
            "set_null" => Self::SetNull,
            "set_default" => Self::SetDefault,
            "no_action" => Self::Nothing,
            other => {
                let text_of = format!(
                    "unknown action `{other}`; write `cascade`, `restrict`, `set_null`, \
                     `set_default` or `no_action`"
                );
                return Err(darling::Error::custom(text_of).with_span(text));
            }
        };
        Ok((action, text.span()))
    }

    /// The variant of `orm_core`'s enum.
    pub(crate) fn variant(self) -> &'static str {
        match self {
            Self::Cascade => "Cascade",
            Self::Restrict => "Restrict",
            Self::SetNull => "SetNull",
            Self::SetDefault => "SetDefault",
            Self::Nothing => "NoAction",
        }
    }
}

impl Association {
    /// The names of the methods that the builder has for it.
    pub(crate) fn builder_methods(&self) -> impl Iterator<Item = String> {
        let alias = &self.alias.text;
        let links = self.kind == Kind::BelongsToMany;
        let linked = links.then(|| naming::linked(alias));
        [naming::nested(alias)].into_iter().chain(linked)
    }

    pub(super) fn resolve(
        attr: &AssociationAttr,
        model: &Ident,
        taken: &[String],
        fields: &[Field],
    ) -> darling::Result<Self> {
        let AssociationAttr {
            kind,
            target,
            options,
        } = attr;
        let span = target
            .segments
            .last()
            .map_or_else(Span::call_site, |last| last.ident.span());
        let target_name = target
            .segments
            .last()
            .map_or_else(String::new, |s| naming::plain(&s.ident));
        let or = |written: &Option<LitStr>, text: String| match written {
            Some(literal) => Name {
                text: literal.value(),
                span: literal.span(),
            },
            None => Name { text, span },
        };
        let alias = or(
            &options.alias,
            naming::association(&target_name, kind.many()),
        );
        if !naming::is_possible(&alias.text) {
            return Err(no_name(&alias, "posts"));
        }
        let singular = or(&options.singular, naming::singular(&alias.text));
        if !naming::is_possible(&singular.text) {
            return Err(no_name(&singular, "post"));
        }
        if let Some(marker) = &options.marker
            && !naming::is_type_name(&marker.value())
        {
            return Err(darling::Error::custom(
                "a type cannot have this name: write one such as `PostsOfUser`",
            )
            .with_span(marker));
        }
        if *kind == Kind::BelongsToMany && options.through.is_none() {
            return Err(darling::Error::custom(
                "`belongs_to_many` needs the model of the junction: `through = PostTag`",
            )
            .with_span(target));
        }
        let fk = or(
            &options.fk,
            match kind {
                Kind::BelongsTo => naming::foreign_key(&alias.text),
                _ => naming::foreign_key(&naming::plain(model)),
            },
        );
        let source_name = match kind {
            Kind::BelongsTo => Some(fk.text.clone()),
            _ => options.source_key.as_ref().map(LitStr::value),
        };
        let mut keys = fields.iter().filter(|field| field.primary_key);
        let source = match &source_name {
            Some(name) => fields.iter().find(|field| field.name == *name),
            None => keys.next().filter(|_| keys.next().is_none()),
        };
        Ok(Self {
            kind: *kind,
            target: target.clone(),
            through: options.through.clone(),
            singular: singular.text,
            marker: match &options.marker {
                Some(marker) => naming::ident(&marker.value(), marker.span()),
                // Where another type has its name, the error stands at the association's.
                None => naming::marker(model, &alias.text, taken, alias.span),
            },
            other_key: or(&options.other_key, naming::foreign_key(&target_name)),
            source: source.map(|field| SourceField {
                hash: field.hash,
                key: field.inner.clone(),
                nullable: field.nullable,
            }),
            source_key: options.source_key.clone(),
            target_key: options.target_key.as_ref().map(|key| Name {
                text: key.value(),
                span: key.span(),
            }),
            on_delete: options.on_delete.as_ref().map(Action::read).transpose()?,
            on_update: options.on_update.as_ref().map(Action::read).transpose()?,
            skip: options.skip.clone(),
            alias,
            fk,
        })
    }

    /// Its methods on the instance, those that the user writes left out.
    pub(crate) fn methods(&self) -> impl Iterator<Item = Method> {
        let skips = |name: &str| self.skip.iter().any(|skip| skip.value() == name);
        let methods = self.all_methods().iter().copied();
        methods.filter(move |method| !skips(&self.name_of(*method)))
    }

    /// All methods that its kind has.
    pub(crate) fn all_methods(&self) -> &'static [Method] {
        Method::of(self.kind)
    }

    pub(crate) fn name_of(&self, method: Method) -> String {
        self.put_into(method.patterns().0)
    }

    pub(crate) fn doc_of(&self, method: Method) -> String {
        self.put_into(method.patterns().1)
    }

    fn put_into(&self, pattern: &str) -> String {
        pattern
            .replace("{alias}", &self.alias.text)
            .replace("{singular}", &self.singular)
    }
}

fn no_name(name: &Name, example: &str) -> darling::Error {
    darling::Error::custom(format!(
        "`{}` cannot be the name of a method or field: write a plain identifier such as `{example}`",
        name.text
    ))
    .with_span(&name.span)
}
