//! Rust enums stored as text.

use std::fmt;

/// An enum whose variants are stored as text. Derive it.
///
/// ```
/// use orm_core::prelude::*;
///
/// #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Default)]
/// #[model(rename_all = "kebab-case")]
/// pub enum Status {
///     #[default]
///     Draft,
///     InReview,
///     #[model(rename = "live")]
///     Published,
/// }
///
/// # fn main() {
/// assert_eq!(Status::InReview.as_str(), "in-review");
/// assert_eq!(Status::VALUES, ["draft", "in-review", "live"]);
/// # }
/// ```
#[diagnostic::on_unimplemented(
    message = "orm-core does not know how to store a field of type `{Self}`",
    label = "this type is neither built in nor an enum with `ModelEnum`",
    note = "if it is an enum, add `#[derive(ModelEnum)]` to it",
    note = "if it is another type, name its Diesel SQL type on the field, as in `#[model(sql_type = \"Text\")]`",
    note = "if it is an alias, as in `type Id = i32`, the derive sees only the name `Id`: write `i32`, or name its SQL type, too"
)]
pub trait ModelEnum: Sized + 'static {
    /// The enum's name in Rust.
    const NAME: &'static str;
    /// The texts of all variants, in order.
    const VALUES: &'static [&'static str];
    /// The text of the `#[default]` variant, if there is one.
    const DEFAULT: Option<&'static str>;

    /// The stored text.
    fn as_str(&self) -> &'static str;

    /// Finds the variant for a stored text.
    ///
    /// # Errors
    /// [`UnknownVariant`] if no variant has this text.
    fn from_text(text: &str) -> Result<Self, UnknownVariant>;
}

/// Gives the texts of a type that may or may not be a [`ModelEnum`], for a macro that cannot know which:
/// `TextsOf::<T>::TEXTS`. Rust prefers a type's own constant over one from a trait.
#[derive(Debug)]
pub struct TextsOf<T>(std::marker::PhantomData<fn() -> T>);

impl<T: ModelEnum> TextsOf<T> {
    /// The texts of the enum.
    pub const TEXTS: &'static [&'static str] = T::VALUES;
}

/// The texts of a type that is not a [`ModelEnum`].
pub trait NoTexts {
    /// No texts.
    const TEXTS: &'static [&'static str] = &[];
}

impl<T> NoTexts for TextsOf<T> {}

/// The database holds a text that the enum does not know.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct UnknownVariant {
    /// The enum.
    pub name: &'static str,
    /// The text in the database.
    pub text: String,
    /// The texts that the enum knows.
    pub allowed: &'static [&'static str],
}

impl UnknownVariant {
    /// The error for a `text` that was read as an `E`.
    pub fn of<E: ModelEnum>(text: &str) -> Self {
        Self {
            name: E::NAME,
            text: text.to_owned(),
            allowed: E::VALUES,
        }
    }
}

impl fmt::Display for UnknownVariant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            name,
            text,
            allowed,
        } = self;
        write!(f, "the database holds `{text}`, which is no {name}; ")?;
        write!(f, "allowed are `{}`", allowed.join("`, `"))
    }
}

impl std::error::Error for UnknownVariant {}
