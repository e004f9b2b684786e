//! What the methods of associations accept as a row, and as rows.

use crate::model::{KeyOf, Model, PrimaryKey};

/// What association methods accept as a row: a reference to it, or its primary key. If a link may be missing, they
/// also accept `Option<&Row>`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `&{M}` nor the primary key of one",
    label = "expected `&{M}` or its primary key"
)]
pub trait IntoTarget<M> {
    /// Whether there may be no row: `Always` or `Perhaps`.
    type Presence;

    /// The primary key.
    fn primary_key(&self) -> Option<KeyOf<M>>
    where
        M: Model;
    /// The row, if the argument contains it.
    fn row(&self) -> Option<&M> {
        None
    }
}

/// There is always a row.
#[derive(Debug)]
pub struct Always;

/// There may be no row.
#[derive(Debug)]
pub struct Perhaps;

#[diagnostic::do_not_recommend]
impl<M: Model> IntoTarget<M> for Option<&M> {
    type Presence = Perhaps;

    fn primary_key(&self) -> Option<KeyOf<M>> {
        self.map(M::PrimaryKey::of)
    }

    fn row(&self) -> Option<&M> {
        *self
    }
}

/// One row: a reference to it, or its primary key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `&{M}` nor the primary key of one",
    label = "expected `&{M}` or its primary key"
)]
pub trait OneTarget<M>: IntoTarget<M, Presence = Always> {}

#[diagnostic::do_not_recommend]
impl<M, T> OneTarget<M> for T where T: IntoTarget<M, Presence = Always> {}

/// Any number of rows: references to them or their primary keys, in an array, a slice, a `Vec` or any other
/// iterator. [`NONE`] is an empty list whose type is known.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of rows of `{M}`",
    label = "expected an array, a slice or a `Vec` of `&{M}` or of primary keys",
    note = "for one row, call the method with the singular name, as in `add_tag(conn, &tag)`"
)]
pub trait Targets<M>: IntoIterator<Item: IntoTarget<M, Presence = Always>> {}

#[diagnostic::do_not_recommend]
impl<M, T> Targets<M> for T where T: IntoIterator<Item: IntoTarget<M, Presence = Always>> {}

/// No rows, for `set_…`: `post.set_tags(conn, NONE)` unlinks all tags.
///
/// With an empty array `[]`, the compiler would not know the type of its elements.
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
/// # let post = Post::get_by_pk(conn, 1)?;
/// post.set_tags(conn, orm_core::NONE)?;
/// assert_eq!(post.count_tags(conn)?, 0);
/// # Ok(()) }
/// ```
pub const NONE: [NoRow; 0] = [];

/// The type of the rows of [`NONE`], which has no values.
#[derive(Debug, Clone, Copy)]
pub enum NoRow {}

#[diagnostic::do_not_recommend]
impl<M: Model> IntoTarget<M> for NoRow {
    type Presence = Always;

    fn primary_key(&self) -> Option<KeyOf<M>> {
        match *self {}
    }

    fn row(&self) -> Option<&M> {
        match *self {}
    }
}
