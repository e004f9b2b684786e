//! From builders to rows.

use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::model::{Model, Values};
use crate::write::hooks::{HookedBy, Hooks};
use crate::write::inserting::InsertRows;
use crate::write::pipeline;

/// Something that has every required column of `M`: a complete builder or a `NewUser`.
#[diagnostic::on_unimplemented(
    message = "you cannot create a `{M}` from `{Self}`",
    label = "expected `{M}::builder()…` with all required columns, or the insert struct of `{M}`"
)]
pub trait IntoNew<M> {
    /// The values that are stated, NULL being a statement.
    fn into_new(self) -> Values<M>
    where
        M: Model;
}

/// A connection on which rows of this model can be created.
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
    /// Constraint violations and what the database says.
    fn insert_one(conn: &mut C, new: Values<Self>) -> Result<Self>;

    /// Inserts rows and reads them back, in order.
    ///
    /// # Errors
    /// Constraint violations and what the database says; then no row is written.
    fn insert_many(conn: &mut C, new: Vec<Values<Self>>) -> Result<Vec<Self>>;

    /// Inserts a row or, where its unique key is taken, writes the stated columns into the row that
    /// is there; reads it back.
    ///
    /// # Errors
    /// Constraint violations and what the database says.
    fn upsert_one(conn: &mut C, new: Values<Self>) -> Result<Self>;
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

    fn upsert_one(conn: &mut C, new: Values<M>) -> Result<M> {
        pipeline::upsert::<M, M::Hooks, C>(conn, new)
    }
}
