//! `belongs_to_many`: rows of a junction hold both keys.

mod link;
mod read;
mod statements;

pub use link::{HasThrough, LinkPlainly, LinkThrough};
pub use read::{Links, QueryThrough, ReadThrough, RelatedThrough};

use crate::association::{Association, NoBuilder, Through};
use crate::field::{Field, Holds};
use crate::model::Model;
use crate::write::builder::{Building, SetField};
use crate::write::create::IntoNew;
use crate::write::values::Values;

type Target<A> = <A as Association>::Target;
type Junction<A> = <A as Through>::Junction;
type New<A> = Values<Junction<A>>;
type TargetSql<A> = <<A as Through>::TargetField as Field>::Sql;
type Pk<A> = <Target<A> as Model>::PrimaryKey;

/// A junction builder that is complete once both keys are filled in.
#[diagnostic::on_unimplemented(
    message = "you cannot make this link with `{Self}`",
    label = "expected the builder of the junction model"
)]
pub trait FillLink<A: Through> {
    /// The values of the link.
    fn fill_link(self, source: A::Key, target: A::TargetKey) -> New<A>;
}

impl<A, B> FillLink<A> for B
where
    A: Through,
    B: Building,
    B: SetField<A::SourceLink, Output: SetField<A::TargetLink, Output: IntoNew<Junction<A>>>>,
{
    fn fill_link(self, source: A::Key, target: A::TargetKey) -> New<A> {
        let half = self.set_field(Holds::holding(source));
        half.set_field(Holds::holding(target)).into_new()
    }
}

impl<A: Through> FillLink<A> for NoBuilder {
    fn fill_link(self, _: A::Key, _: A::TargetKey) -> New<A> {
        New::<A>::default()
    }
}
