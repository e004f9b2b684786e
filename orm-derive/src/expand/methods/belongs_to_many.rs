//! The methods of a `belongs_to_many`.

use quote::{format_ident, quote, quote_spanned};

use super::method::{Method, Methods, linking, method, one, query, several};
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
    let new = quote_spanned!(span=> impl ::orm_core::IntoNew<#target>);
    let (one, several) = (one(methods.association), several(methods.association));
    let many = &alias.text;
    query(methods);
    methods.add(Method {
        output: quote!(::std::vec::Vec<#target>),
        bounds: quote_spanned!(span=> #marker: ::orm_core::__private::ReadThrough<__C>,),
        body: quote!(<#marker as ::orm_core::__private::ReadThrough<_>>::get(conn, self)),
        ..method(format!("get_{many}"), "All rows that are linked.")
    });
    methods.add(Method {
        output: quote!(i64),
        bounds: quote_spanned!(span=> #marker: ::orm_core::__private::ReadThrough<__C>,),
        body: quote!(<#marker as ::orm_core::__private::ReadThrough<_>>::count(conn, self)),
        ..method(format!("count_{many}"), "How many rows are linked.")
    });
    linking(
        methods,
        &[
            (
                "has",
                "HasThrough",
                "bool",
                "Whether this row is linked.",
                "Whether all of these are linked.",
            ),
            (
                "add",
                "LinkPlainly",
                "()",
                "Links this row; a link that is there stays.",
                "Links these rows, in one statement; links that are there stay.",
            ),
            (
                "remove",
                "LinkThrough",
                "()",
                "Unlinks this row.",
                "Unlinks these rows, in one statement.",
            ),
        ],
    );
    methods.add(Method {
        arguments: quote!(targets: #several,),
        bounds: quote_spanned!(span=> #marker: ::orm_core::__private::LinkPlainly<__C>,),
        body: quote!(<#marker as ::orm_core::__private::LinkPlainly<_>>::set(conn, self, targets)),
        ..method(
            format!("set_{many}"),
            "Links exactly these rows, in one transaction.",
        )
    });
    let with = quote_spanned! {span=>
        #marker: ::orm_core::__private::LinkThrough<__C>,
        __B: ::orm_core::__private::FillLink<#marker> + ::core::clone::Clone,
    };
    for (verb, doc) in [
        (
            "set",
            "Links exactly these rows, with these columns of the junction.",
        ),
        (
            "add",
            "Links these rows, with these columns of the junction; links that are there take them.",
        ),
    ] {
        let call = format_ident!("{verb}_with");
        methods.add(Method {
            generics: quote!(, __B),
            arguments: quote!(targets: #several, link: __B,),
            bounds: with.clone(),
            body: quote!(<#marker as ::orm_core::__private::LinkThrough<_>>::#call(conn, self, targets, link)),
            ..method(format!("{verb}_{many}_with"), doc)
        });
    }
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote!(target: #one, link: __B,),
        bounds: with.clone(),
        body: quote!(<#marker as ::orm_core::__private::LinkThrough<_>>::add_with(conn, self, [target], link)),
        ..method(
            format!("add_{singular}_with"),
            "Links this row, with these columns of the junction; a link that is there takes them.",
        )
    });
    methods.add(Method {
        arguments: quote!(new: #new,),
        output: quote!(#target),
        bounds: quote_spanned! {span=>
            #marker: ::orm_core::__private::LinkPlainly<__C>
                + ::orm_core::__private::CreateTarget<__C>,
        },
        body: quote!(<#marker as ::orm_core::__private::LinkPlainly<_>>::create(conn, self, new)),
        ..method(
            format!("create_{singular}"),
            "Creates a row and links it, in one transaction.",
        )
    });
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote!(new: #new, link: __B,),
        output: quote!(#target),
        bounds: quote_spanned!(span=> #with #marker: ::orm_core::__private::CreateTarget<__C>,),
        body: quote!(<#marker as ::orm_core::__private::LinkThrough<_>>::create_with(conn, self, new, link)),
        ..method(
            format!("create_{singular}_with"),
            "Creates a row and links it with these columns of the junction, in one transaction.",
        )
    });
}
