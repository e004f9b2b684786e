//! The methods of a `belongs_to_many`.

use quote::{format_ident, quote};

use super::{Method, Methods, linking, method, query};
use crate::model::Association;

pub(super) fn tokens(methods: &mut Methods<'_>) {
    let Association {
        alias,
        singular,
        marker,
        target,
        ..
    } = methods.association;
    let many = &alias.text;
    let ops = quote!(__orm::belongs_to_many);
    query(methods);
    methods.add(Method {
        output: quote!(__orm::Vec<#target>),
        bounds: quote!(#marker: #ops::ReadThrough<__C>,),
        body: quote!(<#marker as #ops::ReadThrough<__C>>::get(conn, self)),
        ..method(format!("get_{many}"), "All rows that are linked.")
    });
    methods.add(Method {
        output: quote!(i64),
        bounds: quote!(#marker: #ops::ReadThrough<__C>,),
        body: quote!(<#marker as #ops::ReadThrough<__C>>::count(conn, self)),
        ..method(format!("count_{many}"), "How many rows are linked.")
    });
    linking(
        methods,
        &ops,
        &[
            (
                "has",
                "LinkThrough",
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
        arguments: quote!(targets: impl __orm::Targets<#target>,),
        bounds: quote!(#marker: #ops::LinkPlainly<__C>,),
        body: quote!(<#marker as #ops::LinkPlainly<__C>>::set(conn, self, targets)),
        ..method(
            format!("set_{many}"),
            "Links exactly these rows: one transaction, which writes only what changes.",
        )
    });
    let with = quote! {
        #marker: #ops::LinkThrough<__C>,
        __B: #ops::FillLink<#marker> + __orm::Clone,
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
            arguments: quote!(targets: impl __orm::Targets<#target>, link: __B,),
            bounds: with.clone(),
            body: quote!(<#marker as #ops::LinkThrough<__C>>::#call(conn, self, targets, link)),
            ..method(format!("{verb}_{many}_with"), doc)
        });
    }
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote! {
            target: impl __orm::IntoTarget<#target, Presence = __orm::Always>,
            link: __B,
        },
        bounds: with.clone(),
        body: quote!(<#marker as #ops::LinkThrough<__C>>::add_with(conn, self, [target], link)),
        ..method(
            format!("add_{singular}_with"),
            "Links this row, with these columns of the junction; a link that is there takes them.",
        )
    });
    methods.add(Method {
        arguments: quote!(new: impl __orm::IntoNew<#target>,),
        output: quote!(#target),
        bounds: quote! {
            #marker: #ops::LinkPlainly<__C>,
            #marker: __orm::CreateTarget<__C>,
        },
        body: quote!(<#marker as #ops::LinkPlainly<__C>>::create(conn, self, new)),
        ..method(
            format!("create_{singular}"),
            "Creates a row and links it, in one transaction.",
        )
    });
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote!(new: impl __orm::IntoNew<#target>, link: __B,),
        output: quote!(#target),
        bounds: quote!(#with #marker: __orm::CreateTarget<__C>,),
        body: quote!(<#marker as #ops::LinkThrough<__C>>::create_with(conn, self, new, link)),
        ..method(
            format!("create_{singular}_with"),
            "Creates a row and links it with these columns of the junction, in one transaction.",
        )
    });
}
