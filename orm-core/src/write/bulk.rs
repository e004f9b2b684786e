//! Many new rows, and what happens to rows whose unique key is taken.

use std::fmt;
use std::marker::PhantomData;

use diesel::debug_query;
use diesel::expression::{Expression, NonAggregate};
use diesel::query_builder::QueryFragment;
use diesel::result::Error::QueryBuilderError;

use crate::column::{NamedColumns, NamedKey, set_of};
use crate::connection::Connection;
use crate::dialect::{Dialect, PartialIndexes};
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::write::create::{Create, CreateBack};
use crate::write::rows::{IsCondition, RowFilter};

/// New rows, from [`ModelExt::inserting`](crate::ModelExt::inserting). `Taken` says what happens to rows whose
/// unique key is taken.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// # use diesel::prelude::*; use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// let rows = [(1, "Anna"), (2, "Bo")].map(|(id, name)| User::builder().id(id).name(name));
/// let users = User::inserting(rows).on_taken(users::id).update(users::name).create(conn)?;
/// assert_eq!(users[0].name, "Anna"); // she was there, as Ann
/// # assert_eq!(User::count(conn)?, 2); Ok(()) }
/// ```
#[must_use = "nothing is written before `create` or `execute`"]
pub struct NewRows<M: Model, Taken = Refused> {
    rows: Vec<Values<M>>,
    taken: Taken,
}

/// No row is written if a unique key is taken.
#[derive(Debug)]
pub struct Refused;

/// A row is left out if one of its unique keys is taken.
#[derive(Debug)]
pub struct LeftOut;

/// The unique key by which existing rows are found.
pub struct FoundBy<Key>(PhantomData<fn() -> Key>);

/// The row that has the key takes some columns of the new row.
#[derive(Debug)]
pub struct Updated {
    key: ColumnSet,
    columns: ColumnSet,
}

/// The columns by which existing rows are found, and the condition of their unique index.
pub struct FoundIn<Key, P>(P, PhantomData<fn() -> Key>);

/// The row that has the key among those that a condition finds takes some columns of the new row.
pub struct UpdatedIn<P> {
    updated: Updated,
    condition: P,
}

impl<Key, P> fmt::Debug for FoundIn<Key, P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FoundIn")
    }
}

impl<P> fmt::Debug for UpdatedIn<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.updated.fmt(f)
    }
}

impl<Key> fmt::Debug for FoundBy<Key> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FoundBy")
    }
}

impl<M: Model, Taken: fmt::Debug> fmt::Debug for NewRows<M, Taken> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("NewRows");
        shown.field("rows", &self.rows).field("taken", &self.taken);
        shown.finish()
    }
}

impl<M: Model> NewRows<M> {
    pub(crate) fn new(rows: Vec<Values<M>>) -> Self {
        let taken = Refused;
        Self { rows, taken }
    }

    /// Leaves out the rows for which any unique key is taken, in the database or by an earlier one of these rows.
    /// Other errors remain errors.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use orm_core::prelude::*;
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let rows = [1, 2, 3].map(|id| User::builder().id(id).name("New"));
    /// let written = User::inserting(rows).ignore_taken().create(conn)?;
    /// assert_eq!(written.len(), 2); // there is a user 1 already
    /// # Ok(()) }
    /// ```
    pub fn ignore_taken(self) -> NewRows<M, LeftOut> {
        let taken = LeftOut;
        let rows = self.rows;
        NewRows { rows, taken }
    }

    /// Names the unique key by which existing rows are found; `update` then says which columns they take.
    pub fn on_taken<Key: NamedKey<M>>(self, _: Key) -> NewRows<M, FoundBy<Key>> {
        let taken = FoundBy(PhantomData);
        let rows = self.rows;
        NewRows { rows, taken }
    }

    /// The same for columns with a partial unique index: they are unique among the rows that `condition` finds. It must
    /// be the condition of the index, without bound values.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use diesel::prelude::*; use diesel::connection::SimpleConnection; use orm_core::prelude::*;
    /// use diesel::dsl::sql;
    /// use diesel::sql_types::Bool;
    ///
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// # conn.batch_execute("CREATE UNIQUE INDEX first ON users (name) WHERE id < 100")?;
    /// // CREATE UNIQUE INDEX … ON users (name) WHERE id < 100
    /// let ann = User::builder().name("Ann");
    /// let users = User::inserting([ann]).on_taken_where(users::name, sql::<Bool>("id < 100"));
    /// let users = users.update(users::name).create(conn)?;
    /// assert_eq!(users[0].id, 1); // she was there
    /// # Ok(()) }
    /// ```
    pub fn on_taken_where<Key, P>(self, _: Key, condition: P) -> NewRows<M, FoundIn<Key, P>>
    where
        Key: NamedColumns<M>,
        P: RowFilter<M> + Expression<SqlType: IsCondition> + NonAggregate,
    {
        let taken = FoundIn(condition, PhantomData);
        let rows = self.rows;
        NewRows { rows, taken }
    }

    /// Creates the rows, as [`bulk_create`](crate::ModelExt::bulk_create) does.
    ///
    /// # Errors
    /// Constraint violations and other database errors; then no row is written.
    pub fn create<C>(self, conn: &mut C) -> Result<Vec<M>>
    where
        C: Connection,
        M: Create<C>,
    {
        M::insert_many(conn, self.rows)
    }
}

impl<M: Model, Key: NamedColumns<M>, P> NewRows<M, FoundIn<Key, P>> {
    /// Says which columns the row that has the key takes, as for a key that covers all rows.
    pub fn update<Columns: NamedColumns<M>>(self, _: Columns) -> NewRows<M, UpdatedIn<P>> {
        let updated = Updated {
            key: set_of::<M, Key>(),
            columns: set_of::<M, Columns>(),
        };
        let condition = self.taken.0;
        let taken = UpdatedIn { updated, condition };
        let rows = self.rows;
        NewRows { rows, taken }
    }
}

impl<M: Model, Key: NamedKey<M>> NewRows<M, FoundBy<Key>> {
    /// Says which columns the row that has the key takes: one column, or a tuple of them. It takes the values that
    /// a new row would have, so a column that the new row does not state takes its default. The key and the primary
    /// key stay.
    pub fn update<Columns: NamedColumns<M>>(self, _: Columns) -> NewRows<M, Updated> {
        let taken = Updated {
            key: set_of::<M, Key>(),
            columns: set_of::<M, Columns>(),
        };
        let rows = self.rows;
        NewRows { rows, taken }
    }
}

impl<M: Model> NewRows<M, LeftOut> {
    /// Creates the rows whose keys are free and returns those that it created. They are in order as far as the rows
    /// state the same columns.
    ///
    /// MySQL does not tell which rows it wrote, so this does not compile there; call [`execute`](Self::execute).
    ///
    /// # Errors
    /// Constraint violations except those of unique keys, and other database errors; then no row is written.
    pub fn create<C>(self, conn: &mut C) -> Result<Vec<M>>
    where
        C: Connection,
        M: CreateBack<C>,
    {
        M::insert_free_back(conn, self.rows)
    }

    /// Creates the rows whose keys are free, and returns how many it created.
    ///
    /// # Errors
    /// Constraint violations except those of unique keys, and other database errors; then no row is written.
    pub fn execute<C>(self, conn: &mut C) -> Result<usize>
    where
        C: Connection,
        M: Create<C>,
    {
        M::insert_free(conn, self.rows)
    }
}

impl<M: Model> NewRows<M, Updated> {
    /// Creates the rows or writes into the existing ones. Returns all of them as they are after that, in order.
    ///
    /// # Errors
    /// [`Error::MissingKey`](crate::Error::MissingKey) if a row does not state the key, or states it as NULL;
    /// [`Error::RepeatedKey`](crate::Error::RepeatedKey) if two of the rows have the same key; constraint
    /// violations, including those of other unique keys. Then no row is written.
    pub fn create<C>(self, conn: &mut C) -> Result<Vec<M>>
    where
        C: Connection,
        M: Create<C>,
    {
        M::upsert_many(conn, self.rows, self.taken.key, None, self.taken.columns)
    }
}

impl<M: Model, P> NewRows<M, UpdatedIn<P>> {
    /// Creates the rows or writes into the existing ones that the index covers. Returns all of them as they are after
    /// that, in order. MySQL has no such indexes, so this does not compile there.
    ///
    /// # Errors
    /// Those of a key that covers all rows, and an error of the database if the table has no such index.
    pub fn create<C>(self, conn: &mut C) -> Result<Vec<M>>
    where
        C: Connection<Backend: PartialIndexes>,
        M: Create<C>,
        P: QueryFragment<C::Backend>,
    {
        let UpdatedIn { updated, condition } = self.taken;
        let condition = sql_of::<C::Backend>(&condition)?;
        M::upsert_many(
            conn,
            self.rows,
            updated.key,
            Some(&condition),
            updated.columns,
        )
    }
}

/// The SQL of the condition. The database compares it with that of the index before it knows any bound values.
fn sql_of<DB: Dialect>(condition: &dyn QueryFragment<DB>) -> Result<String> {
    let shown = debug_query::<DB, _>(&condition).to_string();
    shown.strip_suffix(NOTHING_BOUND).map(str::to_owned).ok_or_else(|| {
        let help = "the condition of a unique index cannot have bound values: write them as SQL, as in `sql::<Bool>(\"active\")`";
        Error::Database(QueryBuilderError(help.into()))
    })
}

/// The end of what Diesel shows of a query that binds nothing.
const NOTHING_BOUND: &str = " -- binds: []";
