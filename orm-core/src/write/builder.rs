//! Builders: values for columns, and a type that says which required ones are still missing.
//!
//! A model has one builder. For a new row its state is a tuple with a [`Missing`] for each required
//! column, which becomes [`Set`]; for changes it is [`Partial`], as nothing is required of them.

use std::marker::PhantomData;

use crate::field::Field;
use crate::fields::{At, In};
use crate::model::{Building, FromValues, Model, Values};
use crate::write::create::IntoNew;

/// A required column of a builder that has no value yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Missing<Column>(PhantomData<fn() -> Column>); // set this column on the builder before `create`

/// A required column of a builder that has its value.
#[derive(Debug, Clone, Copy)]
pub enum Set {}

/// The state of an insert struct: it has every required column.
#[derive(Debug, Clone, Copy)]
pub enum Whole {}

/// The state of a builder of changes: no column is required.
#[derive(Debug, Clone, Copy)]
pub enum Partial {}

impl<M, B> IntoNew<M> for B
where
    B: Building<State: Complete, Model: Same<M>>,
{
    fn into_new(self) -> Values<M>
    where
        M: Model,
    {
        Same::same(self.into_values())
    }
}

/// The same model. It is a trait so that rustc says of which model a builder is, where it is of another one.
#[diagnostic::on_unimplemented(
    message = "this is a builder of `{Self}`, not of `{M}`",
    label = "expected a builder of `{M}`"
)]
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

/// Changes of a model, as `User::changes()` collects them.
pub type ChangesOf<M> = <<M as Model>::Builder as Building>::In<Partial>;

/// A required column of a builder is set.
#[diagnostic::on_unimplemented(
    message = "a required column has no value: `{Self}`",
    label = "the column in `{Self}` is not set",
    note = "set it first, with the builder's method of that name, as in `.title(\"…\")`; a column of a junction with `add_…_with`"
)]
pub trait IsSet {}

impl IsSet for Set {}

impl<Slots: Complete> IsSet for Many<Slots> {}

/// A state of a builder in which all required columns are set.
pub trait Complete {}

/// Changes of which a row could be created. There are none: it is here so that rustc says why.
#[diagnostic::on_unimplemented(
    message = "a row cannot be created from changes",
    label = "changes, of which nothing is required",
    note = "begin with `builder()` instead of `changes()`"
)]
pub trait Creatable {}

impl Complete for Whole {}

#[diagnostic::do_not_recommend]
impl OfNewRow for Whole {}

impl Complete for Partial where for<'a> Self: Creatable {}

/// A state of a builder in which `Slot` can be set.
#[diagnostic::on_unimplemented(
    message = "this column cannot be set here",
    label = "not a column that `{Self}` can take"
)]
pub trait SetSlot<Slot> {
    /// The state when it is.
    type After;
}

/// The state of a builder when a slot is set.
pub type After<State, Slot> = <State as SetSlot<Slot>>::After;

/// The slot of a column that is not required.
#[derive(Debug)]
pub enum Free {}

/// A part of the state where very many columns are required: a tuple of some of them.
#[derive(Debug, Clone, Copy)]
pub struct Many<Slots>(PhantomData<fn() -> Slots>);

/// The slot of a column of the primary key.
#[derive(Debug)]
pub struct OfKey<Slot>(PhantomData<fn() -> Slot>);

/// A builder of a new row, of which the key can be stated.
#[diagnostic::on_unimplemented(
    message = "the primary key of a row cannot be changed",
    label = "a column of the primary key",
    note = "create a row with the new key, and destroy the other"
)]
pub trait OfNewRow {}

/// The slot of a column that only the database writes.
#[derive(Debug)]
pub enum ReadOnly {}

/// A builder of rows that the database does not write. There is none: it is here so that rustc says why.
#[diagnostic::on_unimplemented(
    message = "a column that only the database writes cannot be set",
    label = "the column is `#[model(read_only)]`",
    note = "remove `read_only` from the field, or leave it to the database"
)]
pub trait OfDatabase {}

#[diagnostic::do_not_recommend]
impl<State: OfDatabase> SetSlot<ReadOnly> for State {
    type After = State;
}

impl<State> SetSlot<Free> for State {
    type After = State;
}

#[diagnostic::do_not_recommend]
impl<State: OfNewRow + SetSlot<Slot>, Slot> SetSlot<OfKey<Slot>> for State {
    type After = State::After;
}

/// States in which nothing is missing.
macro_rules! nothing_missing {
    ($($state:ident)+) => {
        $(
            impl<const POSITION: usize> SetSlot<At<POSITION>> for $state {
                type After = Self;
            }

            impl<const POSITION: usize, Slot> SetSlot<In<POSITION, Slot>> for $state {
                type After = Self;
            }
        )+
    };
}

nothing_missing!(Partial Whole);

/// The impls for tuples: of which all parts are set, and one position after the other.
macro_rules! states {
    ($($part:ident $position:literal)*) => {
        impl<$($part: IsSet),*> Complete for ($($part,)*) {}
        #[diagnostic::do_not_recommend]
        impl<$($part),*> OfNewRow for ($($part,)*) {}
        states!(@each [] [$($part $position)*]);
    };
    (@each [$($before:ident)*] [$this:ident $position:literal $($after:ident $next:literal)*]) => {
        impl<$($before,)* $this, $($after),*> SetSlot<At<$position>>
            for ($($before,)* $this, $($after,)*)
        {
            type After = ($($before,)* Set, $($after,)*);
        }

        impl<$($before,)* $this, $($after,)* Slot> SetSlot<In<$position, Slot>>
            for ($($before,)* Many<$this>, $($after,)*)
        where
            $this: SetSlot<Slot>,
        {
            type After = ($($before,)* Many<$this::After>, $($after,)*);
        }

        states!(@each [$($before)* $this] [$($after $next)*]);
    };
    (@each [$($before:ident)*] []) => {};
}

states!();
states!(A 0);
states!(A 0 B 1);
states!(A 0 B 1 C 2);
states!(A 0 B 1 C 2 D 3);
states!(A 0 B 1 C 2 D 3 E 4);
states!(A 0 B 1 C 2 D 3 E 4 F 5);
states!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
states!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
states!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
states!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
states!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
states!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);

/// A builder that can take a value for the field `F`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a builder whose association key can be filled in",
    label = "expected the builder of the associated model, as in `Post::builder()`"
)]
pub trait SetField<F: Field> {
    /// The builder with the field set.
    type Output;

    /// Sets the field.
    fn set_field(self, value: F::Value) -> Self::Output;
}

impl<B, F> SetField<F> for B
where
    F: Field,
    B: Building<Model: Same<F::Model>, State: SetSlot<F::Slot>>,
{
    type Output = B::In<After<B::State, F::Slot>>;

    fn set_field(self, value: F::Value) -> Self::Output {
        let mut values = self.into_values();
        *F::place(Same::same_mut(&mut values)) = Some(value);
        FromValues::of_values(values)
    }
}

/// What the setter of an optional column takes: a value, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "an optional column of type `{T}` cannot be set to a `{Self}`",
    label = "expected `{T}` or `Option<{T}>`"
)]
pub trait IntoOption<T> {
    /// The value, or `None` for NULL.
    fn into_option(self) -> Option<T>;
}

impl<T> IntoOption<T> for T {
    fn into_option(self) -> Option<T> {
        Some(self)
    }
}

impl<T> IntoOption<T> for Option<T> {
    fn into_option(self) -> Option<T> {
        self
    }
}

impl IntoOption<String> for &str {
    fn into_option(self) -> Option<String> {
        Some(self.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn state<A: SetSlot<Slot, After = B>, Slot, B>() {}
    const fn is_complete<State: Complete>() {}

    type Ten<A> = (A, A, A, A, A, A, A, A, A, A);

    /// What it asks is asked of the compiler.
    #[test]
    fn one_slot_after_the_other_is_set() {
        type No = Missing<()>;
        const {
            state::<(No, No), At<1>, (No, Set)>();
            state::<(No, Set), OfKey<At<0>>, (Set, Set)>();
            state::<(No,), Free, (No,)>();
            state::<Partial, At<7>, Partial>();
            state::<(Many<Ten<No>>, Many<(No, No)>), In<1, At<1>>, (Many<Ten<No>>, Many<(No, Set)>)>(
            );
            is_complete::<()>();
            is_complete::<(Many<Ten<Set>>, Many<(Set, Set)>)>();
        }
    }
}
