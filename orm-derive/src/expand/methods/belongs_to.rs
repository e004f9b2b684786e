//! The methods of a `belongs_to`.

use quote::quote;

use super::{Method, Methods, method};
use crate::model::Association;

pub(super) fn tokens(methods: &mut Methods<'_>) {
    let Association {
        alias,
        marker,
        target,
        source,
        ..
    } = methods.association;
    let name = &alias.text;
    let ops = quote!(__orm::belongs_to);
    let nullable = source.as_ref().is_some_and(|source| source.nullable);
    let output = match nullable {
        true => quote!(__orm::Option<#target>),
        false => quote!(#target),
    };
    methods.add(Method {
        output,
        bounds: quote!(#marker: #ops::ReadOwner<__C>,),
        body: quote!(<#marker as #ops::ReadOwner<__C>>::get(conn, self)),
        ..method(format!("get_{name}"), "The row that this one belongs to.")
    });
    methods.add(Method {
        receiver: quote!(&mut self),
        generics: quote!(, __T),
        arguments: quote!(target: __T,),
        bounds: quote! {
            #marker: #ops::SetOwner<__C>,
            __T: __orm::IntoTarget<#target>,
            __T::Presence: #ops::AcceptedBy<
                <<#marker as __orm::Association>::SourceField
                    as __orm::Field>::Value,
            >,
        },
        body: quote!(<#marker as #ops::SetOwner<__C>>::set(conn, self, target)),
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
        bounds: quote! {
            #marker: #ops::SetOwner<__C>,
            #marker: __orm::CreateTarget<__C>,
            __B: __orm::IntoNew<#target>,
        },
        body: quote!(<#marker as #ops::SetOwner<__C>>::create(conn, self, new)),
        ..method(
            format!("create_{name}"),
            "Creates a row and makes this one belong to it, in one transaction.",
        )
    });
}
