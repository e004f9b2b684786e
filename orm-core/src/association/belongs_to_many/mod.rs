//! `belongs_to_many`: rows of a junction hold both keys.

mod fill;
mod link;
mod read;
mod statements;

pub use fill::FillLink;
pub use link::{HasThrough, LinkPlainly, LinkThrough};
pub use read::{Links, QueryThrough, ReadThrough, RelatedThrough};
pub(super) use statements::target_key;
