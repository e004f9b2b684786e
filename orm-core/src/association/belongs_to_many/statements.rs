//! The statements on a junction.

use std::any::Any;

use diesel::deserialize::FromSql;
use diesel::expression::QueryMetadata;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};

use super::{FillLink, Junction, New, Pk, Target, TargetSql};
use crate::Connection;
use crate::association::Through;
use crate::association::keys::{among, each_chunk, each_chunk_of, target_keys, without};
use crate::association::lock;
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::model::{IntoTarget, Model, PrimaryKey, Targets};
use crate::query::fetch::Fetch;
use crate::query::key_list::ListKeys;
use crate::query::keys::{BindKeys, Keys};
use crate::query::read::Scalar;
use crate::write::create::written;
use crate::write::insert::{Insert, OnTaken, rows_at_once};
use crate::write::statement::Statement;
use crate::write::values::{ColumnSet, Columns, Values};

/// The keys by which the junction knows the targets. They are the primary keys, unless the
/// association goes by another unique field (`target_key`): those of targets that were given by
/// primary key are then looked up, in one statement.
pub(super) fn association_keys<A, C, T>(conn: &mut C, targets: T) -> Result<Keys<A::TargetKey>>
where
    A: Through<Target: Model<PrimaryKey: ListKeys<C::Backend>>>,
    C: Connection,
    C::Backend: QueryMetadata<TargetSql<A>>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
    T: Targets<Target<A>>,
{
    if Pk::<A>::FIELDS == [A::TargetField::FIELD] {
        let keys = target_keys::<Target<A>>(targets);
        let same = (&keys as &dyn Any).downcast_ref::<Keys<A::TargetKey>>();
        return Ok(same.cloned().unwrap_or_else(|| Keys::new(Vec::new())));
    }
    let mut known = Vec::new();
    let mut unknown = Vec::new();
    for target in targets {
        match target.row() {
            Some(row) => known.push(target_key::<A>(row)?),
            None => unknown.extend(target.primary_key()),
        }
    }
    let unknown = Keys::distinct(unknown.iter());
    let mut found = 0;
    each_chunk_of::<Target<A>, C>(&unknown, || {
        let statement = Statement::on::<Target<A>>("SELECT ")
            .column::<A::TargetField>()
            .sql(" FROM ")
            .table::<Target<A>>()
            .sql(" WHERE ")
            .key_in::<Target<A>>(&unknown);
        let rows: Vec<Scalar<A::TargetKey>> = statement.rows::<TargetSql<A>>().fetch(conn)?;
        found += rows.len();
        known.extend(rows.into_iter().map(|row| row.0));
        Ok(0)
    })?;
    if found < unknown.len() {
        return Err(Error::not_found(
            Target::<A>::NAME,
            among::<Target<A>>(&unknown),
        ));
    }
    Ok(Keys::distinct(known.iter()))
}

pub(super) fn target_key<A: Through>(target: &A::Target) -> Result<A::TargetKey> {
    let key = A::TargetField::read(target).key();
    key.cloned().ok_or(Error::NullKey {
        model: A::Target::NAME,
        association: A::NAME,
    })
}

/// The keys of the targets that are linked.
pub(super) fn linked<A, C>(
    conn: &mut C,
    key: &A::Key,
    locking: &'static str,
) -> Result<Vec<A::TargetKey>>
where
    A: Through,
    C: Connection,
    C::Backend: HasSqlType<<A::SourceLink as Field>::Sql> + QueryMetadata<TargetSql<A>>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
{
    let statement = Statement::on::<Junction<A>>("SELECT ")
        .column::<A::TargetLink>()
        .sql(" FROM ")
        .table::<Junction<A>>()
        .sql(" WHERE ")
        .field_is::<A::SourceLink, _>(key)
        .sql(" AND ")
        .column::<A::TargetLink>()
        .sql(" IS NOT NULL")
        .sql(locking);
    let rows: Vec<Scalar<A::TargetKey>> = statement.rows::<TargetSql<A>>().fetch(conn)?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Deletes the links to these.
pub(super) fn delete<A, C>(conn: &mut C, key: &A::Key, targets: &Keys<A::TargetKey>) -> Result<()>
where
    A: Through,
    C: Connection,
    C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
        + HasSqlType<<A::SourceLink as Field>::Sql>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
{
    each_chunk::<C, _>(targets, || {
        Statement::on::<Junction<A>>("DELETE FROM ")
            .table::<Junction<A>>()
            .sql(" WHERE ")
            .field_is::<A::SourceLink, _>(key)
            .sql(" AND ")
            .field_in::<A::TargetLink, _>(targets)
            .execute(conn)
    })?;
    Ok(())
}

/// Deletes all links but those to these, and gives what was linked. As in `has_many`, the links are
/// read first.
pub(super) fn delete_others<A, C>(
    conn: &mut C,
    key: &A::Key,
    targets: &Keys<A::TargetKey>,
) -> Result<Vec<A::TargetKey>>
where
    A: Through,
    C: Connection,
    C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
        + HasSqlType<<A::SourceField as Field>::Sql>
        + HasSqlType<<A::SourceLink as Field>::Sql>
        + QueryMetadata<BigInt>
        + QueryMetadata<TargetSql<A>>,
    A::Key: ToSql<<A::SourceField as Field>::Sql, C::Backend>
        + ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
{
    let locking = lock::lock_links::<A, C>(conn, key, || {
        Statement::on::<Junction<A>>("DELETE FROM ")
            .table::<Junction<A>>()
            .sql(" WHERE 0")
    })?;
    let linked = linked::<A, C>(conn, key, locking)?;
    delete::<A, C>(conn, key, &without(&linked, targets.all()))?;
    Ok(linked)
}

pub(super) type OnTakenOf = fn(Option<ColumnSet>, ColumnSet) -> OnTaken;

pub(super) fn keep(key: Option<ColumnSet>, _: ColumnSet) -> OnTaken {
    OnTaken::Keep { key }
}

pub(super) fn update(key: Option<ColumnSet>, columns: ColumnSet) -> OnTaken {
    OnTaken::Update { key, columns }
}

/// Inserts links, in one transaction if it takes more than one statement.
pub(super) fn insert<A, C, B>(
    conn: &mut C,
    source: &A::Key,
    targets: &Keys<A::TargetKey>,
    link: impl Fn() -> B,
    on_taken: OnTakenOf,
) -> Result<()>
where
    A: Through,
    C: Connection,
    B: FillLink<A>,
    Junction<A>: Columns<C::Backend>,
{
    let fill = |target: &A::TargetKey| link().fill_link(source.clone(), target.clone());
    // Whoever inserts the same links locks them in the same order.
    let targets = match C::Backend::LOCK_ROW {
        Some(_) => targets.in_order(),
        None => targets.all().iter().collect(),
    };
    let mut new: Vec<New<A>> = targets.into_iter().map(fill).collect();
    // All links come from one builder, so they state the same columns.
    let Some(stated) = new.first().map(Values::given) else {
        return Ok(());
    };
    new.iter_mut().for_each(Junction::<A>::fill);
    let columns = new.first().map(written::<Junction<A>>).unwrap_or_default();
    let names = [A::SourceLink::COLUMN, A::TargetLink::COLUMN];
    let meta = Junction::<A>::META;
    let pair = meta.columns_named(&names);
    let key = meta.pair_is_unique(names).then_some(pair);
    let on_taken = on_taken(
        key,
        stated
            .without(pair)
            .without(meta.columns_named(meta.primary_key)),
    );
    let run = |conn: &mut C, rows: &[New<A>]| {
        let insert = Insert::rows::<Junction<A>>(rows, columns).on_taken(on_taken);
        let written = insert.execute(conn);
        written.map_err(|error| Error::from(error).on::<Junction<A>>())
    };
    if rows_at_once::<C::Backend>(new.len(), columns) >= new.len() {
        return run(conn, &new).map(drop);
    }
    conn.transaction(|conn| {
        let mut left = &new[..];
        while !left.is_empty() {
            let (now, rest) = left.split_at(rows_at_once::<C::Backend>(left.len(), columns));
            run(conn, now)?;
            left = rest;
        }
        Ok(())
    })
}
