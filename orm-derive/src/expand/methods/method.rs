//! One method of an association, and the list that they go through.

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use crate::expand::associations::at;
use crate::model::Association;

/// A method in parts; the connection and `where C: Connection` are added to each.
pub(super) struct Method {
    pub(super) name: String,
    pub(super) doc: &'static str,
    pub(super) receiver: TokenStream,
    pub(super) generics: TokenStream,
    pub(super) arguments: TokenStream,
    pub(super) output: TokenStream,
    pub(super) bounds: TokenStream,
    pub(super) body: TokenStream,
}

/// Collects the methods of an association.
pub(super) struct Methods<'a> {
    pub(super) association: &'a Association,
    pub(super) names: Vec<String>,
    pub(super) tokens: TokenStream,
}

impl Methods<'_> {
    pub(super) fn add(&mut self, method: Method) {
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
        let body = at(body, self.association.target.span());
        self.tokens.extend(quote! {
            #[doc = #doc]
            pub fn #name<__C: ::orm_core::Connection #generics>(
                #receiver,
                conn: &mut __C,
                #arguments
            ) -> ::orm_core::Result<#output>
            where
                #bounds
            {
                #body
            }
        });
    }
}

/// The parts of most methods: no generics beside the connection, `&self`.
pub(super) fn method(name: String, doc: &'static str) -> Method {
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

/// What stands for one row of the target. If it is none, rustc shows the association, and not the derive.
pub(super) fn one(association: &Association) -> TokenStream {
    let Association { alias, target, .. } = association;
    quote_spanned!(alias.span=> impl ::orm_core::__private::OneTarget<#target>)
}

/// What stands for several rows of the target.
pub(super) fn several(association: &Association) -> TokenStream {
    let Association { alias, target, .. } = association;
    quote_spanned!(alias.span=> impl ::orm_core::Targets<#target>)
}

/// `query_posts`: it needs no connection.
pub(super) fn query(methods: &mut Methods<'_>) {
    let Association {
        alias,
        marker,
        through,
        target,
        ..
    } = methods.association;
    let name = format!("query_{}", alias.text);
    if !methods.names.contains(&name) {
        return;
    }
    let doc = format!("The Diesel query behind `get_{}`.", alias.text);
    let name = Ident::new(&name, alias.span);
    methods.tokens.extend(match through {
        None => {
            let span = target.span();
            let query = quote_spanned!(span=> ::orm_core::__private::Related<#marker>);
            let related = quote_spanned!(span=> ::orm_core::__private::related::<#marker>);
            quote! {
                #[doc = #doc]
                pub fn #name(&self) -> #query {
                    #related(self)
                }
            }
        }
        // The query is a parameter, which is what `QueryThrough` says it is, because a mistake in
        // the names of the junction's fields would be reported here once more.
        Some(_) => quote! {
            #[doc = #doc]
            #[must_use]
            pub fn #name<Query>(&self) -> Query
            where
                #marker: ::orm_core::__private::QueryThrough<Query>,
            {
                <#marker as ::orm_core::__private::QueryThrough<Query>>::query(self)
            }
        },
    });
}

/// The verbs that take one target or several: verb, trait, output, and both docs.
pub(super) fn linking(
    methods: &mut Methods<'_>,
    verbs: &[(&str, &str, &str, &'static str, &'static str)],
) {
    let Association {
        alias,
        singular,
        marker,
        ..
    } = methods.association;
    let span = alias.span;
    let (one_target, targets) = (one(methods.association), several(methods.association));
    for (verb, ability, output, one, many) in verbs {
        let ability = format_ident!("{ability}");
        let call = format_ident!("{verb}");
        let output = match *output {
            "bool" => quote!(bool),
            _ => quote!(()),
        };
        methods.add(Method {
            arguments: quote!(target: #one_target,),
            output: output.clone(),
            bounds: quote_spanned!(span=> #marker: ::orm_core::__private::#ability<__C>,),
            body: quote!(<#marker as ::orm_core::__private::#ability<_>>::#call(conn, self, [target])),
            ..method(format!("{verb}_{singular}"), one)
        });
        methods.add(Method {
            arguments: quote!(targets: #targets,),
            output,
            bounds: quote_spanned!(span=> #marker: ::orm_core::__private::#ability<__C>,),
            body: quote!(<#marker as ::orm_core::__private::#ability<_>>::#call(conn, self, targets)),
            ..method(format!("{verb}_{}", alias.text), many)
        });
    }
}
