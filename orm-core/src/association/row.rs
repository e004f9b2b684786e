//! Rows with slots.

use std::fmt;
use std::marker::PhantomData;
use std::ops::{Deref, DerefMut};

use crate::association::target::{Always, IntoTarget};
use crate::model::{KeyOf, Model, PrimaryKey};

/// The slot of an association that the query did not include. It holds nothing to read: add `.include(…)` with the
/// association to the query.
pub struct NotIncluded<Association>(PhantomData<fn() -> Association>); // add `.include(…)` for this association to the query

impl<A> NotIncluded<A> {
    /// The empty slot.
    #[must_use]
    pub const fn new() -> Self {
        Self(PhantomData)
    }
}

/// The empty slot.
#[must_use]
pub const fn empty<A>() -> NotIncluded<A> {
    NotIncluded::new()
}

/// The slot of an association that the query included. No type implements it: an included slot is the rows
/// themselves.
#[diagnostic::on_unimplemented(
    message = "you cannot read the association `{A}`: the query did not include it",
    label = "add it to the query, as in `.include(User::posts())` for `UserPosts`, or to the new row, as in `.with_posts(…)`"
)]
pub trait Included<A> {
    /// What was included.
    fn read<T>() -> T;
}

/// Methods that people call on the slots of associations. None can be called on an empty slot: they exist so that
/// rustc says why.
#[allow(missing_docs, clippy::must_use_candidate)]
#[doc(hidden)]
impl<A> NotIncluded<A> {
    pub fn len<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn is_empty<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn iter<T>(&self) -> std::slice::Iter<'_, T>
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn first<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn last<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn is_some<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn is_none<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn as_ref<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn as_deref<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }

    pub fn unwrap<T>(&self) -> T
    where
        Self: Included<A>,
    {
        Self::read()
    }
}

impl<A> IntoIterator for NotIncluded<A>
where
    Self: Included<A>,
{
    type Item = ();
    type IntoIter = std::vec::IntoIter<()>;

    fn into_iter(self) -> Self::IntoIter {
        Self::read()
    }
}

impl<A> IntoIterator for &NotIncluded<A>
where
    Self: Included<A>,
{
    type Item = ();
    type IntoIter = std::vec::IntoIter<()>;

    fn into_iter(self) -> Self::IntoIter {
        Self::read()
    }
}

impl<A> Default for NotIncluded<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A> fmt::Debug for NotIncluded<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("NotIncluded")
    }
}

impl<A> Clone for NotIncluded<A> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<A> Copy for NotIncluded<A> {}

impl<A> PartialEq for NotIncluded<A> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<A> Eq for NotIncluded<A> {}

/// A row of a many-to-many association: the target, and the row of the junction that links it.
///
/// It derefs to the target, so `tag.name` reads the tag and `tag.through.relevance` reads the link.
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
/// # let post = Post::create(conn, Post::builder())?;
/// # post.create_tag(conn, Tag::builder().name("sql"))?;
/// # post.create_tag_with(conn, Tag::builder().name("rust"), PostTag::builder().relevance(9))?;
/// let posts = Post::query().include(Post::tags()).load(conn)?;
/// for tag in &posts[0].tags {
///     println!("{} {}", tag.name, tag.through.relevance);
/// }
/// # Ok(()) }
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Linked<Row, Junction> {
    row: Row,
    /// The row of the junction.
    pub through: Junction,
}

impl<R, J> Linked<R, J> {
    pub(crate) fn new(row: R, through: J) -> Self {
        Self { row, through }
    }

    /// The target without its link.
    pub fn into_row(self) -> R {
        self.row
    }
}

impl<R, J> Deref for Linked<R, J> {
    type Target = R;

    fn deref(&self) -> &R {
        &self.row
    }
}

impl<R, J> DerefMut for Linked<R, J> {
    fn deref_mut(&mut self) -> &mut R {
        &mut self.row
    }
}

/// A model, a model with slots, or either with its link.
pub trait Row<M: Model>: Clone {
    /// The model.
    fn model(&self) -> &M;
}

impl<M: Model> Row<M> for M {
    fn model(&self) -> &M {
        self
    }
}

#[diagnostic::do_not_recommend]
impl<M: Model, R: Row<M>> IntoTarget<M> for &R {
    type Presence = Always;

    fn primary_key(&self) -> Option<KeyOf<M>> {
        Some(M::PrimaryKey::of(self.model()))
    }

    fn row(&self) -> Option<&M> {
        Some(self.model())
    }
}

impl<M: Model, R: Row<M>, J: Clone> Row<M> for Linked<R, J> {
    fn model(&self) -> &M {
        self.row.model()
    }
}

/// Shows a row and its slots.
///
/// # Errors
/// Errors from the formatter.
pub fn debug_row(
    f: &mut fmt::Formatter<'_>,
    name: &str,
    model: &dyn fmt::Debug,
    slots: &[(&str, &dyn fmt::Debug)],
) -> fmt::Result {
    let mut row = f.debug_struct(name);
    row.field("model", model);
    for (name, slot) in slots {
        row.field(name, slot);
    }
    row.finish()
}

/// A row whose slot for the association `A` is still empty.
#[diagnostic::on_unimplemented(
    message = "the association `{A}` is included twice",
    label = "include it once, with all its options; if you need two views of it, declare it under two aliases"
)]
pub trait Vacant<A> {
    /// The row with the slot filled.
    type Filled<Slot>;
    /// `T`; see [`TableOf`](crate::include::restrict::TableOf::Then).
    type Then<T>: From<T>;

    /// Fills the slot.
    fn fill<Slot>(self, slot: Slot) -> Self::Filled<Slot>;
}
