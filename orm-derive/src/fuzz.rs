//! Tests models with mistakes that nobody thought of: valid models and the compile-fail cases, with tokens
//! left out, doubled, swapped or changed. Whatever the input, the derives do not panic, every error points
//! into the input, and the emitted code is Rust.
//!
//! `FUZZ_INPUTS=1000000 cargo test --release -p orm-derive fuzz` tries more inputs, and `FUZZ_SEED=7` tries
//! others.

use std::env;
use std::error::Error;
use std::fs;
use std::panic::catch_unwind;
use std::path::Path;

use proc_macro2::{Delimiter, Group, Ident, Literal, Punct, Spacing, Span, TokenStream, TokenTree};
use quote::ToTokens;
use syn::{DeriveInput, File, Item};

use crate::{expand_model, expand_model_enum};

/// This many take a few seconds.
const INPUTS: u64 = 1_000;

#[test]
fn whatever_is_derived_is_told_or_is_rust() -> Result<(), Box<dyn Error>> {
    let number = |name: &str| {
        env::var(name)
            .ok()
            .and_then(|text| text.parse::<u64>().ok())
    };
    let (inputs, first) = (
        number("FUZZ_INPUTS").unwrap_or(INPUTS),
        number("FUZZ_SEED").unwrap_or(0),
    );
    let corpus = corpus()?;
    assert!(
        corpus.len() > 50,
        "only {} models are mutated",
        corpus.len()
    );
    for text in &corpus {
        derived(text).map_err(|mistake| format!("{mistake}, unchanged:\n{text}"))?;
    }
    let (mut parsed, mut told) = (0, 0);
    for seed in first..first + inputs {
        proc_macro2::extra::invalidate_current_thread_spans();
        let text = mutated(&corpus, seed);
        let found = derived(&text);
        let found = found
            .map_err(|mistake| format!("{mistake}, FUZZ_SEED={seed} FUZZ_INPUTS=1:\n{text}"))?;
        parsed += u64::from(found.is_some());
        told += u64::from(found == Some(true));
    }
    println!("{inputs} inputs, of which rustc parses {parsed}, and {told} are mistakes");
    let are_some = parsed * 2 > inputs && told > 0 && told < parsed;
    assert!(
        inputs < 1_000 || are_some,
        "{parsed} of {inputs} parse, {told} are mistakes"
    );
    Ok(())
}

/// All structs and enums of the snapshots and the compile-fail cases, and one model with every attribute.
fn corpus() -> Result<Vec<String>, Box<dyn Error>> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("tests/fuzz/models.rs")];
    for folder in ["tests/expansion", "../orm-tests/tests/ui"] {
        for entry in fs::read_dir(root.join(folder))? {
            let path = entry?.path();
            let name = path.file_name().and_then(|name| name.to_str());
            if name.is_some_and(|name| name.ends_with(".rs") && !name.ends_with(".expanded.rs")) {
                files.push(path);
            }
        }
    }
    files.sort();
    let mut models = Vec::new();
    for file in files {
        collect(
            syn::parse_file(&fs::read_to_string(file)?)?.items,
            &mut models,
        );
    }
    Ok(models)
}

fn collect(items: Vec<Item>, models: &mut Vec<String>) {
    for item in items {
        match item {
            Item::Mod(module) => collect(module.content.unwrap_or_default().1, models),
            Item::Struct(_) | Item::Enum(_) => models.push(item.into_token_stream().to_string()),
            _ => {}
        }
    }
}

fn parsed(text: &str) -> Option<DeriveInput> {
    syn::parse2(text.parse().ok()?).ok()
}

/// Whether the derive of models reports a mistake. `None` if rustc would not get that far. An error says what
/// is wrong with the output of the derives.
fn derived(text: &str) -> Result<Option<bool>, String> {
    let Some(input) = parsed(text) else {
        return Ok(None);
    };
    let file = input.ident.span().file();
    let mut told = None;
    for expand in [expand_model, expand_model_enum] {
        let output = catch_unwind(|| expand(&input)).map_err(|_| "it panics".to_owned())?;
        let errors = errors(output.clone());
        for (error, span) in &errors {
            let (at, range) = (span.file(), span.byte_range());
            if at != file || range.is_empty() || range.end > text.len() {
                return Err(format!("an error points at {range:?} of {at}: {error}"));
            }
        }
        told = told.or(Some(!errors.is_empty()));
        if let Err(error) = syn::parse2::<File>(output) {
            return Err(format!("what is emitted is no Rust: {error}"));
        }
    }
    Ok(told)
}

/// Each `compile_error!`, and its position.
fn errors(tokens: TokenStream) -> Vec<(String, Span)> {
    let mut found = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            // This stands for an invalid name that was not reported, so it points nowhere.
            TokenTree::Ident(ident) if ident == "_no_name" => {
                found.push((ident.to_string(), Span::call_site()));
            }
            TokenTree::Ident(ident) if ident == "compile_error" => {
                let text = tokens.nth(1).map(|group| group.to_string());
                found.push((text.unwrap_or_default(), ident.span()));
            }
            TokenTree::Group(group) => found.extend(errors(group.stream())),
            _ => {}
        }
    }
    found
}

/// A sequence of numbers that look random (SplitMix64, <https://prng.di.unimi.it/splitmix64.c>).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % (end.max(1) as u64)).unwrap_or(0)
    }

    fn of<'a, T: ?Sized>(&mut self, some: &[&'a T]) -> &'a T {
        some[self.below(some.len())]
    }
}

/// A mutated text that rustc can parse, if one is found soon.
fn mutated(corpus: &[String], seed: u64) -> String {
    let mut random = Random(seed);
    let mut text = String::new();
    for _ in 0..8 {
        text = mutated_once(corpus, &mut random);
        if parsed(&text).is_some() {
            break;
        }
    }
    text
}

fn mutated_once(corpus: &[String], random: &mut Random) -> String {
    let pick = |random: &mut Random| -> TokenStream {
        let text = &corpus[random.below(corpus.len())];
        text.parse().unwrap_or_default()
    };
    let mut tokens = pick(random);
    let other = pick(random);
    for _ in 0..=random.below(3) {
        let at = random.below(count(&tokens));
        tokens = change(tokens, &mut Some(at), &other, random);
    }
    tokens.to_string()
}

fn count(tokens: &TokenStream) -> usize {
    let each = tokens.clone().into_iter().map(|token| match token {
        TokenTree::Group(group) => 1 + count(&group.stream()),
        _ => 1,
    });
    each.sum()
}

/// The tokens, with one token changed: the one at `left`, counted through all groups.
fn change(
    tokens: TokenStream,
    left: &mut Option<usize>,
    other: &TokenStream,
    random: &mut Random,
) -> TokenStream {
    let mut changed: Vec<TokenTree> = Vec::new();
    let mut tokens = tokens.into_iter();
    while let Some(token) = tokens.next() {
        match left {
            Some(0) => {
                *left = None;
                let next = tokens.next();
                changed.extend(instead(token, next, other, random));
                continue;
            }
            Some(more) => *more -= 1,
            None => {}
        }
        changed.push(match token {
            TokenTree::Group(group) if left.is_some() => {
                let inner = change(group.stream(), left, other, random);
                Group::new(group.delimiter(), inner).into()
            }
            token => token,
        });
    }
    changed.into_iter().collect()
}

/// What replaces a token and its neighbour.
fn instead(
    token: TokenTree,
    next: Option<TokenTree>,
    other: &TokenStream,
    random: &mut Random,
) -> Vec<TokenTree> {
    let next = next.into_iter();
    match random.below(9) {
        0 => next.collect(),
        1 => [token.clone(), token].into_iter().chain(next).collect(),
        2 => next.chain([token]).collect(),
        3 => {
            let at = random.below(count(other));
            let stranger = nth(other, at).unwrap_or(token);
            [stranger].into_iter().chain(next).collect()
        }
        4 => [token, made(random)].into_iter().chain(next).collect(),
        _ => [similar(token, random)].into_iter().chain(next).collect(),
    }
}

fn nth(tokens: &TokenStream, at: usize) -> Option<TokenTree> {
    let mut all = Vec::new();
    flatten(tokens, &mut all);
    all.into_iter().nth(at)
}

fn flatten(tokens: &TokenStream, all: &mut Vec<TokenTree>) {
    for token in tokens.clone() {
        all.push(token.clone());
        if let TokenTree::Group(group) = token {
            flatten(&group.stream(), all);
        }
    }
}

/// Another token of the same kind.
fn similar(token: TokenTree, random: &mut Random) -> TokenTree {
    match token {
        TokenTree::Ident(_) => word(random),
        TokenTree::Literal(_) if random.below(4) == 0 => number(random),
        TokenTree::Literal(_) => Literal::string(random.of(TEXTS)).into(),
        TokenTree::Punct(_) => {
            Punct::new(PUNCTUATION[random.below(PUNCTUATION.len())], Spacing::Alone).into()
        }
        TokenTree::Group(group) => {
            let delimiters = [Delimiter::Parenthesis, Delimiter::Bracket, Delimiter::Brace];
            Group::new(delimiters[random.below(3)], group.stream()).into()
        }
    }
}

fn made(random: &mut Random) -> TokenTree {
    match random.below(4) {
        0 => word(random),
        1 => number(random),
        2 => Literal::string(random.of(TEXTS)).into(),
        _ => Punct::new(PUNCTUATION[random.below(PUNCTUATION.len())], Spacing::Alone).into(),
    }
}

fn word(random: &mut Random) -> TokenTree {
    let word = random.of(WORDS);
    match word.strip_prefix("r#") {
        Some(word) => Ident::new_raw(word, Span::call_site()).into(),
        None => Ident::new(word, Span::call_site()).into(),
    }
}

fn number(random: &mut Random) -> TokenTree {
    let text = random.of(NUMBERS);
    text.parse::<Literal>()
        .unwrap_or_else(|_| Literal::i32_unsuffixed(0))
        .into()
}

const PUNCTUATION: &[char] = &[
    ',', '=', '#', ':', '<', '>', '-', '.', ';', '&', '!', '?', '\'',
];

const WORDS: &[&str] = &[
    "model",
    "has_one",
    "has_many",
    "belongs_to",
    "belongs_to_many",
    "table",
    "schema",
    "schema_name",
    "module",
    "rename_all",
    "rename",
    "comment",
    "engine",
    "charset",
    "collate",
    "unique",
    "index",
    "primary_key",
    "auto_increment",
    "length",
    "precision",
    "scale",
    "default",
    "column",
    "sql_type",
    "validate",
    "with",
    "message",
    "email",
    "range",
    "one_of",
    "through",
    "fk",
    "other_key",
    "singular",
    "source_key",
    "target_key",
    "on_delete",
    "on_update",
    "skip",
    "marker",
    "as",
    "true",
    "false",
    "now",
    "uuid",
    "Option",
    "Vec",
    "String",
    "i16",
    "i32",
    "i64",
    "u16",
    "u32",
    "u64",
    "u8",
    "f32",
    "f64",
    "bool",
    "str",
    "NaiveDate",
    "NaiveTime",
    "NaiveDateTime",
    "DateTime",
    "Utc",
    "Uuid",
    "Value",
    "Json",
    "BigDecimal",
    "Integer",
    "Text",
    "Unsigned",
    "diesel",
    "self",
    "Self",
    "super",
    "crate",
    "_",
    "r#type",
    "type",
    "pub",
    "struct",
    "enum",
    "id",
    "columns",
    "dsl",
    "star",
    "all_columns",
    "SqlType",
    "User",
    "Post",
    "Tag",
    "PostTag",
    "posts",
    "users",
    "UserPosts",
    "NewUser",
    "UserWith",
    "__model",
    "ä",
    "x1",
    "x_1",
    "x__1",
    "With",
    "__",
    "None",
];

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "1_000i64",
    "0xff",
    "0b1",
    "0o7",
    "1u8",
    "1.5",
    "1.",
    "1e3",
    "1e999999999",
    "1e-999999999",
    "1.5f32",
    "9223372036854775808",
    "340282366920938463463374607431768211456",
    "65536",
    "4294967296",
    "b'a'",
    "'a'",
    "b\"a\"",
    "c\"a\"",
    "r\"a\"",
    "1_suffix",
    "2147483648",
];

const TEXTS: &[&str] = &[
    "",
    " ",
    "a",
    "id",
    "posts",
    "my table",
    "2024",
    "type",
    "self",
    "Self",
    "crate",
    "super",
    "_",
    "__",
    "r#type",
    "r#self",
    "r#",
    " a ",
    "a ",
    "a/**/",
    "a.b",
    "a-b",
    "é",
    "日本",
    "\0",
    "\n",
    "\"",
    "'",
    "`",
    "\\",
    "a\u{301}",
    "CURRENT_TIMESTAMP",
    "2026-01-31",
    "2026-02-30",
    "12:30",
    "2026-01-31T12:30:00.123456789+02:00",
    "1e99999999999",
    "-.e",
    "12.5",
    "{}",
    "[",
    "67e55044-10b1-426f-9247-bb680e5fe0c8",
    "{67e55044}",
    "ää-ä",
    "camelCase",
    "snake_case",
    "UPPERCASE",
    "cascade",
    "set_null",
    "nothing",
    "Integer",
    "Text",
    "crate::sql::Own",
    "Unsigned<Integer>",
    "Vec<",
    "fn()",
    "!",
    "diesel::",
    "get_posts",
    "users",
    "UserPosts",
    "User",
    "line_1",
    "line1",
    "line__1",
    "1a",
    "async",
    "dyn",
    "union",
    "'static",
    "a b c",
    "with",
    "changes",
    "builder",
    "into_with",
    "count",
    "bool",
    "table",
    "🦀",
    "ſ",
    "ǅ",
    "İ",
    "-",
    "--",
    "a_",
    "_a",
];

/// Found by a million inputs: darling reads a nested list without its parentheses.
#[test]
fn a_value_that_is_missing_in_a_list_is_told_where_it_is_missing() {
    for value in ["queryable =", "queryable = #", "queryable = if", "a ="] {
        for list in ["without", "index", "unique", "has_many"] {
            let text = format!("#[model({list}({value}))] struct A {{ id: i32 }}");
            assert_eq!(derived(&text), Ok(Some(true)), "{text}");
        }
    }
}
