//! Finds what is only allowed in some modules.

use std::path::Path;

use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::visit_mut::VisitMut;

use super::{files, is_test, parse};

/// One rule of ARCHITECTURE.md, "What must not be there".
pub(super) struct Rule {
    pub(super) package: &'static str,
    /// What must not be there.
    what: &'static str,
    is_it: fn(&TokenTree) -> bool,
    /// The folders and files that may contain it.
    rooms: &'static [&'static str],
}

pub(super) const RULES: &[Rule] = &[
    Rule {
        package: "orm-core",
        what: "a backend's name",
        is_it: is_backend,
        rooms: &["backend/", "types/", "sql_types.rs", "doc_model.rs"],
    },
    Rule {
        package: "orm-core",
        what: "SQL",
        is_it: is_sql,
        rooms: &[
            "query/",
            "write/",
            "schema/",
            "backend/",
            "association/links.rs",
            "association/lock.rs",
        ],
    },
    Rule {
        package: "orm-core",
        what: "a call that runs a statement",
        is_it: runs,
        rooms: &["query/run.rs", "backend/", "connection/", "dialect.rs"],
    },
    Rule {
        package: "orm-core",
        what: "a statement that writes rows",
        is_it: writes,
        rooms: &["write/", "backend/", "association/lock.rs"],
    },
    Rule {
        package: "orm-derive",
        what: "a path of the runtime",
        is_it: is_runtime,
        rooms: &["expand/", "model/types.rs", "model_enum.rs"],
    },
];

fn is_backend(token: &TokenTree) -> bool {
    match token {
        TokenTree::Ident(ident) => [
            "Sqlite",
            "SqliteConnection",
            "Pg",
            "PgConnection",
            "Mysql",
            "MysqlConnection",
        ]
        .iter()
        .any(|name| ident == name),
        TokenTree::Literal(literal) => {
            ["\"sqlite\"", "\"postgres\"", "\"mysql\""].contains(&literal.to_string().as_str())
        }
        _ => false,
    }
}

/// Whether it is a text that starts with a word of SQL, or has one among others.
fn is_sql(token: &TokenTree) -> bool {
    let TokenTree::Literal(literal) = token else {
        return false;
    };
    let text = literal.to_string();
    let words = text.split(|letter: char| !letter.is_ascii_alphabetic());
    text.starts_with('"')
        && words.clone().any(|word| {
            ["SELECT", "INSERT", "UPDATE", "DELETE", "WHERE", "FROM", "ORDER"].contains(&word)
        })
        // `NOT NULL` in a message is not SQL to run.
        && words.filter(|word| word.len() > 1).all(|word| {
            word.chars().all(|letter| letter.is_ascii_uppercase())
        })
}

/// What Diesel runs statements by, other than a query of a caller's own.
fn runs(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(ident)
        if ident == "execute_returning_count" || ident == "batch_execute" || ident == "LoadConnection")
}

fn writes(token: &TokenTree) -> bool {
    let TokenTree::Literal(literal) = token else {
        return false;
    };
    ["\"INSERT", "\"UPDATE", "\"DELETE"]
        .iter()
        .any(|word| literal.to_string().starts_with(word))
}

fn is_runtime(token: &TokenTree) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == "orm_core" || ident == "__orm")
}

impl Rule {
    /// Every place that breaks the rule.
    pub(super) fn faults(&self, folder: &Path) -> Result<Vec<String>, String> {
        let mut faults = Vec::new();
        for path in files(folder)? {
            let name = path.strip_prefix(folder).unwrap_or(&path).to_string_lossy();
            if self.rooms.iter().any(|room| name.starts_with(room)) {
                continue;
            }
            let mut file = parse(&path)?;
            Stripped.visit_file_mut(&mut file);
            self.find(file.into_token_stream(), &mut |line| {
                faults.push(format!(
                    "{}/src/{name}:{line}: {} belongs into {}",
                    self.package,
                    self.what,
                    self.rooms.join(", ")
                ));
            });
        }
        Ok(faults)
    }

    fn find(&self, tokens: TokenStream, found: &mut dyn FnMut(usize)) {
        for token in tokens {
            match &token {
                TokenTree::Group(group) => self.find(group.stream(), found),
                token if (self.is_it)(token) => found(token.span().start().line),
                _ => {}
            }
        }
    }
}

/// Removes documentation, messages for the compiler, imports of macros, and tests.
struct Stripped;

impl VisitMut for Stripped {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.retain(|attribute| attribute.path().is_ident("cfg"));
    }

    fn visit_file_mut(&mut self, file: &mut syn::File) {
        file.items.retain(|item| {
            let attributes = match item {
                syn::Item::Mod(item) => &item.attrs,
                syn::Item::Fn(item) => &item.attrs,
                syn::Item::Use(item) => &item.attrs,
                _ => return true,
            };
            !is_test(attributes)
        });
        syn::visit_mut::visit_file_mut(self, file);
    }
}
