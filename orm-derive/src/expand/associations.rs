//! The marker type of each association, and what the association links.

use proc_macro2::{Literal, Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::Path;
use syn::spanned::Spanned;

use crate::attrs::Kind;
use crate::expand::part::Part;
use crate::model::{Action, Association, Model, Name, SourceField};
use crate::naming;

pub(super) fn tokens(model: &Model) -> Part {
    let sound = model
        .associations
        .iter()
        .filter_map(|association| Some((association, association.source.as_ref()?)));
    let (types, impls): (Vec<_>, Vec<_>) = sound
        .map(|(association, source)| {
            (
                marker(model, association),
                impls(model, association, source),
            )
        })
        .unzip();
    Part {
        types: quote!(#(#types)*),
        impls: quote!(#(#impls)*),
    }
}

/// The field of a model. Its errors point at the place where the name was written.
fn field_named(model: &Path, name: &Name) -> TokenStream {
    let (span, model) = (name.span, itself(model));
    let hash = Literal::u64_unsuffixed(naming::hash(&name.text));
    quote_spanned!(span=> __orm::FieldOf<#model, #hash>)
}

/// The type that stands for an association.
fn marker(model: &Model, association: &Association) -> TokenStream {
    let (ident, vis) = (&model.ident, &model.vis);
    let Association { alias, marker, .. } = association;
    let doc = format!("The association `{}` of [`{ident}`].", alias.text);
    // If the user has another type of this name, rustc points at the association.
    let span = marker.span();
    let vis = at(quote!(#vis), span);
    quote_spanned! {span=>
        #[doc = #doc]
        #[derive(Debug)]
        #vis struct #marker<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);
    }
}

/// The same tokens with another span.
pub(super) fn at(tokens: TokenStream, span: Span) -> TokenStream {
    let each = tokens.into_iter().map(|mut token| {
        token.set_span(span);
        token
    });
    each.collect()
}

fn impls(model: &Model, association: &Association, source: &SourceField) -> TokenStream {
    let Association {
        kind,
        target,
        alias,
        marker,
        ..
    } = association;
    let ident = &model.ident;
    let (span, itself) = (target.span(), itself(target));
    // rustc shows the place that names the association.
    let starts_from = quote_spanned! {marker.span()=>
        #[diagnostic::do_not_recommend]
        impl __orm::StartsFrom<#ident> for #marker {
            type Then<__T> = __T;
        }
    };
    // It is the same wherever it is named, so that rustc reports it once.
    let target_type = quote_spanned!(span=> type Target = #itself;);
    let (key, name) = (&source.key, &alias.text);
    let source_hash = Literal::u64_unsuffixed(source.hash);
    let shape = shape(association, source.nullable);
    let links = match kind {
        Kind::BelongsToMany => through(association),
        _ => direct(association),
    };
    let via = match &association.through {
        Some(junction) => quote!(__orm::Via<__orm::All<#junction>>),
        None => quote!(()),
    };
    quote! {
        impl __orm::Association for #marker {
            type Source = #ident;
            #target_type
            type Key = #key;
            type SourceField = __F<#source_hash>;
            type Shape = #shape;
            type Via = #via;
            const NAME: &'static str = #name;
        }

        impl<__Nested: __orm::RowFor<#target>> __orm::SpecItem for #marker<__Nested> {
            type Association = #marker;
            type Row = __Nested::Row;
            type Shape = #shape;
        }

        #starts_from

        #links
    }
}

fn shape(association: &Association, nullable: bool) -> TokenStream {
    let shape = match (association.kind, &association.through) {
        (Kind::HasMany, _) => quote!(Many),
        (Kind::BelongsTo, _) if !nullable => quote!(One),
        (Kind::BelongsToMany, Some(junction)) => quote!(Links<#junction>),
        _ => quote!(Maybe),
    };
    quote!(__orm::shape::#shape)
}

/// A model that the user names.
fn itself(model: &Path) -> TokenStream {
    let span = model.span();
    quote_spanned!(span=> __orm::Itself<#model>)
}

/// The target's field: the named one, or the primary key.
fn target_field(association: &Association) -> TokenStream {
    let target = &association.target;
    match &association.target_key {
        Some(name) => field_named(target, name),
        None => {
            let (span, target) = (target.span(), itself(target));
            quote_spanned!(span=> <#target as __orm::SingleKey>::KeyField)
        }
    }
}

fn direct(association: &Association) -> TokenStream {
    let Association {
        kind,
        target,
        marker,
        fk,
        ..
    } = association;
    let (field, span) = match kind {
        Kind::BelongsTo => (target_field(association), fk.span),
        _ => (field_named(target, fk), fk.span),
    };
    // If the type does not fit, the error is at the name of the key.
    let field = quote_spanned!(span=> type TargetField = #field;);
    let unlinkable = set_null_check(association);
    quote! {
        impl __orm::Direct for #marker {
            #field
        }

        #unlinkable
    }
}

/// Checks `set_null` of a `has_one` or `has_many`: only the target knows whether the key can be
/// NULL.
fn set_null_check(association: &Association) -> Option<TokenStream> {
    if association.kind == Kind::BelongsTo {
        return None;
    }
    let marker = &association.marker;
    let actions = [association.on_delete, association.on_update]
        .into_iter()
        .flatten();
    let (_, span) = actions
        .into_iter()
        .find(|(action, _)| *action == Action::SetNull)?;
    let value = quote_spanned! {span=>
        <<#marker as __orm::Direct>::TargetField
            as __orm::Field>::Value
    };
    Some(quote_spanned! {span=>
        const _: fn() = || {
            fn set_null<ForeignKey: __orm::Unlinkable>() {}
            set_null::<#value>();
        };
    })
}

fn through(association: &Association) -> TokenStream {
    let Association {
        target,
        marker,
        fk,
        other_key,
        through,
        ..
    } = association;
    let Some(through) = through else {
        return TokenStream::new();
    };
    let (span, junction) = (through.span(), itself(through));
    let junction = quote_spanned!(span=> type Junction = #junction;);
    let target_field = target_field(association);
    let source_link = field_named(through, fk);
    let target_link = field_named(through, other_key);
    let source_link = quote_spanned!(fk.span=> type SourceLink = #source_link;);
    let target_link = quote_spanned!(other_key.span=> type TargetLink = #target_link;);
    let span = target.span();
    let key = quote_spanned! {span=>
        <#target_field as __orm::Field>::Value
    };
    quote! {
        impl __orm::Through for #marker {
            #junction
            type TargetKey = #key;
            type TargetField = #target_field;
            #source_link
            #target_link
            type Identity = __orm::Identified<{ __orm::identifies::<#marker>() }>;
        }
    }
}
