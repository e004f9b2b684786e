//! What a model is: a struct, its table, and its key.

use crate::field::{Field, Key};
use crate::fields::FieldList;
use crate::schema::meta::ModelMeta;
use crate::write::builder::FromValues;
use crate::write::values::Values;

/// A struct that is a row of a table; derive it.
///
/// What the derive adds beside it is listed at [`derive(Model)`](macro@crate::Model); what every
/// model can do is listed at [`ModelExt`](crate::ModelExt).
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
    /// What [`Model::query`] gives: `SELECT` of the struct's columns.
    type Query;
    /// The field that is the primary key, or a tuple of them.
    type PrimaryKey: PrimaryKey<Model = Self>;
    /// The fields, as a list of types.
    type Fields: FieldList;
    /// The insert builder with nothing set.
    type Builder: FromValues<Model = Self>;
    /// The row with slots for associations, nothing included yet.
    type With;
    /// Every model that an association of this one names.
    type Targets;

    /// The struct's name.
    const NAME: &'static str;
    /// The table's name.
    const TABLE: &'static str;
    /// The schema of the table, where the model states one: a schema of PostgreSQL, a database of
    /// MySQL, an attached database of SQLite.
    const SCHEMA_NAME: Option<&'static str> = None;
    /// Everything the DDL needs.
    const META: ModelMeta;

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

    /// Gives the columns a value whose default is made here and not in the database: so a row is
    /// found again by its key on every backend.
    fn fill(_: &mut Values<Self>) {}

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
    /// The key as a person reads it: `id = 7`.
    fn show(value: &Self::Value) -> String;
}

/// The primary key's value of a model.
pub type KeyOf<M> = <<M as Model>::PrimaryKey as PrimaryKey>::Value;

impl<F: Field<Value: Key>> PrimaryKey for F {
    type Model = F::Model;
    type Value = F::Value;
    type Sql = F::Sql;
    const FIELDS: &'static [&'static str] = &[F::FIELD];
    const COLUMNS: &'static [&'static str] = &[F::COLUMN];

    fn of(model: &F::Model) -> F::Value {
        F::read(model).clone()
    }

    fn show(value: &F::Value) -> String {
        format!("{} = {value:?}", F::FIELD)
    }
}

/// The impls for tuples: of up to twelve fields, since the standard library knows longer tuples neither as equal
/// nor as hashed.
macro_rules! composite_key {
    ($first:ident $($field:ident)+) => {
        impl<$first, $($field),+> PrimaryKey for ($first, $($field),+)
        where
            $first: Field<Value: Key>,
            $($field: Field<Model = $first::Model, Value: Key>),+
        {
            type Model = $first::Model;
            type Value = ($first::Value, $($field::Value),+);
            type Sql = ($first::Sql, $($field::Sql),+);
            const FIELDS: &'static [&'static str] = &[$first::FIELD, $($field::FIELD),+];
            const COLUMNS: &'static [&'static str] = &[$first::COLUMN, $($field::COLUMN),+];

            fn of(model: &$first::Model) -> Self::Value {
                ($first::read(model).clone(), $($field::read(model).clone()),+)
            }

            #[allow(non_snake_case)]
            fn show(($first, $($field),+): &Self::Value) -> String {
                [
                    format!("{} = {:?}", $first::FIELD, $first),
                    $(format!("{} = {:?}", $field::FIELD, $field)),+
                ]
                .join(", ")
            }
        }
    };
}

composite_key!(A B);
composite_key!(A B C);
composite_key!(A B C D);
composite_key!(A B C D E);
composite_key!(A B C D E F);
composite_key!(A B C D E F G);
composite_key!(A B C D E F G H);
composite_key!(A B C D E F G H I);
composite_key!(A B C D E F G H I J);
composite_key!(A B C D E F G H I J K);
composite_key!(A B C D E F G H I J K L);

/// A model that an association names: `M`, by way of what only a model has. What is no model is said to be none once
/// then, and not by each bound that asks for more.
pub type Itself<M> = <<M as Model>::PrimaryKey as PrimaryKey>::Model;

/// The primary key is one field, so other rows can refer to it. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "an association cannot refer to the primary key of `{Self}`, which has several fields",
    label = "the primary key of `{Self}` has several fields",
    note = "name a unique field of `{Self}` with `target_key = \"…\"`"
)]
pub trait SingleKey: Model {
    /// The field.
    type KeyField: Field<Model = Self, Value = KeyOf<Self>>;
}

/// A query of SQL type `ST` gives rows of this model.
///
/// The derive implements it for the model's own columns and for Diesel's `User::as_select()`.
#[diagnostic::on_unimplemented(
    message = "this query does not select `{Self}`",
    label = "the query's columns are not those of `{Self}`",
    note = "start from `{Self}::query()`, or end the query with `.select({Self}::as_select())`"
)]
pub trait Selects<ST>: Model {}

/// What association methods take for a row: a reference to it, or its primary key. Where a link may
/// be missing, `Option<&Row>` is taken, too.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `&{M}` nor the primary key of one",
    label = "expected `&{M}` or its primary key"
)]
pub trait IntoTarget<M> {
    /// Whether it may be no row: `Always` or `Perhaps`.
    type Presence;

    /// The primary key.
    fn primary_key(&self) -> Option<KeyOf<M>>
    where
        M: Model;
    /// The row, where it is at hand.
    fn row(&self) -> Option<&M> {
        None
    }
}

/// There is always a row.
#[derive(Debug)]
pub struct Always;

/// There may be no row.
#[derive(Debug)]
pub struct Perhaps;

#[diagnostic::do_not_recommend]
impl<M: Model> IntoTarget<M> for Option<&M> {
    type Presence = Perhaps;

    fn primary_key(&self) -> Option<KeyOf<M>> {
        self.map(M::PrimaryKey::of)
    }

    fn row(&self) -> Option<&M> {
        *self
    }
}

/// One row: a reference to it, or its primary key.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is neither a `&{M}` nor the primary key of one",
    label = "expected `&{M}` or its primary key"
)]
pub trait OneTarget<M>: IntoTarget<M, Presence = Always> {}

#[diagnostic::do_not_recommend]
impl<M, T> OneTarget<M> for T where T: IntoTarget<M, Presence = Always> {}

/// Any number of rows: references to them or their primary keys, in an array, a slice, a `Vec` or
/// any other iterator. [`NONE`] is an empty one whose type is known.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a list of rows of `{M}`",
    label = "expected an array, a slice or a `Vec` of `&{M}` or of primary keys",
    note = "for one row, call the method with the singular name, as in `add_tag(conn, &tag)`"
)]
pub trait Targets<M>: IntoIterator<Item: IntoTarget<M, Presence = Always>> {}

#[diagnostic::do_not_recommend]
impl<M, T> Targets<M> for T where T: IntoIterator<Item: IntoTarget<M, Presence = Always>> {}

/// No rows, for `set_…`: `post.set_tags(conn, NONE)` unlinks all tags.
///
/// An empty array `[]` would leave the compiler without the type of its elements.
///
/// ```
/// # mod model {
/// #     use orm_core::prelude::*;
/// #     #[derive(Model, Debug, Clone, PartialEq)]
/// #     #[belongs_to_many(Tag, through = PostTag, as = "tags")]
/// #     pub struct Post { #[model(primary_key)] pub id: i32 }
/// #     #[derive(Model, Debug, Clone, PartialEq)]
/// #     pub struct Tag { #[model(primary_key)] pub id: i32, pub name: String }
/// #     #[derive(Model, Debug, Clone, PartialEq)]
/// #     pub struct PostTag {
/// #         #[model(primary_key)] pub post_id: i32,
/// #         #[model(primary_key)] pub tag_id: i32,
/// #         #[model(default = 1)] pub relevance: i32,
/// #     }
/// #     orm_core::schema! { pub App { Post, Tag, PostTag } }
/// # }
/// # use model::*; use diesel::prelude::*; use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut SqliteConnection::establish(":memory:").expect("SQLite opens");
/// # App::create_all(conn)?;
/// # let post = Post::create(conn, Post::builder())?;
/// # post.create_tag(conn, Tag::builder().name("sql"))?;
/// # post.create_tag_with(conn, Tag::builder().name("rust"), PostTag::builder().relevance(9))?;
/// # let post = Post::get_by_pk(conn, 1)?;
/// post.set_tags(conn, orm_core::NONE)?;
/// assert_eq!(post.count_tags(conn)?, 0);
/// # Ok(()) }
/// ```
pub const NONE: [NoRow; 0] = [];

/// The type of the rows of [`NONE`]; there are none.
#[derive(Debug, Clone, Copy)]
pub enum NoRow {}

#[diagnostic::do_not_recommend]
impl<M: Model> IntoTarget<M> for NoRow {
    type Presence = Always;

    fn primary_key(&self) -> Option<KeyOf<M>> {
        match *self {}
    }

    fn row(&self) -> Option<&M> {
        match *self {}
    }
}
