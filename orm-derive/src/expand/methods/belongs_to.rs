//! The methods of a `belongs_to`.

use quote::{quote, quote_spanned};

use super::method::{Method, Methods, method};
use crate::model::Association;

pub(super) fn tokens(methods: &mut Methods<'_>) {
    let Association {
        alias,
        marker,
        target,
        source,
        ..
    } = methods.association;
    let span = alias.span;
    let name = &alias.text;
    let nullable = source.as_ref().is_some_and(|source| source.nullable);
    let output = match nullable {
        true => quote!(::core::option::Option<#target>),
        false => quote!(#target),
    };
    methods.add(Method {
        output,
        bounds: quote_spanned!(span=> #marker: ::orm_core::__private::ReadOwner<__C>,),
        body: quote!(<#marker as ::orm_core::__private::ReadOwner<_>>::get(conn, self)),
        ..method(format!("get_{name}"), "The row that this one belongs to.")
    });
    methods.add(Method {
        receiver: quote!(&mut self),
        generics: quote!(, __T),
        arguments: quote!(target: __T,),
        bounds: quote_spanned! {span=>
            #marker: ::orm_core::__private::SetOwner<__C>,
            __T: ::orm_core::IntoTarget<#target>,
            __T::Presence: ::orm_core::__private::AcceptedBy<
                <<#marker as ::orm_core::__private::Association>::SourceField
                    as ::orm_core::__private::Field>::Value,
            >,
        },
        body: quote!(<#marker as ::orm_core::__private::SetOwner<_>>::set(conn, self, target)),
        ..method(
            format!("set_{name}"),
            "Makes this row belong to another, here and in the database.",
        )
    });
    methods.add(Method {
        receiver: quote!(&mut self),
        generics: quote!(, __B),
        arguments: quote!(new: __B,),
        output: quote!(#target),
        bounds: quote_spanned! {span=>
            #marker: ::orm_core::__private::SetOwner<__C>
                + ::orm_core::__private::CreateTarget<__C>,
            __B: ::orm_core::IntoNew<#target>,
        },
        body: quote!(<#marker as ::orm_core::__private::SetOwner<_>>::create(conn, self, new)),
        ..method(
            format!("create_{name}"),
            "Creates a row and makes this one belong to it, in one transaction.",
        )
    });
}
