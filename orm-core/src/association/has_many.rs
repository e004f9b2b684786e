//! `has_many`: other rows hold our key.

use diesel::deserialize::FromSql;
use diesel::expression::QueryMetadata;
use diesel::query_builder::AsQuery;
use diesel::query_dsl::methods::FilterDsl;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};

use super::keys::{
    all_linked, among, each_chunk_of, first_missing, others, source_key, target_keys, without,
};
use super::{Association, CreateTarget, Direct, Fill, Related, lock, related};
use crate::association::target::Targets;
use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::field::{Field, Unlinkable};
use crate::model::{KeyOf, Model, PrimaryKey};
use crate::query::fetch::Fetch;
use crate::query::filter::FieldIs;
use crate::query::key_list::{ListKeys, WholeKey};
use crate::query::keys::Keys;
use crate::query::read::Scalar;
use crate::query::tally::CountRows;
use crate::write::statement::Statement;

/// A connection that can read the rows of a `has_many` or `has_one`.
pub trait ReadRelated<C: Connection>: Direct {
    /// `SELECT … WHERE foreign_key = ?`
    ///
    /// # Errors
    /// What the database says.
    fn get(conn: &mut C, source: &Self::Source) -> Result<Vec<Self::Target>>;

    /// `SELECT COUNT(*) …`
    ///
    /// # Errors
    /// What the database says.
    fn count(conn: &mut C, source: &Self::Source) -> Result<i64>;
}

impl<A, C> ReadRelated<C> for A
where
    A: Direct,
    C: Connection,
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
    /// What the database says.
    fn has(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<bool>;

    /// Links these, wherever they were linked before. One `UPDATE`.
    ///
    /// # Errors
    /// [`Error::NotFound`] where one does not exist; then none is linked.
    fn add(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;

    /// Waits for others that replace the links of `key`; see `lock_links`.
    #[doc(hidden)]
    fn lock(conn: &mut C, key: &Self::Key) -> Result<&'static str>;

    /// The primary keys of the rows that are linked. `locking` is what `lock` gave.
    #[doc(hidden)]
    fn linked(
        conn: &mut C,
        key: &Self::Key,
        locking: &'static str,
    ) -> Result<Vec<KeyOf<Self::Target>>>;

    /// Those of these rows that are linked.
    #[doc(hidden)]
    fn linked_among(
        conn: &mut C,
        key: &Self::Key,
        targets: &Keys<KeyOf<Self::Target>>,
        locking: &'static str,
    ) -> Result<Vec<KeyOf<Self::Target>>>;

    /// Those of `linked` that are not these, as the database compares them.
    #[doc(hidden)]
    fn others(
        conn: &mut C,
        key: &Self::Key,
        targets: &Keys<KeyOf<Self::Target>>,
        linked: &[KeyOf<Self::Target>],
        locking: &'static str,
    ) -> Result<Keys<KeyOf<Self::Target>>>;

    /// Points the rows with these primary keys at `key`.
    #[doc(hidden)]
    fn link(conn: &mut C, key: &Self::Key, targets: &Keys<KeyOf<Self::Target>>) -> Result<()>;

    /// Sets the foreign key of those of these rows to NULL that are linked.
    #[doc(hidden)]
    fn unlink(conn: &mut C, key: &Self::Key, targets: &Keys<KeyOf<Self::Target>>) -> Result<()>;
}

type Pk<A> = <<A as Association>::Target as Model>::PrimaryKey;
type PkSql<A> = <Pk<A> as PrimaryKey>::Sql;
type PkValue<A> = KeyOf<<A as Association>::Target>;
type FkSql<A> = <<A as Direct>::TargetField as Field>::Sql;

impl<A, C> LinkRelated<C> for A
where
    A: Direct<Target: Model<PrimaryKey: ListKeys<C::Backend>>>,
    C: Connection,
    C::Backend: HasSqlType<FkSql<A>>
        + HasSqlType<<A::SourceField as Field>::Sql>
        + QueryMetadata<BigInt>
        + QueryMetadata<PkSql<A>>,
    A::Key: ToSql<FkSql<A>, C::Backend> + ToSql<<A::SourceField as Field>::Sql, C::Backend>,
    i64: FromSql<BigInt, C::Backend>,
{
    fn has(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<bool> {
        let key = source_key::<A>(source)?;
        let targets = target_keys(targets);
        if Pk::<A>::is_asked() {
            return all_linked(&targets, |keys| A::linked_among(conn, key, keys, ""));
        }
        let linked = each_chunk_of::<A::Target, C>(&targets, || {
            let statement = Statement::on::<A::Target>("SELECT COUNT(*) FROM ")
                .table::<A::Target>()
                .sql(" WHERE ")
                .field_is::<A::TargetField, _>(key)
                .sql(" AND ")
                .key_in::<A::Target>(&targets);
            let count: Vec<Scalar<i64>> = statement.rows::<BigInt>().fetch(conn)?;
            Ok(count
                .first()
                .map_or(0, |count| usize::try_from(count.0).unwrap_or(0)))
        })?;
        Ok(linked == targets.len())
    }

    fn add(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = target_keys(targets);
        lock::transaction(conn, |conn| A::link(conn, key, &targets))
    }

    fn lock(conn: &mut C, key: &A::Key) -> Result<&'static str> {
        lock::lock_links::<A, C>(conn, key, || {
            Statement::on::<A::Target>("UPDATE ")
                .table::<A::Target>()
                .sql(" SET ")
                .column::<A::TargetField>()
                .sql(" = NULL WHERE 0")
        })
    }

    fn linked(conn: &mut C, key: &A::Key, locking: &'static str) -> Result<Vec<PkValue<A>>> {
        let statement = Statement::on::<A::Target>("SELECT ")
            .key_columns::<A::Target>()
            .sql(" FROM ")
            .table::<A::Target>()
            .sql(" WHERE ")
            .field_is::<A::TargetField, _>(key)
            .sql(locking);
        let rows: Vec<WholeKey<Pk<A>>> = statement.rows::<PkSql<A>>().fetch(conn)?;
        Ok(rows.into_iter().map(|row| row.0).collect())
    }

    fn linked_among(
        conn: &mut C,
        key: &A::Key,
        targets: &Keys<PkValue<A>>,
        locking: &'static str,
    ) -> Result<Vec<PkValue<A>>> {
        let mut linked = Vec::new();
        each_chunk_of::<A::Target, C>(targets, || {
            let statement = Statement::on::<A::Target>("SELECT ")
                .key_columns::<A::Target>()
                .sql(" FROM ")
                .table::<A::Target>()
                .sql(" WHERE ")
                .field_is::<A::TargetField, _>(key)
                .sql(" AND ")
                .key_in::<A::Target>(targets)
                .sql(locking);
            let rows: Vec<WholeKey<Pk<A>>> = statement.rows::<PkSql<A>>().fetch(conn)?;
            linked.extend(rows.into_iter().map(|row| row.0));
            Ok(0)
        })?;
        Ok(linked)
    }

    fn others(
        conn: &mut C,
        key: &A::Key,
        targets: &Keys<PkValue<A>>,
        linked: &[PkValue<A>],
        locking: &'static str,
    ) -> Result<Keys<PkValue<A>>> {
        others(linked, targets, Pk::<A>::is_asked(), |new| {
            A::linked_among(conn, key, new, locking)
        })
    }

    fn link(conn: &mut C, key: &A::Key, targets: &Keys<PkValue<A>>) -> Result<()> {
        let touched = each_chunk_of::<A::Target, C>(targets, || {
            Statement::on::<A::Target>("UPDATE ")
                .table::<A::Target>()
                .sql(" SET ")
                .field_is::<A::TargetField, _>(key)
                .sql(" WHERE ")
                .key_in::<A::Target>(targets)
                .execute(conn)
        })?;
        if touched == targets.len() {
            return Ok(());
        }
        if Pk::<A>::COLUMNS.contains(&A::TargetField::COLUMN) {
            // Those that are there have other keys now.
            return Err(Error::not_found(
                A::Target::NAME,
                among::<A::Target>(targets),
            ));
        }
        let linked = A::linked(conn, key, C::Backend::READ_LATEST)?;
        let missing = first_missing(targets, &linked, Pk::<A>::is_asked(), |one| {
            let linked = A::linked_among(conn, key, one, C::Backend::READ_LATEST)?;
            Ok(!linked.is_empty())
        })?;
        match missing {
            Some(key) => Err(Error::not_found(A::Target::NAME, Pk::<A>::show(&key))),
            None => Ok(()),
        }
    }

    fn unlink(conn: &mut C, key: &A::Key, targets: &Keys<PkValue<A>>) -> Result<()> {
        each_chunk_of::<A::Target, C>(targets, || {
            Statement::on::<A::Target>("UPDATE ")
                .table::<A::Target>()
                .sql(" SET ")
                .column::<A::TargetField>()
                .sql(" = NULL WHERE ")
                .field_is::<A::TargetField, _>(key)
                .sql(" AND ")
                .key_in::<A::Target>(targets)
                .execute(conn)
        })?;
        Ok(())
    }
}

/// A connection that can unlink the rows of a `has_many` or `has_one`: the foreign key can become
/// NULL.
pub trait UnlinkRelated<C: Connection>: LinkRelated<C> {
    /// Unlinks these; those that are not linked stay as they are. One `UPDATE`.
    ///
    /// # Errors
    /// What the database says.
    fn remove(
        conn: &mut C,
        source: &Self::Source,
        targets: impl Targets<Self::Target>,
    ) -> Result<()>;

    /// Links exactly these. One transaction of at most four statements, which writes only the
    /// rows that change. Two at once for the same row wait for each other.
    ///
    /// # Errors
    /// [`Error::NotFound`] where one does not exist; then nothing changes.
    fn set(conn: &mut C, source: &Self::Source, targets: impl Targets<Self::Target>) -> Result<()>;
}

impl<A, C> UnlinkRelated<C> for A
where
    A: LinkRelated<C>,
    C: Connection,
    <A::TargetField as Field>::Value: Unlinkable,
{
    fn remove(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = target_keys(targets);
        lock::persistently(conn, |conn| A::unlink(conn, key, &targets))
    }

    fn set(conn: &mut C, source: &A::Source, targets: impl Targets<A::Target>) -> Result<()> {
        let key = source_key::<A>(source)?;
        let targets = target_keys(targets);
        lock::transaction(conn, |conn| {
            let linked = unlink_others::<A, C>(conn, key, &targets)?;
            A::link(conn, key, &without(targets.all(), &linked))
        })
    }
}

/// Unlinks all but these, and gives what was linked.
///
/// Those to unlink are read first and then written by their keys: a statement on all others would lock
/// the gaps between them on InnoDB, and whoever sets the links of the next row would deadlock with it.
/// On SQLite it takes longer than reading.
pub(super) fn unlink_others<A, C>(
    conn: &mut C,
    key: &A::Key,
    targets: &Keys<PkValue<A>>,
) -> Result<Vec<PkValue<A>>>
where
    A: LinkRelated<C>,
    C: Connection,
{
    let locking = A::lock(conn, key)?;
    let linked = A::linked(conn, key, locking)?;
    let others = A::others(conn, key, targets, &linked, locking)?;
    A::unlink(conn, key, &others)?;
    Ok(linked)
}

/// Creates a row that is linked to `source`.
///
/// # Errors
/// Constraint violations and what the database says.
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
/// Constraint violations and what the database says; then no row is written.
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
