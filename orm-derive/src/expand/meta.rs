//! The constants from which the DDL is made.

use proc_macro2::{Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};
use syn::LitStr;

use crate::attrs::Kind;
use crate::expand::adopted;
use crate::expand::column::column_name;
use crate::model::{Action, Association, Default, Field, Model, Stamp, TableOptions, TypeKind};

/// Leaves to `of` what is not stated: it would be most of what the derive emits.
pub(super) fn tokens(model: &Model) -> TokenStream {
    let columns = model.fields.iter().map(|field| column(model, field));
    let key = model.key().into_iter();
    let key = key.map(|field| column_name(model, field));
    let is_so = |is_so: bool| is_so.then(|| quote!(true));
    let list = |items: Vec<TokenStream>| (!items.is_empty()).then(|| quote!(&[#(#items),*]));
    let uniques = model.uniques.iter();
    let uniques = uniques.map(|fields| names(model, fields, Stated::Unique));
    let indexes = model.indexes.iter();
    let indexes = indexes.map(|fields| names(model, fields, Stated::Index));
    let references = model.associations.iter().flat_map(references);
    let junctions = model.associations.iter().filter_map(junction);
    let version = model.fields.iter().find(|field| field.is(Stamp::Version));
    let version = version.map(|field| {
        let column = column_name(model, field);
        quote!(__orm::Some(#column))
    });
    let stated = [
        ("adopted", is_so(model.table.adopted)),
        ("options", options(&model.table.options)),
        ("columns", Some(quote!(&[#(#columns),*]))),
        ("primary_key", Some(quote!(&[#(#key),*]))),
        ("generated_key", is_so(model.generated_key())),
        ("version", version),
        ("uniques", list(uniques.collect())),
        ("indexes", list(indexes.collect())),
        ("references", list(references.collect())),
        ("junctions", list(junctions.collect())),
    ];
    let stated = stated.into_iter().filter_map(|(name, value)| {
        let (name, value) = (format_ident!("{name}"), value?);
        Some(quote!(#name: #value))
    });
    quote! {
        __orm::ModelMeta { #(#stated,)* ..__orm::ModelMeta::of::<Self>() }
    }
}

/// Most tables have no options.
fn options(options: &TableOptions) -> Option<TokenStream> {
    let TableOptions {
        engine,
        charset,
        collate,
        comment,
    } = options;
    let all = [engine, charset, collate, comment];
    if all.iter().all(|option| option.is_none()) {
        return None;
    }
    let [engine, charset, collate, comment] = all.map(stated);
    Some(quote! {
        __orm::TableOptions {
            engine: #engine,
            charset: #charset,
            collate: #collate,
            comment: #comment,
        }
    })
}

fn stated(text: &Option<LitStr>) -> TokenStream {
    match text {
        Some(text) => quote!(__orm::Some(#text)),
        None => quote!(__orm::None),
    }
}

fn names(model: &Model, fields: &[syn::Ident], stated: Stated) -> TokenStream {
    let columns = fields.iter().filter_map(|name| {
        let field = model.field(&crate::naming::plain(name))?;
        let column = column_name(model, field);
        Some(may_be(model, field, stated, name.span(), column))
    });
    quote!(&[#(#columns),*])
}

/// What the attributes state about a column.
#[derive(Clone, Copy)]
enum Stated {
    Index,
    Unique,
}

/// Passes the value through, if every enabled backend can have a column of this type in an index. The check
/// is emitted only for JSON, the one type that some backends cannot index.
fn may_be(
    model: &Model,
    field: &Field,
    stated: Stated,
    span: Span,
    what: TokenStream,
) -> TokenStream {
    if model.table.adopted || !field.kind.is_json() {
        return what;
    }
    // Puts an error at the type if the user named one, and at the field if not.
    let sql = match &field.kind {
        TypeKind::Custom(_) => field.kind.sql_type(),
        _ => quote_spanned!(span=> ::diesel::sql_types::Json),
    };
    match stated {
        Stated::Index => quote_spanned!(span=> __orm::in_index::<#sql, _>(#what)),
        Stated::Unique => quote_spanned!(span=> __orm::in_unique::<#sql, _>(#what)),
    }
}

/// Leaves to `new` what is not stated about a column: it would be most of what the derive emits.
fn column(model: &Model, field: &Field) -> TokenStream {
    let (column, inner) = (column_name(model, field), &field.inner);
    let kind = match model.table.adopted {
        true => adopted::kind(model, field),
        false => field.kind.ddl(),
    };
    let some = |value: TokenStream| quote!(__orm::Some(#value));
    let flags = [
        ("unique", field.unique, Stated::Unique),
        ("index", field.index, Stated::Index),
    ];
    let flags = flags.into_iter().filter(|(_, is_so, _)| *is_so);
    let flags = flags.map(|(name, _, stated)| {
        let name = format_ident!("{name}");
        let is_so = may_be(model, field, stated, field.ident.span(), quote!(true));
        quote!(#name: #is_so)
    });
    let own_type = own_type(model, field);
    let length = field.length.map(|(length, _)| some(quote!(#length)));
    let digits = field
        .digits
        .map(|(all, behind, _)| some(quote!((#all, #behind))));
    let default = field
        .default
        .as_ref()
        .map(|value| some(default(model, field, value)));
    let values = match &field.kind {
        // Diesel may store such an enum in any way.
        _ if model.table.adopted => field.is_own_type().then(|| known(field)),
        TypeKind::Enum => Some(quote!(<#inner as __orm::ModelEnum>::VALUES)),
        TypeKind::Array(element) if matches!(element.kind, TypeKind::Enum) => {
            let element = &element.ty;
            Some(quote!(<#element as __orm::ModelEnum>::VALUES))
        }
        _ => None,
    };
    let collate = field.collate.as_ref().map(|text| some(quote!(#text)));
    let comment = field.comment.as_ref().map(|text| some(quote!(#text)));
    let stated = [
        ("length", length),
        ("digits", digits),
        ("default", default),
        ("values", values),
        ("own_type", own_type),
        ("read_only", field.read_only.is_some().then(|| quote!(true))),
        ("collate", collate),
        ("comment", comment),
    ];
    let stated = stated.into_iter().filter_map(|(name, value)| {
        let (name, value) = (format_ident!("{name}"), value?);
        Some(quote!(#name: #value))
    });
    let stated: Vec<TokenStream> = flags.chain(stated).collect();
    let or_null = field.nullable.then(|| quote!(.or_null()));
    let new = quote!(__orm::column(#column, #kind)#or_null);
    match stated.is_empty() {
        true => new,
        false => quote!(__orm::ColumnMeta { #(#stated,)* ..#new }),
    }
}

/// Whether the type is the user's own. In an adopted table, a type without a SQL type may be a `ModelEnum`.
fn own_type(model: &Model, field: &Field) -> Option<TokenStream> {
    let is_custom = matches!(field.kind, TypeKind::Custom(_));
    match field.is_own_type() {
        true if model.table.adopted => {
            let known = known(field);
            Some(quote!(#known.is_empty()))
        }
        true if is_custom => Some(quote!(true)),
        _ => None,
    }
}

/// The texts of the enum. None if the type is not a `ModelEnum`.
fn known(field: &Field) -> TokenStream {
    let inner = &field.inner;
    quote!({
        use ::orm_core::__::NoTexts as _;
        __orm::TextsOf::<#inner>::TEXTS
    })
}

fn default(model: &Model, field: &Field, value: &Default) -> TokenStream {
    let value = match value {
        // Nobody reads the default of an existing table.
        _ if model.table.adopted => quote!(Unstated("")),
        Default::Bare => return bare_default(model, field),
        Default::Number(digits) => quote!(Number(#digits)),
        Default::Bool(value) => quote!(Bool(#value)),
        Default::Text(text) => quote!(Text(#text)),
        Default::VariantText(text) => {
            let inner = &field.inner;
            // If no variant has this text, the error is at the text.
            let text = quote_spanned!(text.span()=> __orm::text_of::<#inner>(#text));
            quote!(Text(#text))
        }
        Default::Moment(text) => quote!(Moment(#text)),
        Default::Json(text) if matches!(TypeKind::of(&field.inner), TypeKind::Json) => {
            let inner = &field.inner;
            quote!(Json(#text, <#inner as __orm::StoredJson>::spell))
        }
        Default::Json(text) => quote!(Json(#text, __orm::as_written)),
        Default::Now => quote!(Now),
        Default::Uuid => quote!(Uuid),
        Default::Variant(variant) => quote!(Text((#variant).as_str())),
    };
    quote!(__orm::DefaultValue::#value)
}

/// `#[model(default)]` without a value: the natural default of the type.
fn bare_default(model: &Model, field: &Field) -> TokenStream {
    let inner = &field.inner;
    let unstated = format!(
        "`{}.{}` is `#[model(default)]`, but says not which: write `#[model(default = …)]`, or mark \
         the default variant of its enum with `#[default]`",
        model.ident, field.name
    );
    let value = match &field.kind {
        kind if kind.is_number() => quote!(Number("0")),
        kind if kind.is_time() => quote!(Now),
        TypeKind::Bool => quote!(Bool(false)),
        TypeKind::Text => quote!(Text("")),
        TypeKind::Uuid => quote!(Uuid),
        TypeKind::Enum => {
            return quote! {
                match <#inner as __orm::ModelEnum>::DEFAULT {
                    __orm::Some(text) =>
                        __orm::DefaultValue::Text(text),
                    __orm::None =>
                        __orm::DefaultValue::Unstated(#unstated),
                }
            };
        }
        _ => quote!(Unstated(#unstated)),
    };
    quote!(__orm::DefaultValue::#value)
}

fn action(action: Option<(Action, proc_macro2::Span)>) -> TokenStream {
    match action {
        Some((action, _)) => {
            let variant = format_ident!("{}", action.variant());
            quote!(__orm::Some(__orm::Action::#variant))
        }
        None => quote!(__orm::None),
    }
}

/// The foreign keys of an association: one, or the two of a junction.
fn references(association: &Association) -> Vec<TokenStream> {
    let marker = &association.marker;
    let on_delete = action(association.on_delete);
    let on_update = action(association.on_update);
    let of = |constructor: &str| {
        let constructor = format_ident!("{constructor}");
        quote! {
            __orm::Reference::#constructor::<#marker>(#on_delete, #on_update)
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
    through.map(|_| quote!(__orm::Junction::of::<#marker>()))
}
