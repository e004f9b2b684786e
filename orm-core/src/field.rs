//! Fields as types: how one model names a column of another without knowing its path.

use std::fmt::Debug;
use std::marker::PhantomData;

use crate::fields::{FieldList, Place};
use crate::model::{Key, KeyOf, Model, PrimaryKey, Values, ValuesOf};
use crate::untyped::{Shown, Untyped};

/// A model has a field with a certain name, given by the hash of that name.
///
/// The derive implements it once per field. An attribute such as `fk = "author_id"` on another
/// model becomes `ColumnNamed<HASH>`, so it needs no path to the column and works across modules
/// and crates.
#[diagnostic::on_unimplemented(
    message = "`{Self}` has no field of this name",
    label = "no such field on `{Self}`",
    note = "write the name of a field of the struct, and not that of a column of the database"
)]
pub trait ColumnNamed<const HASH: u64>: Model {
    /// Diesel's column.
    type Column: diesel::Column + Default + Copy + 'static;
    /// The SQL type of the value, without `Nullable`.
    type Sql: 'static;
    /// The field's type.
    type Value: Clone + Debug + 'static;
    /// The field's name.
    const FIELD: &'static str;
    /// The field's place among the fields.
    type Place: Place<ValuesOf<Self>, Value = Self::Value>;
    /// The part of a builder's state that is about the field.
    type Slot: 'static;

    /// Reads the field.
    fn read(&self) -> &Self::Value;
    /// Changes the field.
    fn write(&mut self, value: Self::Value);
}

/// The field of `M` whose name has the hash `HASH`.
#[derive(Debug)]
pub struct FieldOf<M, const HASH: u64>(PhantomData<fn() -> M>);

/// A field as a type. Only [`FieldOf`] implements it.
#[diagnostic::on_unimplemented(
    message = "the model has no field of this name",
    label = "no such field"
)]
pub trait Field: Sealed + 'static {
    /// The model that has the field.
    type Model: Model;
    /// Diesel's column.
    type Column: diesel::Column + Default + Copy + 'static;
    /// The SQL type of the value, without `Nullable`.
    type Sql: 'static;
    /// The field's type.
    type Value: Clone + Debug + 'static;
    /// The field's name.
    const FIELD: &'static str;
    /// The column's name in the database.
    const COLUMN: &'static str = <Self::Column as diesel::Column>::NAME;
    /// The field's place among the fields.
    type Place: Place<ValuesOf<Self::Model>, Value = Self::Value>;
    /// The part of a builder's state that is about the field.
    type Slot: 'static;

    /// Reads the field.
    fn read(model: &Self::Model) -> &Self::Value;
    /// Changes the field.
    fn write(model: &mut Self::Model, value: Self::Value);

    /// The field's value among these values, if it is there.
    #[must_use]
    fn given(values: &Values<Self::Model>) -> Option<&Self::Value> {
        Self::Place::get(&values.0)
    }

    /// The place of the field's value among these values.
    fn place(values: &mut Values<Self::Model>) -> &mut Option<Self::Value> {
        Self::Place::place(&mut values.0)
    }

    /// The column as an expression, which lives as long as any query.
    #[must_use]
    fn expression() -> &'static Self::Column {
        // Diesel's columns have no size, so nothing is allocated.
        Box::leak(Box::default())
    }
}

/// Only [`FieldOf`] implements it.
pub trait Sealed {}

impl<M, const HASH: u64> Sealed for FieldOf<M, HASH> {}

impl<M: ColumnNamed<HASH>, const HASH: u64> Field for FieldOf<M, HASH> {
    type Model = M;
    type Column = M::Column;
    type Sql = M::Sql;
    type Value = M::Value;
    const FIELD: &'static str = M::FIELD;
    type Place = M::Place;
    type Slot = M::Slot;

    fn read(model: &M) -> &M::Value {
        model.read()
    }

    fn write(model: &mut M, value: M::Value) {
        model.write(value);
    }
}

/// A field's type holds a key of type `K`: it is `K` or `Option<K>`.
#[diagnostic::on_unimplemented(
    message = "a field of type `{Self}` cannot hold a key of type `{K}`",
    label = "this field is `{Self}`, the key it is compared with is `{K}`",
    note = "give both fields the same type, or `Option<{K}>` if the link may be missing"
)]
pub trait Holds<K> {
    /// Whether the value can be NULL.
    const NULLABLE: bool;

    /// The key, if there is one.
    fn key(&self) -> Option<&K>;
    /// The value that holds `key`.
    fn holding(key: K) -> Self;
    /// The value for this key, or for no key if such a value exists.
    fn from_option(key: Option<K>) -> Option<Self>
    where
        Self: Sized;
}

#[diagnostic::do_not_recommend]
impl<K> Holds<K> for K {
    const NULLABLE: bool = false;

    fn key(&self) -> Option<&K> {
        Some(self)
    }

    fn holding(key: K) -> Self {
        key
    }

    fn from_option(key: Option<K>) -> Option<Self> {
        key
    }
}

#[diagnostic::do_not_recommend]
impl<K> Holds<K> for Option<K> {
    const NULLABLE: bool = true;

    fn key(&self) -> Option<&K> {
        self.as_ref()
    }

    fn holding(key: K) -> Self {
        Some(key)
    }

    fn from_option(key: Option<K>) -> Option<Self> {
        Some(key)
    }
}

/// A foreign key that can be set to NULL.
#[diagnostic::on_unimplemented(
    message = "you cannot remove this link: its foreign key is `{Self}`, which cannot be NULL",
    label = "make the foreign key field `Option<{Self}>`, link the row to another, or destroy it"
)]
pub trait Unlinkable {
    /// The value that means that there is no link.
    fn unlinked() -> Self;
}

#[diagnostic::do_not_recommend]
impl<K> Unlinkable for Option<K> {
    fn unlinked() -> Self {
        None
    }
}

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

impl<M: ColumnNamed<HASH>, const HASH: u64> FieldList for FieldOf<M, HASH> {
    type Row = M::Value;
    type Values = Option<M::Value>;
    const LEN: usize = 1;

    fn given(value: &Option<M::Value>) -> u128 {
        value.is_some().into()
    }

    fn shown(place: &Option<M::Value>, _: usize) -> Option<&dyn Shown> {
        Some(place)
    }

    fn untyped(value: &Option<M::Value>, _: usize) -> Option<Untyped<'_>> {
        value.as_ref().map(|value| Untyped::new::<M::Sql>(value))
    }
}
