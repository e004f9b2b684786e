//! From builders to rows.

use diesel::expression::QueryMetadata;

use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::meta::ColumnSet;
use crate::model::{Model, Same, Values};
use crate::query::read::ReadColumns;
use crate::validate::problems::Problems;
use crate::write::hooks::{HookedBy, Hooks};
use crate::write::inserting::{InsertRows, Returns, TellsCreated};
use crate::write::pipeline;
use crate::write::values::Columns;

/// Something that has every required column of `M`: a complete builder or a `NewUser`.
#[diagnostic::on_unimplemented(
    message = "you cannot create a `{M}` from `{Self}`",
    label = "expected `{M}::builder()…` with all required columns, or the insert struct of `{M}`"
)]
pub trait IntoNew<M>: Sized {
    /// The rows that are created together with it: `()`, or a list; see [`ModelExt::create`](crate::ModelExt::create).
    type Nested;

    /// The stated values (NULL counts as stated), and the rows that are created together with this one.
    fn into_graph(self) -> (Values<M>, Self::Nested)
    where
        M: Model;

    /// The values of a row that is created alone.
    fn into_new(self) -> Values<M>
    where
        M: Model,
        Self::Nested: Alone,
    {
        self.into_graph().0
    }
}

/// Nothing is created together with a row: `()`.
#[diagnostic::on_unimplemented(
    message = "this call creates a row alone, and the builder has rows of its associations",
    label = "they would not be created",
    note = "`create` and `bulk_create` create the rows of `.with_…`, too"
)]
pub trait Alone {}

// Implemented for every type that is `()`, so that rustc does not list it.
#[diagnostic::do_not_recommend]
impl<T: Same<()>> Alone for T {}

/// A connection on which you can create rows of this model.
///
/// Use it as a bound in code that is generic over the connection:
///
/// ```
/// use orm_core::prelude::*;
/// # mod model { orm_core::doc_model!(); } use model::*;
///
/// fn add_user<C>(conn: &mut C, name: &str) -> orm_core::Result<User>
/// where
///     C: orm_core::Connection,
///     User: orm_core::Create<C>,
/// {
///     User::create(conn, User::builder().name(name))
/// }
/// # fn main() { add_user(&mut connection(), "Bo").unwrap(); }
/// ```
#[diagnostic::on_unimplemented(
    message = "you cannot create a `{Self}` on this connection",
    label = "`{Self}` cannot be written here",
    note = "if `{Self}` names hooks, as in `#[model(hooks)]`, write them: `impl Hooks<{Self}, Sqlite> for …`"
)]
pub trait Create<C: Connection>: Model {
    /// Inserts one row and reads it back.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn insert_one(conn: &mut C, new: Values<Self>) -> Result<Self>;

    /// Inserts rows and reads them back, in order.
    ///
    /// # Errors
    /// Constraint violations and other database errors; then no row is written.
    fn insert_many(conn: &mut C, new: Vec<Values<Self>>) -> Result<Vec<Self>>;

    /// Inserts rows as part of a transaction that ends with the first error, and reads them back, in order.
    #[doc(hidden)]
    fn insert_level(conn: &mut C, new: Vec<Values<Self>>) -> Result<Vec<Self>>;

    /// The problems of a new row that are known before anything is written.
    #[doc(hidden)]
    fn problems(new: &mut Values<Self>) -> Problems;

    /// Inserts a row. If its unique key is taken, it writes the stated columns into the existing row instead. Reads
    /// the row back.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn upsert_one(conn: &mut C, new: Values<Self>) -> Result<Self>;

    /// The same with a given unique key.
    ///
    /// # Errors
    /// [`Error::MissingKey`](crate::Error::MissingKey) if the row does not state it; constraint violations.
    fn upsert_by_key(conn: &mut C, key: ColumnSet, new: Values<Self>) -> Result<Self>;

    /// Inserts rows. If their unique keys are taken, it writes the columns `changed` into the existing rows
    /// instead. Reads them back, in order. `index` is the condition of the key's index, if it has one, in SQL.
    ///
    /// # Errors
    /// [`Error::MissingKey`](crate::Error::MissingKey) if a row does not state the key,
    /// [`Error::RepeatedKey`](crate::Error::RepeatedKey) if two state the same; constraint violations. Then nothing is
    /// written.
    fn upsert_many(
        conn: &mut C,
        new: Vec<Values<Self>>,
        key: ColumnSet,
        index: Option<&str>,
        changed: ColumnSet,
    ) -> Result<Vec<Self>>;

    /// Inserts all rows except those whose unique key is taken, and returns how many it inserted.
    ///
    /// # Errors
    /// Other constraint violations and other database errors; then no row is written.
    fn insert_free(conn: &mut C, new: Vec<Values<Self>>) -> Result<usize>;
}

/// A connection that tells whether an upsert of this model created its row.
#[diagnostic::on_unimplemented(
    message = "an upsert on this connection does not tell whether it created its row",
    label = "only PostgreSQL tells this",
    note = "call `upsert_by`; if you must know, call `find_or_create_by` and `update`, in one transaction"
)]
pub trait UpsertTelling<C: Connection>: Create<C> {
    /// [`upsert_by_key`](Create::upsert_by_key), and whether the row was created.
    ///
    /// # Errors
    /// As there.
    fn upsert_telling_by_key(
        conn: &mut C,
        key: ColumnSet,
        new: Values<Self>,
    ) -> Result<(Self, bool)>;
}

#[diagnostic::do_not_recommend]
impl<M, C> UpsertTelling<C> for M
where
    C: Connection<Backend: TellsCreated + QueryMetadata<M::SqlType>>,
    M: Model<Hooks: Hooks<M, C::Backend>> + HookedBy<<M as Model>::Hooks>,
    M: Columns<C::Backend> + ReadColumns<C::Backend>,
    <C::Backend as Dialect>::Inserting: InsertRows<C, M>,
{
    fn upsert_telling_by_key(conn: &mut C, key: ColumnSet, new: Values<M>) -> Result<(M, bool)> {
        pipeline::upsert_telling::<M, M::Hooks, C>(conn, key, new)
    }
}

/// A connection that tells which rows of this model were created if some were left out.
pub trait CreateBack<C: Connection>: Create<C> {
    /// Inserts all rows except those whose unique key is taken, and returns those that it inserted.
    ///
    /// # Errors
    /// Other constraint violations and other database errors; then no row is written.
    fn insert_free_back(conn: &mut C, new: Vec<Values<Self>>) -> Result<Vec<Self>>;
}

impl<M, C> CreateBack<C> for M
where
    C: Connection<Backend: Returns>,
    M: Model<Hooks: Hooks<M, C::Backend>> + HookedBy<<M as Model>::Hooks>,
    <C::Backend as Dialect>::Inserting: InsertRows<C, M>,
{
    fn insert_free_back(conn: &mut C, new: Vec<Values<M>>) -> Result<Vec<M>> {
        pipeline::create_free_back::<M, M::Hooks, C>(conn, new)
    }
}

impl<M, C> Create<C> for M
where
    C: Connection,
    M: Model<Hooks: Hooks<M, C::Backend>> + HookedBy<<M as Model>::Hooks>,
    <C::Backend as Dialect>::Inserting: InsertRows<C, M>,
{
    fn insert_one(conn: &mut C, new: Values<M>) -> Result<M> {
        pipeline::create::<M, M::Hooks, C>(conn, new)
    }

    fn insert_many(conn: &mut C, new: Vec<Values<M>>) -> Result<Vec<M>> {
        pipeline::create_all::<M, M::Hooks, C>(conn, new)
    }

    fn insert_level(conn: &mut C, new: Vec<Values<M>>) -> Result<Vec<M>> {
        pipeline::create_level::<M, M::Hooks, C>(conn, new)
    }

    fn problems(new: &mut Values<M>) -> Problems {
        pipeline::problems::<M, M::Hooks, C::Backend>(new)
    }

    fn upsert_one(conn: &mut C, new: Values<M>) -> Result<M> {
        pipeline::upsert::<M, M::Hooks, C>(conn, new)
    }

    fn upsert_by_key(conn: &mut C, key: ColumnSet, new: Values<M>) -> Result<M> {
        pipeline::upsert_by::<M, M::Hooks, C>(conn, key, new)
    }

    fn upsert_many(
        conn: &mut C,
        new: Vec<Values<M>>,
        key: ColumnSet,
        index: Option<&str>,
        changed: ColumnSet,
    ) -> Result<Vec<M>> {
        pipeline::upsert_all::<M, M::Hooks, C>(conn, new, key, index, changed)
    }

    fn insert_free(conn: &mut C, new: Vec<Values<M>>) -> Result<usize> {
        pipeline::create_free::<M, M::Hooks, C>(conn, new)
    }
}
