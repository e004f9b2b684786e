//! The typestate builder: each required column is part of the type, and is `Missing` until it is set. In the
//! state of changes nothing is required.

use proc_macro2::{Group, Span, TokenStream, TokenTree};
use quote::{ToTokens, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use crate::attrs::{Kind, SetAttr};
use crate::expand::column::{column, field_of};
use crate::expand::part::Part;
use crate::expand::tuple::{place, tuple};
use crate::model::{Association, Field, Model, Stamp, TypeKind};
use crate::naming;

pub(super) fn tokens(model: &Model) -> Part {
    let (ident, vis) = (&model.ident, &model.vis);
    let builder = naming::builder(ident);
    let changes = naming::changes(ident);
    let start = start(model);
    let set = model.written().filter(|field| !field.is(Stamp::Version));
    let setters = set.map(|field| setter(model, field));
    let sound = model.associations.iter().filter(|a| a.source.is_some());
    let of_associations = sound.flat_map(|association| {
        let linked =
            matches!(association.kind, Kind::BelongsToMany).then(|| linked(model, association));
        [Some(nested(model, association)), linked]
    });
    let doc = format!(
        "Collects the columns of a new [`{ident}`]: `State` tells which required ones are missing, and `Nested` what \
         is created together with it."
    );
    let changes_doc = format!("Collects changes of a [`{ident}`], for `update`.");
    let types = quote! {
        #[doc = #doc]
        #[must_use = "a builder does nothing until it is passed to `create` or `update`"]
        #[derive(Debug, Clone)]
        #vis struct #builder<State = #start, Nested = ()>(
            ::orm_core::Values<#ident>,
            Nested,
            ::core::marker::PhantomData<fn() -> State>,
        );

        #[doc = #changes_doc]
        #[allow(dead_code)]
        #vis type #changes = #builder<::orm_core::Partial>;
    };
    let impls = quote! {
        #[allow(missing_docs)]
        impl<__State, __Nested> #builder<__State, __Nested> {
            #(#setters)*
            #(#of_associations)*
        }

        impl<__State, __Nested> __orm::Building for #builder<__State, __Nested> {
            type Model = #ident;
            type State = __State;
            type Nested = __Nested;
            type In<__Other, __Others> = #builder<__Other, __Others>;

            fn into_parts(self) -> (__orm::Values<#ident>, __Nested) {
                (self.0, self.1)
            }
        }

        impl<__State, __Nested> __orm::FromValues for #builder<__State, __Nested> {
            fn of_parts(__values: __orm::Values<#ident>, __nested: __Nested) -> Self {
                Self(__values, __nested, __orm::PhantomData)
            }
        }
    };
    Part { types, impls }
}

/// The state in which every required column is missing.
fn start(model: &Model) -> TokenStream {
    let missing: Vec<TokenStream> = required(model)
        .map(|field| {
            let column = column(model, field);
            quote!(::orm_core::Missing<#column>)
        })
        .collect();
    tuple(&missing, |part| quote!(::orm_core::__::Many<#part>))
}

fn required(model: &Model) -> impl Iterator<Item = &Field> {
    model.fields.iter().filter(|field| model.requires(field))
}

/// The part of the state for a field.
pub(super) fn slot(model: &Model, field: &Field) -> TokenStream {
    if field.read_only.is_some() {
        return quote!(__orm::ReadOnly);
    }
    let of = required(model).count();
    let slot = match required(model).position(|other| other.name == field.name) {
        None => quote!(__orm::Free),
        Some(index) => place(index, of),
    };
    match field.primary_key {
        true => quote!(__orm::OfKey<#slot>),
        false => slot,
    }
}

fn setter(model: &Model, field: &Field) -> TokenStream {
    let builder = naming::builder(&model.ident);
    let name = &field.ident;
    let (output, bound) = match (model.requires(field), field.primary_key) {
        (true, _) => {
            let slot = slot(model, field);
            (
                quote!(#builder<__State::After, __Nested>),
                quote!(where __State: __orm::SetSlot<#slot>),
            )
        }
        (false, true) => {
            let bound = quote_spanned!(name.span()=> __orm::OfNewRow);
            (quote!(Self), quote!(where __State: #bound))
        }
        (false, false) if field.is(Stamp::Created) => {
            let bound = quote_spanned!(name.span()=> __orm::OfCreation);
            (quote!(Self), quote!(where __State: #bound))
        }
        (false, false) => (quote!(Self), TokenStream::new()),
    };
    if let Some(set) = &field.set {
        return own_setter(field, set, &output, &bound);
    }
    let (argument, value) = plain(field);
    let field = field_of(field);
    // If the type does not fit, rustc shows the field.
    let parameter = parameter(name.span());
    quote! {
        pub fn #name(self, #parameter: #argument) -> #output #bound {
            __orm::set::<#field, _>(self, #value)
        }
    }
}

/// What the setter of a field takes, and what it makes of it.
fn plain(field: &Field) -> (TokenStream, TokenStream) {
    let (ty, inner) = (&field.ty, &field.inner);
    // However it is stored.
    let text = matches!(TypeKind::of(inner), TypeKind::Text);
    match (field.nullable, text) {
        (true, _) => (
            quote!(impl __orm::IntoOption<#inner>),
            quote!(__orm::IntoOption::into_option(__value)),
        ),
        (false, true) => (
            quote!(impl __orm::Into<#ty>),
            quote!(__orm::Into::into(__value)),
        ),
        (false, false) => (quote!(#ty), quote!(__value)),
    }
}

/// The setter that the user states in place of that of the field.
fn own_setter(
    field: &Field,
    set: &SetAttr,
    output: &TokenStream,
    bound: &TokenStream,
) -> TokenStream {
    let SetAttr {
        name,
        argument,
        gives,
        function,
    } = set;
    // A keyword is possible as `r#type`.
    let name = naming::ident(&naming::plain(name), name.span());
    let (of, ty) = (field_of(field), &field.ty);
    // If the types do not fit, rustc shows the function and what it takes.
    let parameter = parameter(argument.span());
    let span = function.span().resolved_at(Span::call_site());
    let made = quote_spanned!(span=> #function(#parameter));
    let set_to = |value: TokenStream| {
        let value = match field.nullable {
            true => quote_spanned!(span=> __orm::IntoOption::into_option(#value)),
            false => value,
        };
        quote! {
            let __value: #ty = #value;
            __orm::set::<#of, _>(self, __value)
        }
    };
    let (output, body) = match gives {
        Some(gives) => {
            let set = set_to(quote_spanned!(span=> __value));
            let output = filled(gives.to_token_stream(), output);
            (output, quote_spanned!(span=> #made.map(|__value| { #set })))
        }
        None => (output.clone(), set_to(made)),
    };
    quote! {
        pub fn #name(self, #parameter: #argument) -> #output #bound {
            #body
        }
    }
}

/// The method that takes new rows of an association. If they do not fit, rustc shows the association.
fn nested(model: &Model, association: &Association) -> TokenStream {
    let Association {
        alias,
        marker,
        target,
        ..
    } = association;
    let (builder, span) = (naming::builder(&model.ident), alias.span);
    let name = Ident::new(&naming::nested(&alias.text), span);
    let doc = format!(
        "New rows of `{}`, created together with this one.",
        alias.text
    );
    let (item, bound) = match association.kind {
        Kind::BelongsTo => ("Owner", quote_spanned!(span=> __orm::IntoNew<#target>)),
        Kind::BelongsToMany => (
            "LinkedRows",
            quote_spanned!(span=> __orm::NewLinked<#marker>),
        ),
        _ => ("Children", quote_spanned!(span=> __orm::NewChild<#marker>)),
    };
    let (argument, new) = match association.kind {
        Kind::BelongsTo => (quote!(__B), quote!(new)),
        Kind::HasOne => (quote!(__B), quote!([new])),
        _ => (quote_spanned!(span=> impl __orm::NewRows<__B>), quote!(new)),
    };
    let (after, takes_key) = match key_slot(model, association) {
        Some(slot) => (
            quote!(__After),
            Some(quote_spanned!(span=> __State: __orm::TakeKey<#slot, After = __After>,)),
        ),
        None => (quote!(__State), None),
    };
    let key = takes_key.as_ref().map(|_| quote!(__After,));
    let lacks = quote_spanned!(span=> __Nested: __orm::Lacks<#marker, Rest = __Rest>,);
    // What is said of the target here is what is said where the association names it, so that rustc says it once.
    let span = target.span();
    let item = Ident::new(item, span);
    let output = quote_spanned! {span=>
        #builder<#after, (__Rest, __orm::#item<#marker, __B::Nested>)>
    };
    let this = quote!(self);
    let body = quote_spanned! {span=>
        #builder(#this.0, (__orm::Lacks::rest(#this.1), __orm::#item::of(#new)), __orm::PhantomData)
    };
    quote! {
        #[doc = #doc]
        pub fn #name<#key __Rest, __B: #bound>(
            self,
            new: #argument,
        ) -> #output
        where
            #lacks
            #takes_key
        {
            #body
        }
    }
}

/// The method that links existing rows of a many-to-many association.
fn linked(model: &Model, association: &Association) -> TokenStream {
    let Association { alias, marker, .. } = association;
    let (builder, span) = (naming::builder(&model.ident), alias.span);
    let name = Ident::new(&naming::linked(&alias.text), span);
    let doc = format!("Rows of `{}` that exist, linked to this one.", alias.text);
    let bound = quote_spanned!(span=> __orm::ExistingLink<#marker>);
    let rows = quote_spanned!(span=> impl __orm::ExistingList<__T>);
    let lacks = quote_spanned!(span=> __Nested: __orm::Lacks<#marker, Rest = __Rest>,);
    quote! {
        #[doc = #doc]
        pub fn #name<__Rest, __T: #bound>(
            self,
            rows: #rows,
        ) -> #builder<__State, (__Rest, __orm::ExistingRows<#marker>)>
        where
            #lacks
        {
            #builder(self.0, (__orm::Lacks::rest(self.1), __orm::ExistingRows::of(rows)), __orm::PhantomData)
        }
    }
}

/// The tokens with `filling` in place of `_`.
fn filled(tokens: TokenStream, filling: &TokenStream) -> TokenStream {
    let filled = tokens.into_iter().map(|token| match token {
        TokenTree::Ident(hole) if hole == "_" => filling.clone(),
        TokenTree::Group(group) => {
            let stream = filled(group.stream(), filling);
            let mut inner = Group::new(group.delimiter(), stream);
            inner.set_span(group.span());
            TokenTree::Group(inner).into()
        }
        token => token.into(),
    });
    filled.collect()
}

/// The parameter of a setter, at this position.
fn parameter(span: Span) -> Ident {
    Ident::new("__value", span.resolved_at(Span::call_site()))
}

/// The slot of the foreign key of a `belongs_to`, if the state tells whether it is set.
fn key_slot(model: &Model, association: &Association) -> Option<TokenStream> {
    let of_ours = association.kind == Kind::BelongsTo;
    let key = model.field(&association.fk.text).filter(|_| of_ours)?;
    let tells = model.requires(key) || key.primary_key;
    tells.then(|| slot(model, key))
}
