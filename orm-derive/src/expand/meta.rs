//! The constants that the DDL is made from.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::LitStr;

use crate::attrs::Kind;
use crate::model::{Action, Association, Default, Field, Model, TableOptions, TypeKind};

pub(super) fn tokens(model: &Model) -> TokenStream {
    let adopted = model.table.adopted;
    let columns = model.fields.iter().map(|field| column(model, field));
    let key = model.key().into_iter().map(|field| &field.column);
    let generated = model.generated_key();
    let uniques = model.uniques.iter().map(|fields| names(model, fields));
    let indexes = model.indexes.iter().map(|fields| names(model, fields));
    let references = model.associations.iter().flat_map(references);
    let junctions = model.associations.iter().filter_map(junction);
    let options = options(&model.table.options);
    quote! {
        ::orm_core::__private::ModelMeta {
            name: Self::NAME,
            table: ::orm_core::__private::TableName::of::<Self>(),
            adopted: #adopted,
            options: #options,
            columns: &[#(#columns),*],
            primary_key: &[#(#key),*],
            generated_key: #generated,
            uniques: &[#(#uniques),*],
            indexes: &[#(#indexes),*],
            references: &[#(#references),*],
            junctions: &[#(#junctions),*],
        }
    }
}

/// Nothing is stated of most tables.
fn options(options: &TableOptions) -> TokenStream {
    let TableOptions {
        engine,
        charset,
        collate,
        comment,
    } = options;
    let all = [engine, charset, collate, comment];
    if all.iter().all(|option| option.is_none()) {
        return quote!(::orm_core::__private::TableOptions::NONE);
    }
    let [engine, charset, collate, comment] = all.map(stated);
    quote! {
        ::orm_core::__private::TableOptions {
            engine: #engine,
            charset: #charset,
            collate: #collate,
            comment: #comment,
        }
    }
}

fn stated(text: &Option<LitStr>) -> TokenStream {
    match text {
        Some(text) => quote!(::core::option::Option::Some(#text)),
        None => quote!(::core::option::Option::None),
    }
}

fn names(model: &Model, fields: &[syn::Ident]) -> TokenStream {
    let fields = fields
        .iter()
        .filter_map(|name| model.field(&crate::naming::plain(name)));
    let columns = fields.map(|field| &field.column);
    quote!(&[#(#columns),*])
}

fn column(model: &Model, field: &Field) -> TokenStream {
    let Field {
        column,
        nullable,
        unique,
        index,
        ..
    } = field;
    let kind = field.kind.ddl();
    let length = match field.length {
        Some((length, _)) => quote!(::core::option::Option::Some(#length)),
        None => quote!(::core::option::Option::None),
    };
    let default = match &field.default {
        Some(value) => {
            let value = default(model, field, value);
            quote!(::core::option::Option::Some(#value))
        }
        None => quote!(::core::option::Option::None),
    };
    let digits = match field.digits {
        Some((all, behind, _)) => quote!(::core::option::Option::Some((#all, #behind))),
        None => quote!(::core::option::Option::None),
    };
    let (collate, comment) = (stated(&field.collate), stated(&field.comment));
    let inner = &field.inner;
    let values = match &field.kind {
        TypeKind::Enum => quote!(<#inner as ::orm_core::ModelEnum>::VALUES),
        TypeKind::Array(element) if matches!(element.kind, TypeKind::Enum) => {
            let element = &element.ty;
            quote!(<#element as ::orm_core::ModelEnum>::VALUES)
        }
        _ => quote!(&[]),
    };
    quote! {
        ::orm_core::__private::ColumnMeta {
            name: #column,
            kind: #kind,
            nullable: #nullable,
            unique: #unique,
            index: #index,
            length: #length,
            digits: #digits,
            default: #default,
            values: #values,
            collate: #collate,
            comment: #comment,
        }
    }
}

fn default(model: &Model, field: &Field, value: &Default) -> TokenStream {
    let value = match value {
        Default::Bare => return bare_default(model, field),
        Default::Int(number) if !field.kind.is_integer() => {
            let number = *number as f64;
            quote!(Float(#number))
        }
        Default::Int(number) => quote!(Int(#number)),
        Default::Float(number) => quote!(Float(#number)),
        Default::Bool(value) => quote!(Bool(#value)),
        Default::Text(text) => quote!(Text(#text)),
        Default::Now => quote!(Now),
        Default::Uuid => quote!(Uuid),
        Default::Variant(variant) => quote!(Text((#variant).as_str())),
    };
    quote!(::orm_core::__private::DefaultValue::#value)
}

/// `#[model(default)]` without a value: the natural one of the type.
fn bare_default(model: &Model, field: &Field) -> TokenStream {
    let inner = &field.inner;
    let unstated = format!(
        "`{}.{}` is `#[model(default)]`, but says not which: write `#[model(default = …)]`, or mark \
         the default variant of its enum with `#[default]`",
        model.ident, field.name
    );
    let value = match &field.kind {
        kind if kind.is_integer() => quote!(Int(0)),
        kind if kind.is_number() => quote!(Float(0.0)),
        kind if kind.is_time() => quote!(Now),
        TypeKind::Bool => quote!(Bool(false)),
        TypeKind::Text => quote!(Text("")),
        TypeKind::Uuid => quote!(Uuid),
        TypeKind::Enum => {
            return quote! {
                match <#inner as ::orm_core::ModelEnum>::DEFAULT {
                    ::core::option::Option::Some(text) =>
                        ::orm_core::__private::DefaultValue::Text(text),
                    ::core::option::Option::None =>
                        ::orm_core::__private::DefaultValue::Unstated(#unstated),
                }
            };
        }
        _ => quote!(Unstated(#unstated)),
    };
    quote!(::orm_core::__private::DefaultValue::#value)
}

fn action(action: Option<(Action, proc_macro2::Span)>) -> TokenStream {
    match action {
        Some((action, _)) => {
            let variant = format_ident!("{}", action.variant());
            quote!(::core::option::Option::Some(::orm_core::__private::Action::#variant))
        }
        None => quote!(::core::option::Option::None),
    }
}

/// The foreign keys that an association speaks of: one, or the two of a junction.
fn references(association: &Association) -> Vec<TokenStream> {
    let marker = &association.marker;
    let on_delete = action(association.on_delete);
    let on_update = action(association.on_update);
    let of = |constructor: &str| {
        let constructor = format_ident!("{constructor}");
        quote! {
            ::orm_core::__private::Reference::#constructor::<#marker>(#on_delete, #on_update)
        }
    };
    match association.kind {
        Kind::BelongsTo => vec![of("of_owner")],
        Kind::HasOne | Kind::HasMany => vec![of("of_owned")],
        Kind::BelongsToMany => vec![of("of_source_link"), of("of_target_link")],
    }
}

fn junction(association: &Association) -> Option<TokenStream> {
    let marker = &association.marker;
    let through = association.through.as_ref();
    through.map(|_| quote!(::orm_core::__private::Junction::of::<#marker>()))
}
