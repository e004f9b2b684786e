//! Compile-time checks for a model on a table that Diesel's `table!` declares: the model's key must be the
//! table's key, and every column that the model names must exist.

use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::internal::table_macro::{Identifier, StaticQueryFragment};
use diesel::query_builder::QueryId;
use diesel::query_source::{Column, Table};
use diesel::sql_types::Text;

use crate::meta::{ColumnKind, is_same};
use crate::model::Same;
use crate::types::DdlType;

/// The column names of a primary key that Diesel declares as a column or as a tuple of columns. `Shape` says
/// which of the two it is; Rust infers it.
pub trait KeyNames<Shape> {
    /// The names.
    const NAMES: &'static [&'static str];
}

/// A key of one column.
#[derive(Debug)]
pub struct Single;

impl<C: Column> KeyNames<Single> for C {
    const NAMES: &'static [&'static str] = &[C::NAME];
}

macro_rules! key_names {
    ($($column:ident)+) => {
        impl<$($column: Column),+> KeyNames<($($column,)+)> for ($($column,)+) {
            const NAMES: &'static [&'static str] = &[$($column::NAME),+];
        }
    };
}

key_names!(A);
key_names!(A B);
key_names!(A B C);
key_names!(A B C D);
key_names!(A B C D E);
key_names!(A B C D E F);
key_names!(A B C D E F G);
key_names!(A B C D E F G H);
key_names!(A B C D E F G H I);
key_names!(A B C D E F G H I J);
key_names!(A B C D E F G H I J K);
key_names!(A B C D E F G H I J K L);

/// Says whether the model's primary key equals that of its table.
#[derive(Debug)]
pub struct KeyOfTable<const IS: bool>;

/// Holds if the primary key of the model `M` is `Key`, the key of its table. The order of the columns does
/// not matter.
#[diagnostic::on_unimplemented(
    message = "the primary key of `{M}` is not that of its table",
    label = "the primary key of the table is `{Key}`",
    note = "mark the fields of those columns with `#[model(primary_key)]`, and no others: orm-core finds, \
            changes and destroys a row by its key"
)]
pub trait IsKeyOf<M, Key> {}

#[diagnostic::do_not_recommend]
impl<M, Key, T: Same<KeyOfTable<true>>> IsKeyOf<M, Key> for T {}

/// Compiles only if the model's key equals that of its table.
pub const fn check_key<M, Key, T: IsKeyOf<M, Key>>() {}

/// Whether both keys name the same columns.
#[must_use]
pub const fn is_key<Key: KeyNames<Shape>, Shape>(of_model: &[&str]) -> bool {
    let mut found = 0;
    let mut index = 0;
    while index < of_model.len() {
        let mut other = 0;
        while other < Key::NAMES.len() {
            if is_same(of_model[index], Key::NAMES[other]) {
                found += 1;
            }
            other += 1;
        }
        index += 1;
    }
    found == of_model.len() && found == Key::NAMES.len()
}

/// What a name stands for if the table has no such column.
///
/// The derive imports this type under every name that may be a column. In a scope within, it imports the
/// table's columns, which hide this type.
#[derive(Debug)]
pub struct NoColumn;

/// What a name stands for: a column, or [`NoColumn`].
pub trait MaybeColumn<T> {
    /// The column, or a stand-in if there is none.
    type Column;
}

impl<C: Column, T> MaybeColumn<T> for C {
    type Column = C;
}

impl<T> MaybeColumn<T> for NoColumn {
    type Column = Absent<T>;
}

/// The column with this name; if there is none, the column named `Other`.
pub trait OrElse<Other, T> {
    /// The column.
    type Column;
    /// Whether it is the column with this name.
    const IS_FIRST: bool;
}

impl<C: Column, Other, T> OrElse<Other, T> for C {
    type Column = C;
    const IS_FIRST: bool = true;
}

impl<Other: MaybeColumn<T>, T> OrElse<Other, T> for NoColumn {
    type Column = Other::Column;
    const IS_FIRST: bool = false;
}

/// Stands in for a missing column, so that rustc reports it once and not at each place that names it.
#[derive(Debug, QueryId)]
pub struct Absent<T>(PhantomData<fn() -> T>);

impl<T> Clone for Absent<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Absent<T> {}

impl<T> Default for Absent<T> {
    fn default() -> Self {
        Self(PhantomData)
    }
}

impl<T> Expression for Absent<T> {
    type SqlType = Text;
}

impl<T, GroupBy> ValidGrouping<GroupBy> for Absent<T> {
    type IsAggregate = is_aggregate::Never;
}

impl<T, QS: ?Sized> AppearsOnTable<QS> for Absent<T> {}
impl<T, QS: ?Sized> SelectableExpression<QS> for Absent<T> {}

impl<T: Table> Column for Absent<T> {
    type Table = T;
    const NAME: &'static str = "";
}

/// Holds if the table whose columns are `Self` has the column that a model names.
#[diagnostic::on_unimplemented(
    message = "the table has no column of this name",
    label = "no such column",
    note = "its columns are `{Self}`",
    note = "`column` takes the name that the column has in `table!`, or in the database"
)]
pub trait HasColumn<const IS: bool> {}

impl<Columns> HasColumn<true> for Columns {}

/// Compiles only if the table's columns include the one that a model names.
pub const fn check_column<Columns: HasColumn<IS>, const IS: bool>() {}

/// Implemented if `table!` gives another name to the column of the field whose name has the hash `HASH`.
pub trait ColumnElsewhere<const HASH: u64> {
    /// The column.
    type Column;
}

/// Looks up what is known of `T` at a place where `T` is not a type parameter. Inherent impls of this type
/// hold what is known; [`Unknown`], which Rust looks at second, holds the answers for all other types.
#[derive(Debug)]
pub struct Known<T>(PhantomData<fn() -> T>);

/// The answers for a type of which nothing is known.
pub trait Unknown {
    /// How a SQL type is spelled. Nobody reads this for a table that already exists.
    const KIND: ColumnKind = ColumnKind::Other("");
    /// The name of a table.
    const TABLE: Option<&'static str> = None;
}

impl<T> Unknown for Known<T> {}

impl<ST: DdlType> Known<ST> {
    /// How the SQL type is spelled.
    pub const KIND: ColumnKind = ST::KIND;
}

impl<T: StaticQueryFragment<Component = Identifier<'static>>> Known<T> {
    /// The table's name, if the table is in no schema.
    pub const TABLE: Option<&'static str> = Some(T::STATIC_COMPONENT.0);
}
