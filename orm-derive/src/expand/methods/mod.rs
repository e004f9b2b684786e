//! The loader of each association, and its methods on the instance.

mod belongs_to;
mod belongs_to_many;
mod has_many;
mod has_one;

use proc_macro2::TokenStream;
use quote::{format_ident, quote, quote_spanned};
use syn::Ident;
use syn::spanned::Spanned;

use super::associations::at;
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
        #[allow(clippy::missing_errors_doc, clippy::must_use_candidate)]
        impl #ident {
            #(#all)*
        }
    }
}

fn loader(association: &Association) -> TokenStream {
    let Association {
        alias,
        marker,
        target,
        ..
    } = association;
    let name = naming::ident(&alias.text, alias.span);
    let doc = format!("Includes `{}`: pass it to `.include(…)`.", alias.text);
    // What is said of the target here is what is said where the association names it, so that rustc says it once.
    let span = target.span();
    let loader = quote_spanned!(span=> ::orm_core::Loader<#marker>);
    let new = quote_spanned!(span=> ::orm_core::Loader::new());
    quote! {
        #[doc = #doc]
        pub fn #name() -> #loader {
            #new
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

fn methods(association: &Association) -> TokenStream {
    let mut methods = Methods {
        association,
        names: association.methods(),
        tokens: TokenStream::new(),
    };
    match association.kind {
        Kind::HasOne => has_one::tokens(&mut methods),
        Kind::HasMany => has_many::tokens(&mut methods),
        Kind::BelongsTo => belongs_to::tokens(&mut methods),
        Kind::BelongsToMany => belongs_to_many::tokens(&mut methods),
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

/// What stands for one row of the target. If it is none, rustc shows the association, and not the derive.
fn one(association: &Association) -> TokenStream {
    let Association { alias, target, .. } = association;
    quote_spanned!(alias.span=> impl ::orm_core::__private::OneTarget<#target>)
}

/// What stands for several rows of the target.
fn several(association: &Association) -> TokenStream {
    let Association { alias, target, .. } = association;
    quote_spanned!(alias.span=> impl ::orm_core::Targets<#target>)
}

/// `query_posts`: it needs no connection.
fn query(methods: &mut Methods<'_>) {
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
fn linking(methods: &mut Methods<'_>, verbs: &[(&str, &str, &str, &'static str, &'static str)]) {
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
