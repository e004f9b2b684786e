//! `has_one`: one other row holds our key.

use super::has_many::{LinkRelated, ReadRelated, unlink_others};
use super::keys::{source_key, without};
use super::links::Locked;
use super::{CreateTarget, Direct, Fill};
use crate::association::target::IntoTarget;
use crate::connection::transaction::transaction;
use crate::connection::{Connection, retry};
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::model::{KeyOf, Model};
use crate::query::keys::Keys;

use super::belongs_to::AcceptedBy;

/// The row that is linked, if any.
///
/// # Errors
/// Any database error.
pub fn get<A, C>(conn: &mut C, source: &A::Source) -> Result<Option<A::Target>>
where
    A: ReadRelated<C>,
    C: Connection,
{
    Ok(A::get(conn, source)?.into_iter().next())
}

/// Links this row and no other; `None` only unlinks. Everything happens in one transaction.
///
/// # Errors
/// [`Error::NotFound`] if the row does not exist, and [`Error::AlreadyLinked`] if another row is linked whose
/// foreign key is NOT NULL; then nothing changes.
pub fn set<A, C, T>(conn: &mut C, source: &A::Source, target: T) -> Result<()>
where
    A: LinkRelated<C>,
    C: Connection,
    T: IntoTarget<A::Target>,
    T::Presence: AcceptedBy<<A::TargetField as Field>::Value>,
{
    let key = source_key::<A>(source)?;
    let target = Keys::new(target.primary_key().into_iter().collect());
    retry::transaction(conn, |conn| {
        let linked = make_room::<A, C>(conn, key, &target)?;
        A::link(conn, key, &without(target.all(), &linked))
    })
}

/// Creates a row and links it and no other, in one transaction.
///
/// # Errors
/// As [`set`], and constraint violations.
pub fn create<A, C, B>(conn: &mut C, source: &A::Source, builder: B) -> Result<A::Target>
where
    A: LinkRelated<C> + CreateTarget<C>,
    C: Connection,
    B: Fill<A>,
{
    let key = source_key::<A>(source)?;
    transaction(conn).run(|conn| {
        make_room::<A, C>(conn, key, &Keys::none())?;
        A::insert_one(conn, builder.fill(key.clone()))
    })
}

/// Unlinks everything that is linked except `target`, if the foreign key can become NULL. Returns what was linked.
fn make_room<A, C>(
    conn: &mut C,
    key: &A::Key,
    target: &Keys<KeyOf<A::Target>>,
) -> Result<Vec<KeyOf<A::Target>>>
where
    A: LinkRelated<C>,
    C: Connection,
{
    if <<A as Direct>::TargetField as Field>::Value::NULLABLE {
        return unlink_others::<A, C>(conn, key, target);
    }
    let Locked { linked, others } = A::locked(conn, key, target)?;
    if others.len() == 0 {
        return Ok(linked);
    }
    Err(Error::AlreadyLinked {
        model: A::Source::NAME,
        association: A::NAME,
        target: A::Target::NAME,
    })
}
