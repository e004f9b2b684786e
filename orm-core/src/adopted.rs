//! What is checked of a table that Diesel's `table!` declares: the model's key is the table's, and the columns
//! that the model names are there.

use std::marker::PhantomData;

use diesel::expression::{
    AppearsOnTable, Expression, SelectableExpression, ValidGrouping, is_aggregate,
};
use diesel::internal::table_macro::{Identifier, StaticQueryFragment};
use diesel::query_builder::QueryId;
use diesel::query_source::{Column, Table};
use diesel::sql_types::Text;

use crate::meta::{ColumnKind, is_same};
use crate::types::DdlType;
use crate::write::builder::Same;

/// The names of the columns of a primary key as Diesel states it: a column, or a tuple of them. `Shape` says which
/// of the two it is, and is inferred.
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

/// Whether the primary key of a model is that of its table.
#[derive(Debug)]
pub struct KeyOfTable<const IS: bool>;

/// The primary key of the model `M` is `Key`, that of its table; in whatever order.
#[diagnostic::on_unimplemented(
    message = "the primary key of `{M}` is not that of its table",
    label = "the primary key of the table is `{Key}`",
    note = "mark the fields of those columns with `#[model(primary_key)]`, and no others: orm-core finds, \
            changes and destroys a row by its key"
)]
pub trait IsKeyOf<M, Key> {}

#[diagnostic::do_not_recommend]
impl<M, Key, T: Same<KeyOfTable<true>>> IsKeyOf<M, Key> for T {}

/// Compiles where the key of a model is that of its table.
pub const fn check_key<M, Key, T: IsKeyOf<M, Key>>() {}

/// Whether the two name the same columns.
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

/// What a name stands for that is no column of the table.
///
/// The derive brings it into scope under the names that may be columns, and the table's columns into the scope
/// within, where they hide it.
#[derive(Debug)]
pub struct NoColumn;

/// What a name stands for: a column, or [`NoColumn`].
pub trait MaybeColumn<T> {
    /// The column; where there is none, what stands for it.
    type Column;
}

impl<C: Column, T> MaybeColumn<T> for C {
    type Column = C;
}

impl<T> MaybeColumn<T> for NoColumn {
    type Column = Absent<T>;
}

/// The column of this name, else the one of the name `Other`.
pub trait OrElse<Other, T> {
    /// The column.
    type Column;
    /// It is the one of this name.
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

/// Stands for a column that is not there, so that this is said once, and not at each place that names it.
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

/// A table whose columns are `Self` has the one that a model names.
#[diagnostic::on_unimplemented(
    message = "the table has no column of this name",
    label = "no such column",
    note = "its columns are `{Self}`",
    note = "`column` takes the name that the column has in `table!`, or in the database"
)]
pub trait HasColumn<const IS: bool> {}

impl<Columns> HasColumn<true> for Columns {}

/// Compiles where the columns of a table have the one that a model names.
pub const fn check_column<Columns: HasColumn<IS>, const IS: bool>() {}

/// The field of `Self` whose name has the hash `HASH` is of a column that has another name in `table!`.
pub trait ColumnElsewhere<const HASH: u64> {
    /// The column.
    type Column;
}

/// Asks what is known of `T`, which is no parameter where it is asked: what is known stands in an impl of this type,
/// and what holds else in [`Unknown`], which Rust looks at second.
#[derive(Debug)]
pub struct Known<T>(PhantomData<fn() -> T>);

/// What holds of a thing of which nothing is known.
pub trait Unknown {
    /// How a SQL type is spelled: nobody asks of a table that is there.
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
    /// The table's name, where it is in no schema.
    pub const TABLE: Option<&'static str> = Some(T::STATIC_COMPONENT.0);
}
