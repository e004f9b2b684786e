//! Tables: what models tell of them, and the SQL that makes them.

mod check;
mod ddl;
mod keys;
mod macros;
pub(crate) mod names;
pub(crate) mod pairs;
mod refused;

use crate::meta::ModelMeta;
pub use check::check;
use ddl::{Plan, Script};

use crate::connection::{Connection, is_in_transaction};
use crate::dialect::{Alone, Dialect};
use crate::error::{Error, Result};
use crate::model::Model;
use crate::query::run;

/// The models of an application; [`schema!`](crate::schema!) makes one.
pub trait Schema {
    /// What the models tell about their tables.
    const MODELS: &'static [ModelMeta];

    /// Creates all tables and indexes that are not there yet, in foreign-key order.
    ///
    /// Tables that are there are left as they are, with their rows.
    ///
    /// Several may call it at once, in one process or in many, as when copies of a program start.
    ///
    /// # Errors
    /// [`Error::NameCollision`] before the first statement; [`Error::SchemaRefused`] for a statement that
    /// the database refuses, with the model and, where they are known, the columns. Then, where the
    /// backend can (SQLite and PostgreSQL), nothing is created.
    fn create_all<C: Connection>(conn: &mut C) -> Result<()> {
        let plan = Plan::of(Self::MODELS);
        plan.check::<C::Backend>()?;
        run(conn, &plan, &ddl::create::<C::Backend>(&plan))
    }

    /// Drops all tables of the schema, with their rows.
    ///
    /// Where a table outside of the schema refers to one of them, SQLite refuses; PostgreSQL drops
    /// that table's foreign key (`CASCADE`), and MySQL leaves it referring to nothing.
    ///
    /// # Errors
    /// What the database says; on SQLite and PostgreSQL nothing is dropped then.
    fn drop_all<C: Connection>(conn: &mut C) -> Result<()> {
        let plan = Plan::of(Self::MODELS);
        run(conn, &plan, &ddl::drop::<C::Backend>(&plan))
    }

    /// The SQL that [`create_all`](Self::create_all) runs on a backend.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// use orm_core::prelude::*;
    ///
    /// # fn main() {
    /// println!("{}", App::create_sql::<diesel::sqlite::Sqlite>());
    /// # assert!(App::create_sql::<diesel::sqlite::Sqlite>().contains("CREATE TABLE"));
    /// # }
    /// ```
    #[must_use]
    fn create_sql<DB: Dialect>() -> String {
        ddl::create::<DB>(&Plan::of(Self::MODELS)).text()
    }

    /// The SQL that [`drop_all`](Self::drop_all) runs on a backend.
    #[must_use]
    fn drop_sql<DB: Dialect>() -> String {
        ddl::drop::<DB>(&Plan::of(Self::MODELS)).text()
    }
}

/// Runs all statements, while others that do the same wait.
fn run<C: Connection>(conn: &mut C, plan: &Plan, script: &Script) -> Result<()> {
    let is_ours = !is_in_transaction(conn);
    let waiting = plan.waiting::<C::Backend>();
    let result = match C::Backend::ALONE {
        Alone::Anyway => attempt(conn, plan, script),
        Alone::First => alone(conn, plan, script, &waiting),
        Alone::Again => match attempt(conn, plan, script) {
            Err(Error::LockTimeout(_)) if is_ours => alone(conn, plan, script, &waiting),
            result => result,
        },
    };
    // What the first statement switched off for the session, no rollback switches on again.
    if let (Err(_), Some(after)) = (&result, script.after) {
        run::script(conn, after)?;
    }
    result
}

/// The same behind the statements by which others wait. A database that speaks PostgreSQL's language may
/// not know them; then it is as if nobody else were there.
fn alone<C: Connection>(
    conn: &mut C,
    plan: &Plan,
    script: &Script,
    waiting: &[String],
) -> Result<()> {
    let mut waited = false;
    let result = conn.transaction::<_, Error, _>(|conn| {
        for statement in waiting {
            run::script(conn, statement)?;
        }
        waited = true;
        attempt_within(conn, plan, script)
    });
    match result {
        Err(Error::Database(_)) if !waited => attempt(conn, plan, script),
        result => result,
    }
}

fn attempt<C: Connection>(conn: &mut C, plan: &Plan, script: &Script) -> Result<()> {
    conn.transaction(|conn| attempt_within(conn, plan, script))
}

fn attempt_within<C: Connection>(conn: &mut C, plan: &Plan, script: &Script) -> Result<()> {
    for step in &script.steps {
        let done = run::script(conn, &step.sql);
        done.map_err(|error| refused::error(plan, step, error))?;
    }
    Ok(())
}

/// A schema lists the model `M`.
pub trait HasModel<M> {}

/// A schema, of which it is asked what it lists.
#[derive(Debug)]
pub struct Listed<S>(std::marker::PhantomData<fn() -> S>);

/// `Self` is [`Listed`] of a schema.
pub trait OfSchema {
    /// The schema.
    type Schema;
}

impl<S> OfSchema for Listed<S> {
    type Schema = S;
}

/// A schema lists the model `M`, which another one names.
#[diagnostic::on_unimplemented(
    message = "this `schema!` does not list `{M}`, but an association of another model names it",
    label = "add `{M}` to the list"
)]
pub trait Lists<M> {}

#[diagnostic::do_not_recommend]
impl<M, L: OfSchema<Schema: HasModel<M>>> Lists<M> for L {}

/// A list of models, all of which the schema `S` lists.
pub trait ListedIn<S> {}

impl<S> ListedIn<S> for () {}

impl<S, M, Rest: ListedIn<S>> ListedIn<S> for (M, Rest) where Listed<S>: Lists<M> {}

/// A model whose associations name no others than those that the schema `S` lists.
pub trait TargetsIn<S> {
    /// Nothing: to name it is to ask.
    const CHECKED: () = ();
}

impl<S, M: Model<Targets: ListedIn<S>>> TargetsIn<S> for M {}

/// A connection through which rows of the view `V` are written. There is none: it is here so that rustc says why.
#[diagnostic::on_unimplemented(
    message = "`{V}` is a `#[view]`, so you cannot create, change or destroy its rows",
    label = "you can only read `{V}`",
    note = "use the model to which the table belongs, or list `{V}` in `schema!` without `#[view]`"
)]
pub trait Writes<V> {
    /// It is never called.
    fn never<T>() -> T;
}

#[diagnostic::do_not_recommend]
impl<V, C: Never> Writes<V> for C {
    fn never<T>() -> T {
        C::never()
    }
}

/// No type implements it.
pub trait Never {
    /// It is never called.
    fn never<T>() -> T;
}
