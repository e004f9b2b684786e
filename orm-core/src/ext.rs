//! What every model can do.

use diesel::expression::{Expression, NonAggregate};
use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, LimitDsl, OffsetDsl, OrderDsl};
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::association::nested::Graph;
use crate::column::{ColumnValue, NamedKey, set_of};
use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::error::{Error, Result};
use crate::model::{Building, FromValues, KeyOf, Model, PrimaryKey, Values, Writing};
use crate::query::aggregate::{Extremes, Groups, Sums};
use crate::query::fetch::Fetch;
use crate::query::filter::{AsGiven, KeyColumns, KeyIs};
use crate::query::one::FirstRow;
use crate::query::read::Scalar;
use crate::query::tally::{AnyRow, CountRows};
use crate::types::numeric::Numeric;
use crate::validate::validate;
use crate::write::builder::ChangesOf;
use crate::write::bulk::NewRows;
use crate::write::change::Write;
use crate::write::create::{Alone, Create, IntoNew, UpsertTelling};
use crate::write::pipeline;
use crate::write::rows::{Additions, Every, IsCondition, RowFilter, RowsOf, Truncating, Where};
use crate::write::unhooked::WithoutHooks;
use crate::write::update::Sum;

type ByKey<M> = KeyIs<<M as Model>::PrimaryKey>;
type QueryOf<Q> = <Q as AsQuery>::Query;
type KeyColumnsOf<M> = <<M as Model>::PrimaryKey as KeyColumns>::Columns;
type InOrder<M, P> = <Filtered<M, P> as OrderDsl<KeyColumnsOf<M>>>::Output;
type Filtered<M, P> = <<M as Model>::Query as FilterDsl<P>>::Output;

/// What every model can do, apart from its associations.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// use diesel::prelude::*;
/// use orm_core::prelude::*;
///
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// let mut bo = User::create(conn, User::builder().name("Bo"))?;
/// bo.update(conn, User::changes().name("Bob"))?;
///
/// assert_eq!(User::get_by_pk(conn, bo.id)?, bo);
/// assert!(User::find_one(conn, users::name.eq("Bo"))?.is_none());
/// assert_eq!(User::count(conn)?, 2);
///
/// bo.destroy(conn)?;
/// assert!(matches!(bo.reload(conn), Err(orm_core::Error::NotFound { .. })));
/// # Ok(()) }
/// ```
pub trait ModelExt: Model {
    /// An insert builder with nothing set.
    #[must_use]
    fn builder() -> Self::Builder {
        FromValues::of_parts(Default::default(), ())
    }

    /// Changes for [`update`](Self::update), with nothing set.
    #[must_use]
    fn changes() -> ChangesOf<Self> {
        FromValues::of_parts(Default::default(), ())
    }

    /// Writes that run none of the model's hooks: `User::without_hooks().create(conn, new)`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let mut bo = User::without_hooks().create(conn, User::builder().name("Bo"))?;
    /// User::without_hooks().update(conn, &mut bo, User::changes().name("Bob"))?;
    /// User::without_hooks().destroy(conn, &bo)?;
    /// # Ok(()) }
    /// ```
    fn without_hooks() -> WithoutHooks<Self> {
        WithoutHooks::new()
    }

    /// Inserts a row and returns it as the database stored it, with its key and defaults.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let bo = User::create(conn, User::builder().name("Bo"))?;
    /// assert_eq!(bo.name, "Bo"); // `bo.id` is the generated key
    /// # Ok(()) }
    /// ```
    ///
    /// If the builder has rows of associations, they are created too, in one transaction: the rows that this row
    /// refers to before it, the others after it. The returned row contains them, in the same form as an include of
    /// these associations.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let posts = ["Tea", "Milk"].map(|title| Post::builder().title(title));
    /// let bo = User::create(conn, User::builder().name("Bo").with_posts(posts))?;
    /// assert_eq!(bo.posts[1].author_id, bo.id);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Constraint violations and other database errors; then nothing is written. [`Error::TwoKeys`] if a row states
    /// a key that another new row also gives it.
    fn create<C, G, Row>(conn: &mut C, new: impl IntoNew<Self, Nested = G>) -> Result<Row>
    where
        C: Connection,
        Self: Create<C>,
        // Separate type parameters, so that rustc points at the argument if it is the wrong one.
        G: Graph<Self, C, Row = Row>,
    {
        let (new, nested) = new.into_graph();
        nested.create_one(conn, new)
    }

    /// Inserts rows, one `INSERT` per chunk, and returns them in order, with their keys.
    ///
    /// Rows that state different columns (one leaves a default to the database, another states it) go into separate
    /// `INSERT`s, one per kind. Rows of associations take one `INSERT` per association, not per row; see
    /// [`create`](Self::create). If there are no rows, nothing is sent. Rows may refer to each other by keys that
    /// they state: parents are written first.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let names = ["Bo", "Cy"];
    /// let users = User::bulk_create(conn, names.map(|name| User::builder().name(name)))?;
    /// assert_eq!(users[1].name, "Cy");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// As [`create`](Self::create), and [`Error::NotFound`] if a trigger skips a row; then no row is written.
    fn bulk_create<C, N, G, Row>(conn: &mut C, new: impl IntoIterator<Item = N>) -> Result<Vec<Row>>
    where
        C: Connection,
        Self: Create<C>,
        N: IntoNew<Self, Nested = G>,
        G: Graph<Self, C, Row = Row>,
    {
        G::create_all(conn, new.into_iter().map(IntoNew::into_graph))
    }

    /// Checks the row against the rules of its model, `#[model(validate(…))]`. Every call that writes a row does
    /// this, so you need it only to check beforehand.
    ///
    /// # Errors
    /// [`Error::Invalid`], which lists everything that is wrong with the row.
    fn validate(&self) -> Result<()> {
        validate(Writing::Row(self))
    }

    /// Checks a row that is not created yet, like [`validate`](Self::validate).
    ///
    /// # Errors
    /// [`Error::Invalid`], which lists everything that is wrong with the row.
    fn validate_new(new: &(impl IntoNew<Self, Nested: Alone> + Clone)) -> Result<()> {
        pipeline::validate_new(new.clone().into_new())
    }

    /// The row with this key, if there is one. A composite key is a tuple.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert!(User::find_by_pk(conn, 1)?.is_some());
    /// assert!(User::find_by_pk(conn, 7)?.is_none());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn find_by_pk<C>(conn: &mut C, key: impl Into<KeyOf<Self>>) -> Result<Option<Self>>
    where
        C: Connection,
        Self::Query: FilterDsl<ByKey<Self>, Output: AsQuery<Query: Fetch<C, Self>>>,
    {
        let query = Self::query().filter(KeyIs::new(key.into()));
        Ok(query.as_query().fetch(conn)?.into_iter().next())
    }

    /// The row with this key.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::get_by_pk(conn, 1)?.name, "Ann");
    /// let missing = User::get_by_pk(conn, 7).unwrap_err();
    /// assert_eq!(missing.to_string(), "no User with id = 7 in the database");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotFound`], with the model and the key, if there is no such row.
    fn get_by_pk<C>(conn: &mut C, key: impl Into<KeyOf<Self>>) -> Result<Self>
    where
        C: Connection,
        Self::Query: FilterDsl<ByKey<Self>, Output: AsQuery<Query: Fetch<C, Self>>>,
    {
        let key = key.into();
        let row = Self::find_by_pk(conn, key.clone())?;
        row.ok_or_else(|| Error::not_found(Self::NAME, Self::PrimaryKey::show(&key)))
    }

    /// The first row that matches a Diesel filter, if there is one.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let ann = User::find_one(conn, users::name.eq("Ann"))?;
    /// assert!(ann.is_some());
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn find_one<C, P>(conn: &mut C, filter: P) -> Result<Option<Self>>
    where
        C: Connection,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        FirstRow<QueryOf<Filtered<Self, P>>>: Fetch<C, Self>,
    {
        let query = FirstRow(Self::query().filter(filter).as_query());
        Ok(query.fetch(conn)?.into_iter().next())
    }

    /// All rows.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let users = User::find_all(conn)?;
    /// assert_eq!(users.len(), 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn find_all<C>(conn: &mut C) -> Result<Vec<Self>>
    where
        C: Connection,
        Self::Query: AsQuery<Query: Fetch<C, Self>>,
    {
        Self::query().as_query().fetch(conn)
    }

    /// All rows that match a Diesel filter.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let users = User::find_where(conn, users::name.like("A%").and(users::id.lt(10)))?;
    /// assert_eq!(users.len(), 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn find_where<C, P>(conn: &mut C, filter: P) -> Result<Vec<Self>>
    where
        C: Connection,
        Self::Query: FilterDsl<P, Output: AsQuery<Query: Fetch<C, Self>>>,
    {
        Self::query().filter(filter).as_query().fetch(conn)
    }

    /// How many rows there are.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::count(conn)?, 1);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn count<C>(conn: &mut C) -> Result<i64>
    where
        C: Connection,
        Self::Query: AsQuery,
        CountRows<QueryOf<Self::Query>>: Fetch<C, Scalar<i64>>,
    {
        let rows = CountRows(Self::query().as_query()).fetch(conn)?;
        Ok(rows.first().map_or(0, |count| count.0))
    }

    /// How many rows match a Diesel filter.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::count_where(conn, users::name.eq("Bo"))?, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn count_where<C, P>(conn: &mut C, filter: P) -> Result<i64>
    where
        C: Connection,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        CountRows<QueryOf<Filtered<Self, P>>>: Fetch<C, Scalar<i64>>,
    {
        let rows = CountRows(Self::query().filter(filter).as_query()).fetch(conn)?;
        Ok(rows.first().map_or(0, |count| count.0))
    }

    /// The greatest value of a column, or `None` if there is none: `SELECT MAX(age)`. Of some rows:
    /// `User::rows(filter).max(conn, users::age)`, and so with the others.
    ///
    /// If the model is `Ord`, rustc cannot tell this from `Ord::max`: write `User::all_rows().max(conn, users::age)`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::max(conn, users::name)?.as_deref(), Some("Ann"));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    fn max<C: Connection, K: Extremes<Self, C::Backend, Output = T>, T>(conn: &mut C, column: K) -> Result<T> {
        Self::all_rows().max(conn, column)
    }

    /// The least value of a column, or `None` if there is none: `SELECT MIN(age)`.
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    fn min<C: Connection, K: Extremes<Self, C::Backend, Output = T>, T>(conn: &mut C, column: K) -> Result<T> {
        Self::all_rows().min(conn, column)
    }

    /// The sum of a column, or `None` if there are no values: `SELECT SUM(points)`. It is an `i64` for integers and an
    /// `f64` for floats, on all backends.
    ///
    /// # Errors
    /// An error if the sum is no `i64`; any other database error.
    #[rustfmt::skip] // so that rustc shows one line
    fn sum<C: Connection, K: Sums<Self, C::Backend, Sum = T>, T>(conn: &mut C, column: K) -> Result<Option<T>> {
        Self::all_rows().sum(conn, column)
    }

    /// The average of a column, or `None` if there are no values: `SELECT AVG(points)`, computed with floats on all
    /// backends.
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    fn avg<C: Connection, K: Sums<Self, C::Backend>>(conn: &mut C, column: K) -> Result<Option<f64>> {
        Self::all_rows().avg(conn, column)
    }

    /// How many rows have each value of a column, in no particular order: `SELECT role, COUNT(*) … GROUP BY role`.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert_eq!(User::count_by(conn, users::name)?, [("Ann".to_owned(), 1)]);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    #[rustfmt::skip] // so that rustc shows one line
    fn count_by<C: Connection, K: Groups<Self, C::Backend>>(conn: &mut C, column: K) -> Result<Vec<(ColumnValue<Self, K>, i64)>> {
        Self::all_rows().count_by(conn, column)
    }

    /// Whether any row matches a Diesel filter.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// assert!(User::exists(conn, users::name.eq("Ann"))?);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn exists<C, P>(conn: &mut C, filter: P) -> Result<bool>
    where
        C: Connection,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        AnyRow<QueryOf<Filtered<Self, P>>>: Fetch<C, Scalar<bool>>,
    {
        let rows = AnyRow(Self::query().filter(filter).as_query()).fetch(conn)?;
        Ok(rows.first().is_some_and(|exists| exists.0))
    }

    /// The rows that match a Diesel filter, in the order of their keys: at most `limit` of them, starting at the
    /// `offset`-th. Also returns how many rows match in all.
    ///
    /// # Errors
    /// Any database error.
    fn find_and_count_all<C, P>(
        conn: &mut C,
        filter: P,
        limit: i64,
        offset: i64,
    ) -> Result<(Vec<Self>, i64)>
    where
        C: Connection,
        P: Clone,
        Self::PrimaryKey: KeyColumns<Columns: Default>,
        Self::Query: FilterDsl<P, Output: AsQuery + OrderDsl<KeyColumnsOf<Self>, Output: LimitDsl>>,
        <InOrder<Self, P> as LimitDsl>::Output: OffsetDsl<Output: AsQuery<Query: Fetch<C, Self>>>,
        CountRows<QueryOf<Filtered<Self, P>>>: Fetch<C, Scalar<i64>>,
    {
        let count = Self::count_where(conn, filter.clone())?;
        let rows = Self::query().filter(filter).order(Default::default());
        let rows = rows.limit(limit).offset(offset).as_query().fetch(conn)?;
        Ok((rows, count))
    }

    /// The first row that matches a Diesel filter. If there is none, it creates `new`. The `bool` says whether it
    /// did.
    ///
    /// If another connection creates the same row at the same time and a unique constraint rejects ours, you get
    /// the other row, even in a transaction that has read before.
    ///
    /// # Errors
    /// Constraint violations, except those about the row that the filter finds.
    fn find_or_create<C, P>(
        conn: &mut C,
        filter: P,
        new: impl IntoNew<Self, Nested: Alone>,
    ) -> Result<(Self, bool)>
    where
        C: Connection,
        P: Clone,
        Self: Create<C>,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        FirstRow<QueryOf<Filtered<Self, P>>>: Fetch<C, Self>,
    {
        find_or_insert(conn, filter, new.into_new())
    }

    /// The row that has this unique key of `new`. If there is none, it creates `new`. The `bool` says whether it
    /// did. If many callers do this at once, one creates the row, and all of them get it.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let new = User::builder().id(1).name("Bo");
    /// let (user, created) = User::find_or_create_by(conn, users::id, new)?;
    /// assert_eq!((user.name.as_str(), created), ("Ann", false));
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::MissingKey`] if `new` does not state the key, or states it as NULL; constraint violations,
    /// including those of other unique keys.
    fn find_or_create_by<C, K: NamedKey<Self>>(
        conn: &mut C,
        _: K,
        new: impl IntoNew<Self, Nested: Alone>,
    ) -> Result<(Self, bool)>
    where
        C: Connection,
        Self: Create<C>,
        Self::Query: FilterDsl<AsGiven<Self>, Output: AsQuery>,
        FirstRow<QueryOf<Filtered<Self, AsGiven<Self>>>>: Fetch<C, Self>,
    {
        let (new, key) = (new.into_new(), set_of::<Self, K>());
        new.must_have(key)?;
        find_or_insert(conn, AsGiven::new(new.clone(), key), new)
    }

    /// The first row that matches a Diesel filter. If there is none, you get `new` back as it is; it is not sent.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// use orm_core::FoundOrNew::{Found, New};
    ///
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let bo = User::builder().name("Bo");
    /// match User::find_or_build(conn, users::name.eq("Bo"), bo)? {
    ///     Found(user) => println!("{} is there", user.name),
    ///     New(builder) => _ = User::create(conn, builder)?,
    /// }
    /// # assert_eq!(User::count(conn)?, 2); Ok(()) }
    /// ```
    ///
    /// # Errors
    /// Any database error.
    fn find_or_build<C, P, N>(conn: &mut C, filter: P, new: N) -> Result<FoundOrNew<Self, N>>
    where
        C: Connection,
        N: IntoNew<Self>,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        FirstRow<QueryOf<Filtered<Self, P>>>: Fetch<C, Self>,
    {
        let found = Self::find_one(conn, filter)?;
        Ok(found.map_or(FoundOrNew::New(new), FoundOrNew::Found))
    }

    /// Inserts a row. If its unique key is taken, it writes the stated columns into the existing row instead. It
    /// takes one statement and returns the row.
    ///
    /// The unique key is one whose columns are all stated, none of them as NULL: the primary key, else the first
    /// unique column, else the first unique set of columns. If `new` states no such key, the row is inserted.
    ///
    /// # Errors
    /// Constraint violations, including those of other keys; then nothing is written.
    fn upsert<C>(conn: &mut C, new: impl IntoNew<Self, Nested: Alone>) -> Result<Self>
    where
        C: Connection,
        Self: Create<C>,
    {
        Self::upsert_one(conn, new.into_new())
    }

    /// Inserts a row. If this unique key of it is taken, it writes the other stated columns into the existing row
    /// instead, which keeps its primary key. It returns the row.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let user = User::upsert_by(conn, users::id, User::builder().id(1).name("Anna"))?;
    /// assert_eq!(user.name, "Anna");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::MissingKey`] if `new` does not state the key, or states it as NULL; constraint violations,
    /// including those of other unique keys. Then nothing is written.
    fn upsert_by<C, K: NamedKey<Self>>(
        conn: &mut C,
        _: K,
        new: impl IntoNew<Self, Nested: Alone>,
    ) -> Result<Self>
    where
        C: Connection,
        Self: Create<C>,
    {
        Self::upsert_by_key(conn, set_of::<Self, K>(), new.into_new())
    }

    /// [`upsert_by`](Self::upsert_by), and whether it created the row. Only PostgreSQL tells this.
    ///
    /// # Errors
    /// As [`upsert_by`](Self::upsert_by).
    fn upsert_telling<C, K: NamedKey<Self>>(
        conn: &mut C,
        _: K,
        new: impl IntoNew<Self, Nested: Alone>,
    ) -> Result<(Self, bool)>
    where
        C: Connection,
        Self: UpsertTelling<C>,
    {
        Self::upsert_telling_by_key(conn, set_of::<Self, K>(), new.into_new())
    }

    /// New rows. You choose what happens to those whose unique key is taken: [`NewRows`].
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let rows = [1, 2].map(|id| User::builder().id(id).name("New"));
    /// assert_eq!(User::inserting(rows).ignore_taken().execute(conn)?, 1);
    /// # Ok(()) }
    /// ```
    fn inserting<N: IntoNew<Self, Nested: Alone>>(
        new: impl IntoIterator<Item = N>,
    ) -> NewRows<Self> {
        NewRows::new(new.into_iter().map(IntoNew::into_new).collect())
    }

    /// The rows that a Diesel filter finds, to change or delete them at once: [`RowsOf`].
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let changes = User::changes().name("Anna");
    /// assert_eq!(User::rows(users::name.eq("Ann")).update(conn, changes)?, 1);
    /// # Ok(()) }
    /// ```
    fn rows<P: RowFilter<Self> + Expression<SqlType: IsCondition> + NonAggregate>(
        filter: P,
    ) -> RowsOf<Self, Where<P>> {
        RowsOf::found_by(filter)
    }

    /// All rows, to change or delete them at once: [`RowsOf`].
    fn all_rows() -> RowsOf<Self, Every> {
        RowsOf::all()
    }

    /// Deletes all rows without looking at each one: `TRUNCATE`, or on SQLite a `DELETE` without a filter.
    ///
    /// On MySQL this ends the open transaction and restarts generated keys; on the other backends, generated keys
    /// continue.
    ///
    /// # Errors
    /// An error if other tables refer to this one, which PostgreSQL and MySQL refuse even if those have no rows;
    /// any other database error.
    fn truncate<C: Connection>(conn: &mut C) -> Result<()> {
        Self::truncating().execute(conn)
    }

    /// [`truncate`](Self::truncate) with options: `User::truncating().cascade().restart().execute(conn)`.
    fn truncating() -> Truncating<Self> {
        Truncating::new()
    }

    /// Adds to a number in the database, `SET column = column + by`, and then reads the row again.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the row is gone; [`Error::CheckViolation`] if the sum does not fit into the column,
    /// which then keeps its value.
    fn increment<C, F, V>(&mut self, conn: &mut C, _column: F, by: V) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
        F: diesel::Column<Table = Self::Table, SqlType: Numeric>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        self.add_to(conn, &[Sum::new::<F::SqlType, V>(F::NAME, " + ", &by)])
    }

    /// Adds to several numbers at once and then reads the row again. It takes a tuple of pairs of a column and a
    /// number, such as `((users::points, 5), (users::level, 1))`.
    ///
    /// # Errors
    /// As [`increment`](Self::increment); then no column is changed.
    fn increment_each<C, A>(&mut self, conn: &mut C, additions: A) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
        A: Additions<Self, C::Backend>,
    {
        self.add_to(conn, &additions.sums(" + "))
    }

    /// Subtracts from a number in the database, `SET column = column - by`, and then reads the row again.
    ///
    /// # Errors
    /// [`Error::NotFound`] if the row is gone; [`Error::CheckViolation`] if the difference does not fit into the
    /// column, which then keeps its value.
    fn decrement<C, F, V>(&mut self, conn: &mut C, _column: F, by: V) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
        F: diesel::Column<Table = Self::Table, SqlType: Numeric>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        self.add_to(conn, &[Sum::new::<F::SqlType, V>(F::NAME, " - ", &by)])
    }

    /// Subtracts from several numbers at once and then reads the row again. It takes a tuple of pairs of a column
    /// and a number, such as `((users::points, 5), (users::level, 1))`.
    ///
    /// # Errors
    /// As [`decrement`](Self::decrement); then no column is changed.
    fn decrement_each<C, A>(&mut self, conn: &mut C, additions: A) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
        A: Additions<Self, C::Backend>,
    {
        self.add_to(conn, &additions.sums(" - "))
    }

    /// Writes only the given columns, first to the database and then to this value. This value gets what the
    /// database stored, which may be rounded or cut. If no column is given, nothing is sent.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let mut ann = User::get_by_pk(conn, 1)?;
    /// ann.update(conn, User::changes().name("Anna"))?;
    /// assert_eq!(ann.name, "Anna");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotFound`] if the row is gone; constraint violations.
    fn update<C>(&mut self, conn: &mut C, changes: ChangesOf<Self>) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
    {
        self.update_row(conn, changes.into_parts().0).map(drop)
    }

    /// Writes all columns except the key. If the database rounds or cuts a value, this value gets the result.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let mut ann = User::get_by_pk(conn, 1)?;
    /// ann.name.push_str("abel");
    /// ann.save(conn)?;
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotFound`] if the row is gone; constraint violations.
    fn save<C>(&mut self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
    {
        self.save_row(conn)
    }

    /// Reads the row again.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let mut ann = User::get_by_pk(conn, 1)?;
    /// diesel::update(users::table).set(users::name.eq("Anna")).execute(conn)?;
    /// ann.reload(conn)?;
    /// assert_eq!(ann.name, "Anna");
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotFound`] if the row is gone.
    fn reload<C>(&mut self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        Self::Query: FilterDsl<ByKey<Self>, Output: AsQuery<Query: Fetch<C, Self>>>,
    {
        *self = Self::get_by_pk(conn, Self::PrimaryKey::of(self))?;
        Ok(())
    }

    /// Deletes the row.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// User::get_by_pk(conn, 1)?.destroy(conn)?;
    /// assert_eq!(User::count(conn)?, 0);
    /// # Ok(()) }
    /// ```
    ///
    /// # Errors
    /// [`Error::NotFound`] if the row is gone; [`Error::ForeignKeyViolation`] if other rows refer to it and their
    /// `on_delete` refuses.
    fn destroy<C>(&self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
    {
        self.delete_row(conn)
    }
}

impl<M: Model> ModelExt for M {}

/// What [`find_or_build`](ModelExt::find_or_build) returns.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FoundOrNew<M, N> {
    /// The row that was found.
    Found(M),
    /// No row was found: the value that you passed for a new one.
    New(N),
}

/// The first row that a filter finds, or a new one.
fn find_or_insert<M, C, P>(conn: &mut C, filter: P, new: Values<M>) -> Result<(M, bool)>
where
    C: Connection,
    P: Clone,
    M: Create<C>,
    M::Query: FilterDsl<P, Output: AsQuery>,
    FirstRow<QueryOf<Filtered<M, P>>>: Fetch<C, M>,
{
    if let Some(row) = M::find_one(conn, filter.clone())? {
        return Ok((row, false));
    }
    // A separate transaction: inside an open one it is a savepoint, so that a taken key does not end the outer one.
    let created = transaction(conn).run(|conn| M::insert_one(conn, new));
    match created {
        Err(taken @ Error::UniqueViolation(_)) => {
            let query = FirstRow(M::query().filter(filter).as_query());
            let row = query.fetch_latest(conn)?.into_iter().next();
            row.map(|row| (row, false)).ok_or(taken)
        }
        created => created.map(|row| (row, true)),
    }
}
