//! What an include returns: the shape of its slot in the row.

use std::fmt::Debug;

use crate::association::row::Linked;

/// The shape of a slot.
pub trait Shape: Debug + 'static {
    /// The slot, for rows of type `Row`.
    type Slot<Row>;
}

/// `Vec<Row>`: a `has_many`.
#[derive(Debug)]
pub struct Many;

/// `Option<Row>`: a `has_one`, or a `belongs_to` whose row may be missing.
#[derive(Debug)]
pub struct Maybe;

/// `Row`: a `belongs_to` over a NOT NULL key, or a required to-one.
#[derive(Debug)]
pub struct One;

/// `Vec<Linked<Row, Junction>>`: a `belongs_to_many`.
#[derive(Debug)]
pub struct Links<J>(std::marker::PhantomData<fn() -> J>);

/// `Vec<Row>`: a `belongs_to_many` without its junction.
#[derive(Debug)]
pub struct Bare;

/// `i64`: the database counts the rows.
#[derive(Debug)]
pub struct Count;

impl Shape for Many {
    type Slot<Row> = Vec<Row>;
}

impl Shape for Maybe {
    type Slot<Row> = Option<Row>;
}

impl Shape for One {
    type Slot<Row> = Row;
}

impl<J: Debug + 'static> Shape for Links<J> {
    type Slot<Row> = Vec<Linked<Row, J>>;
}

impl Shape for Bare {
    type Slot<Row> = Vec<Row>;
}

impl Shape for Count {
    type Slot<Row> = i64;
}

/// All parents stay, whether they have a match or not.
#[derive(Debug)]
pub struct Optional;

/// Only parents with a match stay.
#[derive(Debug)]
pub struct Required;

/// [`Optional`] or [`Required`].
pub trait Requirement: 'static {
    /// Whether a parent without a match is left out.
    const REQUIRED: bool;
}

impl Requirement for Optional {
    const REQUIRED: bool = false;
}

impl Requirement for Required {
    const REQUIRED: bool = true;
}

/// What a filter makes of a shape: a row that must exist may be filtered away.
pub trait Filtered<Requirement>: Shape {
    /// The shape of a filtered include.
    type Shape: Shape;
}

impl Filtered<Optional> for One {
    type Shape = Maybe;
}

impl Filtered<Required> for One {
    type Shape = One;
}

/// What `required` makes of a shape: the row exists.
pub trait MadeRequired: Shape {
    /// The shape of a required include.
    type Shape: Shape;
}

impl MadeRequired for One {
    type Shape = One;
}

impl MadeRequired for Maybe {
    type Shape = One;
}

macro_rules! unchanged {
    ($([$($param:ident)?] $shape:ty),+) => {
        $(
            impl<Req $(, $param: Debug + 'static)?> Filtered<Req> for $shape {
                type Shape = Self;
            }
        )+
    };
}

unchanged!([] Many, [] Maybe, [J] Links<J>, [] Bare, [] Count);

macro_rules! still_many {
    ($([$($param:ident)?] $shape:ty),+) => {
        $(
            impl$(<$param: Debug + 'static>)? MadeRequired for $shape {
                type Shape = Self;
            }
        )+
    };
}

still_many!([] Many, [J] Links<J>, [] Bare, [] Count);
