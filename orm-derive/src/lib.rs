//! The derive macros of `orm-core`: `attrs → model → check → expand`.
//!
//! Depend on `orm-core`, which re-exports them. This crate knows only names of `orm-core`.

mod attrs;
mod check;
mod expand;
mod fallback;
#[cfg(test)]
mod fuzz;
mod literal;
mod model;
mod model_enum;
mod naming;
#[cfg(test)]
mod snapshots;
mod sound;
mod words;

use proc_macro2::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct a model: one value is one row of a table.
///
/// ```ignore
/// #[derive(Model, Debug, Clone, PartialEq)]
/// #[model(table = "users")]
/// #[has_many(Post, fk = "author_id", as = "posts")]
/// pub struct User {
///     #[model(primary_key)]
///     pub id: i32,
///     #[model(unique, length = 200)]
///     pub email: String,
/// }
/// ```
///
/// # What it emits for a struct `User`
///
/// - Diesel's `table!` `users`, unless `schema` names one, and the code that loads rows.
/// - `NewUser`, whose fields are as visible as the model's, and the builders of `User::builder()`; `create` takes either.
/// - `with_posts` on the builders: rows that are created together with this one.
/// - `UserChanges`, which `User::changes()` starts.
/// - `UserWith<…>`, the row with one slot per association.
/// - For each association a marker type such as `UserPosts`, the loader `User::posts()`, and the methods.
///
/// # On the struct: `#[model(…)]`
///
/// | attribute | meaning |
/// | --- | --- |
/// | `table = "…"` | the table's name; by default the struct's name in snake case and plural |
/// | `schema_name = "…"` | the schema of the table: PostgreSQL's schema, MySQL's database, SQLite's attached database |
/// | `module = "…"` | the Rust module of the table, if not the table's name |
/// | `schema = path` | use this Diesel table instead of emitting one |
/// | `crate = path` | your program's name for `orm_core`, if it renames or re-exports it |
/// | `without(queryable, selectable)` | the struct derives these of Diesel's traits itself |
/// | `rename_all = "…"` | the case of column names: `camelCase`, `PascalCase`, `snake_case`, `SCREAMING_SNAKE_CASE`, `kebab-case` |
/// | `comment = "…"` | the comment that the database stores for the table (PostgreSQL, MySQL) |
/// | `engine`, `charset`, `collate` | the table's storage engine, character set and collation (MySQL) |
/// | `unique(a, b)` | these fields are unique together |
/// | `index(a, b)` | an index on these fields |
/// | `hooks` | the struct implements `Hooks` for itself |
/// | `hooks(Audit, …)` | these types implement `Hooks` for the struct |
/// | `validate = f`, `validate(f, g)` | functions that check a row before it is written: `fn(&Draft<User>) -> Result<(), Invalid>` |
///
/// # On a field: `#[model(…)]`
///
/// | attribute | meaning |
/// | --- | --- |
/// | `primary_key` | the key, or part of it; the database generates a single integer |
/// | `auto_increment`, `auto_increment = false` | whether the database generates the key |
/// | `unique`, `index` | a unique constraint, a plain index |
/// | `length = 200` | `VARCHAR(200)`, checked by the database |
/// | `default`, `default = …` | the database fills it: a literal, an enum's variant, or `now` |
/// | `collate = "…"` | the collation of a text |
/// | `comment = "…"` | the comment that the database stores for the column (PostgreSQL, MySQL) |
/// | `column = "…"` | the column's name; in an adopted table, its name in `table!` or in the database |
/// | `sql_type = "…"` | the Diesel SQL type of a type of your own |
/// | `created_at`, `updated_at` | the moment in which a row is created, or changed: a `DateTime<Utc>` or a `NaiveDateTime` |
/// | `version` | counts the changes of a row, so that nobody overwrites those of others: an `i16`, `i32` or `i64` |
/// | `precision`, `scale` | the digits of a decimal |
/// | `read_only` | only the database writes the column |
/// | `set(password(&str) = hash)` | builders have `.password("…")` instead of the field's setter: `hash(&str)` makes the value |
/// | `set(password(&str) -> Result<_, Weak> = hash)` | the same, if `hash` may fail; `_` is the builder |
/// | `validate(…)` | rules that are checked before the value is written, see below |
///
/// Each field is a column. A value that is computed from others is a method.
///
/// `validate(…)` takes `email`, `url`, `length(range)`, `not_empty`, `range(range)`, `after(value)`, `before(value)`,
/// `one_of(…)`, `not_one_of(…)`, `contains("…")`, `not_contains("…")`, `starts_with("…")`, `ends_with("…")`, `alpha`,
/// `alphanumeric`, `numeric`, `ascii`, `lowercase`, `uppercase`, `ip`, `ipv4`, `ipv6`, `uuid`, `credit_card`, functions
/// `with = f`, and `message = "…"` in place of the messages of the rules beside it.
///
/// # Associations
///
/// `#[has_one(Target, …)]`, `#[has_many(Target, …)]`, `#[belongs_to(Target, …)]` and
/// `#[belongs_to_many(Target, through = Junction, …)]` take
///
/// | attribute | meaning |
/// | --- | --- |
/// | `as = "…"` | the association's name |
/// | `fk = "…"` | the foreign key's field, on the side that holds it |
/// | `other_key = "…"` | on a junction: the field that refers to the target |
/// | `singular = "…"` | the singular of `as`, for `add_…` and the like |
/// | `marker = "…"` | the name of the association's type; by default `UserPosts` |
/// | `source_key`, `target_key` | the referenced unique field, if it is not the primary key |
/// | `on_delete`, `on_update` | `cascade`, `restrict`, `set_null`, `set_default`, `no_action` |
/// | `skip = "…"` | a method that you write yourself |
///
/// Each may also be inside `#[model(…)]`, as in `#[model(has_many(Post, as = "posts"))]`. Next to one of
/// Diesel's derives, `belongs_to` must be: with its default features, Diesel reads `#[belongs_to]` as its
/// own.
#[proc_macro_derive(
    Model,
    attributes(model, diesel, has_one, has_many, belongs_to, belongs_to_many)
)]
pub fn derive_model(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand_model(&input).into()
}

/// Makes an enum without fields a column type that is stored as text.
///
/// `#[model(crate = path)]` states your program's name for `orm_core`. `#[model(rename_all = "…")]` on the
/// enum and `#[model(rename = "…")]` on a variant state the texts. Without them, the texts are the variants
/// in `snake_case`. `#[model(default)]` on a field means the variant marked `#[default]`.
#[proc_macro_derive(ModelEnum, attributes(model, default))]
pub fn derive_model_enum(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand_model_enum(&input).into()
}

fn expand_model(input: &DeriveInput) -> TokenStream {
    match sound::read(input) {
        Ok(model) => expand::tokens(&model),
        Err(errors) => fallback::tokens(input, &errors),
    }
}

fn expand_model_enum(input: &DeriveInput) -> TokenStream {
    model_enum::tokens(input)
}
