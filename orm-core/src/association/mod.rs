//! Associations: what each kind is and what its methods do.
//!
//! An association is a marker type such as `UserPosts`, which the derive emits. Everything here is generic over it.

pub mod belongs_to;
pub mod belongs_to_many;
pub mod has_many;
pub mod has_one;
mod keys;
mod links;
mod lock;
pub mod nested;
mod references;
pub mod row;
pub mod shape;
pub mod target;

use diesel::query_dsl::methods::FilterDsl;

use crate::connection::Connection;
use crate::dialect::Chosen;
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::model::{FromValues, Key, Model, Same, Values};
use crate::query::filter::FieldIs;
use crate::write::builder::SetField;
use crate::write::create::{Alone, Create, IntoNew};

/// A link from rows of one model to rows of another.
pub trait Association: 'static {
    /// The model that has the association.
    type Source: Model;
    /// The model that it leads to.
    type Target: Model;
    /// The key that links them.
    type Key: Key;
    /// The field of the source that holds the key.
    type SourceField: Field<Model = Self::Source, Value: Holds<Self::Key>>;
    /// The shape of its include: `Many`, `Maybe`, `One` or `Links`.
    type Shape;
    /// How its include begins: `()`, or the query on the junction.
    type Via;
    /// The association's name, its `as`.
    const NAME: &'static str;
}

/// An association starts from the model `M`. The derive implements it.
#[diagnostic::on_unimplemented(
    message = "you cannot include `{Self}` here: it is an association of another model than `{M}`",
    label = "include it where you query or load its own model, as in `.include(User::posts().include(Post::tags()))`"
)]
pub trait StartsFrom<M> {
    /// `T`; see [`TableOf`](crate::include::restrict::TableOf::Then).
    type Then<T>: From<T>;
}

/// An association without a junction: a field of the source equals a field of the target.
pub trait Direct: Association {
    /// The field of the target that holds the key.
    type TargetField: Field<Model = Self::Target, Value: Holds<Self::Key>>;
}

/// A many-to-many association.
pub trait Through: Association {
    /// The model of the junction.
    type Junction: Model;
    /// The key that links the junction to the target.
    type TargetKey: Key;
    /// The field of the target that holds its key.
    type TargetField: Field<Model = Self::Target, Value: Holds<Self::TargetKey>>;
    /// The field of the junction that refers to the source.
    type SourceLink: Field<Model = Self::Junction, Value: Holds<Self::Key>>;
    /// The field of the junction that refers to the target.
    type TargetLink: Field<Model = Self::Junction, Value: Holds<Self::TargetKey>>;
    /// Whether the two fields of the junction identify its rows: `Identified<true>`.
    type Identity;
}

/// Whether the two keys of a many-to-many association identify the rows of its junction.
#[derive(Debug)]
pub struct Identified<const BY_KEYS: bool>;

/// The value in [`Identified`].
#[must_use]
pub const fn identifies<A: Through>() -> bool {
    A::Junction::META.pair_identifies([A::SourceLink::COLUMN, A::TargetLink::COLUMN])
}

/// The two keys of an association are all that identifies a row of the junction `J`. So writing or removing the
/// links between two rows touches no other links.
#[diagnostic::on_unimplemented(
    message = "the two keys of this association do not tell the links of `{J}` apart: its primary key has \
               more fields",
    label = "this would overwrite or remove rows of `{J}` that differ only in those fields",
    note = "you can read them; to write, use `{J}::create`, `destroy`, or a `has_many` that leads to `{J}`",
    note = "if there is at most one link between two rows, say so on `{J}`: `#[model(unique(…))]` with the two keys"
)]
pub trait OneLink<J> {}

// Implemented for every type that is `Identified<true>`, so that rustc does not list it beside `Identified<false>`.
#[diagnostic::do_not_recommend]
impl<J, I: Same<Identified<true>>> OneLink<J> for I {}

/// What the links of an association are built from.
pub trait BuilderOf<J> {
    /// The builder of the junction. Without [`OneLink`], a type about which rustc has nothing more to report.
    type Builder;

    /// A builder with nothing set.
    fn builder() -> Self::Builder;
}

impl<J: Model> BuilderOf<J> for Identified<true> {
    type Builder = J::Builder;

    fn builder() -> J::Builder {
        FromValues::of_parts(Values::default(), ())
    }
}

impl<J> BuilderOf<J> for Identified<false> {
    type Builder = NoBuilder;

    fn builder() -> NoBuilder {
        NoBuilder
    }
}

/// Stands in for the builder of links that are never made.
#[derive(Debug, Clone)]
pub struct NoBuilder;

/// The shape of `A`, an association that leads to any number of rows.
#[diagnostic::on_unimplemented(
    message = "`{A}` leads to one row at most, so you cannot limit, skip or count its rows",
    label = "only a `has_many` and a `belongs_to_many` lead to several rows"
)]
pub trait ToMany<A> {}

#[diagnostic::do_not_recommend]
impl<A> ToMany<A> for shape::Many {}
#[diagnostic::do_not_recommend]
impl<A, J> ToMany<A> for shape::Links<J> {}

/// The Diesel query behind the getter of an association.
pub type Related<A> = <<<A as Association>::Target as Model>::Query as FilterDsl<
    FieldIs<<A as Direct>::TargetField, <A as Association>::SourceField>,
>>::Output;

/// The query for the rows that `source` is linked to.
pub fn related<A>(source: &A::Source) -> Related<A>
where
    A: Direct,
    <A::Target as Model>::Query: FilterDsl<FieldIs<A::TargetField, A::SourceField>>,
{
    let value = A::SourceField::read(source);
    <A::Target as Model>::query().filter(FieldIs::new(value))
}

/// A connection that can create the target of an association.
pub trait CreateTarget<C: Connection>: Association {
    /// Inserts one row and reads it back.
    ///
    /// # Errors
    /// Constraint violations and other database errors.
    fn insert_one(conn: &mut C, new: Values<Self::Target>) -> Result<Self::Target>;

    /// Inserts rows and reads them back, in order.
    ///
    /// # Errors
    /// Constraint violations and other database errors; then no row is written.
    fn insert_many(conn: &mut C, new: Vec<Values<Self::Target>>) -> Result<Vec<Self::Target>>;
}

impl<A, C> CreateTarget<C> for A
where
    C: Connection<Backend: Chosen>,
    A: Association<Target: Create<C>>,
{
    fn insert_one(conn: &mut C, new: Values<A::Target>) -> Result<A::Target> {
        A::Target::insert_one(conn, new)
    }

    fn insert_many(conn: &mut C, new: Vec<Values<A::Target>>) -> Result<Vec<A::Target>> {
        A::Target::insert_many(conn, new)
    }
}

/// A builder of the target that is complete when the association's key is filled in.
pub trait Fill<A: Direct> {
    /// The values of the row, linked to the row with `key`.
    fn fill(self, key: A::Key) -> Values<A::Target>;
}

impl<A, B> Fill<A> for B
where
    A: Direct,
    B: SetField<A::TargetField, Output: IntoNew<A::Target, Nested: Alone>>,
{
    fn fill(self, key: A::Key) -> Values<A::Target> {
        self.set_field(Holds::holding(key)).into_new()
    }
}
