//! The methods of a `has_one`.

use quote::{quote, quote_spanned};

use super::method::{Method, Methods, method};
use crate::model::Association;

pub(super) fn tokens(methods: &mut Methods<'_>) {
    let Association {
        alias,
        marker,
        target,
        ..
    } = methods.association;
    let span = alias.span;
    let name = &alias.text;
    let ops = quote!(::orm_core::__private::has_one);
    let related = quote!(::orm_core::__private::has_many);
    methods.add(Method {
        output: quote!(::core::option::Option<#target>),
        bounds: quote_spanned!(span=> #marker: #related::ReadRelated<__C>,),
        body: quote!(#ops::get::<#marker, __C>(conn, self)),
        ..method(format!("get_{name}"), "The row that is linked, if any.")
    });
    methods.add(Method {
        output: quote!(bool),
        bounds: quote_spanned!(span=> #marker: #related::ReadRelated<__C>,),
        body: quote!(::core::result::Result::Ok(
            <#marker as #related::ReadRelated<__C>>::count(conn, self)? > 0
        )),
        ..method(format!("has_{name}"), "Whether a row is linked.")
    });
    methods.add(Method {
        generics: quote!(, __T),
        arguments: quote!(target: __T,),
        bounds: quote_spanned! {span=>
            #marker: #related::LinkRelated<__C>,
            __T: ::orm_core::IntoTarget<#target>,
            __T::Presence: ::orm_core::__private::AcceptedBy<
                <<#marker as ::orm_core::__private::Direct>::TargetField
                    as ::orm_core::__private::Field>::Value,
            >,
        },
        body: quote!(#ops::set::<#marker, __C, _>(conn, self, target)),
        ..method(
            format!("set_{name}"),
            "Links this row and no other, in one transaction; `None` only unlinks.",
        )
    });
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote!(new: __B,),
        output: quote!(#target),
        bounds: quote_spanned! {span=>
            #marker: #related::LinkRelated<__C>
                + ::orm_core::__private::CreateTarget<__C>,
            __B: ::orm_core::__private::Fill<#marker>,
        },
        body: quote!(#ops::create::<#marker, __C, _>(conn, self, new)),
        ..method(
            format!("create_{name}"),
            "Creates a row and links it and no other, in one transaction.",
        )
    });
}
