//! What the builder of a row takes for new rows of its associations.

use super::graph::Nesting;
use crate::association::row::Vacant;
use crate::association::{Association, Direct, Through};
use crate::field::Field;
use crate::model::{Building, Model, Values};
use crate::write::builder::{IsSet, Set, State, TakeKey};
use crate::write::create::IntoNew;

/// A builder has no new rows of the association `A` yet.
#[diagnostic::on_unimplemented(
    message = "new rows of the association `{A}` are given twice",
    label = "the builder has new rows of this association already",
    note = "give all of them at once, as in `.with_posts([…, …])`"
)]
pub trait Lacks<A> {}

#[diagnostic::do_not_recommend]
impl<A: Association, N: Nesting<A::Source, With: Vacant<A>>> Lacks<A> for N {}

type SlotOf<F> = <F as Field>::Slot;
type Keyed<S, F> = <S as TakeKey<SlotOf<F>>>::After;

/// A new row of a `has_many` or a `has_one`, complete but for the key of the association.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a new row of the association `{A}`",
    label = "expected the builder of the associated model, as in `Post::builder()`"
)]
pub trait NewChild<A: Direct> {
    /// What is created together with it.
    type Nested;

    /// The values without the key, and what is created together with them.
    fn into_child(self) -> (Values<A::Target>, Self::Nested);
}

impl<A, B> NewChild<A> for B
where
    A: Direct,
    B: Building<Model: BuiltFor<A, B::State>>,
{
    type Nested = B::Nested;

    fn into_child(self) -> (Values<A::Target>, B::Nested) {
        let (values, nested) = self.into_parts();
        (BuiltFor::<A, B::State>::target(values), nested)
    }
}

/// A builder of this model in the state `S` lacks nothing but the key of the association `A`. It is implemented for the
/// target of the association, so that nothing is said of the state of another model's builder.
#[diagnostic::on_unimplemented(
    message = "this is a builder of `{Self}`, to which the association `{A}` does not lead",
    label = "expected the builder of another model"
)]
pub trait BuiltFor<A: Direct, S>: Model {
    /// The same values.
    fn target(values: Values<Self>) -> Values<A::Target>;
}

impl<A, S> BuiltFor<A, S> for <A as Association>::Target
where
    A: Direct,
    S: TakeKey<SlotOf<A::TargetField>, After: State>,
    <Keyed<S, A::TargetField> as State>::Unset<Set>: IsSet,
{
    fn target(values: Values<Self>) -> Values<A::Target> {
        values
    }
}

/// A new row of a many-to-many association, and its link.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a new row of the association `{A}`",
    label = "expected the builder of the associated model, as in `Tag::builder()`, or with `.through(…)` behind it"
)]
pub trait NewLinked<A: Through> {
    /// What is created together with it.
    type Nested;

    /// The row, what is created together with it, and the link without its keys.
    fn into_linked(self) -> (Values<A::Target>, Self::Nested, Values<A::Junction>);
}

type StartOf<J> = <<J as Model>::Builder as Building>::State;

impl<A, B> NewLinked<A> for B
where
    A: Through<Junction: LinkFor<A, StartOf<<A as Through>::Junction>>>,
    B: Building + IntoNew<A::Target>,
{
    type Nested = <B as IntoNew<A::Target>>::Nested;

    fn into_linked(self) -> (Values<A::Target>, Self::Nested, Values<A::Junction>) {
        let (target, nested) = self.into_graph();
        (target, nested, Values::default())
    }
}

/// A builder, and the builder of its link; see [`ThroughDsl::through`].
#[derive(Debug, Clone)]
pub struct Linking<B, L> {
    target: B,
    link: L,
}

#[diagnostic::do_not_recommend]
impl<A, B, L> NewLinked<A> for Linking<B, L>
where
    A: Through,
    B: IntoNew<A::Target>,
    L: Building<Model: LinkFor<A, L::State>>,
{
    type Nested = B::Nested;

    fn into_linked(self) -> (Values<A::Target>, B::Nested, Values<A::Junction>) {
        let (target, nested) = self.target.into_graph();
        let link = self.link.into_parts().0;
        (target, nested, LinkFor::<A, L::State>::link(link))
    }
}

/// A builder of this model in the state `S` lacks nothing but the two keys of the many-to-many association `A`. It is
/// implemented for the junction.
#[diagnostic::on_unimplemented(
    message = "this is a builder of `{Self}`, which is not the junction of the association `{A}`",
    label = "expected the builder of the junction, as in `.through(PostTag::builder()…)`"
)]
pub trait LinkFor<A: Through, S>: Model {
    /// The same values.
    fn link(values: Values<Self>) -> Values<A::Junction>;
}

type Linked<S, A> = Keyed<Keyed<S, <A as Through>::SourceLink>, <A as Through>::TargetLink>;

impl<A, S> LinkFor<A, S> for <A as Through>::Junction
where
    A: Through,
    S: TakeKey<SlotOf<A::SourceLink>, After: TakeKey<SlotOf<A::TargetLink>, After: State>>,
    <Linked<S, A> as State>::Unset<Set>: IsSet,
{
    fn link(values: Values<Self>) -> Values<A::Junction> {
        values
    }
}

/// `.through(…)` on builders, for `with_…` of a many-to-many association.
pub trait ThroughDsl: Building {
    /// The columns of the link to this row, without its two keys.
    ///
    /// ```
    /// # mod model {
    /// #     use orm_core::prelude::*;
    /// #     #[derive(Model, Debug, Clone, PartialEq)]
    /// #     #[belongs_to_many(Tag, through = PostTag, as = "tags")]
    /// #     pub struct Post { #[model(primary_key)] pub id: i32 }
    /// #     #[derive(Model, Debug, Clone, PartialEq)]
    /// #     pub struct Tag { #[model(primary_key)] pub id: i32, pub name: String }
    /// #     #[derive(Model, Debug, Clone, PartialEq)]
    /// #     pub struct PostTag {
    /// #         #[model(primary_key)] pub post_id: i32,
    /// #         #[model(primary_key)] pub tag_id: i32,
    /// #         #[model(default = 1)] pub relevance: i32,
    /// #     }
    /// #     orm_core::schema! { pub App { Post, Tag, PostTag } }
    /// # }
    /// # use model::*; use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut SqliteConnection::establish(":memory:").expect("SQLite opens");
    /// # App::create_all(conn)?;
    /// let rust = Tag::builder().name("rust").through(PostTag::builder().relevance(9));
    /// let post = Post::create(conn, Post::builder().with_tags([rust]))?;
    /// assert_eq!(post.tags[0].through.relevance, 9);
    /// # Ok(()) }
    /// ```
    #[must_use]
    fn through<L: Building>(self, link: L) -> Linking<Self, L> {
        Linking { target: self, link }
    }
}

impl<B: Building> ThroughDsl for B {}
