//! The loader of each association, and its methods on the instance.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::Ident;

use crate::attrs::Kind;
use crate::model::{Association, Model};
use crate::naming;

pub(super) fn tokens(model: &Model) -> TokenStream {
    if model.associations.is_empty() {
        return TokenStream::new();
    }
    let ident = &model.ident;
    let sound = model
        .associations
        .iter()
        .filter(|association| association.source.is_some());
    let all = sound.map(|association| {
        let loader = loader(association);
        let methods = methods(association);
        quote!(#loader #methods)
    });
    quote! {
        #[allow(clippy::missing_errors_doc)]
        impl #ident {
            #(#all)*
        }
    }
}

fn loader(association: &Association) -> TokenStream {
    let Association { alias, marker, .. } = association;
    let name = naming::ident(&alias.text, alias.span);
    let doc = format!("Includes `{}`: pass it to `.include(…)`.", alias.text);
    quote! {
        #[doc = #doc]
        pub fn #name() -> ::orm_core::Loader<#marker> {
            ::orm_core::Loader::new()
        }
    }
}

/// A method in parts; the connection and `where C: Connection` are added to each.
struct Method {
    name: String,
    doc: &'static str,
    receiver: TokenStream,
    generics: TokenStream,
    arguments: TokenStream,
    output: TokenStream,
    bounds: TokenStream,
    body: TokenStream,
}

/// Collects the methods of an association.
struct Methods<'a> {
    association: &'a Association,
    names: Vec<String>,
    tokens: TokenStream,
}

impl Methods<'_> {
    fn add(&mut self, method: Method) {
        if !self.names.contains(&method.name) {
            return;
        }
        let Method {
            name,
            doc,
            receiver,
            generics,
            arguments,
            output,
            bounds,
            body,
        } = method;
        let name = Ident::new(&name, self.association.alias.span);
        self.tokens.extend(quote! {
            #[doc = #doc]
            pub fn #name<__C #generics>(
                #receiver,
                conn: &mut __C,
                #arguments
            ) -> ::orm_core::Result<#output>
            where
                __C: ::orm_core::Connection,
                #bounds
            {
                #body
            }
        });
    }
}

fn methods(association: &Association) -> TokenStream {
    let mut methods = Methods {
        association,
        names: association.methods(),
        tokens: TokenStream::new(),
    };
    match association.kind {
        Kind::HasOne => has_one(&mut methods),
        Kind::HasMany => has_many(&mut methods),
        Kind::BelongsTo => belongs_to(&mut methods),
        Kind::BelongsToMany => belongs_to_many(&mut methods),
    }
    methods.tokens
}

/// The parts of most methods: no generics beside the connection, `&self`.
fn method(name: String, doc: &'static str) -> Method {
    Method {
        name,
        doc,
        receiver: quote!(&self),
        generics: TokenStream::new(),
        arguments: TokenStream::new(),
        output: quote!(()),
        bounds: TokenStream::new(),
        body: TokenStream::new(),
    }
}

fn has_one(methods: &mut Methods<'_>) {
    let Association {
        alias,
        marker,
        target,
        ..
    } = methods.association;
    let name = &alias.text;
    let ops = quote!(::orm_core::__private::has_one);
    let related = quote!(::orm_core::__private::has_many);
    methods.add(Method {
        output: quote!(::core::option::Option<#target>),
        bounds: quote!(#marker: #related::ReadRelated<__C>,),
        body: quote!(#ops::get::<#marker, __C>(conn, self)),
        ..method(format!("get_{name}"), "The row that is linked, if any.")
    });
    methods.add(Method {
        output: quote!(bool),
        bounds: quote!(#marker: #related::ReadRelated<__C>,),
        body: quote!(::core::result::Result::Ok(
            <#marker as #related::ReadRelated<__C>>::count(conn, self)? > 0
        )),
        ..method(format!("has_{name}"), "Whether a row is linked.")
    });
    methods.add(Method {
        generics: quote!(, __T),
        arguments: quote!(target: __T,),
        bounds: quote! {
            #marker: #related::LinkRelated<__C>,
            __T: ::orm_core::IntoTarget<#target>,
            __T::Presence: ::orm_core::__private::belongs_to::AcceptedBy<
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
        bounds: quote! {
            #marker: #related::LinkRelated<__C>,
            #marker: ::orm_core::__private::CreateTarget<__C>,
            __B: ::orm_core::__private::Fill<#marker>,
        },
        body: quote!(#ops::create::<#marker, __C, _>(conn, self, new)),
        ..method(
            format!("create_{name}"),
            "Creates a row and links it and no other, in one transaction.",
        )
    });
}

fn belongs_to(methods: &mut Methods<'_>) {
    let Association {
        alias,
        marker,
        target,
        source,
        ..
    } = methods.association;
    let name = &alias.text;
    let ops = quote!(::orm_core::__private::belongs_to);
    let nullable = source.as_ref().is_some_and(|source| source.nullable);
    let output = match nullable {
        true => quote!(::core::option::Option<#target>),
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
            __T: ::orm_core::IntoTarget<#target>,
            __T::Presence: #ops::AcceptedBy<
                <<#marker as ::orm_core::__private::Association>::SourceField
                    as ::orm_core::__private::Field>::Value,
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
            #marker: ::orm_core::__private::CreateTarget<__C>,
            __B: ::orm_core::IntoNew<#target>,
        },
        body: quote!(<#marker as #ops::SetOwner<__C>>::create(conn, self, new)),
        ..method(
            format!("create_{name}"),
            "Creates a row and makes this one belong to it, in one transaction.",
        )
    });
}

fn has_many(methods: &mut Methods<'_>) {
    let Association {
        alias,
        singular,
        marker,
        target,
        ..
    } = methods.association;
    let many = &alias.text;
    let ops = quote!(::orm_core::__private::has_many);
    query(methods);
    methods.add(Method {
        output: quote!(::std::vec::Vec<#target>),
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
        arguments: quote!(targets: impl ::orm_core::Targets<#target>,),
        bounds: quote!(#marker: #ops::UnlinkRelated<__C>,),
        body: quote!(<#marker as #ops::UnlinkRelated<__C>>::set(conn, self, targets)),
        ..method(
            format!("set_{many}"),
            "Links exactly these rows: one transaction, which writes only what changes.",
        )
    });
    let create = quote! {
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

fn belongs_to_many(methods: &mut Methods<'_>) {
    let Association {
        alias,
        singular,
        marker,
        target,
        ..
    } = methods.association;
    let many = &alias.text;
    let ops = quote!(::orm_core::__private::belongs_to_many);
    query(methods);
    methods.add(Method {
        output: quote!(::std::vec::Vec<#target>),
        bounds: quote!(#marker: #ops::ReadThrough<__C>,),
        body: quote!(<#marker as #ops::ReadThrough<__C>>::get(conn, self)),
        ..method(format!("get_{many}"), "All rows that are linked.")
    });
    methods.add(Method {
        output: quote!(i64),
        bounds: quote!(#marker: #ops::LinkThrough<__C>,),
        body: quote!(<#marker as #ops::LinkThrough<__C>>::count(conn, self)),
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
        arguments: quote!(targets: impl ::orm_core::Targets<#target>,),
        bounds: quote!(#marker: #ops::LinkPlainly<__C>,),
        body: quote!(<#marker as #ops::LinkPlainly<__C>>::set(conn, self, targets)),
        ..method(
            format!("set_{many}"),
            "Links exactly these rows: one transaction, which writes only what changes.",
        )
    });
    let with = quote! {
        #marker: #ops::LinkThrough<__C>,
        __B: #ops::FillLink<#marker> + ::core::clone::Clone,
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
            arguments: quote!(targets: impl ::orm_core::Targets<#target>, link: __B,),
            bounds: with.clone(),
            body: quote!(<#marker as #ops::LinkThrough<__C>>::#call(conn, self, targets, link)),
            ..method(format!("{verb}_{many}_with"), doc)
        });
    }
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote! {
            target: impl ::orm_core::IntoTarget<#target, Presence = ::orm_core::__private::Always>,
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
        arguments: quote!(new: impl ::orm_core::IntoNew<#target>,),
        output: quote!(#target),
        bounds: quote! {
            #marker: #ops::LinkPlainly<__C>,
            #marker: ::orm_core::__private::CreateTarget<__C>,
        },
        body: quote!(<#marker as #ops::LinkPlainly<__C>>::create(conn, self, new)),
        ..method(
            format!("create_{singular}"),
            "Creates a row and links it, in one transaction.",
        )
    });
    methods.add(Method {
        generics: quote!(, __B),
        arguments: quote!(new: impl ::orm_core::IntoNew<#target>, link: __B,),
        output: quote!(#target),
        bounds: quote!(#with #marker: ::orm_core::__private::CreateTarget<__C>,),
        body: quote!(<#marker as #ops::LinkThrough<__C>>::create_with(conn, self, new, link)),
        ..method(
            format!("create_{singular}_with"),
            "Creates a row and links it with these columns of the junction, in one transaction.",
        )
    });
}

/// `query_posts`: it needs no connection.
fn query(methods: &mut Methods<'_>) {
    let Association {
        alias,
        marker,
        through,
        ..
    } = methods.association;
    let name = format!("query_{}", alias.text);
    if !methods.names.contains(&name) {
        return;
    }
    let doc = format!("The Diesel query behind `get_{}`.", alias.text);
    let name = Ident::new(&name, alias.span);
    methods.tokens.extend(match through {
        None => quote! {
            #[doc = #doc]
            #[must_use]
            pub fn #name(&self) -> ::orm_core::__private::Related<#marker> {
                ::orm_core::__private::related::<#marker>(self)
            }
        },
        // The query is a parameter, which is what `QueryThrough` says it is, because a mistake in
        // the names of the junction's fields would be reported here once more.
        Some(_) => quote! {
            #[doc = #doc]
            #[must_use]
            pub fn #name<Query>(&self) -> Query
            where
                #marker: ::orm_core::__private::belongs_to_many::QueryThrough<Query>,
            {
                <#marker as ::orm_core::__private::belongs_to_many::QueryThrough<Query>>::query(self)
            }
        },
    });
}

/// The verbs that take one target or several: verb, trait, output, and both docs.
fn linking(
    methods: &mut Methods<'_>,
    ops: &TokenStream,
    verbs: &[(&str, &str, &str, &'static str, &'static str)],
) {
    let Association {
        alias,
        singular,
        marker,
        target,
        ..
    } = methods.association;
    for (verb, ability, output, one, many) in verbs {
        let ability = format_ident!("{ability}");
        let call = format_ident!("{verb}");
        let output = match *output {
            "bool" => quote!(bool),
            _ => quote!(()),
        };
        methods.add(Method {
            arguments: quote! {
                target: impl ::orm_core::IntoTarget<
                    #target, Presence = ::orm_core::__private::Always,
                >,
            },
            output: output.clone(),
            bounds: quote!(#marker: #ops::#ability<__C>,),
            body: quote!(<#marker as #ops::#ability<__C>>::#call(conn, self, [target])),
            ..method(format!("{verb}_{singular}"), one)
        });
        methods.add(Method {
            arguments: quote!(targets: impl ::orm_core::Targets<#target>,),
            output,
            bounds: quote!(#marker: #ops::#ability<__C>,),
            body: quote!(<#marker as #ops::#ability<__C>>::#call(conn, self, targets)),
            ..method(format!("{verb}_{}", alias.text), many)
        });
    }
}
