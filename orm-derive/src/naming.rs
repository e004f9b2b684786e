//! The only place that invents a name.

use heck::{ToKebabCase, ToLowerCamelCase, ToPascalCase, ToShoutySnakeCase, ToSnakeCase};
use proc_macro2::Span;
use quote::format_ident;
use syn::Ident;

use crate::words;

/// The name of an identifier without `r#`.
pub(crate) fn plain(ident: &Ident) -> String {
    let name = ident.to_string();
    name.strip_prefix("r#").map_or(name.clone(), str::to_owned)
}

/// An identifier, raw if the name is a keyword. An impossible name has already been reported.
pub(crate) fn ident(name: &str, span: Span) -> Ident {
    let mut ident = as_is(name)
        .or_else(|| as_is(&format!("r#{name}")))
        .unwrap_or_else(|| format_ident!("_no_name"));
    ident.set_span(span);
    ident
}

/// The method of a builder that takes new rows of an association.
pub(crate) fn nested(alias: &str) -> String {
    format!("with_{alias}")
}

/// The method of a builder that links existing rows of an association.
pub(crate) fn linked(alias: &str) -> String {
    format!("link_{alias}")
}

/// Whether a function and a field can have this name, if necessary as `r#type`.
pub(crate) fn is_possible(name: &str) -> bool {
    !name.starts_with("r#") && (as_is(name).is_some() || as_is(&format!("r#{name}")).is_some())
}

/// Whether a type can have this name.
pub(crate) fn is_type_name(name: &str) -> bool {
    !name.starts_with("r#") && as_is(name).is_some()
}

/// The identifier with exactly this spelling, without spaces or comments around it.
fn as_is(name: &str) -> Option<Ident> {
    let ident = syn::parse_str::<Ident>(name).ok()?;
    (ident == name).then_some(ident)
}

/// Types that the user's code names without a path. A module of the same name would hide one.
const PRIMITIVE: &[&str] = &[
    "bool", "char", "f32", "f64", "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16",
    "u32", "u64", "u8", "usize",
];

/// Whether the module of a table can have this name. `diesel` and `std` are crates that Diesel's `table!`
/// names.
pub(crate) fn is_possible_module(name: &str) -> bool {
    is_possible(name) && !PRIMITIVE.contains(&name) && !["diesel", "std"].contains(&name)
}

/// Whether Diesel can have a column of this name. Diesel makes a type of it, next to the types that `table!`
/// makes, the types that it names, and all of `diesel::sql_types`.
pub(crate) fn is_possible_column(name: &str) -> bool {
    let types = include_str!("sql_types.txt").split_whitespace();
    is_possible(name) && !OF_TABLE.contains(&name) && types.into_iter().all(|ty| ty != name)
}

const OF_TABLE: &[&str] = &[
    "BoxedQuery",
    "DB",
    "From",
    "Join",
    "Left",
    "On",
    "QS",
    "Rhs",
    "Right",
    "SqlType",
    "T",
    "TSM",
    "all_columns",
    "bool",
    "columns",
    "diesel",
    "dsl",
    "is_nullable",
    "ops",
    "star",
    "str",
    "table",
];

/// The table of a struct: `BlogPost` → `blog_posts`.
pub(crate) fn table(model: &str) -> String {
    plural(&model.to_snake_case())
}

/// The module of a table: `AlbumTitles` → `album_titles`.
pub(crate) fn table_module(table: &str) -> String {
    table.to_snake_case()
}

pub(crate) fn plural(word: &str) -> String {
    words::plural(word)
}

pub(crate) fn singular(word: &str) -> String {
    words::singular(word)
}

/// The name of an association without `as`.
pub(crate) fn association(target: &str, many: bool) -> String {
    let name = target.to_snake_case();
    if many { plural(&name) } else { name }
}

/// The name of a foreign key that refers to something of this name.
pub(crate) fn foreign_key(name: &str) -> String {
    format!("{}_id", name.to_snake_case())
}

/// The identity of a field's name (FNV-1a). Other models refer to the field by it.
pub(crate) fn hash(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

pub(crate) fn new_struct(model: &Ident) -> Ident {
    format_ident!("New{}", model)
}

pub(crate) fn builder(model: &Ident) -> Ident {
    format_ident!("{}Builder", model)
}

pub(crate) fn changes(model: &Ident) -> Ident {
    format_ident!("{}Changes", model)
}

pub(crate) fn with_struct(model: &Ident) -> Ident {
    format_ident!("{}With", model)
}

/// The marker type of an association: `UserPosts`. If a model that the association names already has this
/// name (`User` has one `UserProfile` as `profile`), it is `UserProfileAssociation`.
pub(crate) fn marker(model: &Ident, alias: &str, taken: &[String], span: Span) -> Ident {
    let marker = format!("{}{}", plain(model), alias.to_pascal_case());
    match taken.contains(&marker) {
        true => format_ident!("{marker}Association", span = span),
        false => format_ident!("{marker}", span = span),
    }
}

/// `address_line` → `AddressLine`. Unlike the usual conversion, `line_1` → `Line_1`, because `line1` is
/// another name.
fn distinct_pascal(name: &str) -> String {
    let parts = name.split('_').map(|part| {
        let digit = part.starts_with(|letter: char| letter.is_ascii_digit());
        let pascal = part.to_pascal_case();
        if digit { format!("_{pascal}") } else { pascal }
    });
    parts.collect()
}

/// The type parameter of a row for the slot of an association: `PostsSlot`.
pub(crate) fn slot_parameter(alias: &str) -> Ident {
    format_ident!("{}Slot", distinct_pascal(alias), span = Span::call_site())
}

/// The name that serde's `rename_all` gives to a field.
pub(crate) fn serde_case(name: &str, case: &str) -> String {
    let parts = || name.split('_').map(capitalized);
    match case {
        "UPPERCASE" | "SCREAMING_SNAKE_CASE" => name.to_ascii_uppercase(),
        "PascalCase" => parts().collect(),
        "camelCase" => {
            let pascal: String = parts().collect();
            match pascal.get(..1) {
                Some(first) => first.to_ascii_lowercase() + &pascal[1..],
                None => pascal,
            }
        }
        "kebab-case" => name.replace('_', "-"),
        "SCREAMING-KEBAB-CASE" => name.to_ascii_uppercase().replace('_', "-"),
        _ => name.to_owned(),
    }
}

/// `name` → `Name`
fn capitalized(word: &str) -> String {
    match word.get(..1) {
        Some(first) => first.to_ascii_uppercase() + &word[1..],
        None => word.to_owned(),
    }
}

/// The cases that `rename_all` knows.
pub(crate) const CASES: &str =
    "snake_case, camelCase, PascalCase, SCREAMING_SNAKE_CASE, kebab-case, lowercase, UPPERCASE";

/// A name in another case. `None` if the case is not known.
pub(crate) fn recase(name: &str, case: &str) -> Option<String> {
    Some(match case {
        "snake_case" => name.to_snake_case(),
        "camelCase" => name.to_lower_camel_case(),
        "PascalCase" => name.to_pascal_case(),
        "SCREAMING_SNAKE_CASE" => name.to_shouty_snake_case(),
        "kebab-case" => name.to_kebab_case(),
        "lowercase" => name.to_snake_case().replace('_', ""),
        "UPPERCASE" => name.to_shouty_snake_case().replace('_', ""),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::serde_case;

    #[test]
    fn associations_have_the_names_that_serde_would_give_to_fields() {
        let expected = [
            ("lowercase", "blog_posts_2b"),
            ("snake_case", "blog_posts_2b"),
            ("UPPERCASE", "BLOG_POSTS_2B"),
            ("PascalCase", "BlogPosts2b"),
            ("camelCase", "blogPosts2b"),
            ("SCREAMING_SNAKE_CASE", "BLOG_POSTS_2B"),
            ("kebab-case", "blog-posts-2b"),
            ("SCREAMING-KEBAB-CASE", "BLOG-POSTS-2B"),
        ];
        for (case, name) in expected {
            assert_eq!(serde_case("blog_posts_2b", case), name);
        }
    }
}
