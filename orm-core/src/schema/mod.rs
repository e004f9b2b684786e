//! Tables: what models tell of them, and the SQL that makes them.

mod ddl;
mod macros;
pub(crate) mod meta;
pub(crate) mod pairs;

pub use meta::ColumnKind;
use meta::{DefaultValue, ModelMeta, is_same};

use crate::Connection;
use crate::dialect::Dialect;
use crate::error::{Error, Result};

/// The models of an application; [`schema!`](crate::schema!) makes one.
pub trait Schema {
    /// What the models tell about their tables.
    const MODELS: &'static [ModelMeta];

    /// Creates all tables and indexes that are not there yet, in foreign-key order.
    ///
    /// Tables that are there are left as they are, with their rows.
    ///
    /// # Errors
    /// What the database says of a statement; then, where the backend can (SQLite and PostgreSQL),
    /// nothing is created.
    fn create_all<C: Connection>(conn: &mut C) -> Result<()> {
        let statements = ddl::create::<C::Backend>(Self::MODELS);
        run(conn, statements, C::Backend::CREATE_AROUND)
    }

    /// Drops all tables of the schema, with their rows.
    ///
    /// Where a table outside of the schema refers to one of them, SQLite refuses; PostgreSQL drops
    /// that table's foreign key (`CASCADE`), and MySQL leaves it referring to nothing.
    ///
    /// # Errors
    /// What the database says; on SQLite and PostgreSQL nothing is dropped then.
    fn drop_all<C: Connection>(conn: &mut C) -> Result<()> {
        let statements = ddl::drop::<C::Backend>(Self::MODELS);
        run(conn, statements, C::Backend::DROP_AROUND)
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
        script(&ddl::create::<DB>(Self::MODELS))
    }

    /// The SQL that [`drop_all`](Self::drop_all) runs on a backend.
    #[must_use]
    fn drop_sql<DB: Dialect>() -> String {
        script(&ddl::drop::<DB>(Self::MODELS))
    }
}

fn run<C: Connection>(
    conn: &mut C,
    statements: Vec<String>,
    around: Option<[&str; 2]>,
) -> Result<()> {
    let result = conn.transaction::<_, Error, _>(|conn| {
        for statement in statements {
            conn.batch_execute(&statement)?;
        }
        Ok(())
    });
    // What the first statement switched off for the session, no rollback switches on again.
    if let (Err(_), Some([_, after])) = (&result, around)
        && !after.is_empty()
    {
        conn.batch_execute(after)?;
    }
    result
}

fn script(statements: &[String]) -> String {
    statements
        .iter()
        .map(|statement| format!("{statement};\n"))
        .collect()
}

/// A model is listed in a schema.
#[diagnostic::on_unimplemented(
    message = "the model `{M}` is not listed in this `schema!`, but another one refers to it",
    label = "an association of this model names `{M}`",
    note = "add `{M}` to the list"
)]
pub trait HasModel<M> {}

/// A schema has every model of a list.
#[diagnostic::on_unimplemented(
    message = "a model that another one refers to is not listed in the schema `{Self}`",
    label = "one of `{List}` is missing here",
    note = "add the missing model to the list in `schema!`"
)]
pub trait HasModels<List> {}

impl<S> HasModels<()> for S {}

impl<S, M, Rest> HasModels<(M, Rest)> for S where S: HasModel<M> + HasModels<Rest> {}

/// Fails to compile where a model leaves something open that its table must state.
pub const fn check(models: &[ModelMeta]) {
    let mut model = 0;
    while model < models.len() {
        let ModelMeta {
            columns,
            primary_key,
            generated_key,
            adopted,
            ..
        } = models[model];
        let mut column = 0;
        while column < columns.len() && !adopted {
            let is_key = generated_key && is_same(columns[column].name, primary_key[0]);
            assert!(
                !is_key || columns[column].kind.is_integer(),
                "a primary key is `auto_increment`, but its SQL type is no integer: remove \
                 `auto_increment`, or name another type with `sql_type = \"…\"`"
            );
            if let Some(DefaultValue::Unstated(help)) = columns[column].default {
                #[allow(clippy::panic, reason = "evaluated by the compiler, never at run time")]
                {
                    panic!("{}", help);
                }
            }
            column += 1;
        }
        model += 1;
    }
}

/// How a Diesel SQL type is spelled in `CREATE TABLE`.
///
/// It is implemented for the built-in types. Implement it for a SQL type of your own to use it in a
/// model whose table `schema!` creates.
///
/// ```
/// use orm_core::{ColumnKind, DdlType};
///
/// #[derive(diesel::sql_types::SqlType)]
/// #[diesel(sqlite_type(name = "Text"))]
/// pub struct NoCase;
///
/// impl DdlType for NoCase {
///     const KIND: ColumnKind = ColumnKind::Other("TEXT COLLATE NOCASE");
/// }
/// # fn main() {}
/// ```
#[diagnostic::on_unimplemented(
    message = "orm-core does not know how to spell the SQL type `{Self}` in CREATE TABLE",
    note = "a SQL type of your crate: implement `orm_core::DdlType` for it",
    note = "a SQL type of another crate: let a migration create the table, declare it with Diesel's `table!`, and \
            name that with `#[model(schema = …)]`; then nothing is asked of the type"
)]
pub trait DdlType {
    /// The type.
    const KIND: ColumnKind;
}

/// Says how SQL types of Diesel are spelled.
macro_rules! ddl_types {
    ($($sql:ty => $kind:ident $(($name:literal))?),+ $(,)?) => {
        $(impl $crate::DdlType for $sql {
            const KIND: $crate::ColumnKind = $crate::ColumnKind::$kind $(($name))?;
        })+
    };
}
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub(crate) use ddl_types;

ddl_types! {
    diesel::sql_types::SmallInt => SmallInt,
    diesel::sql_types::Integer => Integer,
    diesel::sql_types::BigInt => BigInt,
    diesel::sql_types::Float => Float,
    diesel::sql_types::Double => Double,
    diesel::sql_types::Bool => Bool,
    diesel::sql_types::Text => Text,
    diesel::sql_types::Binary => Binary,
    diesel::sql_types::Date => Date,
    diesel::sql_types::Time => Time,
    diesel::sql_types::Timestamp => Timestamp,
    diesel::sql_types::Numeric => Decimal,
    diesel::sql_types::Json => Json,
    diesel::sql_types::Jsonb => Jsonb,
}
