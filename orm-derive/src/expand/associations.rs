//! The marker type of each association, and what it links.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};

use crate::attrs::Kind;
use crate::model::{Action, Association, Model};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    let all = model
        .associations
        .iter()
        .map(|association| marker(model, association));
    quote!(#(#all)*)
}

/// `FieldOf<Model, HASH>`, whose errors point at where the name was written.
fn field_named(model: &TokenStream, name: &str, span: Span) -> TokenStream {
    let hash = naming::hash(name);
    quote_spanned!(span=> ::orm_core::__private::FieldOf<#model, #hash>)
}

fn marker(model: &Model, association: &Association) -> TokenStream {
    let Association {
        kind,
        target,
        alias,
        marker,
        ..
    } = association;
    let (ident, vis) = (&model.ident, &model.vis);
    let Some(source) = &association.source else {
        return TokenStream::new();
    };
    let (key, name) = (&source.key, &alias.text);
    let source_hash = source.hash;
    let source_field = quote!(::orm_core::__private::FieldOf<#ident, #source_hash>);
    let shape = shape(association, source.nullable);
    let links = match kind {
        Kind::BelongsToMany => through(association),
        _ => direct(association),
    };
    let via = match &association.through {
        Some(junction) => quote! {
            ::orm_core::__private::Via<::orm_core::__private::All<#junction>>
        },
        None => quote!(()),
    };
    let to_many = kind.many().then(|| {
        quote! {
            #[diagnostic::do_not_recommend]
            #[automatically_derived]
            impl ::orm_core::__private::ToMany for #marker {}
        }
    });
    let doc = format!("The association `{name}` of [`{ident}`].");
    quote! {
        #[doc = #doc]
        #vis struct #marker<__Nested = ()>(::core::marker::PhantomData<fn() -> __Nested>);

        #[automatically_derived]
        impl ::core::fmt::Debug for #marker {
            fn fmt(&self, f: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                f.write_str(::core::stringify!(#marker))
            }
        }

        #[automatically_derived]
        impl ::orm_core::__private::Association for #marker {
            type Source = #ident;
            type Target = #target;
            type Key = #key;
            type SourceField = #source_field;
            type Shape = #shape;
            type Via = #via;
            const NAME: &'static str = #name;
        }

        #[automatically_derived]
        impl<__Nested: ::orm_core::__private::RowFor<#target>> ::orm_core::__private::SpecItem
            for #marker<__Nested>
        {
            type Association = #marker;
            type Row = __Nested::Row;
            type Shape = #shape;
        }

        #[diagnostic::do_not_recommend]
        #[automatically_derived]
        impl ::orm_core::__private::StartsFrom<#ident> for #marker {
            type Then<__T> = __T;

            fn then<__T>(value: __T) -> __T {
                value
            }
        }

        #links
        #to_many
    }
}

fn shape(association: &Association, nullable: bool) -> TokenStream {
    let shape = match (association.kind, &association.through) {
        (Kind::HasMany, _) => quote!(Many),
        (Kind::BelongsTo, _) if !nullable => quote!(One),
        (Kind::BelongsToMany, Some(junction)) => quote!(Links<#junction>),
        _ => quote!(Maybe),
    };
    quote!(::orm_core::__private::shape::#shape)
}

/// The target's field: the one that is named, or its primary key.
fn target_field(association: &Association) -> TokenStream {
    let target = &association.target;
    match &association.target_key {
        Some(name) => field_named(&quote!(#target), &name.text, name.span),
        None => {
            let span = syn::spanned::Spanned::span(target);
            quote_spanned!(span=> <#target as ::orm_core::__private::SingleKey>::KeyField)
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
        _ => (field_named(&quote!(#target), &fk.text, fk.span), fk.span),
    };
    // Where the type does not fit, the error stands at the name of the key.
    let field = quote_spanned!(span=> type TargetField = #field;);
    let unlinkable = set_null_check(association);
    quote! {
        #[automatically_derived]
        impl ::orm_core::__private::Direct for #marker {
            #field
        }

        #unlinkable
    }
}

/// `set_null` of a `has_one` or `has_many`: whether the key can be NULL only the target knows.
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
    let value = quote! {
        <<#marker as ::orm_core::__private::Direct>::TargetField
            as ::orm_core::__private::Field>::Value
    };
    Some(quote_spanned! {span=>
        const _: fn() = || {
            fn set_null<ForeignKey: ::orm_core::__private::Unlinkable>() {}
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
    let junction = quote!(#through);
    let target_field = target_field(association);
    let source_link = field_named(&junction, &fk.text, fk.span);
    let target_link = field_named(&junction, &other_key.text, other_key.span);
    let source_link = quote_spanned!(fk.span=> type SourceLink = #source_link;);
    let target_link = quote_spanned!(other_key.span=> type TargetLink = #target_link;);
    let span = syn::spanned::Spanned::span(target);
    let key = quote_spanned! {span=>
        <#target_field as ::orm_core::__private::Field>::Value
    };
    quote! {
        #[automatically_derived]
        impl ::orm_core::__private::Through for #marker {
            type Junction = #junction;
            type TargetKey = #key;
            type TargetField = #target_field;
            #source_link
            #target_link
        }
    }
}
