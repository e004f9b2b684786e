//! What a row's builder accepts as new rows of its associations.

use super::graph::Nesting;
use crate::association::row::Vacant;
use crate::association::{Association, Direct, Through};
use crate::field::Field;
use crate::model::{Building, Model, Same, Values};
use crate::write::builder::{IsSet, Set, State, TakeKey};
use crate::write::create::IntoNew;

/// A builder has no new rows of the association `A` yet.
#[diagnostic::on_unimplemented(
    message = "rows of the association `{A}` are given twice",
    label = "the builder has rows of this association already",
    note = "give all of them at once, as in `.with_posts([…, …])`; add others when the row is created"
)]
pub trait Lacks<A> {
    /// The rows that it has. If it already has rows of the association, rustc says so once and then knows nothing
    /// more about them.
    type Rest;

    /// The rows.
    fn rest(self) -> Self::Rest;
}

#[diagnostic::do_not_recommend]
impl<A: Association, N: Nesting<A::Source, With: Vacant<A>>> Lacks<A> for N {
    type Rest = <N::With as Vacant<A>>::Then<N>;

    fn rest(self) -> Self::Rest {
        From::from(self)
    }
}

/// New rows in an array, a `Vec` or any other iterator.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of new rows",
    label = "expected an array, a `Vec` or an iterator of builders, as in `[Post::builder()…]`"
)]
pub trait NewRows<B>: IntoIterator<Item = B> {}

#[diagnostic::do_not_recommend]
impl<T: IntoIterator<Item = B>, B> NewRows<B> for T {}

type SlotOf<F> = <F as Field>::Slot;
type Keyed<S, F> = <S as TakeKey<SlotOf<F>>>::After;
type StateOf<B, M> = <<B as Building>::Model as BuiltFor<M>>::Then<<B as Building>::State>;

/// The model `M`, whose builder is expected.
#[diagnostic::on_unimplemented(
    message = "this is a builder of `{Self}`, not of `{M}`",
    label = "expected a builder of `{M}`"
)]
pub trait BuiltFor<M>: Same<M> {
    /// `T`. If this is another model, rustc says so once and then knows nothing more about the builder's state.
    type Then<T>;
}

#[diagnostic::do_not_recommend]
impl<M> BuiltFor<M> for M {
    type Then<T> = T;
}

/// A new row of a `has_many` or a `has_one`, complete except for the key of the association.
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
    B: Building<Model: BuiltFor<A::Target>>,
    StateOf<B, A::Target>: TakeKey<SlotOf<A::TargetField>, After: State>,
    <Keyed<StateOf<B, A::Target>, A::TargetField> as State>::Unset<Set>: IsSet,
{
    type Nested = B::Nested;

    fn into_child(self) -> (Values<A::Target>, B::Nested) {
        let (values, nested) = self.into_parts();
        (Same::same(values), nested)
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

impl<A, T> NewLinked<A> for T
where
    A: Through,
    T: MayLink<Target: IntoNew<A::Target>>,
    T::Link<StartOf<A>>: NewLink<A>,
{
    type Nested = <T::Target as IntoNew<A::Target>>::Nested;

    fn into_linked(self) -> (Values<A::Target>, Self::Nested, Values<A::Junction>) {
        let (target, link) = self.split();
        let (target, nested) = target.into_graph();
        let link = link.map(NewLink::into_link).unwrap_or_default();
        (target, nested, link)
    }
}

pub(super) type StartOf<A> = <<A as Through>::Junction as Model>::Builder;

/// A builder, optionally with the builder of its link.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a builder",
    label = "expected the builder of the associated model, as in `Tag::builder()`, or with `.through(…)` behind it"
)]
pub trait MayLink {
    /// The builder.
    type Target;
    /// The builder of the link, or `Start` if there is none.
    type Link<Start>;

    /// Both.
    fn split<Start>(self) -> (Self::Target, Option<Self::Link<Start>>);
}

#[diagnostic::do_not_recommend]
impl<B: Building> MayLink for B {
    type Target = B;
    type Link<Start> = Start;

    fn split<Start>(self) -> (B, Option<Start>) {
        (self, None)
    }
}

/// A builder, and the builder of its link; see [`ThroughDsl::through`].
#[derive(Debug, Clone)]
pub struct Linking<B, L> {
    target: B,
    link: L,
}

#[diagnostic::do_not_recommend]
impl<B, L> MayLink for Linking<B, L> {
    type Target = B;
    type Link<Start> = L;

    fn split<Start>(self) -> (B, Option<L>) {
        (self.target, Some(self.link))
    }
}

/// A builder of the junction that lacks only the two keys.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a link of the association `{A}`",
    label = "expected the builder of the junction, as in `.through(PostTag::builder()…)`"
)]
pub trait NewLink<A: Through> {
    /// The values without the keys.
    fn into_link(self) -> Values<A::Junction>;
}

type Linked<B, A> = Keyed<
    Keyed<StateOf<B, <A as Through>::Junction>, <A as Through>::SourceLink>,
    <A as Through>::TargetLink,
>;

impl<A, B> NewLink<A> for B
where
    A: Through,
    B: Building<Model: BuiltFor<A::Junction>>,
    StateOf<B, A::Junction>:
        TakeKey<SlotOf<A::SourceLink>, After: TakeKey<SlotOf<A::TargetLink>, After: State>>,
    <Linked<B, A> as State>::Unset<Set>: IsSet,
{
    fn into_link(self) -> Values<A::Junction> {
        Same::same(self.into_parts().0)
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
