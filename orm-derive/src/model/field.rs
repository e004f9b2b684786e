//! A resolved field.

use proc_macro2::Span;
use syn::{Ident, LitInt, LitStr, Type, Visibility};

use crate::attrs::{FieldAttr, InputField, SetAttr, ValidateAttr};
use crate::model::default::{self, Default};
use crate::model::types::{Kind, inner_of_option};
use crate::naming;

/// A field. Each field is a column.
pub(crate) struct Field {
    pub(crate) ident: Ident,
    pub(crate) vis: Visibility,
    /// The ident without `r#`.
    pub(crate) name: String,
    pub(crate) hash: u64,
    /// The type as written.
    pub(crate) ty: Type,
    /// The type without `Option`.
    pub(crate) inner: Type,
    pub(crate) nullable: bool,
    pub(crate) kind: Kind,
    pub(crate) column: String,
    pub(crate) named: Named,
    pub(crate) primary_key: bool,
    /// Whether the database generates the key, if stated.
    pub(crate) auto_increment: Option<(bool, Span)>,
    pub(crate) unique: bool,
    pub(crate) index: bool,
    /// Set if only the database writes the column.
    pub(crate) read_only: Option<Span>,
    /// What each write makes of the column.
    pub(crate) stamp: Option<(Stamp, Span)>,
    pub(crate) length: Option<(u32, Span)>,
    /// The digits of a decimal: all of them, and those after the point.
    pub(crate) digits: Option<(u32, u32, Span)>,
    pub(crate) default: Option<Default>,
    pub(crate) collate: Option<LitStr>,
    pub(crate) comment: Option<LitStr>,
    /// The setter of the builder, if it is not the field.
    pub(crate) set: Option<SetAttr>,
    /// The rules that a value must keep.
    pub(crate) validate: Vec<ValidateAttr>,
}

/// What writes make of a column.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stamp {
    /// `created_at`
    Created,
    /// `updated_at`
    Updated,
    /// `version`
    Version,
}

impl Stamp {
    /// What the attribute says, and at most one of them.
    fn of(attr: &FieldAttr) -> darling::Result<Option<(Self, Span)>> {
        let stated = [
            (&attr.created_at, Self::Created),
            (&attr.updated_at, Self::Updated),
            (&attr.version, Self::Version),
        ];
        let mut stated = stated.into_iter().filter(|(flag, _)| flag.is_present());
        let first = stated.next();
        if let Some((second, _)) = stated.next() {
            return Err(darling::Error::custom(
                "a column is one of `created_at`, `updated_at` and `version`: remove the others",
            )
            .with_span(&second.span()));
        }
        Ok(first.map(|(flag, stamp)| (stamp, flag.span())))
    }

    /// The default that the column has in the database.
    fn default(self) -> Default {
        match self {
            Self::Created | Self::Updated => Default::Now,
            Self::Version => Default::Number("1".to_owned()),
        }
    }
}

/// The column's name in the module of the table.
pub(crate) enum Named {
    /// The field's name.
    AsField,
    /// Another name.
    As(Ident),
    /// The stated name is its name there or in the database. If it is the latter, the module uses the field's
    /// name.
    AsStated(LitStr),
}

impl Field {
    /// In an adopted table, whose columns are declared elsewhere, the field may state the name.
    pub(super) fn resolve(
        field: &InputField,
        case: Option<String>,
        adopted: bool,
    ) -> darling::Result<Self> {
        let attr = &field.attr;
        let name = naming::plain(&field.ident);
        let inner = inner_of_option(&field.ty);
        let ty = inner.unwrap_or(&field.ty);
        let kind = match &attr.sql_type {
            Some(sql) => Kind::Custom(sql.parse().map(Box::new).map_err(|error| {
                darling::Error::custom(format!("not the path of a Diesel SQL type: {error}"))
                    .with_span(sql)
            })?),
            None => Kind::of(ty),
        };
        let length = attr.length.as_ref().map(|length| {
            let number = length.base10_parse::<u32>().map_err(darling::Error::from)?;
            Ok::<_, darling::Error>((number, length.span()))
        });
        let digits = digits(attr)?;
        let defaulted = default::Column {
            kind: &kind,
            ty,
            digits: digits.map(|(all, behind, _)| (all, behind)),
        };
        let default = attr.default.as_ref();
        let default = default.map(|default| Default::resolve(default, &defaulted));
        let stamp = Stamp::of(attr)?;
        let default = default.transpose()?;
        let default = default.or_else(|| stamp.map(|(stamp, _)| stamp.default()));
        let recased = case.and_then(|case| naming::recase(&name, &case));
        let recased = recased.map(|text| LitStr::new(&text, field.ident.span()));
        let stated = attr.column.clone().or(recased);
        let named = match (stated.clone(), &field.diesel.column_name) {
            _ if !adopted => Named::AsField,
            (Some(stated), _) if attr.column.is_some() => Named::of(stated, &name),
            (_, Some(column)) => Named::As(column.clone()),
            (Some(stated), None) => Named::of(stated, &name),
            (None, None) => Named::AsField,
        };
        Ok(Self {
            hash: naming::hash(&name),
            column: stated.map_or_else(|| name.clone(), |stated| stated.value()),
            named,
            nullable: inner.is_some(),
            inner: ty.clone(),
            ty: field.ty.clone(),
            vis: field.vis.clone(),
            primary_key: attr.primary_key.is_present(),
            auto_increment: attr.auto_increment.map(|stated| (*stated, stated.span())),
            unique: attr.unique.is_present(),
            index: attr.index.is_present(),
            read_only: attr.read_only.is_present().then(|| attr.read_only.span()),
            length: length.transpose()?,
            digits,
            default,
            stamp,
            collate: attr.collate.clone(),
            comment: attr.comment.clone(),
            set: attr.set.clone(),
            validate: attr.validate.clone(),
            ident: field.ident.clone(),
            name,
            kind,
        })
    }
}

impl Named {
    fn of(stated: LitStr, field: &str) -> Self {
        match stated.value() == field {
            true => Self::AsField,
            false => Self::AsStated(stated),
        }
    }
}

impl Field {
    /// Whether writes make this of the column.
    pub(crate) fn is(&self, stamp: Stamp) -> bool {
        self.stamp.is_some_and(|(of, _)| of == stamp)
    }

    /// Whether the type is not built in: an enum, or a type for which the user wrote Diesel's traits.
    pub(crate) fn is_own_type(&self) -> bool {
        !Kind::of(&self.inner).is_known()
    }
}

fn digits(attr: &FieldAttr) -> darling::Result<Option<(u32, u32, Span)>> {
    let number = |literal: &LitInt| literal.base10_parse::<u32>().map_err(darling::Error::from);
    match (&attr.precision, &attr.scale) {
        (Some(precision), scale) => {
            let behind = scale.as_ref().map_or(Ok(0), number)?;
            Ok(Some((number(precision)?, behind, precision.span())))
        }
        (None, Some(scale)) => Err(darling::Error::custom(
            "a `scale` goes with a `precision`: `#[model(precision = 12, scale = 2)]`",
        )
        .with_span(scale)),
        (None, None) => Ok(None),
    }
}
