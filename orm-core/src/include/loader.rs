//! Loaders: what `User::posts()` returns, and its options.

use std::marker::PhantomData;

use diesel::expression::AppearsOnTable;
use diesel::query_dsl::methods::{FilterDsl, OrFilterDsl};

use crate::association::shape::{
    Bare, Count, Filtered as FilteredShape, Links, MadeRequired, Optional, Required, Shape,
};
use crate::association::{Association, Through, ToMany};
use crate::include::arrange::{LimitTo, OrderBy, OrderByLink, ThenOrderBy, Unordered};
use crate::model::Model;
use crate::query::all::All;
use crate::query::checked::Checked;
use crate::query::window::Slice;

/// An include of one association: a Diesel query on the target, and what to load along with it.
///
/// `Query` is that Diesel query. `Order` orders each parent's rows. `Nested` is the list of nested includes.
/// `Shape` and `Requirement` decide the type of the slot. `Junction` is the query on the junction of a
/// many-to-many association.
#[derive(Debug)]
#[must_use = "a loader does nothing until it is passed to `.include(…)`"]
pub struct Loader<
    Association,
    Query = All<<Association as crate::association::Association>::Target>,
    Order = Unordered,
    Nested = (),
    Shape = <Association as crate::association::Association>::Shape,
    Requirement = Optional,
    Junction = <Association as crate::association::Association>::Via,
> {
    pub(super) query: Query,
    pub(super) order: Order,
    pub(super) nested: Nested,
    pub(super) junction: Junction,
    pub(super) kind: Kind<Association, Shape, Requirement>,
}

type Kind<A, S, R> = PhantomData<fn() -> (A, S, R)>;

/// The query on the junction of a many-to-many association.
#[derive(Debug, Clone)]
pub struct Via<Query>(pub(super) Query);

/// What an include starts with besides the query on the target.
pub trait Begin {
    /// Nothing, or all rows of the junction.
    fn begin() -> Self;
}

impl Begin for () {
    fn begin() {}
}

impl<J: Model> Begin for Via<All<J>> {
    fn begin() -> Self {
        Self(All::new())
    }
}

impl<A: Association<Via: Begin>> Loader<A> {
    /// All rows of the target.
    pub fn new() -> Self {
        Self {
            query: All::new(),
            order: Unordered,
            nested: (),
            junction: A::Via::begin(),
            kind: PhantomData,
        }
    }
}

impl<A: Association<Via: Begin>> Default for Loader<A> {
    fn default() -> Self {
        Self::new()
    }
}

impl<A: Association, Q, O, N, S: Shape, R, T> Loader<A, Q, O, N, S, R, T> {
    /// Loads only matching rows, like Diesel's `filter`. Parents without a match stay, unless the include is
    /// [`required`](Self::required).
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let users = User::query()
    ///     .include(User::posts().filter(posts::title.eq("a")))
    ///     .load(conn)?;
    /// assert_eq!(users[0].posts.len(), 1);
    /// assert!(users[1].posts.is_empty()); // the user stays
    /// # Ok(()) }
    /// ```
    pub fn filter<P: FilterOf<A::Target>>(
        self,
        predicate: P,
    ) -> Loader<A, Q::Output, O, N, S::Shape, R, T>
    where
        Q: FilterDsl<Checked<A::Target, P>>,
        S: FilteredShape<R>,
    {
        Loader {
            query: self.query.filter(Checked::new(predicate)),
            order: self.order,
            nested: self.nested,
            junction: self.junction,
            kind: PhantomData,
        }
    }

    /// Orders each parent's rows, like Diesel's `order`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let users = User::query()
    ///     .include(User::posts().order(posts::title.asc()))
    ///     .load(conn)?;
    /// assert_eq!(users[0].posts[0].title, "a");
    /// # Ok(()) }
    /// ```
    pub fn order<E>(self, order: E) -> Loader<A, Q, O::Output, N, S, R, T>
    where
        O: OrderBy<E>,
    {
        let order = self.order.order_by(order);
        Loader {
            query: self.query,
            order,
            nested: self.nested,
            junction: self.junction,
            kind: PhantomData,
        }
    }

    /// Orders rows that are equal so far, like Diesel's `then_order_by`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let ordered = User::posts().order(posts::title.asc()).then_order_by(posts::id.desc());
    /// let users = User::query().include(ordered).load(conn)?;
    /// # assert_eq!(users[0].posts[0].title, "a");
    /// # Ok(()) }
    /// ```
    pub fn then_order_by<E>(self, order: E) -> Loader<A, Q, O::Output, N, S, R, T>
    where
        O: ThenOrderBy<E>,
    {
        let order = self.order.then_order_by(order);
        Loader {
            query: self.query,
            order,
            nested: self.nested,
            junction: self.junction,
            kind: PhantomData,
        }
    }

    /// Loads at most this many rows *per parent*: the first ones in the loader's order, or by primary key.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let last = User::posts().order(posts::id.desc()).limit(1);
    /// let users = User::query().include(last).load(conn)?;
    /// assert_eq!(users[0].posts[0].title, "a"); // one post per user
    /// # Ok(()) }
    /// ```
    pub fn limit(self, rows: i64) -> Loader<A, Q, O::Output, N, S, R, T>
    where
        A::Shape: ToMany<A>,
        O: LimitTo,
    {
        self.slice(|slice| slice.limit = Some(rows))
    }

    /// Skips this many rows *per parent*.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let rest = User::posts().order(posts::title.asc()).offset(1);
    /// let users = User::query().include(rest).load(conn)?;
    /// assert_eq!(users[0].posts.len(), 1);
    /// # Ok(()) }
    /// ```
    pub fn offset(self, rows: i64) -> Loader<A, Q, O::Output, N, S, R, T>
    where
        A::Shape: ToMany<A>,
        O: LimitTo,
    {
        self.slice(|slice| slice.offset = rows)
    }

    fn slice(self, change: impl FnOnce(&mut Slice)) -> Loader<A, Q, O::Output, N, S, R, T>
    where
        O: LimitTo,
    {
        Loader {
            query: self.query,
            order: self.order.limit_to(change),
            nested: self.nested,
            junction: self.junction,
            kind: PhantomData,
        }
    }

    /// Also loads an association of the loaded rows, to any depth.
    ///
    /// A required nested include leaves out rows of this include, not of its parents. As with
    /// [`filter`](Self::filter), a row that always exists then becomes an `Option`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let users = User::query()
    ///     .include(User::posts().include(Post::author()))
    ///     .load(conn)?;
    /// assert_eq!(users[0].posts[0].author.name, "Ann");
    /// # Ok(()) }
    /// ```
    pub fn include<L>(self, loader: L) -> L::Output
    where
        L: Nest<Self>,
    {
        loader.nest(self)
    }

    /// Leaves out parents without a match, like an INNER JOIN. The slot of a to-one association becomes the
    /// row itself.
    ///
    /// The loader's filters restrict the parents' query. Its `limit` and `offset` apply only later: if a
    /// parent has only rows that the `offset` skips, it is left out too, but it counts towards a `limit` of the
    /// parents' query.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let users = User::query().include(User::posts().required()).load(conn)?;
    /// assert_eq!(users.len(), 1); // Bo has no post
    /// # Ok(()) }
    /// ```
    pub fn required(self) -> Loader<A, Q, O, N, S::Shape, Required, T>
    where
        S: MadeRequired,
    {
        self.retyped()
    }

    fn retyped<S2, R2>(self) -> Loader<A, Q, O, N, S2, R2, T> {
        Loader {
            query: self.query,
            order: self.order,
            nested: self.nested,
            junction: self.junction,
            kind: PhantomData,
        }
    }
}

impl<A: Association, Q, O, S: Shape, R, T> Loader<A, Q, O, (), S, R, T> {
    /// Also loads the rows that match this, like Diesel's `or_filter`.
    ///
    /// Call it before any nested `.include(…)`, because a required one restricts the rows for good.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let some = User::posts().filter(posts::title.eq("a")).or_filter(posts::title.eq("b"));
    /// let users = User::query().include(some).load(conn)?;
    /// assert_eq!(users[0].posts.len(), 2);
    /// # Ok(()) }
    /// ```
    pub fn or_filter<P: FilterOf<A::Target>>(
        self,
        predicate: P,
    ) -> Loader<A, Q::Output, O, (), S::Shape, R, T>
    where
        Q: OrFilterDsl<Checked<A::Target, P>>,
        S: FilteredShape<R>,
    {
        Loader {
            query: self.query.or_filter(Checked::new(predicate)),
            order: self.order,
            nested: (),
            junction: self.junction,
            kind: PhantomData,
        }
    }
}

impl<A: Association<Shape: ToMany<A>>, Q, S: Shape, R, T> Loader<A, Q, Unordered, (), S, R, T> {
    /// Counts each parent's rows in the database instead of loading them.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # let ann = User::get_by_pk(conn, 1)?;
    /// # ann.create_posts(conn, ["b", "a"].map(|title| Post::builder().title(title)))?;
    /// # User::create(conn, User::builder().name("Bo"))?;
    /// let users = User::query().include(User::posts().count()).load(conn)?;
    /// assert_eq!((users[0].posts, users[1].posts), (2, 0));
    /// # Ok(()) }
    /// ```
    pub fn count(self) -> Loader<A, Q, Unordered, (), Count, R, T> {
        self.retyped()
    }
}

impl<A: Association, Q, O, N, J: std::fmt::Debug + 'static, R, T>
    Loader<A, Q, O, N, Links<J>, R, Via<T>>
{
    /// Returns the targets alone, without the rows of the junction.
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
    /// let posts = Post::query().include(Post::tags().without_through()).load(conn)?;
    /// let tags: &Vec<Tag> = &posts[0].tags;
    /// # assert_eq!(tags.len(), 2);
    /// # Ok(()) }
    /// ```
    pub fn without_through(self) -> Loader<A, Q, O, N, Bare, R, Via<T>> {
        self.retyped()
    }
}

impl<A: Association, Q, O, N, S, R, T> Loader<A, Q, O, N, S, R, Via<T>> {
    /// Follows only the links whose junction row matches.
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
    /// let relevant = Post::tags().through_filter(post_tags::relevance.gt(5));
    /// let posts = Post::query().include(relevant).load(conn)?;
    /// assert_eq!(posts[0].tags[0].name, "rust");
    /// # Ok(()) }
    /// ```
    pub fn through_filter<P: FilterOf<A::Junction>>(
        self,
        predicate: P,
    ) -> Loader<A, Q, O, N, S, R, Via<T::Output>>
    where
        A: Through,
        T: FilterDsl<Checked<A::Junction, P>>,
    {
        Loader {
            query: self.query,
            order: self.order,
            nested: self.nested,
            junction: Via(self.junction.0.filter(Checked::new(predicate))),
            kind: PhantomData,
        }
    }

    /// Orders each parent's rows by columns of the junction, like Diesel's `order`. A tuple orders by
    /// several columns. With a [`limit`](Loader::limit), it loads each parent's first rows in this order.
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
    /// let most_relevant = Post::tags().through_order(post_tags::relevance.desc());
    /// let posts = Post::query().include(most_relevant).load(conn)?;
    /// assert_eq!(posts[0].tags[0].name, "rust");
    /// # Ok(()) }
    /// ```
    pub fn through_order<E: OrderOf<A::Junction>>(
        self,
        order: E,
    ) -> Loader<A, Q, O::Output, N, S, R, Via<T>>
    where
        A: Through,
        O: OrderByLink<A::Junction, E>,
    {
        Loader {
            query: self.query,
            order: self.order.order_by_link(order),
            nested: self.nested,
            junction: self.junction,
            kind: PhantomData,
        }
    }
}

/// A loader that you can nest in another one.
#[diagnostic::on_unimplemented(
    message = "you cannot include `{Self}` here",
    label = "expected a loader such as `Post::comments()`"
)]
pub trait Nest<Outer> {
    /// The outer loader with this one nested in it.
    type Output;

    /// Adds this loader to the outer one.
    fn nest(self, outer: Outer) -> Self::Output;
}

/// A loader that `.include(…)` takes.
#[diagnostic::on_unimplemented(
    message = "you cannot include `{Self}`: it is not a loader",
    label = "expected a loader such as `User::posts()`",
    note = "to get one, call the function of the association on its model, without a row"
)]
pub trait Include {
    /// The association to load.
    type Association: Association;
    /// What it puts into the row.
    type Slot;
}

/// A filter on the columns of `M`.
#[diagnostic::on_unimplemented(
    message = "this filter uses a column of another table than that of `{M}`",
    label = "filter by the columns of `{M}`",
    note = "to filter by the columns of an association, include that association with its own filter and `.required()`"
)]
pub trait FilterOf<M> {}

#[diagnostic::do_not_recommend]
impl<M: Model, P: AppearsOnTable<M::Table>> FilterOf<M> for P {}

/// An order by the columns of `M`.
#[diagnostic::on_unimplemented(
    message = "this order uses a column of another table than that of `{M}`",
    label = "order by the columns of `{M}`",
    note = "`through_order` takes columns of the junction, as in `post_tags::position.asc()`, and `order` takes those of the rows"
)]
pub trait OrderOf<M> {}

#[diagnostic::do_not_recommend]
impl<M: Model, E: AppearsOnTable<M::Table>> OrderOf<M> for E {}
