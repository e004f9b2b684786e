//! What runs around the writes of a model's rows.

use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::model::{Model, Values};

/// What runs around the writes of rows of `M` on the backend `DB`.
///
/// `#[model(hooks)]` on a struct says that it implements this trait for itself. `#[model(hooks(Audit))]` names
/// other types that do; they run in that order, after the model's own hooks. Each method has an empty default. A
/// hook runs in the transaction of the write: if it returns an error, nothing of the write remains. If something
/// must run only when the write is certain, put it into [`after_commit`](crate::after_commit).
///
/// ```
/// # fn main() -> orm_core::Result<()> {
/// use diesel::prelude::*;
/// use diesel::sqlite::Sqlite;
/// use orm_core::prelude::*;
/// use orm_core::{ByFilter, Hooks, Values};
///
/// #[derive(Model, Debug, Clone, PartialEq)]
/// #[model(hooks)]
/// pub struct User {
///     #[model(primary_key)]
///     pub id: i32,
///     pub name: String,
/// }
///
/// impl Hooks<User, Sqlite> for User {
///     const BY_FILTER: ByFilter = ByFilter::Each;
///
///     fn before_create(
///         _: &mut impl orm_core::Connection<Backend = Sqlite>,
///         new: &mut Values<User>,
///     ) -> orm_core::Result<()> {
///         let name = new.get(users::name).map(|name| name.trim().to_owned());
///         new.set(users::name, name.unwrap_or_default());
///         Ok(())
///     }
/// }
///
/// orm_core::schema! { pub App { User } }
///
/// let conn = &mut SqliteConnection::establish(":memory:").expect("SQLite opens");
/// App::create_all(conn)?;
/// assert_eq!(User::create(conn, User::builder().name("  Ann "))?.name, "Ann");
/// # Ok(()) }
/// ```
///
/// A type can have hooks for many models: `impl<M: Model + HookedBy<Audit>, DB: Dialect> Hooks<M, DB> for Audit`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no hooks for `{M}` on this backend",
    label = "`{M}` names the hooks `{Self}`, but they are not written",
    note = "write `impl Hooks<{M}, {DB}> for {Self}`"
)]
pub trait Hooks<M: Model + HookedBy<Self>, DB: Dialect>: Sized + 'static {
    /// Whether there are any hooks. `false` only for [`NoHooks`], whose writes have no extra cost.
    const ANY: bool = true;

    /// What happens if a condition selects many rows to write: in `User::rows(filter)`, `add_posts`, `remove_posts`
    /// or `set_posts`.
    const BY_FILTER: ByFilter;

    /// Runs before the values of a new row or of a change are validated. It may change them.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_validate(
        _conn: &mut impl Connection<Backend = DB>,
        _values: &mut Values<M>,
    ) -> Result<()> {
        Ok(())
    }

    /// Runs after the values have passed validation.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn after_validate(
        _conn: &mut impl Connection<Backend = DB>,
        _values: &Values<M>,
    ) -> Result<()> {
        Ok(())
    }

    /// Runs before a row is created. It may change the values.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_create(
        _conn: &mut impl Connection<Backend = DB>,
        _new: &mut Values<M>,
    ) -> Result<()> {
        Ok(())
    }

    /// Runs after a row is created.
    ///
    /// # Errors
    /// Any error; it undoes the write.
    fn after_create(_conn: &mut impl Connection<Backend = DB>, _row: &M) -> Result<()> {
        Ok(())
    }

    /// Runs before several rows are created at once. By default it calls [`before_create`](Self::before_create) for
    /// each. If that method runs statements, write this one too, so that it runs them for all rows at once.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_bulk_create(
        conn: &mut impl Connection<Backend = DB>,
        new: &mut [Values<M>],
    ) -> Result<()> {
        new.iter_mut()
            .try_for_each(|new| Self::before_create(conn, new))
    }

    /// Runs after several rows are created at once. By default it calls [`after_create`](Self::after_create) for
    /// each.
    ///
    /// # Errors
    /// Any error; it undoes the write.
    fn after_bulk_create(conn: &mut impl Connection<Backend = DB>, rows: &[M]) -> Result<()> {
        rows.iter()
            .try_for_each(|row| Self::after_create(conn, row))
    }

    /// Runs before a row is changed. It may modify the changes. `row` is the row in memory; for a
    /// [tracked](crate::Tracked) row, it is the row before its changes.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_update(
        _conn: &mut impl Connection<Backend = DB>,
        _row: &M,
        _changes: &mut Values<M>,
    ) -> Result<()> {
        Ok(())
    }

    /// Runs after a row is changed. `old` is the row before the change: as it was in memory for `update`, as it was
    /// in the database for `save`, and as it was read for a [tracked](crate::Tracked) row.
    ///
    /// # Errors
    /// Any error; it undoes the write.
    fn after_update(_conn: &mut impl Connection<Backend = DB>, _old: &M, _now: &M) -> Result<()> {
        Ok(())
    }

    /// Runs before a row is created or changed, after [`before_create`](Self::before_create) and
    /// [`before_update`](Self::before_update). It may change the values.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_save(
        _conn: &mut impl Connection<Backend = DB>,
        _values: &mut Values<M>,
    ) -> Result<()> {
        Ok(())
    }

    /// Runs after a row is created or changed.
    ///
    /// # Errors
    /// Any error; it undoes the write.
    fn after_save(_conn: &mut impl Connection<Backend = DB>, _row: &M) -> Result<()> {
        Ok(())
    }

    /// Runs before a row is deleted.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_destroy(_conn: &mut impl Connection<Backend = DB>, _row: &M) -> Result<()> {
        Ok(())
    }

    /// Runs after a row is deleted.
    ///
    /// # Errors
    /// Any error; it undoes the write.
    fn after_destroy(_conn: &mut impl Connection<Backend = DB>, _row: &M) -> Result<()> {
        Ok(())
    }

    /// Runs before an upsert. It may change the values.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_upsert(
        _conn: &mut impl Connection<Backend = DB>,
        _new: &mut Values<M>,
    ) -> Result<()> {
        Ok(())
    }

    /// Runs after an upsert has written the row.
    ///
    /// # Errors
    /// Any error; it undoes the write.
    fn after_upsert(_conn: &mut impl Connection<Backend = DB>, _row: &M) -> Result<()> {
        Ok(())
    }

    /// Runs before a statement changes many rows by a condition, if [`BY_FILTER`](Self::BY_FILTER) is
    /// [`ByFilter::Statement`]. It may modify the changes.
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_update_where(
        _conn: &mut impl Connection<Backend = DB>,
        _changes: &mut Values<M>,
    ) -> Result<()> {
        Ok(())
    }

    /// Runs before a statement deletes many rows by a condition, if [`BY_FILTER`](Self::BY_FILTER) is
    /// [`ByFilter::Statement`].
    ///
    /// # Errors
    /// Any error; it stops the write.
    fn before_destroy_where(_conn: &mut impl Connection<Backend = DB>) -> Result<()> {
        Ok(())
    }
}

/// What happens to hooks if a condition selects many rows to write.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByFilter {
    /// The rows are read, and the hooks of each row run. Rows whose changes no hook touches share one statement;
    /// each other row has its own.
    Each,
    /// One statement writes all rows, and no hook of a single row runs.
    Statement,
}

/// The struct `Self` names the hooks `H`. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not run the hooks `{H}`",
    label = "these hooks would never run",
    note = "name them on the struct: `#[model(hooks)]` for its own, `#[model(hooks({H}))]` for others"
)]
pub trait HookedBy<H> {}

/// A model without hooks.
#[derive(Debug)]
pub enum NoHooks {}

#[diagnostic::do_not_recommend]
impl<M> HookedBy<NoHooks> for M {}

#[diagnostic::do_not_recommend]
impl<M: Model, DB: Dialect> Hooks<M, DB> for NoHooks {
    const ANY: bool = false;
    const BY_FILTER: ByFilter = ByFilter::Statement;
}

#[diagnostic::do_not_recommend]
impl<M: HookedBy<A> + HookedBy<B>, A, B> HookedBy<(A, B)> for M {}

/// Runs the hooks of both, in order.
macro_rules! both {
    ($($hook:ident($($argument:ident: $ty:ty),*);)+) => {
        $(
            fn $hook(conn: &mut impl Connection<Backend = DB>, $($argument: $ty),*) -> Result<()> {
                A::$hook(conn, $($argument),*)?;
                B::$hook(conn, $($argument),*)
            }
        )+
    };
}

#[diagnostic::do_not_recommend]
impl<M, DB, A, B> Hooks<M, DB> for (A, B)
where
    M: Model + HookedBy<A> + HookedBy<B>,
    DB: Dialect,
    A: Hooks<M, DB>,
    B: Hooks<M, DB>,
{
    const ANY: bool = A::ANY || B::ANY;
    const BY_FILTER: ByFilter = match (A::BY_FILTER, B::BY_FILTER) {
        (ByFilter::Statement, ByFilter::Statement) => ByFilter::Statement,
        _ => ByFilter::Each,
    };

    both! {
        before_validate(values: &mut Values<M>);
        after_validate(values: &Values<M>);
        before_create(new: &mut Values<M>);
        after_create(row: &M);
        before_bulk_create(new: &mut [Values<M>]);
        after_bulk_create(rows: &[M]);
        before_update(row: &M, changes: &mut Values<M>);
        after_update(old: &M, now: &M);
        before_save(values: &mut Values<M>);
        after_save(row: &M);
        before_destroy(row: &M);
        after_destroy(row: &M);
        before_upsert(new: &mut Values<M>);
        after_upsert(row: &M);
        before_update_where(changes: &mut Values<M>);
        before_destroy_where();
    }
}
