//! The methods of a `has_many`.

use quote::{quote, quote_spanned};

use super::method::{Method, Methods, linking, method, query, several};
use crate::model::Association;

pub(super) fn tokens(methods: &mut Methods<'_>) {
    let Association {
        alias,
        singular,
        marker,
        target,
        ..
    } = methods.association;
    let span = alias.span;
    let several = several(methods.association);
    let many = &alias.text;
    let ops = quote!(::orm_core::__private::has_many);
    query(methods);
    methods.add(Method {
        output: quote!(::std::vec::Vec<#target>),
        bounds: quote_spanned!(span=> #marker: ::orm_core::__private::ReadRelated<__C>,),
        body: quote!(<#marker as ::orm_core::__private::ReadRelated<_>>::get(conn, self)),
        ..method(format!("get_{many}"), "All rows that are linked.")
    });
    methods.add(Method {
        output: quote!(i64),
        bounds: quote_spanned!(span=> #marker: ::orm_core::__private::ReadRelated<__C>,),
        body: quote!(<#marker as ::orm_core::__private::ReadRelated<_>>::count(conn, self)),
        ..method(format!("count_{many}"), "How many rows are linked.")
    });
    linking(
        methods,
        &[
            (
                "has",
                "LinkRelated",
                "bool",
                "Whether this row is linked.",
                "Whether all of these are linked.",
            ),
            (
                "add",
                "LinkRelated",
                "()",
                "Links this row.",
                "Links these rows, in one statement.",
            ),
            (
                "remove",
                "UnlinkRelated",
                "()",
                "Unlinks this row.",
                "Unlinks these rows, in one statement.",
            ),
        ],
    );
    methods.add(Method {
        arguments: quote!(targets: #several,),
        bounds: quote_spanned!(span=> #marker: ::orm_core::__private::UnlinkRelated<__C>,),
        body: quote!(<#marker as ::orm_core::__private::UnlinkRelated<_>>::set(conn, self, targets)),
        ..method(
            format!("set_{many}"),
            "Links exactly these rows, in one transaction.",
        )
    });
    let create = quote_spanned! {span=>
        #marker: ::orm_core::__private::CreateTarget<__C>,
        __B: ::orm_core::__private::Fill<#marker>,
    };
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote!(new: __B,),
        output: quote!(#target),
        bounds: create.clone(),
        body: quote!(#ops::create::<#marker, __C, _>(conn, self, new)),
        ..method(
            format!("create_{singular}"),
            "Creates a row that is linked.",
        )
    });
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote!(new: impl ::core::iter::IntoIterator<Item = __B>,),
        output: quote!(::std::vec::Vec<#target>),
        bounds: create,
        body: quote!(#ops::create_all::<#marker, __C, _>(conn, self, new)),
        ..method(format!("create_{many}"), "Creates rows that are linked.")
    });
}
