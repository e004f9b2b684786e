//! The row of a junction, with both keys filled in.

use crate::association::{Association, NoBuilder, Through};
use crate::field::Holds;
use crate::model::{Building, Model, Values};
use crate::write::builder::SetField;
use crate::write::create::{Alone, IntoNew};

pub(super) type Target<A> = <A as Association>::Target;
pub(super) type Junction<A> = <A as Through>::Junction;
pub(super) type New<A> = Values<Junction<A>>;
pub(super) type Pk<A> = <Target<A> as Model>::PrimaryKey;

/// A junction builder that is complete when both keys are filled in.
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
    B: SetField<
            A::SourceLink,
            Output: SetField<A::TargetLink, Output: IntoNew<Junction<A>, Nested: Alone>>,
        >,
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
