//! Builders: values for columns, and a type that says which required columns are still missing.
//!
//! A model has one builder. For a new row, its state is a tuple with a [`Missing`] for each required column, which
//! becomes [`Set`]. For changes, its state is [`Partial`], because changes require no column.

use std::marker::PhantomData;

use crate::field::Field;
use crate::fields::{At, In};
use crate::model::{Building, FromValues, Model, Same, Values};
use crate::write::create::IntoNew;

/// A required column of a builder that has no value yet.
#[derive(Debug, Clone, Copy, Default)]
pub struct Missing<Column>(PhantomData<fn() -> Column>); // set this column on the builder before `create`

/// A required column of a builder that has its value.
#[derive(Debug, Clone, Copy)]
pub enum Set {}

/// A required column of a builder whose value comes from a row that is created together with this one.
#[derive(Debug, Clone, Copy)]
pub enum OfOwner {}

/// The state of an insert struct: it has every required column.
#[derive(Debug, Clone, Copy)]
pub enum Whole {}

/// The state of a builder of changes: no column is required.
#[derive(Debug, Clone, Copy)]
pub enum Partial {}

impl<M, B> IntoNew<M> for B
where
    B: Building<State: Creatable>,
    Values<B::Model>: Fit<B::Model, M>,
    Unset<B>: IsSet,
{
    type Nested = B::Nested;

    fn into_graph(self) -> (Values<M>, B::Nested)
    where
        M: Model,
    {
        let (values, nested) = self.into_parts();
        (Values::<B::Model>::fit(values), nested)
    }
}

/// The models `Built` and `M` are the same. This is a separate trait so that rustc names the model of a builder if
/// it is the wrong one.
#[diagnostic::on_unimplemented(
    message = "this is a builder of `{Built}`, not of `{M}`",
    label = "expected a builder of `{M}`"
)]
pub trait Fit<Built, M> {
    /// The same values.
    fn fit(values: Values<Built>) -> Values<M>
    where
        Built: Model,
        M: Model;

    /// The same values.
    fn fit_mut(values: &mut Values<Built>) -> &mut Values<M>
    where
        Built: Model,
        M: Model;
}

#[diagnostic::do_not_recommend]
impl<T, Built: Same<M>, M> Fit<Built, M> for T {
    fn fit(values: Values<Built>) -> Values<M>
    where
        Built: Model,
        M: Model,
    {
        Same::same(values)
    }

    fn fit_mut(values: &mut Values<Built>) -> &mut Values<M>
    where
        Built: Model,
        M: Model,
    {
        Same::same_mut(values)
    }
}

/// Changes of a model, as `User::changes()` collects them.
pub type ChangesOf<M> = <<M as Model>::Builder as Building>::In<Partial, ()>;

/// A required column of a builder is set.
#[diagnostic::on_unimplemented(
    message = "a required column has no value: `{Self}`",
    label = "set it with the builder's method, as in `.title(\"…\")`; for a column of a junction, use `add_…_with` or `.through(…)`"
)]
pub trait IsSet {}

// Implemented for every type that is `Set`, so that rustc does not report what leads to it.
#[diagnostic::do_not_recommend]
impl<T: Same<Set>> IsSet for T {}

/// A state of a builder, or a part of one.
pub trait State {
    /// The first part that is not set; `Rest` if all are.
    ///
    /// It is one type, so that rustc says that this type is not set. For a tuple, rustc would go on to explain why
    /// each part requires the next.
    type Unset<Rest>;
}

/// A part of a state. Changes are no part, so that rustc does not suggest a tuple of them.
pub trait Part: State {}

impl Part for Set {}
impl Part for OfOwner {}
impl<Column> Part for Missing<Column> {}
impl<Slots: State> Part for Many<Slots> {}

/// The first required column of a builder that is not set, or `Set` if all are.
pub(crate) type Unset<B> = <<B as Building>::State as State>::Unset<Set>;

impl State for Set {
    type Unset<Rest> = Rest;
}

impl State for OfOwner {
    type Unset<Rest> = Rest;
}

impl<Column> State for Missing<Column> {
    type Unset<Rest> = Self;
}

impl<Slots: State> State for Many<Slots> {
    type Unset<Rest> = Slots::Unset<Rest>;
}

impl State for Whole {
    type Unset<Rest> = Rest;
}

impl State for Partial {
    type Unset<Rest> = Rest;
}

/// The state of a builder of a new row.
#[diagnostic::on_unimplemented(
    message = "you cannot create a row from changes",
    label = "these are changes, which may lack required columns",
    note = "call `builder()` instead of `changes()`"
)]
pub trait Creatable: State {}

#[diagnostic::do_not_recommend]
impl<S: OfNewRow + State> Creatable for S {}

/// A state of a builder in which `Slot` can be set.
#[diagnostic::on_unimplemented(
    message = "you cannot set this column here",
    label = "`{Self}` does not take this column"
)]
pub trait SetSlot<Slot> {
    /// The state after that.
    type After;
}

/// The state of a builder after a slot is set.
pub type After<State, Slot> = <State as SetSlot<Slot>>::After;

/// A part of a state that the user may set.
#[diagnostic::on_unimplemented(
    message = "the key of this association is given twice",
    label = "the row that `.with_…` creates gives this key already",
    note = "keep one of the two: the key, or the new row"
)]
pub trait Settable {}

impl Settable for Set {}
impl<Column> Settable for Missing<Column> {}

/// A state of a builder in which a row that is created together with this one can set a slot, that of a foreign
/// key. As far as the state tells, the slot is not set yet.
#[diagnostic::on_unimplemented(
    message = "the key of this association is given twice",
    label = "the builder has this key already, and a new row would give it, too",
    note = "keep one of the two: the key, or the new row"
)]
pub trait TakeKey<Slot> {
    /// The state after that.
    type After;
}

/// The slot of a column that is not required.
#[derive(Debug)]
pub enum Free {}

/// A part of the state if very many columns are required: a tuple of some of them.
#[derive(Debug, Clone, Copy)]
pub struct Many<Slots>(PhantomData<fn() -> Slots>);

/// The slot of a column of the primary key.
#[derive(Debug)]
pub struct OfKey<Slot>(PhantomData<fn() -> Slot>);

/// A builder of a new row, for which you can state the key.
#[diagnostic::on_unimplemented(
    message = "you cannot change the primary key of a row",
    label = "this column is part of the primary key",
    note = "create a row with the new key, and destroy the old one"
)]
pub trait OfNewRow {}

#[diagnostic::do_not_recommend]
impl OfNewRow for Whole {}

/// A builder of a new row, for which you can state when the row was created.
#[diagnostic::on_unimplemented(
    message = "you cannot change when a row was created",
    label = "this column is `#[model(created_at)]`",
    note = "remove `created_at` from the field if the column means something else"
)]
pub trait OfCreation {}

#[diagnostic::do_not_recommend]
impl<State: OfNewRow> OfCreation for State {}

/// The slot of a column that only the database writes.
#[derive(Debug)]
pub enum ReadOnly {}

/// A builder of rows that the database does not write. There is none: the trait exists so that rustc says why.
#[diagnostic::on_unimplemented(
    message = "you cannot set a column that only the database writes",
    label = "the column is `#[model(read_only)]`",
    note = "remove `read_only` from the field, or leave the column to the database"
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
impl<State> TakeKey<Free> for State {
    type After = State;
}

#[diagnostic::do_not_recommend]
impl<State: OfDatabase> TakeKey<ReadOnly> for State {
    type After = State;
}

#[diagnostic::do_not_recommend]
impl<State: OfNewRow + TakeKey<Slot>, Slot> TakeKey<OfKey<Slot>> for State {
    type After = State::After;
}

// Changes that contain new rows do not fit into `update`, so rustc reports them there.
#[diagnostic::do_not_recommend]
impl<const POSITION: usize> TakeKey<At<POSITION>> for Partial {
    type After = Self;
}

#[diagnostic::do_not_recommend]
impl<const POSITION: usize, Slot> TakeKey<In<POSITION, Slot>> for Partial {
    type After = Self;
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
        impl<$($part: State),*> State for ($($part,)*) {
            type Unset<Rest> = states!(@unset Rest $($part)*);
        }
        #[diagnostic::do_not_recommend]
        impl<$($part: Part),*> OfNewRow for ($($part,)*) {}
        states!(@each [] [$($part $position)*]);
    };
    (@each [$($before:ident)*] [$this:ident $position:literal $($after:ident $next:literal)*]) => {
        impl<$($before,)* $this: Settable, $($after),*> SetSlot<At<$position>>
            for ($($before,)* $this, $($after,)*)
        {
            type After = ($($before,)* Set, $($after,)*);
        }

        #[diagnostic::do_not_recommend]
        impl<$($before,)* $this, $($after),*> TakeKey<At<$position>>
            for ($($before,)* Missing<$this>, $($after,)*)
        {
            type After = ($($before,)* OfOwner, $($after,)*);
        }

        #[diagnostic::do_not_recommend]
        impl<$($before,)* $this, $($after,)* Slot> TakeKey<In<$position, Slot>>
            for ($($before,)* Many<$this>, $($after,)*)
        where
            $this: TakeKey<Slot>,
        {
            type After = ($($before,)* Many<$this::After>, $($after,)*);
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
    (@unset $rest:ident) => { $rest };
    (@unset $rest:ident $part:ident $($parts:ident)*) => {
        $part::Unset<states!(@unset $rest $($parts)*)>
    };
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
    message = "`{Self}` is not a builder that takes the key of this association",
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
    B: Building<State: SetSlot<F::Slot>>,
    Values<B::Model>: Fit<B::Model, F::Model>,
{
    type Output = B::In<After<B::State, F::Slot>, B::Nested>;

    fn set_field(self, value: F::Value) -> Self::Output {
        let (mut values, nested) = self.into_parts();
        *F::place(Values::<B::Model>::fit_mut(&mut values)) = Some(value);
        FromValues::of_parts(values, nested)
    }
}

/// Sets a field of a builder.
#[inline]
pub fn set<F: Field, B: SetField<F>>(builder: B, value: F::Value) -> B::Output {
    builder.set_field(value)
}

/// What the setter of an optional column accepts: a value, or an `Option` of it.
#[diagnostic::on_unimplemented(
    message = "you cannot set an optional column of type `{T}` to a `{Self}`",
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
    const fn takes_key<A: TakeKey<Slot, After = B>, Slot, B>() {}
    const fn is_complete<S: State<Unset<Set> = Set>>() {}

    type Ten<A> = (A, A, A, A, A, A, A, A, A, A);

    /// The compiler checks this.
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
            takes_key::<(No, No), At<1>, (No, OfOwner)>();
            takes_key::<(No, Set), OfKey<At<0>>, (OfOwner, Set)>();
            takes_key::<(No,), Free, (No,)>();
            is_complete::<(Set, OfOwner)>();
            is_complete::<()>();
            is_complete::<(Many<Ten<Set>>, Many<(Set, Set)>)>();
        }
    }
}
