//! What every model can do.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::{FilterDsl, LimitDsl, OffsetDsl, OrderDsl};
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::error::{Error, Result};
use crate::model::{Building, FromValues, KeyOf, Model, PrimaryKey};
use crate::query::fetch::Fetch;
use crate::query::filter::{KeyColumns, KeyIs};
use crate::query::one::FirstRow;
use crate::query::read::Scalar;
use crate::query::tally::{AnyRow, CountRows};
use crate::types::numeric::Numeric;
use crate::write::builder::ChangesOf;
use crate::write::change::Write;
use crate::write::create::{Create, IntoNew};

type ByKey<M> = KeyIs<<M as Model>::PrimaryKey>;
type QueryOf<Q> = <Q as AsQuery>::Query;
type KeyColumnsOf<M> = <<M as Model>::PrimaryKey as KeyColumns>::Columns;
type InOrder<M, P> = <Filtered<M, P> as OrderDsl<KeyColumnsOf<M>>>::Output;
type Filtered<M, P> = <<M as Model>::Query as FilterDsl<P>>::Output;

/// What every model can do, beside its associations.
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
        FromValues::of_values(Default::default())
    }

    /// Changes for [`update`](Self::update), with nothing set.
    #[must_use]
    fn changes() -> ChangesOf<Self> {
        FromValues::of_values(Default::default())
    }

    /// Inserts a row and gives it back as the database has it, with its key and defaults.
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
    /// # Errors
    /// Constraint violations and what the database says.
    fn create<C>(conn: &mut C, new: impl IntoNew<Self>) -> Result<Self>
    where
        C: Connection,
        Self: Create<C>,
    {
        Self::insert_one(conn, new.into_new())
    }

    /// Inserts rows, one `INSERT` per chunk, and gives them back in order, with their keys.
    ///
    /// Rows that give different columns (one leaves a default to the database, another states it)
    /// go into one `INSERT` each kind. With no rows, nothing is sent. Rows may refer to each other by keys
    /// that they state: parents are written first.
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
    /// Constraint violations, what the database says, and [`Error::NotFound`] where a trigger skips a row; then no
    /// row is written.
    fn bulk_create<C, N>(conn: &mut C, new: impl IntoIterator<Item = N>) -> Result<Vec<Self>>
    where
        C: Connection,
        Self: Create<C>,
        N: IntoNew<Self>,
    {
        Self::insert_many(conn, new.into_iter().map(IntoNew::into_new).collect())
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
    /// What the database says.
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
    /// [`Error::NotFound`], with the model and the key, where there is none.
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
    /// What the database says.
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
    /// What the database says.
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
    /// What the database says.
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
    /// What the database says.
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
    /// What the database says.
    fn count_where<C, P>(conn: &mut C, filter: P) -> Result<i64>
    where
        C: Connection,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        CountRows<QueryOf<Filtered<Self, P>>>: Fetch<C, Scalar<i64>>,
    {
        let rows = CountRows(Self::query().filter(filter).as_query()).fetch(conn)?;
        Ok(rows.first().map_or(0, |count| count.0))
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
    /// What the database says.
    fn exists<C, P>(conn: &mut C, filter: P) -> Result<bool>
    where
        C: Connection,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        AnyRow<QueryOf<Filtered<Self, P>>>: Fetch<C, Scalar<bool>>,
    {
        let rows = AnyRow(Self::query().filter(filter).as_query()).fetch(conn)?;
        Ok(rows.first().is_some_and(|exists| exists.0))
    }

    /// The rows that match a Diesel filter, from the `offset`-th on, at most `limit` of them in the
    /// order of their keys; and how many match in all.
    ///
    /// # Errors
    /// What the database says.
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

    /// The first row that matches a Diesel filter; where there is none, `new` is created. The `bool`
    /// says whether it was.
    ///
    /// Where another connection creates the same row at the same time, and a unique constraint
    /// keeps ours out, theirs is found, even in a transaction that has read before.
    ///
    /// # Errors
    /// Constraint violations that are not about the row that the filter finds.
    fn find_or_create<C, P>(
        conn: &mut C,
        filter: P,
        new: impl IntoNew<Self>,
    ) -> Result<(Self, bool)>
    where
        C: Connection,
        P: Clone,
        Self: Create<C>,
        Self::Query: FilterDsl<P, Output: AsQuery>,
        FirstRow<QueryOf<Filtered<Self, P>>>: Fetch<C, Self>,
    {
        if let Some(row) = Self::find_one(conn, filter.clone())? {
            return Ok((row, false));
        }
        // A transaction of its own: in one that is open already it is a savepoint, so that a taken
        // key does not end the outer one.
        let created = transaction(conn).run(|conn| Self::insert_one(conn, new.into_new()));
        match created {
            Err(taken @ Error::UniqueViolation(_)) => {
                let query = FirstRow(Self::query().filter(filter).as_query());
                let row = query.fetch_latest(conn)?.into_iter().next();
                row.map(|row| (row, false)).ok_or(taken)
            }
            created => created.map(|row| (row, true)),
        }
    }

    /// Inserts a row or, where its unique key is taken, writes the stated columns into the row that
    /// is there. One statement; the row comes back.
    ///
    /// The unique key is one of which all columns are stated, none of them as NULL: the primary key, else
    /// the first unique column, else the first set of columns that is unique. Where none is stated, the row
    /// is inserted.
    ///
    /// # Errors
    /// Constraint violations, of other keys as well; then nothing is written.
    fn upsert<C>(conn: &mut C, new: impl IntoNew<Self>) -> Result<Self>
    where
        C: Connection,
        Self: Create<C>,
    {
        Self::upsert_one(conn, new.into_new())
    }

    /// Adds to a number, in the database: `SET column = column + by`. The row is then read again.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the row is gone; [`Error::CheckViolation`] where the sum does not fit into the
    /// column, which then stays as it is.
    fn increment<C, F, V>(&mut self, conn: &mut C, _column: F, by: V) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
        F: diesel::Column<Table = Self::Table, SqlType: Numeric>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        self.add_to::<F, V>(conn, " + ", &by)
    }

    /// Subtracts from a number, in the database: `SET column = column - by`. The row is then read
    /// again.
    ///
    /// # Errors
    /// [`Error::NotFound`] where the row is gone; [`Error::CheckViolation`] where the difference does not fit
    /// into the column, which then stays as it is.
    fn decrement<C, F, V>(&mut self, conn: &mut C, _column: F, by: V) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
        F: diesel::Column<Table = Self::Table, SqlType: Numeric>,
        C::Backend: HasSqlType<F::SqlType>,
        V: ToSql<F::SqlType, C::Backend>,
    {
        self.add_to::<F, V>(conn, " - ", &by)
    }

    /// Writes only the columns that are given, to the database and then to this value, as the database has
    /// them: it may round or cut. With no column given, nothing is sent.
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
    /// [`Error::NotFound`] where the row is gone; constraint violations.
    fn update<C>(&mut self, conn: &mut C, changes: ChangesOf<Self>) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
    {
        self.update_row(conn, changes.into_values()).map(drop)
    }

    /// Writes all columns but the key. What the database rounds or cuts, it then has in this value, too.
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
    /// [`Error::NotFound`] where the row is gone; constraint violations.
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
    /// [`Error::NotFound`] where the row is gone.
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
    /// [`Error::NotFound`] where the row is gone; [`Error::ForeignKeyViolation`] where others refer
    /// to it and their `on_delete` refuses.
    fn destroy<C>(&self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        Self: Write<C>,
    {
        self.delete_row(conn)
    }
}

impl<M: Model> ModelExt for M {}
