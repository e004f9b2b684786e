//! Root queries with includes.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, LimitDsl, OffsetDsl, OrderDsl, ThenOrderDsl};

use crate::Connection;
use crate::association::Association;
use crate::error::{Error, Result};
use crate::include::loader::{Include, IncludeIn};
use crate::include::restrict::{QueryOf, ReadsTable, Restrict};
use crate::include::slots::{IncludeList, LoadList, with_slots};
use crate::model::Model;
use crate::query::fetch::Fetch;

/// The model that a loader starts from.
type SourceOf<L> = <<L as Include>::Association as Association>::Source;
type SourceTable<L> = <SourceOf<L> as Model>::Table;

/// `.include(…)` on every Diesel query.
pub trait IncludeDsl: AsQuery + Sized {
    /// Loads an association together with the rows of this query.
    ///
    /// The query may be any Diesel query that selects the columns of a model: filtered, ordered,
    /// limited, `distinct` or boxed. It costs one more statement, however many rows there are.
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
    fn include<L>(self, loader: L) -> IncludeQuery<L::Output, ((), L)>
    where
        L: Include + Restrict<QueryOf<Self>>,
        QueryOf<Self>: ReadsTable<SourceTable<L>>,
        ((), L): IncludeList<SourceOf<L>>,
    {
        IncludeQuery {
            query: loader.restrict(self.as_query()),
            loaders: ((), loader),
        }
    }
}

impl<Q: AsQuery> IncludeDsl for Q {}

/// A Diesel query with includes.
#[derive(Debug)]
#[must_use = "a query does nothing until it is loaded"]
pub struct IncludeQuery<Query, Loaders> {
    query: Query,
    loaders: Loaders,
}

/// The model that a list of loaders starts from.
pub trait Root {
    /// The model.
    type Model: Model;
}

impl<Rest, L: Include> Root for (Rest, L) {
    type Model = SourceOf<L>;
}

impl<Q, Loaders: Root> IncludeQuery<Q, Loaders> {
    /// Loads one more association.
    pub fn include<L>(self, loader: L) -> IncludeQuery<L::Output, (Loaders, L)>
    where
        L: IncludeIn<Loaders::Model> + Include + Restrict<Q>,
        (Loaders, L): IncludeList<Loaders::Model>,
    {
        IncludeQuery {
            query: loader.restrict(self.query),
            loaders: (self.loaders, loader),
        }
    }

    /// Diesel's `filter` on the root query.
    pub fn filter<P>(self, predicate: P) -> IncludeQuery<Q::Output, Loaders>
    where
        Q: FilterDsl<P>,
    {
        self.map(|query| query.filter(predicate))
    }

    /// Diesel's `order` on the root query.
    pub fn order<E: diesel::Expression>(self, order: E) -> IncludeQuery<Q::Output, Loaders>
    where
        Q: OrderDsl<E>,
    {
        self.map(|query| query.order(order))
    }

    /// Diesel's `then_order_by` on the root query.
    pub fn then_order_by<E>(self, order: E) -> IncludeQuery<Q::Output, Loaders>
    where
        Q: ThenOrderDsl<E>,
    {
        self.map(|query| query.then_order_by(order))
    }

    /// Diesel's `limit` on the root query: so many root rows, whatever is included.
    pub fn limit(self, rows: i64) -> IncludeQuery<Q::Output, Loaders>
    where
        Q: LimitDsl,
    {
        self.map(|query| query.limit(rows))
    }

    /// Diesel's `offset` on the root query.
    pub fn offset(self, rows: i64) -> IncludeQuery<Q::Output, Loaders>
    where
        Q: OffsetDsl,
    {
        self.map(|query| query.offset(rows))
    }

    fn map<Q2>(self, change: impl FnOnce(Q) -> Q2) -> IncludeQuery<Q2, Loaders> {
        IncludeQuery {
            query: change(self.query),
            loaders: self.loaders,
        }
    }

    /// Runs the query and its includes: one statement for the root and one per include, at most two
    /// for a many-to-many one.
    ///
    /// # Errors
    /// What the database says, and [`Error::Dangling`] where a NOT NULL foreign key leads nowhere.
    pub fn load<C>(self, conn: &mut C) -> Result<Vec<Loaders::With>>
    where
        C: Connection,
        Q: AsQuery<Query: Fetch<C, Loaders::Model>>,
        Loaders: LoadList<<Loaders as Root>::Model, C>,
    {
        let models = self.query.as_query().fetch(conn)?;
        with_slots(self.loaders, models, conn)
    }

    /// [`load`](Self::load) under the name that Diesel has for it, too.
    ///
    /// # Errors
    /// As [`load`](Self::load).
    pub fn get_results<C>(self, conn: &mut C) -> Result<Vec<Loaders::With>>
    where
        C: Connection,
        Q: AsQuery<Query: Fetch<C, Loaders::Model>>,
        Loaders: LoadList<<Loaders as Root>::Model, C>,
    {
        self.load(conn)
    }

    /// The first row, whose includes alone are loaded. `.optional()` makes a missing row `None`.
    ///
    /// # Errors
    /// [`Error::NotFound`] where there is none, and as [`load`](Self::load).
    pub fn get_result<C>(self, conn: &mut C) -> Result<Loaders::With>
    where
        C: Connection,
        Q: AsQuery<Query: Fetch<C, Loaders::Model>>,
        Loaders: LoadList<<Loaders as Root>::Model, C>,
    {
        let mut models = self.query.as_query().fetch(conn)?;
        models.truncate(1);
        let rows = with_slots(self.loaders, models, conn)?;
        rows.into_iter()
            .next()
            .ok_or_else(|| Error::not_found(Loaders::Model::NAME, "the given filter"))
    }

    /// The first row, read with `LIMIT 1`. `.optional()` makes a missing row `None`.
    ///
    /// # Errors
    /// As [`get_result`](Self::get_result).
    pub fn first<C>(self, conn: &mut C) -> Result<Loaders::With>
    where
        C: Connection,
        Q: LimitDsl<Output: AsQuery<Query: Fetch<C, Loaders::Model>>>,
        Loaders: LoadList<<Loaders as Root>::Model, C>,
    {
        self.map(|query| query.limit(1)).get_result(conn)
    }
}
