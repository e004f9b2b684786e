//! The methods of a `has_many`.

use quote::quote;

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
    let ops = quote!(__orm::has_many);
    query(methods);
    methods.add(Method {
        output: quote!(__orm::Vec<#target>),
        bounds: quote!(#marker: #ops::ReadRelated<__C>,),
        body: quote!(<#marker as #ops::ReadRelated<__C>>::get(conn, self)),
        ..method(format!("get_{many}"), "All rows that are linked.")
    });
    methods.add(Method {
        output: quote!(i64),
        bounds: quote!(#marker: #ops::ReadRelated<__C>,),
        body: quote!(<#marker as #ops::ReadRelated<__C>>::count(conn, self)),
        ..method(format!("count_{many}"), "How many rows are linked.")
    });
    linking(
        methods,
        &ops,
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
        arguments: quote!(targets: impl __orm::Targets<#target>,),
        bounds: quote!(#marker: #ops::UnlinkRelated<__C>,),
        body: quote!(<#marker as #ops::UnlinkRelated<__C>>::set(conn, self, targets)),
        ..method(
            format!("set_{many}"),
            "Links exactly these rows: one transaction, which writes only what changes.",
        )
    });
    let create = quote! {
        #marker: __orm::CreateTarget<__C>,
        __B: __orm::Fill<#marker>,
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
        arguments: quote!(new: impl __orm::IntoIterator<Item = __B>,),
        output: quote!(__orm::Vec<#target>),
        bounds: create,
        body: quote!(#ops::create_all::<#marker, __C, _>(conn, self, new)),
        ..method(format!("create_{many}"), "Creates rows that are linked.")
    });
}
