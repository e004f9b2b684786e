//! `has_many`: other rows hold our key.

use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::FilterDsl;

use super::keys::{among, each_chunk, first_missing, source_key, target_keys, without};
use super::links::{self, InTarget, LinksOn, Locked};
use super::{Association, CreateTarget, Direct, Fill, Related, related};
use crate::association::target::Targets;
use crate::connection::{Connection, retry};
use crate::dialect::{Chosen, Dialect};
use crate::error::{Error, Result};
use crate::field::{Field, Holds, Unlinkable};
use crate::model::{KeyOf, Model, PrimaryKey, Values};
use crate::query::fetch::Fetch;
use crate::query::filter::FieldIs;
use crate::query::key_list::ListKeys;
use crate::query::keys::Keys;
use crate::query::read::Scalar;
use crate::query::tally::CountRows;
use crate::write::pipeline;
use crate::write::stored::Updatable;

/// A connection that can read the rows of a `has_many` or `has_one`.
pub trait ReadRelated<C: Connection>: Direct {
    /// `SELECT … WHERE foreign_key = ?`
    ///
    /// # Errors
    /// Any database error.
    fn get(conn: &mut C, source: &Self::Source) -> Result<Vec<Self::Target>>;

    /// `SELECT COUNT(*) …`
    ///
    /// # Errors
    /// Any database error.
    fn count(conn: &mut C, source: &Self::Source) -> Result<i64>;
}

impl<A, C> ReadRelated<C> for A
where
    C: Connection<Backend: Chosen>,
    A: Direct,
    <A::Target as Model>::Query: FilterDsl<FieldIs<A::TargetField, A::SourceField>>,
    Related<A>: AsQuery<Query: Fetch<C, A::Target>>,
    CountRows<<Related<A> as AsQuery>::Query>: Fetch<C, Scalar<i64>>,
{
    fn get(conn: &mut C, source: &A::Source) -> Result<Vec<A::Target>> {
        related::<A>(source).as_query().fetch(conn)
    }

    fn count(conn: &mut C, source: &A::Source) -> Result<i64> {
        let rows = CountRows(related::<A>(source).as_query()).fetch(conn)?;
        Ok(rows.first().map_or(0, |count| count.0))
    }
}

/// A connection that can link and unlink the rows of a `has_many` or `has_one`.
pub trait LinkRelated<C: Connection>: Direct {
    /// Whether all of these are linked.
    ///
    /// # Errors
    /// Any database error.
    fn has(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<bool>;

    /// Links these, even if they were linked elsewhere before. One `UPDATE`.
    ///
    /// # Errors
    /// [`Error::NotFound`] if one does not exist; then none is linked.
    fn add(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;

    /// The links of the row; see [`links::locked`].
    #[doc(hidden)]
    fn locked(
        conn: &mut C,
        key: &Self::Key,
        targets: &Keys<KeyOf<Self::Target>>,
    ) -> Result<Locked<KeyOf<Self::Target>>>;

    /// Points the rows with these primary keys at `key`.
    #[doc(hidden)]
    fn link(conn: &mut C, key: &Self::Key, targets: &Keys<KeyOf<Self::Target>>) -> Result<()>;

    /// Sets the foreign key to NULL in those of these rows that are linked.
    #[doc(hidden)]
    fn unlink(conn: &mut C, key: &Self::Key, targets: &Keys<KeyOf<Self::Target>>) -> Result<()>;
}

type Pk<A> = <<A as Association>::Target as Model>::PrimaryKey;
type HooksOf<A> = <<A as Association>::Target as Model>::Hooks;
type PkValue<A> = KeyOf<<A as Association>::Target>;

impl<A, C> LinkRelated<C> for A
where
    C: Connection<Backend: Chosen>,
    A: Direct<Target: Updatable<C::Backend>>,
    InTarget<A>: LinksOn<
            C::Backend,
            Of = A,
            Rows = A::Target,
            SourceLink = A::TargetField,
            Named = Pk<A>,
            Name = PkValue<A>,
        >,
{
    fn has(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<bool> {
        let key = source_key::<A>(source)?;
        links::has::<InTarget<A>, C>(conn, key, &target_keys(targets))
    }

    fn add(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = target_keys(targets);
        retry::transaction(conn, |conn| A::link(conn, key, &targets))
    }

    fn locked(
        conn: &mut C,
        key: &A::Key,
        targets: &Keys<PkValue<A>>,
    ) -> Result<Locked<PkValue<A>>> {
        links::locked::<InTarget<A>, C>(conn, key, targets)
    }

    fn link(conn: &mut C, key: &A::Key, targets: &Keys<PkValue<A>>) -> Result<()> {
        let change =
            pipeline::Change::<A::Target>::new::<HooksOf<A>, C>(conn, pointing::<A>(Some(key)))?;
        let touched = each_chunk::<Pk<A>, _, C>(targets, || {
            change.execute::<HooksOf<A>, C>(conn, |update| {
                links::named::<InTarget<A>, C::Backend>(update, targets)
            })
        })?;
        if touched == targets.len() {
            return Ok(());
        }
        if Pk::<A>::NAMES.contains(&A::TargetField::COLUMN) {
            // The existing ones have other keys now.
            return Err(Error::not_found(
                A::Target::NAME,
                among::<A::Target>(targets),
            ));
        }
        let linked = links::linked::<InTarget<A>, C>(conn, key, C::Backend::READ_LATEST)?;
        let missing = first_missing(targets, &linked, Pk::<A>::is_asked(), |one| {
            let latest = C::Backend::READ_LATEST;
            let linked = links::linked_among::<InTarget<A>, C>(conn, key, one, latest)?;
            Ok(!linked.is_empty())
        })?;
        match missing {
            Some(key) => Err(Error::not_found(A::Target::NAME, Pk::<A>::show(&key))),
            None => Ok(()),
        }
    }

    fn unlink(conn: &mut C, key: &A::Key, targets: &Keys<PkValue<A>>) -> Result<()> {
        pipeline::undoing_hooks::<A::Target, HooksOf<A>, C, _>(conn, |conn| {
            let none = pointing::<A>(None);
            let change = pipeline::Change::<A::Target>::new::<HooksOf<A>, C>(conn, none)?;
            each_chunk::<Pk<A>, _, C>(targets, || {
                change.execute::<HooksOf<A>, C>(conn, |update| {
                    links::between::<InTarget<A>, C::Backend>(update, key, targets)
                })
            })?;
            Ok(())
        })
    }
}

/// The change that points the foreign key at `key`, or at nothing if it can be NULL.
fn pointing<A: Direct>(key: Option<&A::Key>) -> Values<A::Target> {
    let mut changes = Values::default();
    *A::TargetField::place(&mut changes) = Holds::from_option(key.cloned());
    changes
}

/// A connection that can unlink the rows of a `has_many` or `has_one`: their foreign key can become NULL.
pub trait UnlinkRelated<C: Connection>: LinkRelated<C> {
    /// Unlinks these; those that are not linked stay as they are. One `UPDATE`.
    ///
    /// # Errors
    /// Any database error.
    fn remove(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<()>;

    /// Links exactly these. One transaction of at most four statements, which writes only the rows that change. Two
    /// calls at once for the same row wait for each other.
    ///
    /// # Errors
    /// [`Error::NotFound`] if one does not exist; then nothing changes.
    fn set(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;
}

impl<A, C> UnlinkRelated<C> for A
where
    C: Connection<Backend: Chosen>,
    A: LinkRelated<C>,
    <A::TargetField as Field>::Value: Unlinkable,
{
    fn remove(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = target_keys(targets);
        retry::persistently(conn, |conn| A::unlink(conn, key, &targets))
    }

    fn set(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = target_keys(targets);
        retry::transaction(conn, |conn| {
            let linked = unlink_others::<A, C>(conn, key, &targets)?;
            A::link(conn, key, &without(targets.all(), &linked))
        })
    }
}

/// Unlinks all but these, and returns what was linked.
pub(super) fn unlink_others<A, C>(
    conn: &mut C,
    key: &A::Key,
    targets: &Keys<PkValue<A>>,
) -> Result<Vec<PkValue<A>>>
where
    A: LinkRelated<C>,
    C: Connection,
{
    let Locked { linked, others } = A::locked(conn, key, targets)?;
    A::unlink(conn, key, &others)?;
    Ok(linked)
}

/// Creates a row that is linked to `source`.
///
/// # Errors
/// Constraint violations and other database errors.
pub fn create<A, C, B>(conn: &mut C, source: &A::Source, builder: B) -> Result<A::Target>
where
    A: Direct + CreateTarget<C>,
    C: Connection,
    B: Fill<A>,
{
    let key = source_key::<A>(source)?;
    A::insert_one(conn, builder.fill(key.clone()))
}

/// Creates rows that are linked to `source`: one `INSERT` per chunk.
///
/// # Errors
/// Constraint violations and other database errors; then no row is written.
pub fn create_all<A, C, B>(
    conn: &mut C,
    source: &A::Source,
    builders: impl IntoIterator<Item = B>,
) -> Result<Vec<A::Target>>
where
    A: Direct + CreateTarget<C>,
    C: Connection,
    B: Fill<A>,
{
    let key = source_key::<A>(source)?;
    let builders = builders.into_iter();
    let new = builders.map(|builder| builder.fill(key.clone())).collect();
    A::insert_many(conn, new)
}
