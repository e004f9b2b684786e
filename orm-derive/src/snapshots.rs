//! Expansion snapshots: the derives turn `tests/expansion/NAME.rs` into
//! `tests/expansion/NAME.expanded.rs`, which you read and review like any other file.
//!
//! `UPDATE_EXPANSION=1 cargo test -p orm-derive` writes them anew.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

use proc_macro2::TokenStream;
use quote::ToTokens;
use syn::{Attribute, DeriveInput, Item};

use crate::{expand_model, expand_model_enum};

type Checked = Result<(), Box<dyn Error>>;

#[test]
fn plain() -> Checked {
    check("plain")
}

#[test]
fn has_many_and_belongs_to() -> Checked {
    check("has_many_and_belongs_to")
}

#[test]
fn belongs_to_many() -> Checked {
    check("belongs_to_many")
}

#[test]
fn adopted_table_and_enum() -> Checked {
    check("adopted_table_and_enum")
}

fn check(name: &str) -> Checked {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/expansion");
    let input = syn::parse_file(&fs::read_to_string(folder.join(format!("{name}.rs")))?)?;
    let mut expanded = TokenStream::new();
    for item in input.items {
        expanded.extend(expand(item)?);
    }
    let formatted = prettyplease::unparse(&syn::parse2(expanded)?);

    let snapshot = folder.join(format!("{name}.expanded.rs"));
    if env::var_os("UPDATE_EXPANSION").is_some() {
        fs::write(&snapshot, &formatted)?;
    }
    let expected = fs::read_to_string(&snapshot)?;
    let difference = first_difference(&expected, &formatted).unwrap_or_default();
    assert!(difference.is_empty(), "{}{difference}", snapshot.display());
    Ok(())
}

/// Expands the derives of an item.
fn expand(item: Item) -> syn::Result<TokenStream> {
    let input: DeriveInput = syn::parse2(item.into_token_stream())?;
    let mut tokens = TokenStream::new();
    for derive in derives(&input.attrs)? {
        match derive.as_str() {
            "Model" => tokens.extend(expand_model(&input)),
            "ModelEnum" => tokens.extend(expand_model_enum(&input)),
            _ => {}
        }
    }
    Ok(tokens)
}

fn derives(attrs: &[Attribute]) -> syn::Result<Vec<String>> {
    let mut names = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("derive")) {
        attr.parse_nested_meta(|meta| {
            names.extend(meta.path.get_ident().map(ToString::to_string));
            Ok(())
        })?;
    }
    Ok(names)
}

/// The line number and both texts of the first line that differs.
fn first_difference(expected: &str, found: &str) -> Option<String> {
    if expected == found {
        return None;
    }
    let (mut expected, mut found) = (expected.lines(), found.lines());
    let mut line = 0;
    loop {
        line += 1;
        let pair = (expected.next(), found.next());
        if pair.0 != pair.1 || pair.0.is_none() {
            let [expected, found] = [pair.0, pair.1].map(|text| text.unwrap_or("(the end)"));
            return Some(format!(":{line}\n- {expected}\n+ {found}"));
        }
    }
}
