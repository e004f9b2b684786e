//! Root queries with includes.

use std::marker::PhantomData;

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, LimitDsl, OffsetDsl, OrderDsl, ThenOrderDsl};

use crate::association::row::Vacant;
use crate::association::{Association, StartsFrom};
use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::include::loader::{Include, Loader};
use crate::include::nest::Filled;
use crate::include::restrict::{QueryOf, Restrict, RootTable, TableOf};
use crate::include::slots::{MakeRows, Nested, With};
use crate::include::tree::Tree;
use crate::model::Model;
use crate::query::fetch::Fetch;
use crate::query::one::First;
use crate::query::rows::Rows;

/// `.include(…)` on every Diesel query.
pub trait IncludeDsl: AsQuery + Sized {
    /// Loads an association together with the rows of this query.
    ///
    /// The query may be any Diesel query that selects the columns of a model: filtered, ordered, limited,
    /// `distinct` or boxed. The include costs one more statement, however many rows there are.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// use diesel::prelude::*;
    /// use orm_core::prelude::*;
    ///
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let users = User::query()
    ///     .filter(users::name.ne("Bo"))
    ///     .include(User::posts().order(posts::title.asc()).limit(5))
    ///     .load(conn)?;
    /// for user in &users {
    ///     println!("{}: {} posts", user.name, user.posts.len());
    /// }
    /// # Ok(()) }
    /// ```
    fn include<L>(self, loader: L) -> L::Output
    where
        L: IncludeInto<QueryOf<Self>>,
    {
        loader.include_into(self.as_query())
    }
}

impl<Q: AsQuery> IncludeDsl for Q {}

/// A loader that a query accepts.
///
/// The query with the loader is an associated type, so that a loader the query does not accept causes one
/// error and no follow-up errors.
#[diagnostic::on_unimplemented(
    message = "you cannot include `{Self}` here",
    label = "expected a loader such as `User::posts()`"
)]
pub trait IncludeInto<Query> {
    /// The query with the loader.
    type Output;

    /// Adds the loader to the query.
    fn include_into(self, query: Query) -> Self::Output;
}

impl<Root, A, Q, O, N, S, R, T> IncludeInto<Root> for Loader<A, Q, O, N, S, R, T>
where
    A: Association,
    Root: RootTable<Table: TableOf<A::Source>>,
    With0<A>: Vacant<A>,
    Self: Include + Restrict<Root>,
{
    type Output = <Root::Table as TableOf<A::Source>>::Then<
        IncludeQuery<
            <Self as Restrict<Root>>::Output,
            A::Source,
            With<((), Self), Filled<With0<A>, A, Self>>,
        >,
    >;

    fn include_into(self, query: Root) -> Self::Output {
        From::from(IncludeQuery {
            query: self.restrict(query),
            loaders: With::new(((), self)),
            model: PhantomData,
        })
    }
}

/// The row of an association's source with nothing included.
type With0<A> = <<A as Association>::Source as Model>::With;

/// A loader that a query with includes accepts.
#[diagnostic::on_unimplemented(
    message = "you cannot include `{Self}` here",
    label = "expected a loader such as `User::posts()`"
)]
pub trait IncludeAlso<Query> {
    /// The query with the loader.
    type Output;

    /// Adds the loader to the query.
    fn include_also(self, query: Query) -> Self::Output;
}

impl<Query, L: AddTo<Query>> IncludeAlso<Query> for L {
    type Output = L::Output;

    fn include_also(self, query: Query) -> L::Output {
        self.add_to(query)
    }
}

/// The implementation of [`IncludeAlso`]. It is separate so that rustc does not name the loader, which
/// implements `IncludeAlso`, when something else is wrong.
pub trait AddTo<Query> {
    /// The query with the loader.
    type Output;

    /// Adds the loader to the query.
    fn add_to(self, query: Query) -> Self::Output;
}

impl<Root, M, Loaders, A, L> AddTo<IncludeQuery<Root, M, Loaders>> for L
where
    M: Model,
    A: Association + StartsFrom<M>,
    Loaders: Nested<M>,
    // Goes by way of `A::Then`, so that rustc does not ask whether the slot is empty if the loader is of
    // another model.
    A::Then<Loaders::With>: Vacant<A>,
    L: Include<Association = A> + Restrict<Root>,
{
    type Output = A::Then<
        <A::Then<Loaders::With> as Vacant<A>>::Then<
            IncludeQuery<
                <Self as Restrict<Root>>::Output,
                M,
                With<(Loaders::List, Self), Filled<A::Then<Loaders::With>, A, Self>>,
            >,
        >,
    >;

    fn add_to(self, query: IncludeQuery<Root, M, Loaders>) -> Self::Output {
        From::from(<A::Then<Loaders::With> as Vacant<A>>::Then::from(
            IncludeQuery {
                query: self.restrict(query.query),
                loaders: With::new((query.loaders.into_list(), self)),
                model: PhantomData,
            },
        ))
    }
}

/// A Diesel query on `Model`, with includes.
#[derive(Debug)]
#[must_use = "a query does nothing until it is loaded"]
pub struct IncludeQuery<Query, Model, Loaders> {
    query: Query,
    loaders: Loaders,
    model: PhantomData<fn() -> Model>,
}

impl<Q, M: Model, Loaders> IncludeQuery<Q, M, Loaders> {
    /// Loads one more association.
    pub fn include<L>(self, loader: L) -> L::Output
    where
        L: IncludeAlso<Self>,
    {
        loader.include_also(self)
    }

    /// Diesel's `filter` on the root query.
    pub fn filter<P>(self, predicate: P) -> IncludeQuery<Q::Output, M, Loaders>
    where
        Q: FilterDsl<P>,
    {
        self.map(|query| query.filter(predicate))
    }

    /// Diesel's `order` on the root query.
    pub fn order<E: diesel::Expression>(self, order: E) -> IncludeQuery<Q::Output, M, Loaders>
    where
        Q: OrderDsl<E>,
    {
        self.map(|query| query.order(order))
    }

    /// Diesel's `then_order_by` on the root query.
    pub fn then_order_by<E>(self, order: E) -> IncludeQuery<Q::Output, M, Loaders>
    where
        Q: ThenOrderDsl<E>,
    {
        self.map(|query| query.then_order_by(order))
    }

    /// Diesel's `limit` on the root query. It counts root rows, whatever you include.
    pub fn limit(self, rows: i64) -> IncludeQuery<Q::Output, M, Loaders>
    where
        Q: LimitDsl,
    {
        self.map(|query| query.limit(rows))
    }

    /// Diesel's `offset` on the root query.
    pub fn offset(self, rows: i64) -> IncludeQuery<Q::Output, M, Loaders>
    where
        Q: OffsetDsl,
    {
        self.map(|query| query.offset(rows))
    }

    fn map<Q2>(self, change: impl FnOnce(Q) -> Q2) -> IncludeQuery<Q2, M, Loaders> {
        IncludeQuery {
            query: change(self.query),
            loaders: self.loaders,
            model: PhantomData,
        }
    }

    /// Runs the query and its includes: one statement for the root and one per include, at most two for a
    /// many-to-many include.
    ///
    /// # Errors
    /// Any error of the database, and [`Error::Dangling`] if a NOT NULL foreign key leads nowhere.
    pub fn load<C>(self, conn: &mut C) -> Result<Vec<Loaders::Row>>
    where
        C: Connection,
        Q: AsQuery<Query: Fetch<C, M>>,
        Loaders: MakeRows<M, C>,
    {
        let models = self.query.as_query().fetch_rows(conn)?;
        Ok(self.loaders.make_rows(models, conn)?.into_vec())
    }

    /// Shows the statements that [`load`](Self::load) would run on a connection of type `C`, one per line.
    /// Each line is below the statement for whose rows it loads, and shows its binds as `diesel::debug_query`
    /// does.
    ///
    /// The keys of rows are known only after those rows are read, so an empty list stands for them.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// let users = User::query().include(User::posts().filter(posts::title.ne("draft")));
    /// let text = users.debug::<SqliteConnection>();
    /// let [of_users, of_posts] = text.lines().collect::<Vec<_>>()[..] else {
    ///     panic!("{text}");
    /// };
    /// assert!(of_users.starts_with("User: SELECT `users`.`id`, "));
    /// assert!(of_posts.starts_with("  posts: SELECT `posts`.`id`, "));
    /// assert!(of_posts.ends_with(r#" -- binds: ["draft", "[]"]"#));
    /// ```
    pub fn debug<C>(self) -> String
    where
        C: Connection,
        Q: AsQuery<Query: Fetch<C, M>>,
        Loaders: MakeRows<M, C>,
    {
        let mut tree = Tree::default();
        let root = self.query.as_query().show();
        tree.node(M::NAME, &[root], |tree| self.loaders.show(tree));
        tree.into_text()
    }

    /// [`load`](Self::load), under Diesel's other name for it.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn get_results<C>(self, conn: &mut C) -> Result<Vec<Loaders::Row>>
    where
        C: Connection,
        Q: AsQuery<Query: Fetch<C, M>>,
        Loaders: MakeRows<M, C>,
    {
        self.load(conn)
    }

    /// Loads the first row, and includes for that row only. `.optional()` turns a missing row into `None`.
    ///
    /// # Errors
    /// [`Error::NotFound`] if there is no row, and as [`load`](Self::load).
    pub fn get_result<C>(self, conn: &mut C) -> Result<Loaders::Row>
    where
        C: Connection,
        Q: AsQuery<Query: Fetch<C, M>>,
        Loaders: MakeRows<M, C>,
    {
        let models = self.query.as_query().fetch_rows(conn)?;
        first_of(models, self.loaders, conn)
    }

    /// Loads the first row, read with `LIMIT 1`. `.optional()` turns a missing row into `None`.
    ///
    /// # Errors
    /// As [`get_result`](Self::get_result).
    pub fn first<C>(self, conn: &mut C) -> Result<Loaders::Row>
    where
        C: Connection,
        Q: RootTable + LimitDsl,
        First<Q>: Fetch<C, M>,
        Loaders: MakeRows<M, C>,
    {
        let first = match C::Backend::PLANS_BY_LIMIT && !Q::may_be_limited() {
            true => First::written(self.query),
            false => First::bound(self.query),
        };
        first_of(first.fetch_rows(conn)?, self.loaders, conn)
    }
}

/// The first of these models, with its includes.
fn first_of<C, M, Loaders>(
    mut models: Rows<M>,
    loaders: Loaders,
    conn: &mut C,
) -> Result<Loaders::Row>
where
    C: Connection,
    M: Model,
    Loaders: MakeRows<M, C>,
{
    models.truncate(1);
    let rows = loaders.make_rows(models, conn)?;
    rows.into_iter()
        .next()
        .ok_or_else(|| Error::not_found(M::NAME, "the given filter"))
}
