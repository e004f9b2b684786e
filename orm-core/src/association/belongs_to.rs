//! `belongs_to`: our row holds the key of another row.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::FilterDsl;

use super::{Association, CreateTarget, Direct, Related, related};
use crate::association::shape::{Maybe, One, Shape};
use crate::association::target::{Always, IntoTarget, Perhaps};
use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::dialect::Chosen;
use crate::error::{Error, Result};
use crate::field::{Field, Holds, Unlinkable};
use crate::model::{KeyOf, Model, PrimaryKey, Values};
use crate::query::fetch::Fetch;
use crate::query::filter::{FieldIs, KeyIs};
use crate::write::change::Write;
use crate::write::create::{Alone, IntoNew};

/// The argument can be put into a foreign key of type `V`: a row always can, `None` only if the key can become
/// NULL.
#[diagnostic::on_unimplemented(
    message = "you cannot remove this link: its foreign key is `{V}`, which cannot be NULL",
    label = "the foreign key cannot become NULL",
    note = "make the foreign key field `Option<{V}>`, link the row to another, or destroy it"
)]
pub trait AcceptedBy<V> {}

#[diagnostic::do_not_recommend]
impl<V> AcceptedBy<V> for Always {}
#[diagnostic::do_not_recommend]
impl<V: Unlinkable> AcceptedBy<V> for Perhaps {}

/// What a getter or an include of a to-one association returns for one row.
pub trait FromRow: Shape {
    /// The value for the row, or the error if a row is required and missing.
    fn from_row<R>(row: Option<R>, missing: impl FnOnce() -> Error) -> Result<Self::Slot<R>>;
}

impl FromRow for Maybe {
    fn from_row<R>(row: Option<R>, _: impl FnOnce() -> Error) -> Result<Option<R>> {
        Ok(row)
    }
}

impl FromRow for One {
    fn from_row<R>(row: Option<R>, missing: impl FnOnce() -> Error) -> Result<R> {
        row.ok_or_else(missing)
    }
}

/// The slot of an association without options: `Row` or `Option<Row>`.
pub type ToOne<A> = <<A as Association>::Shape as Shape>::Slot<<A as Association>::Target>;

/// A connection that can read the row of a `belongs_to`.
pub trait ReadOwner<C: Connection>: Direct<Shape: FromRow> {
    /// `SELECT … WHERE key = ?`; nothing is sent if the foreign key is NULL.
    ///
    /// # Errors
    /// [`Error::Dangling`] if the foreign key is NOT NULL and there is no such row.
    fn get(conn: &mut C, source: &Self::Source) -> Result<ToOne<Self>>
    where
        Self: Sized;
}

impl<A, C> ReadOwner<C> for A
where
    C: Connection<Backend: Chosen>,
    A: Direct<Shape: FromRow>,
    <A::Target as Model>::Query: FilterDsl<FieldIs<A::TargetField, A::SourceField>>,
    Related<A>: AsQuery<Query: Fetch<C, A::Target>>,
{
    fn get(conn: &mut C, source: &A::Source) -> Result<ToOne<A>> {
        let row = match A::SourceField::read(source).key() {
            Some(_) => related::<A>(source)
                .as_query()
                .fetch(conn)?
                .into_iter()
                .next(),
            None => None,
        };
        A::Shape::from_row(row, || dangling::<A>(source))
    }
}

/// The foreign key of `source` leads nowhere.
pub(crate) fn dangling<A: Direct>(source: &A::Source) -> Error {
    Error::Dangling {
        model: A::Source::NAME,
        association: A::NAME,
        target: A::Target::NAME,
        key: format!(
            "{} = {:?}",
            A::SourceField::FIELD,
            A::SourceField::read(source)
        ),
    }
}

/// A connection that can point `A`'s foreign key at another row.
pub trait SetOwner<C: Connection>: Direct<Source: Write<C>> {
    /// Points the foreign key of `source` at a row, in memory and in the database.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`] or [`Error::NotFound`] if the row does not exist.
    fn set<T>(conn: &mut C, source: &mut Self::Source, target: T) -> Result<()>
    where
        T: IntoTarget<Self::Target>,
        T::Presence: AcceptedBy<<Self::SourceField as Field>::Value>;

    /// Creates a row and points the foreign key of `source` at it, in one transaction.
    ///
    /// # Errors
    /// Constraint violations, and [`Error::NotFound`] if `source` is gone.
    fn create<B>(conn: &mut C, source: &mut Self::Source, builder: B) -> Result<Self::Target>
    where
        Self: CreateTarget<C>,
        B: IntoNew<Self::Target, Nested: Alone>;
}

type Pk<A> = <<A as Association>::Target as Model>::PrimaryKey;

impl<A, C> SetOwner<C> for A
where
    C: Connection<Backend: Chosen>,
    A: Direct<Source: Write<C>>,
    <A::Target as Model>::Query:
        FilterDsl<KeyIs<Pk<A>>, Output: AsQuery<Query: Fetch<C, A::Target>>>,
{
    fn set<T>(conn: &mut C, source: &mut A::Source, target: T) -> Result<()>
    where
        T: IntoTarget<A::Target>,
        T::Presence: AcceptedBy<<A::SourceField as Field>::Value>,
    {
        let key = match (target.row(), target.primary_key()) {
            (Some(row), _) => Some(target_key::<A>(row)?),
            (None, Some(key)) => Some(key_of_primary_key::<A, C>(conn, key)?),
            (None, None) => None,
        };
        point::<A, C>(conn, source, key)
    }

    fn create<B>(conn: &mut C, source: &mut A::Source, builder: B) -> Result<A::Target>
    where
        A: CreateTarget<C>,
        B: IntoNew<A::Target, Nested: Alone>,
    {
        let (target, changed) = transaction(conn).run::<_, Error>(|conn| {
            let target = <A as CreateTarget<C>>::insert_one(conn, builder.into_new())?;
            let mut changed = source.clone();
            point::<A, C>(conn, &mut changed, Some(target_key::<A>(&target)?))?;
            Ok((target, changed))
        })?;
        *source = changed;
        Ok(target)
    }
}

/// Writes the foreign key. The row in memory changes only if the row in the database did.
fn point<A, C>(conn: &mut C, source: &mut A::Source, key: Option<A::Key>) -> Result<()>
where
    A: Direct<Source: Write<C>>,
    C: Connection,
{
    let value = Holds::from_option(key).ok_or(Error::NullKey {
        model: A::Source::NAME,
        association: A::NAME,
    })?;
    let mut changes = Values::<A::Source>::default();
    *A::SourceField::place(&mut changes) = Some(value);
    source.update_row(conn, changes).map(drop)
}

/// The key of the row that a `belongs_to` points to.
pub(super) fn target_key<A: Direct>(target: &A::Target) -> Result<A::Key> {
    let key = A::TargetField::read(target).key();
    key.cloned().ok_or(Error::NullKey {
        model: A::Target::NAME,
        association: A::NAME,
    })
}

/// The association's key of the row with this primary key. It is the primary key itself, unless the association
/// uses another unique field (`target_key`), which must be looked up.
fn key_of_primary_key<A, C>(conn: &mut C, key: KeyOf<A::Target>) -> Result<A::Key>
where
    A: Direct,
    C: Connection,
    <A::Target as Model>::Query:
        FilterDsl<KeyIs<Pk<A>>, Output: AsQuery<Query: Fetch<C, A::Target>>>,
{
    if let Some(key) = (&key as &dyn std::any::Any).downcast_ref::<A::Key>()
        && Pk::<A>::FIELDS == [A::TargetField::FIELD]
    {
        return Ok(key.clone());
    }
    let query = A::Target::query().filter(KeyIs::new(key.clone()));
    match query.as_query().fetch(conn)?.first() {
        Some(row) => target_key::<A>(row),
        None => Err(Error::not_found(A::Target::NAME, Pk::<A>::show(&key))),
    }
}
