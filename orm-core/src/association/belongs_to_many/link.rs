//! Linking and unlinking through a junction.

use super::fill::FillLink;
use super::statements::{
    Existing, Links, NamesTargets, association_keys, delete, delete_others, insert, target_key,
    validate,
};
use crate::association::keys::{source_key, without};
use crate::association::links::{self, InJunction};
use crate::association::target::Targets;
use crate::association::{BuilderOf, CreateTarget, OneLink, Through};
use crate::connection::transaction::transaction;
use crate::connection::{Connection, retry};
use crate::dialect::Chosen;
use crate::error::Result;
use crate::query::keys::Keys;
use crate::write::create::{Alone, Create, IntoNew};

/// A connection that can tell whether rows are linked through a junction.
pub trait HasThrough<C: Connection>: Through {
    /// Whether all of these are linked.
    ///
    /// # Errors
    /// Any database error.
    fn has(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<bool>
    where
        Self: Sized;
}

impl<A, C> HasThrough<C> for A
where
    C: Connection<Backend: Chosen>,
    A: NamesTargets<C::Backend> + Links<C::Backend>,
{
    fn has(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<bool> {
        let key = source_key::<A>(source)?;
        let wanted = association_keys::<A, C, _>(conn, targets)?;
        links::has::<InJunction<A>, C>(conn, key, &wanted)
    }
}

/// A connection that can link and unlink through a junction.
pub trait LinkThrough<C: Connection>: Through {
    /// Links these with these junction columns; existing links take the columns too.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`](crate::Error::ForeignKeyViolation) if one does not exist.
    fn add_with<B>(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
        link: B,
    ) -> Result<()>
    where
        Self: Sized,
        B: FillLink<Self> + Clone;

    /// Unlinks these; those that are not linked stay as they are. One `DELETE`.
    ///
    /// # Errors
    /// Any database error.
    fn remove(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<()>
    where
        Self: Sized;

    /// Links exactly these with these junction columns; links that stay take the columns too. Two calls at once for
    /// the same row wait for each other.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`](crate::Error::ForeignKeyViolation) if one does not exist; then nothing changes.
    fn set_with<B>(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
        link: B,
    ) -> Result<()>
    where
        Self: Sized,
        B: FillLink<Self> + Clone;

    /// Creates a row and links it, in one transaction.
    ///
    /// # Errors
    /// Constraint violations and other database errors; then nothing is written.
    fn create_with<T, B>(
        conn: &mut C,
        source: &Self::Source,
        target: T,
        link: B,
    ) -> Result<Self::Target>
    where
        Self: Sized + CreateTarget<C>,
        T: IntoNew<Self::Target, Nested: Alone>,
        B: FillLink<Self> + Clone;
}

impl<A, C> LinkThrough<C> for A
where
    C: Connection<Backend: Chosen>,
    A: NamesTargets<C::Backend> + Links<C::Backend>,
    A::Junction: Create<C>,
    A::Identity: OneLink<A::Junction>,
{
    fn add_with<B>(
        conn: &mut C,
        source: &A::Source,
        targets: impl Targets<A::Target>,
        link: B,
    ) -> Result<()>
    where
        B: FillLink<A> + Clone,
    {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        validate::<A, _>(key, &targets, || link.clone())?;
        retry::persistently(conn, |conn| {
            insert::<A, C, _>(conn, key, &targets, || link.clone(), Existing::Takes)
        })
    }

    fn remove(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        retry::persistently(conn, |conn| delete::<A, C>(conn, key, &targets))
    }

    fn set_with<B>(
        conn: &mut C,
        source: &A::Source,
        targets: impl Targets<A::Target>,
        link: B,
    ) -> Result<()>
    where
        B: FillLink<A> + Clone,
    {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        validate::<A, _>(key, &targets, || link.clone())?;
        retry::transaction(conn, |conn| {
            delete_others::<A, C>(conn, key, &targets)?;
            insert::<A, C, _>(conn, key, &targets, || link.clone(), Existing::Takes)
        })
    }

    fn create_with<T, B>(conn: &mut C, source: &A::Source, target: T, link: B) -> Result<A::Target>
    where
        A: CreateTarget<C>,
        T: IntoNew<A::Target, Nested: Alone>,
        B: FillLink<A> + Clone,
    {
        let key = source_key::<A>(source)?;
        transaction(conn).run(|conn| {
            let target = <A as CreateTarget<C>>::insert_one(conn, target.into_new())?;
            let targets = Keys::new(vec![target_key::<A>(&target)?]);
            validate::<A, _>(key, &targets, || link.clone())?;
            insert::<A, C, _>(conn, key, &targets, || link.clone(), Existing::Takes)?;
            Ok(target)
        })
    }
}

/// A connection that can link through a junction if you may leave out all of the junction's own columns.
pub trait LinkPlainly<C: Connection>: LinkThrough<C> {
    /// Links these; existing links stay as they are. One `INSERT` per chunk.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`](crate::Error::ForeignKeyViolation) if one does not exist; then none is linked.
    fn add(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;

    /// Links exactly these. One transaction, which writes only the links that change. Two calls at once for the
    /// same row wait for each other.
    ///
    /// # Errors
    /// [`Error::ForeignKeyViolation`](crate::Error::ForeignKeyViolation) if one does not exist; then nothing changes.
    fn set(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;

    /// Creates a row and links it, in one transaction.
    ///
    /// # Errors
    /// Constraint violations and other database errors; then nothing is written.
    fn create<T>(conn: &mut C, source: &Self::Source, target: T) -> Result<Self::Target>
    where
        Self: CreateTarget<C>,
        T: IntoNew<Self::Target, Nested: Alone>;
}

impl<A, C> LinkPlainly<C> for A
where
    C: Connection<Backend: Chosen>,
    A: LinkThrough<C> + NamesTargets<C::Backend> + Links<C::Backend>,
    A::Junction: Create<C>,
    A::Identity: OneLink<A::Junction> + BuilderOf<A::Junction, Builder: FillLink<A> + Clone>,
{
    fn add(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        let link = A::Identity::builder;
        validate::<A, _>(key, &targets, link)?;
        retry::persistently(conn, |conn| {
            insert::<A, C, _>(conn, key, &targets, link, Existing::Stays)
        })
    }

    fn set(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = association_keys::<A, C, _>(conn, targets)?;
        let link = A::Identity::builder;
        validate::<A, _>(key, &targets, link)?;
        retry::transaction(conn, |conn| {
            let linked = delete_others::<A, C>(conn, key, &targets)?;
            let new = without(targets.all(), &linked);
            insert::<A, C, _>(conn, key, &new, link, Existing::Stays)
        })
    }

    fn create<T>(conn: &mut C, source: &A::Source, target: T) -> Result<A::Target>
    where
        A: CreateTarget<C>,
        T: IntoNew<A::Target, Nested: Alone>,
    {
        A::create_with(conn, source, target, A::Identity::builder())
    }
}
