//! `impl Model`.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::expand::column::{column, column_values, columns, field_of};
use crate::expand::tuple::{nested, tuple};
use crate::expand::{adopted, meta, validate, with};
use crate::model::{Default, Field, Model, Stamp, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let ident = &model.ident;
    let (module, table) = (&model.table.module, adopted::table_name(model));
    let Selection {
        columns,
        sql_type,
        values,
    } = selection(model);
    let key = match model.single_key() {
        Some(field) => field_of(field),
        None => {
            let fields = model.key().into_iter().map(field_of);
            quote!((#(#fields),*))
        }
    };
    let fields: Vec<TokenStream> = model.fields.iter().map(listed).collect();
    let fields = tuple(&fields, |part| part);
    let fields = match model.without.queryable {
        true => quote!(__orm::MadeByDiesel<#ident, #fields>),
        false => fields,
    };
    let of_row = of_row(model);
    let stamps = stamps(model);
    let check = validate::tokens(model);
    let hooks = hooks(model);
    let hooked = &model.hooks;
    let builder = naming::builder(ident);
    let with = naming::with_struct(ident);
    let targets = target_list(model);
    let schema = model.table.schema.as_ref().map(|schema| {
        quote! {
            const SCHEMA_NAME: __orm::Option<&'static str> = __orm::Some(#schema);
        }
    });
    let meta = meta::tokens(model);
    let slots = with::aliases(model);
    // rustc shows the struct.
    let table_of = quote_spanned! {ident.span()=>
        impl __orm::TableOf<#ident> for #module::table {
            type Then<__T> = __T;
        }
    };
    quote! {
        #[diagnostic::do_not_recommend]
        impl __orm::Model for #ident {
            type Table = #module::table;
            type Columns = #columns;
            type SqlType = #sql_type;
            type Query = __orm::Select<#module::table, Self::Columns>;
            type PrimaryKey = #key;
            type Fields = #fields;
            type Builder = #builder;
            type With = #with;
            type Targets = #targets;
            type Hooks = #hooks;

            const NAME: &'static str = ::core::stringify!(#ident);
            const TABLE: &'static str = #table;
            #schema
            const META: __orm::ModelMeta = #meta;

            fn query() -> Self::Query {
                __orm::QueryDsl::select(#module::table, Self::columns())
            }

            fn columns() -> Self::Columns {
                #values
            }

            #of_row
            #stamps
            #check

            fn into_with(self) -> Self::With {
                #with { __model: self, #(#slots: __orm::empty(),)* }
            }
        }

        #table_of
        #(impl __orm::HookedBy<#hooked> for #ident {})*
    }
}

/// What the model selects.
struct Selection {
    /// As a type.
    columns: TokenStream,
    /// As SQL types.
    sql_type: TokenStream,
    /// As values.
    values: TokenStream,
}

fn selection(model: &Model) -> Selection {
    if model.selects_by_diesel() {
        let selectable = quote!(<Self as __orm::Selectable<__orm::AnyBackend>>);
        return Selection {
            columns: quote!(#selectable::SelectExpression),
            sql_type: quote!(__S<#selectable::SelectExpression>),
            values: quote!(#selectable::construct_selection()),
        };
    }
    let each = model.fields.iter().map(|field| column(model, field));
    Selection {
        columns: columns(model),
        sql_type: quote!((#(__S<#each>,)*)),
        values: column_values(model),
    }
}

/// A field in the list of fields.
fn listed(field: &Field) -> TokenStream {
    let exact = matches!(field.kind, TypeKind::Decimal);
    let field = field_of(field);
    match exact {
        true => quote!(__orm::Exact<#field>),
        false => field,
    }
}

/// Reads the fields by position, from a name that no column has: in a pattern, the name of an imported column
/// would mean the column.
fn of_row(model: &Model) -> TokenStream {
    let fields = model.fields.iter().enumerate().map(|(at, field)| {
        let (name, at) = (&field.ident, nested(at, model.fields.len()));
        quote!(#name: __row #at)
    });
    let made = match model.without.queryable {
        true => quote!(__row),
        false => quote!(Self { #(#fields),* }),
    };
    quote! {
        #[inline]
        fn of_row(__row: <Self::Fields as __orm::FieldList>::Row) -> Self {
            #made
        }
    }
}

/// Gives new rows and changes the values that the program makes, not the database.
fn stamps(model: &Model) -> TokenStream {
    let written = || {
        let fields = model.fields.iter();
        fields.filter(|field| field.read_only.is_none())
    };
    let stamp = |field: &Field| {
        let of = field_of(field);
        quote!(__orm::stamp::<#of>(__values, __now);)
    };
    let new: Vec<_> = written()
        .filter_map(|field| {
            let of = field_of(field);
            if matches!(field.default, Some(Default::Uuid)) {
                let new = match field.nullable {
                    true => quote!(|| __orm::Some(__orm::new_uuid())),
                    false => quote!(__orm::new_uuid),
                };
                return Some(
                    quote!(<#of as __orm::Field>::place(__values).get_or_insert_with(#new);),
                );
            }
            match field.stamp?.0 {
                Stamp::Created | Stamp::Updated => Some(stamp(field)),
                Stamp::Version => Some(quote!(__orm::first_version::<#of>(__values);)),
            }
        })
        .collect();
    let changed: Vec<_> = written()
        .filter(|field| field.is(Stamp::Updated))
        .map(stamp)
        .collect();
    let method = |name: TokenStream, lines: Vec<TokenStream>| {
        (!lines.is_empty()).then(|| {
            quote! {
                fn #name(__values: &mut __orm::Values<Self>, __now: &__orm::Now) {
                    #(#lines)*
                }
            }
        })
    };
    let (fill, touch) = (method(quote!(fill), new), method(quote!(touch), changed));
    let advance = written()
        .find(|field| field.is(Stamp::Version))
        .map(|field| {
            let of = field_of(field);
            quote! {
                fn advance(&self, __values: &mut __orm::Values<Self>) -> ::orm_core::Result<()> {
                    __orm::next_version::<#of>(self, __values)
                }
            }
        });
    quote!(#fill #touch #advance)
}

/// What runs around writes: one type, or pairs of them.
fn hooks(model: &Model) -> TokenStream {
    let mut hooks = model.hooks.iter().rev();
    let Some(last) = hooks.next() else {
        return quote!(__orm::NoHooks);
    };
    hooks.fold(quote!(#last), |rest, hook| quote!((#hook, #rest)))
}

/// `(Post, (Tag, (PostTag, ())))`
fn target_list(model: &Model) -> TokenStream {
    let targets = model.associations.iter().flat_map(|association| {
        let through = association.through.iter();
        std::iter::once(&association.target).chain(through)
    });
    let targets: Vec<_> = targets.collect();
    targets
        .into_iter()
        .rev()
        .fold(quote!(()), |rest, target| quote!((#target, #rest)))
}
