//! Tables: what models state about them, and the SQL that creates them.

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
    /// What the models state about their tables.
    const MODELS: &'static [ModelMeta];

    /// Creates all tables and indexes that do not exist yet, in foreign-key order.
    ///
    /// Existing tables stay as they are, with their rows.
    ///
    /// Several callers may run it at once, in one process or in many, for example when copies of a program
    /// start.
    ///
    /// # Errors
    /// [`Error::NameCollision`] before the first statement. [`Error::SchemaRefused`] for a statement that the
    /// database refuses, with the model and, if known, the columns. After an error nothing is created, if the
    /// backend can undo it (SQLite and PostgreSQL).
    fn create_all<C: Connection>(conn: &mut C) -> Result<()> {
        let plan = Plan::of(Self::MODELS);
        plan.check::<C::Backend>()?;
        run(conn, &plan, &ddl::create::<C::Backend>(&plan))
    }

    /// Drops all tables of the schema, with their rows.
    ///
    /// If a table outside the schema refers to one of them, SQLite refuses, PostgreSQL drops that table's
    /// foreign key (`CASCADE`), and MySQL leaves the key referring to nothing.
    ///
    /// # Errors
    /// Any error of the database. On SQLite and PostgreSQL, nothing is dropped then.
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

/// Runs all statements, while other sessions that do the same wait.
fn run<C: Connection>(conn: &mut C, plan: &Plan, script: &Script) -> Result<()> {
    let is_ours = !is_in_transaction(conn);
    let result = match C::Backend::ALONE {
        Alone::First => alone(conn, plan, script),
        Alone::Again => match attempt(conn, plan, script) {
            Err(Error::LockTimeout(_)) if is_ours => alone(conn, plan, script),
            result => result,
        },
    };
    // A rollback does not restore what the first statement switched off for the session.
    if let (Err(_), Some(after)) = (&result, script.after) {
        run::script(conn, after)?;
    }
    result
}

/// Runs the statements after those that make others wait. A database that only speaks the language of PostgreSQL
/// or MySQL may not know the latter, and a cluster may refuse them. Then this runs as if there were no other
/// session.
fn alone<C: Connection>(conn: &mut C, plan: &Plan, script: &Script) -> Result<()> {
    let schemas = plan.schemas();
    let mut waited = 0;
    let mut result = conn.transaction::<_, Error, _>(|conn| {
        for &schema in &schemas {
            run::script(conn, &C::Backend::wait_for_others(schema))?;
            waited += 1;
        }
        attempt_within(conn, plan, script)
    });
    if waited < schemas.len() && matches!(result, Err(Error::Database(_))) {
        result = attempt(conn, plan, script);
    }
    for &schema in &schemas[..waited] {
        if let Some(end) = C::Backend::let_others(schema) {
            let ended = run::script(conn, &end);
            result = result.and(ended.map_err(Error::from));
        }
    }
    result
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

/// Implemented if a schema lists the model `M`.
pub trait HasModel<M> {}

/// Stands for a schema in the question which models it lists.
#[derive(Debug)]
pub struct Listed<S>(std::marker::PhantomData<fn() -> S>);

/// Implemented for [`Listed`] of a schema.
pub trait OfSchema {
    /// The schema.
    type Schema;
}

impl<S> OfSchema for Listed<S> {
    type Schema = S;
}

/// Implemented if a schema lists the model `M`, which another model names.
#[diagnostic::on_unimplemented(
    message = "this `schema!` does not list `{M}`, but an association of another model names it",
    label = "add `{M}` to the list"
)]
pub trait Lists<M> {}

#[diagnostic::do_not_recommend]
impl<M, L: OfSchema<Schema: HasModel<M>>> Lists<M> for L {}

/// A list of models that the schema `S` lists in full.
pub trait ListedIn<S> {}

impl<S> ListedIn<S> for () {}

impl<S, M, Rest: ListedIn<S>> ListedIn<S> for (M, Rest) where Listed<S>: Lists<M> {}

/// A model whose associations name only models that the schema `S` lists.
pub trait TargetsIn<S> {
    /// Empty. Naming it makes rustc check the bound.
    const CHECKED: () = ();
}

impl<S, M: Model<Targets: ListedIn<S>>> TargetsIn<S> for M {}

/// A connection through which rows of the view `V` could be written. Nothing implements it; it exists so that
/// rustc says why.
#[diagnostic::on_unimplemented(
    message = "`{V}` is a `#[view]`, so you cannot create, change or destroy its rows",
    label = "you can only read `{V}`",
    note = "use the model to which the table belongs, or list `{V}` in `schema!` without `#[view]`"
)]
pub trait Writes<V> {
    /// Never called.
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
    /// Never called.
    fn never<T>() -> T;
}
