//! Names a row type in one line: `Loaded<User, (UserPosts<PostTags>, UserManager)>`.

use crate::association::row::Vacant;
use crate::association::shape::{
    Bare, Count, Filtered as FilteredShape, MadeRequired, Optional, Shape,
};
use crate::association::{Association, Through};
use crate::model::Model;

/// The row that a query on `M` gives with these includes.
///
/// `Includes` is one association or a tuple of them. Nested includes go in angle brackets. Where a
/// loader's option changes the type, wrap the association in [`Required`], [`Filtered`], [`Counted`]
/// or [`WithoutThrough`].
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// use orm_core::prelude::*;
///
/// fn show(user: &Loaded<User, UserPosts>) -> String {
///     format!("{} wrote {} posts", user.name, user.posts.len())
/// }
///
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// for user in &User::query().include(User::posts()).load(conn)? {
///     println!("{}", show(user));
/// }
/// # Ok(()) }
/// ```
pub type Loaded<M, Includes> = <Includes as RowFor<M>>::Row;

/// The includes that a row of `M` can have: `()`, one association, or a tuple of them.
pub trait RowFor<M> {
    /// The row.
    type Row;
}

/// One association with its nested includes. The derive implements it for the marker types.
pub trait SpecItem {
    /// The association.
    type Association: Association;
    /// The rows of the target.
    type Row;
    /// The shape of the slot.
    type Shape: Shape;
}

/// Includes that can be put into a row of type `Row`.
pub trait Spec<Row> {
    /// The row with the slots filled.
    type Output;
}

impl<M: Model> RowFor<M> for () {
    type Row = M;
}

impl<M: Model, I: SpecItem + Spec<M::With>> RowFor<M> for I {
    type Row = <I as Spec<M::With>>::Output;
}

impl<Row, I: SpecItem> Spec<Row> for I
where
    Row: Vacant<I::Association>,
{
    type Output = Row::Filled<<I::Shape as Shape>::Slot<I::Row>>;
}

// Fills the first include first, so that the row from which the others start is a known type.
macro_rules! tuples {
    ($last:ident) => {};
    ($first:ident $($rest:ident)+) => {
        impl<Row, $first: SpecItem, $($rest: SpecItem),+> Spec<Row> for ($first, $($rest),+)
        where
            $first: Spec<Row>,
            tuples!(@tuple $($rest)+): Spec<<$first as Spec<Row>>::Output>,
        {
            type Output =
                <tuples!(@tuple $($rest)+) as Spec<<$first as Spec<Row>>::Output>>::Output;
        }

        impl<M: Model, $first: SpecItem, $($rest: SpecItem),+> RowFor<M> for ($first, $($rest),+)
        where
            Self: Spec<M::With>,
        {
            type Row = <Self as Spec<M::With>>::Output;
        }

        tuples!($($rest)+);
    };
    (@tuple $one:ident) => { $one };
    (@tuple $($many:ident)+) => { ($($many),+) };
}

tuples!(A B C D E F G H I J K L N O P Q R S T U V W X Y);

/// An include with `.required()`.
#[derive(Debug)]
pub struct Required<I>(std::marker::PhantomData<fn() -> I>);

/// A to-one include with `.filter(…)`, or with a [`Required`] include nested in it.
#[derive(Debug)]
pub struct Filtered<I>(std::marker::PhantomData<fn() -> I>);

/// An include with `.count()`.
#[derive(Debug)]
pub struct Counted<I>(std::marker::PhantomData<fn() -> I>);

/// A many-to-many include with `.without_through()`.
#[derive(Debug)]
pub struct WithoutThrough<I>(std::marker::PhantomData<fn() -> I>);

impl<I: SpecItem<Shape: MadeRequired>> SpecItem for Required<I> {
    type Association = I::Association;
    type Row = I::Row;
    type Shape = <I::Shape as MadeRequired>::Shape;
}

impl<I: SpecItem<Shape: FilteredShape<Optional>>> SpecItem for Filtered<I> {
    type Association = I::Association;
    type Row = I::Row;
    type Shape = <I::Shape as FilteredShape<Optional>>::Shape;
}

impl<I: SpecItem> SpecItem for Counted<I> {
    type Association = I::Association;
    type Row = I::Row;
    type Shape = Count;
}

impl<I: SpecItem<Association: Through>> SpecItem for WithoutThrough<I> {
    type Association = I::Association;
    type Row = I::Row;
    type Shape = Bare;
}
