//! Which Rust type is stored as which SQL type.

use proc_macro2::TokenStream;
use quote::quote;
use syn::{GenericArgument, PathArguments, Type, TypePath};

/// How a field's type is stored.
#[derive(Clone)]
pub(crate) enum Kind {
    SmallInt,
    Integer,
    BigInt,
    Float,
    Double,
    Bool,
    Text,
    Binary,
    Date,
    Time,
    Timestamp,
    TimestampUtc,
    /// A `ModelEnum`.
    Enum,
    /// The user named its SQL type.
    Custom(Box<Type>),
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
            "f32" => Self::Float,
            "f64" => Self::Double,
            "bool" => Self::Bool,
            "String" => Self::Text,
            "Vec" => Self::Binary,
            "NaiveDate" => Self::Date,
            "NaiveTime" => Self::Time,
            "NaiveDateTime" => Self::Timestamp,
            "DateTime" => Self::TimestampUtc,
            _ => Self::Enum,
        }
    }

    pub(crate) fn is_integer(&self) -> bool {
        matches!(self, Self::SmallInt | Self::Integer | Self::BigInt)
    }

    pub(crate) fn is_text(&self) -> bool {
        matches!(self, Self::Text | Self::Enum | Self::Custom(_))
    }

    /// The Diesel SQL type, without `Nullable`.
    pub(crate) fn sql_type(&self) -> TokenStream {
        let name = match self {
            Self::SmallInt => quote!(SmallInt),
            Self::Integer => quote!(Integer),
            Self::BigInt => quote!(BigInt),
            Self::Float => quote!(Float),
            Self::Double => quote!(Double),
            Self::Bool => quote!(Bool),
            Self::Text | Self::Enum => quote!(Text),
            Self::Binary => quote!(Binary),
            Self::Date => quote!(Date),
            Self::Time => quote!(Time),
            Self::Timestamp => quote!(Timestamp),
            Self::TimestampUtc => return quote!(::orm_core::sql_types::TimestampUtc),
            Self::Custom(ty) => match &**ty {
                // A bare name is Diesel's, as it is within `table!`.
                Type::Path(path) if path.path.get_ident().is_some() => quote!(#ty),
                _ => return quote!(#ty),
            },
        };
        quote!(::diesel::sql_types::#name)
    }

    /// The column's kind in the DDL.
    pub(crate) fn ddl(&self) -> TokenStream {
        let name = match self {
            Self::SmallInt => quote!(SmallInt),
            Self::Integer => quote!(Integer),
            Self::BigInt => quote!(BigInt),
            Self::Float => quote!(Float),
            Self::Double => quote!(Double),
            Self::Bool => quote!(Bool),
            Self::Text | Self::Enum => quote!(Text),
            Self::Binary => quote!(Binary),
            Self::Date => quote!(Date),
            Self::Time => quote!(Time),
            Self::Timestamp => quote!(Timestamp),
            Self::TimestampUtc => quote!(TimestampUtc),
            Self::Custom(_) => {
                let sql = self.sql_type();
                return quote!(<#sql as ::orm_core::__private::DdlType>::KIND);
            }
        };
        quote!(::orm_core::__private::ColumnKind::#name)
    }
}

/// The `T` of an `Option<T>`.
pub(crate) fn inner_of_option(ty: &Type) -> Option<&Type> {
    let segment = last_segment(ty)?;
    if segment.ident != "Option" {
        return None;
    }
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

fn last_segment(ty: &Type) -> Option<&syn::PathSegment> {
    match ty {
        Type::Path(TypePath { path, .. }) => path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}
