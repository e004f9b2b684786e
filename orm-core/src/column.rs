//! From Diesel's columns to the fields of a model.

use crate::field::Field;
use crate::meta::ColumnSet;
use crate::model::{Model, Values};

/// A column of the model `M`, or a tuple of them. The derive implements it for each column.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}`",
    label = "expected a column of `{M}`, as in `users::name`, or a tuple of them"
)]
pub trait ColumnsOf<M>: 'static {
    /// The field, or a tuple of fields.
    type Fields: FieldNames;
}

/// A column of the model `M`.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// # use orm_core::prelude::*;
/// let mut values = orm_core::Values::<User>::default();
/// values.set(users::name, "Bo".to_owned());
/// assert_eq!(values.get(users::name).map(String::as_str), Some("Bo"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}`",
    label = "expected a column of `{M}`, as in `users::name`"
)]
pub trait ColumnOf<M>: ColumnsOf<M> {
    /// The field.
    type Field: Field<Model = M>;
}

#[diagnostic::do_not_recommend]
impl<M, C: ColumnsOf<M, Fields: Field<Model = M>>> ColumnOf<M> for C {
    type Field = C::Fields;
}

/// The value of a column of the model `M`: the type of its field.
pub type ColumnValue<M, C> = <<C as ColumnOf<M>>::Field as Field>::Value;

/// Columns of the model `M` that no two rows have alike: its primary key, a unique column, or the columns of a
/// `unique(…)` as a tuple, in the order in which the model states them. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no unique key of `{M}`",
    label = "expected the primary key of `{M}`, a column that is `#[model(unique)]`, or a tuple of the columns of a `unique(…)`"
)]
pub trait UniqueKey<M>: ColumnsOf<M> {}

/// A column of the model `M`, or a tuple of them, where they are named in a call. It is a trait of its own so that rustc
/// does not tell which columns other models have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a column of `{M}`",
    label = "expected a column of `{M}`, as in `users::name`, or a tuple of them"
)]
pub trait NamedColumns<M>: ColumnsOf<M> {}

#[diagnostic::do_not_recommend]
impl<M, C: ColumnsOf<M>> NamedColumns<M> for C {}

/// A [`UniqueKey`] of the model `M`, where it is named in a call. It is a trait of its own so that rustc does not tell
/// which keys other models have.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is no unique key of `{M}`",
    label = "expected the primary key of `{M}`, a column that is `#[model(unique)]`, or a tuple of the columns of a `unique(…)`"
)]
pub trait NamedKey<M>: UniqueKey<M> {}

#[diagnostic::do_not_recommend]
impl<M, C: UniqueKey<M>> NamedKey<M> for C {}

/// The columns of `M` that are meant.
pub(crate) fn set_of<M: Model, C: ColumnsOf<M>>() -> ColumnSet {
    let mut names = Vec::new();
    C::Fields::each(&mut |name| names.push(name));
    M::META.columns_named(&names)
}

/// One field or several, by the names of their columns.
pub trait FieldNames: 'static {
    /// Shows the names.
    fn each(name: &mut dyn FnMut(&'static str));
}

impl<F: Field> FieldNames for F {
    fn each(name: &mut dyn FnMut(&'static str)) {
        name(F::COLUMN);
    }
}

impl<M: Model> Values<M> {
    /// The value of a column, if there is one.
    #[must_use]
    pub fn get<C: ColumnOf<M>>(&self, _: C) -> Option<&ColumnValue<M, C>> {
        C::Field::given(self)
    }

    /// Gives a column a value.
    pub fn set<C: ColumnOf<M>>(&mut self, _: C, value: impl Into<ColumnValue<M, C>>) {
        self.1 = false;
        *C::Field::place(self) = Some(value.into());
    }

    /// Takes the value of a column out. A new row then has the column's default, and a change leaves it as it is.
    pub fn unset<C: ColumnOf<M>>(&mut self, _: C) -> Option<ColumnValue<M, C>> {
        self.1 = false;
        C::Field::place(self).take()
    }
}

/// The impls for tuples.
macro_rules! columns {
    ($($column:ident)+) => {
        impl<M, $($column: ColumnsOf<M>),+> ColumnsOf<M> for ($($column,)+) {
            type Fields = ($($column::Fields,)+);
        }

        impl<$($column: FieldNames),+> FieldNames for ($($column,)+) {
            fn each(name: &mut dyn FnMut(&'static str)) {
                $($column::each(name);)+
            }
        }
    };
}

columns!(A);
columns!(A B);
columns!(A B C);
columns!(A B C D);
columns!(A B C D E);
columns!(A B C D E F);
columns!(A B C D E F G);
columns!(A B C D E F G H);
columns!(A B C D E F G H I);
columns!(A B C D E F G H I J);
columns!(A B C D E F G H I J K);
columns!(A B C D E F G H I J K L);
