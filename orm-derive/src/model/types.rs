//! Which SQL type stores which Rust type.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{GenericArgument, PathArguments, Type, TypePath};

/// How a field's type is stored.
#[derive(Clone)]
pub(crate) enum Kind {
    SmallInt,
    Integer,
    BigInt,
    UnsignedSmallInt,
    UnsignedInteger,
    UnsignedBigInt,
    Float,
    Double,
    Decimal,
    Bool,
    Text,
    Binary,
    Date,
    Time,
    Timestamp,
    TimestampUtc,
    Uuid,
    Json,
    /// A list of values.
    Array(Box<Element>),
    /// A `ModelEnum`.
    Enum,
    /// A type whose SQL type the user named.
    Custom(Box<Type>),
}

/// What an array contains.
#[derive(Clone)]
pub(crate) struct Element {
    /// The type without `Option`.
    pub(crate) ty: Type,
    pub(crate) kind: Kind,
    pub(crate) nullable: bool,
}

impl Kind {
    /// How a Rust type is stored. A type that is not built in can only be an enum.
    pub(crate) fn of(ty: &Type) -> Self {
        let Some(segment) = last_segment(ty) else {
            return Self::Enum;
        };
        match segment.ident.to_string().as_str() {
            "i16" => Self::SmallInt,
            "i32" => Self::Integer,
            "i64" => Self::BigInt,
            "u16" => Self::UnsignedSmallInt,
            "u32" => Self::UnsignedInteger,
            "u64" => Self::UnsignedBigInt,
            "f32" => Self::Float,
            "f64" => Self::Double,
            "BigDecimal" => Self::Decimal,
            "bool" => Self::Bool,
            "String" => Self::Text,
            "Vec" => match argument(segment) {
                Some(element) if !is_byte(element) => {
                    let inner = inner_of_option(element);
                    let ty = inner.unwrap_or(element).clone();
                    Self::Array(Box::new(Element {
                        kind: Self::of(&ty),
                        nullable: inner.is_some(),
                        ty,
                    }))
                }
                _ => Self::Binary,
            },
            "NaiveDate" => Self::Date,
            "NaiveTime" => Self::Time,
            "NaiveDateTime" => Self::Timestamp,
            "DateTime" => Self::TimestampUtc,
            "Uuid" => Self::Uuid,
            "Value" | "Json" => Self::Json,
            _ => Self::Enum,
        }
    }

    /// What the column holds: if the user named one of Diesel's SQL types, the kind of that type.
    pub(crate) fn stored(&self) -> Self {
        match self {
            Self::Custom(ty) => Self::of_sql_type(ty).unwrap_or_else(|| self.clone()),
            _ => self.clone(),
        }
    }

    /// A bare name is Diesel's, as in `table!`. Of longer paths, only Diesel's and ours are known.
    fn of_sql_type(ty: &Type) -> Option<Self> {
        let Type::Path(TypePath { path, .. }) = ty else {
            return None;
        };
        let crates = ["diesel", "orm_core"];
        let known = |first: &syn::Ident| crates.iter().any(|name| first == name);
        if path.segments.len() > 1 && !known(&path.segments.first()?.ident) {
            return None;
        }
        let last = path.segments.last()?;
        Some(match last.ident.to_string().as_str() {
            "SmallInt" | "Int2" | "SmallSerial" => Self::SmallInt,
            "Integer" | "Int4" | "Serial" => Self::Integer,
            "BigInt" | "Int8" | "Bigint" | "BigSerial" => Self::BigInt,
            "Unsigned" => match Self::of_sql_type(argument(last)?)? {
                Self::SmallInt => Self::UnsignedSmallInt,
                Self::Integer => Self::UnsignedInteger,
                Self::BigInt => Self::UnsignedBigInt,
                _ => return None,
            },
            "Float" | "Float4" => Self::Float,
            "Double" | "Float8" => Self::Double,
            "Numeric" | "Decimal" => Self::Decimal,
            "Bool" => Self::Bool,
            "Text" | "VarChar" | "Varchar" => Self::Text,
            "Date" => Self::Date,
            "Time" => Self::Time,
            "Timestamp" | "Datetime" => Self::Timestamp,
            "TimestampUtc" | "Timestamptz" | "TimestamptzSqlite" => Self::TimestampUtc,
            "Uuid" => Self::Uuid,
            "Json" | "Jsonb" => Self::Json,
            _ => return None,
        })
    }

    /// Whether the type is built in.
    pub(crate) fn is_known(&self) -> bool {
        match self {
            Self::Array(element) => element.kind.is_known(),
            Self::Enum | Self::Custom(_) => false,
            _ => true,
        }
    }

    pub(crate) fn is_integer(&self) -> bool {
        matches!(self, Self::SmallInt | Self::Integer | Self::BigInt) || self.is_unsigned()
    }

    pub(crate) fn is_unsigned(&self) -> bool {
        matches!(
            self,
            Self::UnsignedSmallInt | Self::UnsignedInteger | Self::UnsignedBigInt
        )
    }

    pub(crate) fn is_number(&self) -> bool {
        self.is_integer() || matches!(self, Self::Float | Self::Double | Self::Decimal)
    }

    pub(crate) fn is_time(&self) -> bool {
        matches!(
            self,
            Self::Date | Self::Time | Self::Timestamp | Self::TimestampUtc
        )
    }

    /// Whether it is JSON, also by the name of its SQL type.
    pub(crate) fn is_json(&self) -> bool {
        match self {
            Self::Custom(ty) => matches!(Self::of_sql_type(ty), Some(Self::Json)),
            kind => matches!(kind, Self::Json),
        }
    }

    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Enum | Self::Custom(_))
    }

    /// The Diesel SQL type, without `Nullable`.
    pub(crate) fn sql_type(&self) -> TokenStream {
        let name = match self {
            Self::Timestamp => return quote!(::orm_core::sql_types::Timestamp),
            Self::TimestampUtc => return quote!(::orm_core::sql_types::TimestampUtc),
            Self::Uuid => return quote!(::orm_core::sql_types::Uuid),
            Self::UnsignedSmallInt => quote!(Unsigned<::diesel::sql_types::SmallInt>),
            Self::UnsignedInteger => quote!(Unsigned<::diesel::sql_types::Integer>),
            Self::UnsignedBigInt => quote!(Unsigned<::diesel::sql_types::BigInt>),
            Self::Decimal => quote!(Numeric),
            Self::Array(element) => {
                let sql = element.kind.sql_type();
                match element.nullable {
                    true => quote!(Array<::diesel::sql_types::Nullable<#sql>>),
                    false => quote!(Array<#sql>),
                }
            }
            Self::Custom(ty) => match &**ty {
                // A bare name is Diesel's, as in `table!`.
                Type::Path(path) if path.path.get_ident().is_some() => quote!(#ty),
                _ => return quote!(#ty),
            },
            Self::Enum => quote!(Text),
            other => other.name(),
        };
        // An error about a type that the user named is at that name.
        let span = match self {
            Self::Custom(ty) => ty.span(),
            _ => Span::call_site(),
        };
        quote_spanned!(span=> ::diesel::sql_types::#name)
    }

    /// The column's kind in the DDL.
    pub(crate) fn ddl(&self) -> TokenStream {
        let name = match self {
            Self::Enum => quote!(Text),
            Self::Array(element) => {
                let element = element.kind.ddl();
                quote!(Array(&#element))
            }
            Self::Custom(ty) => {
                let sql = self.sql_type();
                return quote_spanned!(ty.span()=> <#sql as __orm::DdlType>::KIND);
            }
            other => other.name(),
        };
        quote!(__orm::Kind::#name)
    }

    /// The name of a kind without parts, in Diesel and in the DDL.
    fn name(&self) -> TokenStream {
        match self {
            Self::SmallInt => quote!(SmallInt),
            Self::Integer => quote!(Integer),
            Self::BigInt => quote!(BigInt),
            Self::UnsignedSmallInt => quote!(UnsignedSmallInt),
            Self::UnsignedInteger => quote!(UnsignedInteger),
            Self::UnsignedBigInt => quote!(UnsignedBigInt),
            Self::Float => quote!(Float),
            Self::Double => quote!(Double),
            Self::Decimal => quote!(Decimal),
            Self::Bool => quote!(Bool),
            Self::Binary => quote!(Binary),
            Self::Date => quote!(Date),
            Self::Time => quote!(Time),
            Self::Timestamp => quote!(Timestamp),
            Self::TimestampUtc => quote!(TimestampUtc),
            Self::Uuid => quote!(Uuid),
            Self::Json => quote!(Json),
            Self::Text | Self::Enum | Self::Array(_) | Self::Custom(_) => quote!(Text),
        }
    }
}

/// The `T` of an `Option<T>`.
pub(crate) fn inner_of_option(ty: &Type) -> Option<&Type> {
    let segment = last_segment(ty)?;
    match segment.ident == "Option" {
        true => argument(segment),
        false => None,
    }
}

/// The first type in angle brackets.
fn argument(segment: &syn::PathSegment) -> Option<&Type> {
    match &segment.arguments {
        PathArguments::AngleBracketed(arguments) => {
            arguments.args.iter().find_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            })
        }
        _ => None,
    }
}

fn is_byte(ty: &Type) -> bool {
    last_segment(ty).is_some_and(|segment| segment.ident == "u8")
}

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(TypePath { path, .. }) => path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}
