//! The fields of a model as a list of types, and tuples with something for each of them.
//!
//! A list is a tuple, of other lists where there are very many fields: the standard library knows tuples of up
//! to twelve. What is done field by field is done here, once for all models, and not in what the derive emits.

use std::fmt;
use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSqlRow};
use diesel::query_builder::QueryFragment;

use crate::field::{ColumnNamed, FieldOf};
use crate::model::Model;
use crate::query::read::{ReadValue, Source};
use crate::write::builder::{At, In};
use crate::write::values::{BindValue, ExactDecimals, Shown, Untyped, Visit};

/// A list of fields.
pub trait FieldList: 'static {
    /// A value for each field.
    type Row;
    /// A value for some fields.
    type Values: Default + Clone + fmt::Debug + 'static;
    /// How many fields there are.
    const LEN: usize;
    /// A row is made of the values of its fields, and of nothing else.
    const MAKES_ROW: bool = true;

    /// The fields that have a value, one bit each.
    fn given(values: &Self::Values) -> u128;

    /// The place of the field at `index`, to be shown or told by its type.
    fn shown(values: &Self::Values, index: usize) -> Option<&dyn Shown>;

    /// The value of the field at `index`, if it is there.
    fn untyped(values: &Self::Values, index: usize) -> Option<Untyped<'_>>;
}

/// A list of fields whose values a backend can bind.
pub trait BindFields<M: Model, DB: Backend>: FieldList {
    /// Shows the field at `index` to the visitor.
    fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output>;

    /// What a statement gives back of the rows that it writes, where that is not the columns of these fields.
    fn selection() -> Option<Box<dyn QueryFragment<DB>>> {
        None
    }
}

/// A list of fields whose values a backend can give.
pub trait ReadFields<M: Model, DB: Backend>: FieldList {
    /// Reads them one after the other; `first` is the index of the first.
    ///
    /// # Errors
    /// What the field types say of values they cannot take.
    fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<Self::Row>;
}

/// Where the value of a field is among those of a list.
pub trait Place<Values>: 'static {
    /// The value.
    type Value;

    /// The value, if it is there.
    fn get(values: &Values) -> Option<&Self::Value>;
    /// Its place.
    fn place(values: &mut Values) -> &mut Option<Self::Value>;
}

/// A field of which a backend must store all digits.
#[derive(Debug)]
pub struct Exact<F>(PhantomData<fn() -> F>);

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

impl<M, DB, const HASH: u64> BindFields<M, DB> for FieldOf<M, HASH>
where
    M: ColumnNamed<HASH>,
    DB: Backend,
    Self: BindValue<DB, Model = M>,
{
    #[inline]
    fn visit<V: Visit<M, DB>>(_: usize, visitor: V) -> Option<V::Output> {
        Some(visitor.field::<Self>())
    }
}

impl<M, DB, const HASH: u64> ReadFields<M, DB> for FieldOf<M, HASH>
where
    M: ColumnNamed<HASH>,
    DB: Backend,
    Self: ReadValue<DB, Model = M, Value = M::Value>,
{
    #[inline]
    fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<M::Value> {
        source.value::<Self>(first)
    }
}

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

impl<M: Model, DB: Backend + ExactDecimals, F: BindFields<M, DB>> BindFields<M, DB> for Exact<F> {
    #[inline]
    fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output> {
        F::visit(index, visitor)
    }
}

impl<M: Model, DB: Backend, F: ReadFields<M, DB>> ReadFields<M, DB> for Exact<F> {
    #[inline]
    fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<F::Row> {
        F::read(source, first)
    }
}

/// The fields of a model whose rows Diesel's own `Queryable` makes, of all that the model selects.
#[derive(Debug)]
pub struct MadeByDiesel<M, L>(PhantomData<fn() -> (M, L)>);

impl<M: Model, L: FieldList> FieldList for MadeByDiesel<M, L> {
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

impl<M, DB, L> BindFields<M, DB> for MadeByDiesel<M, L>
where
    M: Model<Columns: QueryFragment<DB>>,
    DB: Backend,
    L: BindFields<M, DB>,
{
    #[inline]
    fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output> {
        L::visit(index, visitor)
    }

    fn selection() -> Option<Box<dyn QueryFragment<DB>>> {
        Some(Box::new(M::columns()))
    }
}

impl<M, DB, L> ReadFields<M, DB> for MadeByDiesel<M, L>
where
    M: Model + FromSqlRow<M::SqlType, DB>,
    DB: Backend,
    L: FieldList,
{
    #[inline]
    fn read<S: Source<M, DB>>(source: &mut S, _: usize) -> deserialize::Result<M> {
        source.whole()
    }
}

/// The impls for tuples.
macro_rules! field_lists {
    ($($list:ident $value:ident $position:tt)+) => {
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

        impl<M: Model, DB: Backend, $($list: BindFields<M, DB>),+> BindFields<M, DB> for ($($list,)+) {
            #[inline]
            fn visit<V: Visit<M, DB>>(index: usize, visitor: V) -> Option<V::Output> {
                let mut left = index;
                $(
                    if left < $list::LEN {
                        return $list::visit(left, visitor);
                    }
                    left -= $list::LEN;
                )+
                let _ = left;
                None
            }
        }

        impl<M: Model, DB: Backend, $($list: ReadFields<M, DB>),+> ReadFields<M, DB> for ($($list,)+) {
            #[inline]
            fn read<S: Source<M, DB>>(source: &mut S, first: usize) -> deserialize::Result<Self::Row> {
                let mut next = first;
                $(
                    let $value = $list::read(source, next)?;
                    next += $list::LEN;
                )+
                let _ = next;
                Ok(($($value,)+))
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

field_lists!(A a 0);
field_lists!(A a 0 B b 1);
field_lists!(A a 0 B b 1 C c 2);
field_lists!(A a 0 B b 1 C c 2 D d 3);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4 F f 5);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4 F f 5 G g 6);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4 F f 5 G g 6 H h 7);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4 F f 5 G g 6 H h 7 I i 8);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4 F f 5 G g 6 H h 7 I i 8 J j 9);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4 F f 5 G g 6 H h 7 I i 8 J j 9 K k 10);
field_lists!(A a 0 B b 1 C c 2 D d 3 E e 4 F f 5 G g 6 H h 7 I i 8 J j 9 K k 10 L l 11);
