//! Includes within includes.

use std::marker::PhantomData;

use crate::association::row::Vacant;
use crate::association::{Association, StartsFrom};
use crate::include::loader::{Include, Loader, Nest};
use crate::include::restrict::{Narrow, Restrict};
use crate::include::slots::{Nested, With};

impl<A, Q, O, N, S, R, T, A2, Q2, O2, N2, S2, R2, T2> Nest<Loader<A, Q, O, N, S, R, T>>
    for Loader<A2, Q2, O2, N2, S2, R2, T2>
where
    A: Association,
    A2: Association + StartsFrom<A::Target>,
    N: Nested<A::Target>,
    // Goes by way of `A2::Then`, so that rustc does not ask whether the slot is empty if the loader
    // is of another model.
    A2::Then<N::With>: Vacant<A2>,
    Self: Include + Restrict<Q> + Narrow<S, R>,
{
    type Output = A2::Then<
        <A2::Then<N::With> as Vacant<A2>>::Then<
            Loader<
                A,
                <Self as Restrict<Q>>::Output,
                O,
                With<(N::List, Self), Filled<A2::Then<N::With>, A2, Self>>,
                <Self as Narrow<S, R>>::Shape,
                R,
                T,
            >,
        >,
    >;

    fn nest(self, outer: Loader<A, Q, O, N, S, R, T>) -> Self::Output {
        From::from(<A2::Then<N::With> as Vacant<A2>>::Then::from(Loader {
            query: self.restrict(outer.query),
            order: outer.order,
            nested: With::new((outer.nested.into_list(), self)),
            junction: outer.junction,
            kind: PhantomData,
        }))
    }
}

/// The row with the slot of `A` filled by a loader.
pub(super) type Filled<Row, A, L> = <Row as Vacant<A>>::Filled<<L as Include>::Slot>;
