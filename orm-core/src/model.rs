//! What a model is: a struct, its table, and its key.

use std::fmt::{self, Debug};
use std::hash::Hash;

use crate::error::Result;
use crate::fields::FieldList;
use crate::meta::{ModelMeta, TableName, TableOptions};
use crate::now::Now;
use crate::validate::problems::Problems;

/// A struct that is a row of a table. Derive it.
///
/// [`derive(Model)`](macro@crate::Model) lists what else the derive adds; [`ModelExt`](crate::ModelExt) lists what
/// every model can do.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a model",
    label = "not a model",
    note = "add `#[derive(Model)]` to `{Self}`"
)]
pub trait Model: Clone + Sized + 'static {
    /// Diesel's table.
    type Table: diesel::Table + Default + 'static;
    /// The columns of the struct, in the order of its fields.
    type Columns: diesel::Expression + 'static;
    /// The SQL types of the columns.
    type SqlType: 'static;
    /// What [`Model::query`] returns: `SELECT` of the struct's columns.
    type Query;
    /// The field that is the primary key, or a tuple of them.
    type PrimaryKey: PrimaryKey<Model = Self>;
    /// The fields, as a list of types.
    type Fields: FieldList;
    /// The insert builder with nothing set.
    type Builder: FromValues<Model = Self, Nested = ()>;
    /// The row with slots for associations, nothing included yet.
    type With;
    /// Every model that an association of this model names.
    type Targets;
    /// What runs around writes of rows: [`NoHooks`](crate::NoHooks), a type that implements
    /// [`Hooks`](crate::Hooks), or a tuple of two.
    type Hooks: 'static;

    /// The struct's name.
    const NAME: &'static str;
    /// The table's name.
    const TABLE: &'static str;
    /// The schema of the table, if the model states one: a schema of PostgreSQL, a database of MySQL, or an
    /// attached database of SQLite.
    const SCHEMA_NAME: Option<&'static str> = None;
    /// Everything the DDL needs.
    const META: ModelMeta;
    /// Whether the model has rules.
    const CHECKED: bool = false;

    /// All rows, as a plain Diesel query.
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// use diesel::prelude::*;
    /// use orm_core::prelude::*;
    ///
    /// # fn main() -> orm_core::Result<()> {
    /// # let conn = &mut connection();
    /// let ann: Option<User> = User::query()
    ///     .filter(users::name.eq("Ann"))
    ///     .first(conn)
    ///     .optional()?;
    /// # assert!(ann.is_some()); Ok(()) }
    /// ```
    fn query() -> Self::Query;

    /// The columns of the struct.
    fn columns() -> Self::Columns;

    /// The row with these values of the fields.
    fn of_row(row: <Self::Fields as FieldList>::Row) -> Self;

    /// Fills in the columns of a new row whose defaults are made here and not in the database. So, on every
    /// backend, the row can be found by its key, and the values are known without reading it.
    fn fill(_: &mut Values<Self>, _: &Now) {}

    /// Fills in the columns of a changed row that every change sets.
    fn touch(_: &mut Values<Self>, _: &Now) {}

    /// Puts the next version of this row into a change of it.
    ///
    /// # Errors
    /// [`Error::CheckViolation`](crate::Error::CheckViolation) if there is no next version.
    fn advance(&self, _: &mut Values<Self>) -> Result<()> {
        Ok(())
    }

    /// Adds the problems that the model's rules find in a row that is about to be written.
    fn check(_: &Draft<'_, Self>, _: &mut Problems) {}

    /// The row with slots for associations, nothing included yet.
    fn into_with(self) -> Self::With;
}

/// The key of a model: one field, or a tuple of fields.
pub trait PrimaryKey: 'static {
    /// The model.
    type Model: Model;
    /// The key's value: the field's type, or a tuple of them.
    type Value: Key;
    /// The SQL type of the value, or a tuple of them.
    type Sql: 'static;
    /// The names of the fields.
    const FIELDS: &'static [&'static str];
    /// The names of their columns in the database.
    const COLUMNS: &'static [&'static str];

    /// The key of a row.
    fn of(model: &Self::Model) -> Self::Value;
    /// The key in readable form: `id = 7`.
    fn show(value: &Self::Value) -> String;
}

/// The type of a model's primary key value.
pub type KeyOf<M> = <<M as Model>::PrimaryKey as PrimaryKey>::Value;

/// A model that an association names. This is `M`, reached through something that only a model has. So, if a type
/// is not a model, rustc reports that once and not for each bound that asks for more.
pub type Itself<M> = <<M as Model>::PrimaryKey as PrimaryKey>::Model;

/// A query of SQL type `ST` returns rows of this model.
///
/// The derive implements it for the model's own columns and for Diesel's `User::as_select()`.
#[diagnostic::on_unimplemented(
    message = "this query does not select `{Self}`",
    label = "the query's columns are not those of `{Self}`",
    note = "start from `{Self}::query()`, or end the query with `.select({Self}::as_select())`"
)]
pub trait Selects<ST>: Model {}

/// A value that can be a key: compared, hashed and shown.
pub trait Key: Clone + Eq + Hash + Debug + 'static {}

impl<T: Clone + Eq + Hash + Debug + 'static> Key for T {}

/// A tuple with a value, or none, for each field of a model.
pub type ValuesOf<M> = <<M as Model>::Fields as FieldList>::Values;

/// Values for some columns of a model: a row to insert, or changes.
///
/// The flag says whether the values are still those that the write was given: a hook may have changed them.
pub struct Values<M: Model>(pub(crate) ValuesOf<M>, pub(crate) bool);

impl<M: Model> Values<M> {
    /// Marks these as the values that a write was given, until a hook changes them.
    pub(crate) fn mark(&mut self) {
        self.1 = true;
    }

    /// Whether the values are unchanged since they were marked.
    pub(crate) fn is_marked(&self) -> bool {
        self.1
    }
}

/// The values of all fields, as in the insert struct.
pub fn values<M: Model>(values: ValuesOf<M>) -> Values<M> {
    Values(values, false)
}

impl<M: Model> Default for Values<M> {
    fn default() -> Self {
        Self(Default::default(), false)
    }
}

impl<M: Model> Clone for Values<M> {
    fn clone(&self) -> Self {
        Self(self.0.clone(), self.1)
    }
}

impl<M: Model> fmt::Debug for Values<M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A row that is about to be written, as the rules of its model see it: a new row, changes of a row, or a whole
/// row.
///
/// ```
/// use orm_core::{Draft, Invalid};
/// # use diesel::prelude::*; use orm_core::prelude::*;
///
/// #[derive(Model, Debug, Clone)]
/// #[model(validate = in_order)]
/// pub struct Booking {
///     #[model(primary_key)]
///     pub id: i32,
///     pub first_day: i32,
///     pub last_day: i32,
/// }
///
/// fn in_order(row: &Draft<'_, Booking>) -> Result<(), Invalid> {
///     match (row.get(bookings::first_day), row.get(bookings::last_day)) {
///         (Some(first), Some(last)) if first > last => {
///             Err(Invalid::new("order", "ends before it begins"))
///         }
///         _ => Ok(()),
///     }
/// }
///
/// let new = Booking::builder().first_day(2).last_day(1);
/// assert!(Booking::validate_new(&new).is_err());
/// # assert!(Booking { id: 1, first_day: 1, last_day: 1 }.validate().is_ok());
/// ```
#[derive(Debug)]
pub struct Draft<'a, M: Model>(pub(crate) Writing<'a, M>);

/// What is about to be written.
#[derive(Debug)]
pub(crate) enum Writing<'a, M: Model> {
    /// A new row.
    New(&'a Values<M>),
    /// Changes of a row.
    Changes(&'a M, &'a Values<M>),
    /// All of a row.
    Row(&'a M),
    /// Changes of the rows that a condition finds.
    Rows(&'a Values<M>),
}

/// The same type.
pub trait Same<M> {
    /// The same values.
    fn same(values: Values<Self>) -> Values<M>
    where
        Self: Model,
        M: Model;

    /// The same values.
    fn same_mut(values: &mut Values<Self>) -> &mut Values<M>
    where
        Self: Model,
        M: Model;
}

#[diagnostic::do_not_recommend]
impl<M> Same<M> for M {
    fn same(values: Values<M>) -> Values<M>
    where
        M: Model,
    {
        values
    }

    fn same_mut(values: &mut Values<M>) -> &mut Values<M>
    where
        M: Model,
    {
        values
    }
}

/// Values for the columns of a model: a builder, or the insert struct. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a builder",
    label = "expected the builder of a model, as in `Post::builder()`, or its insert struct, `NewPost`"
)]
pub trait Building: Sized {
    /// The model.
    type Model: Model;
    /// What is still missing.
    type State;
    /// The rows that are created together with this one: `()`, or a list.
    type Nested;
    /// The builder with a different set of missing values, and with other rows.
    type In<State, Nested>: FromValues<Model = Self::Model, State = State, Nested = Nested>;

    /// The values, and the rows that are created together with this one.
    fn into_parts(self) -> (Values<Self::Model>, Self::Nested);
}

/// A builder of a model. The derive implements it.
pub trait FromValues: Building {
    /// The builder with these values and rows.
    fn of_parts(values: Values<Self::Model>, nested: Self::Nested) -> Self;
}

impl TableName {
    /// The table of a model.
    #[must_use]
    pub const fn of<M: Model>() -> Self {
        Self {
            schema: M::SCHEMA_NAME,
            name: M::TABLE,
        }
    }
}

impl ModelMeta {
    /// A model that states nothing but its names.
    #[must_use]
    pub const fn of<M: Model>() -> Self {
        Self {
            name: M::NAME,
            table: TableName::of::<M>(),
            adopted: false,
            options: TableOptions::NONE,
            columns: &[],
            primary_key: &[],
            generated_key: false,
            version: None,
            uniques: &[],
            indexes: &[],
            references: &[],
            junctions: &[],
        }
    }
}
