//! The fields of a model as a list of types, and tuples with something for each field.
//!
//! A list is a tuple. If there are very many fields, it is a tuple of other lists: the standard library supports
//! tuples of up to twelve elements. Work on each field is done here, once for all models, and not in what the
//! derive emits.

use std::fmt;
use std::marker::PhantomData;

use crate::untyped::{Shown, Untyped};

/// A list of fields.
pub trait FieldList: 'static {
    /// A value for each field.
    type Row;
    /// A value for some fields.
    type Values: Default + Clone + fmt::Debug + 'static;
    /// How many fields there are.
    const LEN: usize;
    /// A row is made of the values of its fields and of nothing else.
    const MAKES_ROW: bool = true;

    /// The fields that have a value, as one bit each.
    fn given(values: &Self::Values) -> u128;

    /// The place of the field at `index`, to show it or to recognise its type.
    fn shown(values: &Self::Values, index: usize) -> Option<&dyn Shown>;

    /// The value of the field at `index`, if it is there.
    fn untyped(values: &Self::Values, index: usize) -> Option<Untyped<'_>>;
}

/// The place of a field's value among those of a list.
pub trait Place<Values>: 'static {
    /// The value.
    type Value;

    /// The value, if it is there.
    fn get(values: &Values) -> Option<&Self::Value>;
    /// Its place.
    fn place(values: &mut Values) -> &mut Option<Self::Value>;
}

/// The slot of the required column at a position of the state.
#[derive(Debug)]
pub enum At<const POSITION: usize> {}

/// A slot of the `Many` at a position of the state.
#[derive(Debug)]
pub struct In<const POSITION: usize, Slot>(PhantomData<fn() -> Slot>);

/// A field for which a backend must store all digits.
#[derive(Debug)]
pub struct Exact<F>(PhantomData<fn() -> F>);

impl<F: FieldList> FieldList for Exact<F> {
    type Row = F::Row;
    type Values = F::Values;
    const LEN: usize = F::LEN;

    fn given(values: &F::Values) -> u128 {
        F::given(values)
    }

    fn shown(values: &F::Values, index: usize) -> Option<&dyn Shown> {
        F::shown(values, index)
    }

    fn untyped(values: &F::Values, index: usize) -> Option<Untyped<'_>> {
        F::untyped(values, index)
    }
}

/// The fields of a model whose rows Diesel's own `Queryable` makes from everything that the model selects.
#[derive(Debug)]
pub struct MadeByDiesel<M, L>(PhantomData<fn() -> (M, L)>);

impl<M: 'static, L: FieldList> FieldList for MadeByDiesel<M, L> {
    type Row = M;
    type Values = L::Values;
    const LEN: usize = L::LEN;
    const MAKES_ROW: bool = false;

    fn given(values: &L::Values) -> u128 {
        L::given(values)
    }

    fn shown(values: &L::Values, index: usize) -> Option<&dyn Shown> {
        L::shown(values, index)
    }

    fn untyped(values: &L::Values, index: usize) -> Option<Untyped<'_>> {
        L::untyped(values, index)
    }
}

/// The impls for tuples.
macro_rules! field_lists {
    ($($list:ident $position:tt)+) => {
        impl<$($list: FieldList),+> FieldList for ($($list,)+) {
            type Row = ($($list::Row,)+);
            type Values = ($($list::Values,)+);
            const LEN: usize = 0 $(+ $list::LEN)+;

            fn given(values: &Self::Values) -> u128 {
                let mut given = 0;
                let mut shift = 0;
                $(
                    given |= $list::given(&values.$position) << shift;
                    shift += $list::LEN;
                )+
                let _ = shift;
                given
            }

            fn shown(values: &Self::Values, index: usize) -> Option<&dyn Shown> {
                let mut left = index;
                $(
                    if left < $list::LEN {
                        return $list::shown(&values.$position, left);
                    }
                    left -= $list::LEN;
                )+
                let _ = left;
                None
            }

            fn untyped(values: &Self::Values, index: usize) -> Option<Untyped<'_>> {
                let mut left = index;
                $(
                    if left < $list::LEN {
                        return $list::untyped(&values.$position, left);
                    }
                    left -= $list::LEN;
                )+
                let _ = left;
                None
            }
        }

        field_lists!(@places [$($list)+] [] [$($list $position)+]);
    };
    (@places $all:tt [$($before:ident)*] [$this:ident $position:tt $($after:ident $next:tt)*]) => {
        impl<$($before: 'static,)* $this: 'static, $($after: 'static),*>
            Place<($($before,)* Option<$this>, $($after,)*)> for At<$position>
        {
            type Value = $this;

            #[inline]
            fn get(values: &($($before,)* Option<$this>, $($after,)*)) -> Option<&$this> {
                values.$position.as_ref()
            }

            #[inline]
            fn place(
                values: &mut ($($before,)* Option<$this>, $($after,)*),
            ) -> &mut Option<$this> {
                &mut values.$position
            }
        }

        impl<$($before: 'static,)* $this: 'static, $($after: 'static,)* Inner: Place<$this>>
            Place<($($before,)* $this, $($after,)*)> for In<$position, Inner>
        {
            type Value = Inner::Value;

            #[inline]
            fn get(values: &($($before,)* $this, $($after,)*)) -> Option<&Inner::Value> {
                Inner::get(&values.$position)
            }

            #[inline]
            fn place(values: &mut ($($before,)* $this, $($after,)*)) -> &mut Option<Inner::Value> {
                Inner::place(&mut values.$position)
            }
        }

        field_lists!(@places $all [$($before)* $this] [$($after $next)*]);
    };
    (@places $all:tt [$($before:ident)*] []) => {};
}

field_lists!(A 0);
field_lists!(A 0 B 1);
field_lists!(A 0 B 1 C 2);
field_lists!(A 0 B 1 C 2 D 3);
field_lists!(A 0 B 1 C 2 D 3 E 4);
field_lists!(A 0 B 1 C 2 D 3 E 4 F 5);
field_lists!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
field_lists!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
field_lists!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
field_lists!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
field_lists!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
field_lists!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
