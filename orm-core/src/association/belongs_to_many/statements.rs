//! The statements on a junction.

use std::any::Any;
use std::collections::HashSet;

use diesel::deserialize::FromSql;
use diesel::expression::QueryMetadata;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType};

use super::fill::{FillLink, Junction, New, Pk, Target, TargetSql};
use crate::association::keys::{
    among, each_chunk, each_chunk_of, first_missing, others, target_keys,
};
use crate::association::target::{IntoTarget, Targets};
use crate::association::{Through, lock};
use crate::connection::Connection;
use crate::dialect::{BindKeys, Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::meta::ColumnSet;
use crate::model::{KeyOf, Model, PrimaryKey, Values};
use crate::query::fetch::Fetch;
use crate::query::key_list::ListKeys;
use crate::query::keys::Keys;
use crate::query::matched::is_asked;
use crate::query::read::Scalar;
use crate::write::create::written;
use crate::write::insert::{Insert, is_of_another_row, rows_at_once, rows_within};
use crate::write::statement::Statement;
use crate::write::values::Columns;

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
        return Ok(same.cloned().unwrap_or_else(Keys::none));
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
    let mut found = looked_up::<A, C>(conn, &unknown)?;
    let mut all_there = found.len() == unknown.len();
    if !all_there && Pk::<A>::is_asked() {
        // One row may have several of the keys.
        let missing = first_missing(&unknown, &[], true, |one| {
            Ok(!looked_up::<A, C>(conn, one)?.is_empty())
        });
        all_there = missing?.is_none();
    }
    if !all_there {
        return Err(Error::not_found(
            Target::<A>::NAME,
            among::<Target<A>>(&unknown),
        ));
    }
    known.append(&mut found);
    Ok(Keys::distinct(known.iter()))
}

/// The association's keys of the targets with these primary keys.
fn looked_up<A, C>(conn: &mut C, keys: &Keys<KeyOf<Target<A>>>) -> Result<Vec<A::TargetKey>>
where
    A: Through<Target: Model<PrimaryKey: ListKeys<C::Backend>>>,
    C: Connection,
    C::Backend: QueryMetadata<TargetSql<A>>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
{
    let mut found = Vec::new();
    each_chunk_of::<Target<A>, C>(keys, || {
        let statement = Statement::on::<Target<A>>("SELECT ")
            .column::<A::TargetField>()
            .sql(" FROM ")
            .table::<Target<A>>()
            .sql(" WHERE ")
            .key_in::<Target<A>>(keys);
        let rows: Vec<Scalar<A::TargetKey>> = statement.rows::<TargetSql<A>>().fetch(conn)?;
        found.extend(rows.into_iter().map(|row| row.0));
        Ok(0)
    })?;
    Ok(found)
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

/// Those of these keys that are linked, as they are spelled there.
pub(super) fn linked_among<A, C>(
    conn: &mut C,
    key: &A::Key,
    targets: &Keys<A::TargetKey>,
    locking: &'static str,
) -> Result<Vec<A::TargetKey>>
where
    A: Through,
    C: Connection,
    C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
        + HasSqlType<<A::SourceLink as Field>::Sql>
        + QueryMetadata<TargetSql<A>>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
{
    let mut linked = Vec::new();
    each_chunk::<C, A::TargetLink, _>(targets, || {
        let statement = Statement::on::<Junction<A>>("SELECT ")
            .column::<A::TargetLink>()
            .sql(" FROM ")
            .table::<Junction<A>>()
            .sql(" WHERE ")
            .field_is::<A::SourceLink, _>(key)
            .sql(" AND ")
            .field_in::<A::TargetLink, _>(targets)
            .sql(locking);
        let rows: Vec<Scalar<A::TargetKey>> = statement.rows::<TargetSql<A>>().fetch(conn)?;
        linked.extend(rows.into_iter().map(|row| row.0));
        Ok(0)
    })?;
    Ok(linked)
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
    each_chunk::<C, A::TargetLink, _>(targets, || {
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
    let is_asked = is_asked::<A::TargetLink, C::Backend>();
    let others = others(&linked, targets, is_asked, |new| {
        linked_among::<A, C>(conn, key, new, locking)
    })?;
    delete::<A, C>(conn, key, &others)?;
    Ok(linked)
}

/// What happens to a link that is there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// It stays as it is.
    Stays,
    /// It takes the columns that the link states.
    Takes,
}

/// Inserts links, in one transaction if it takes more than one statement.
pub(super) fn insert<A, C, B>(
    conn: &mut C,
    source: &A::Key,
    targets: &Keys<A::TargetKey>,
    link: impl Fn() -> B,
    existing: Existing,
) -> Result<()>
where
    A: Through,
    C: Connection,
    B: FillLink<A>,
    Junction<A>: Columns<C::Backend>,
    C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
        + HasSqlType<<A::SourceLink as Field>::Sql>
        + QueryMetadata<TargetSql<A>>,
    A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
    A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
{
    let fill = |target: &A::TargetKey| link().fill_link(source.clone(), target.clone());
    // Whoever inserts the same links locks them in the same order.
    let targets = match C::Backend::LOCK_ROW {
        Some(_) => Keys::new(targets.in_order().into_iter().cloned().collect()),
        None => targets.clone(),
    };
    let rows: Vec<New<A>> = targets.all().iter().map(fill).collect();
    // All links come from one builder, so they state the same columns.
    let Some(stated) = rows.first().map(Values::given) else {
        return Ok(());
    };
    let mut links = NewLinks::<A>::new(source, targets, rows, stated, existing);
    links.one_by_one = !C::Backend::WRITES_A_ROW_TWICE
        && !links.changed.is_empty()
        && is_asked::<A::TargetLink, C::Backend>();
    if const { !C::Backend::TELLS_ROWS_APART && Junction::<A>::META.adopted } && !links.unique {
        return links.insert_unsurely(conn);
    }
    match links.insert(conn, links.changed) {
        Err(error) if C::Backend::TELLS_ROWS_APART && is_of_another_row(&error) => {
            conn.transaction(|conn| links.write_apart(conn))
        }
        done => done.map(drop),
    }
}

/// Links that are written.
struct NewLinks<'a, A: Through> {
    source: &'a A::Key,
    targets: Keys<A::TargetKey>,
    /// One for each target.
    rows: Vec<New<A>>,
    /// The columns that they give.
    columns: ColumnSet,
    /// The two keys.
    pair: ColumnSet,
    /// They are known to be unique together.
    unique: bool,
    /// The columns that a link takes that is there.
    changed: ColumnSet,
    /// Two of the targets may be one to the database, whose link one statement cannot write twice.
    one_by_one: bool,
}

impl<'a, A: Through> NewLinks<'a, A> {
    fn new(
        source: &'a A::Key,
        targets: Keys<A::TargetKey>,
        mut rows: Vec<New<A>>,
        stated: ColumnSet,
        existing: Existing,
    ) -> Self {
        rows.iter_mut().for_each(Junction::<A>::fill);
        let meta = Junction::<A>::META;
        let names = [A::SourceLink::COLUMN, A::TargetLink::COLUMN];
        let pair = meta.columns_named(&names);
        let changed = match existing {
            Existing::Stays => ColumnSet::new(),
            Existing::Takes => stated
                .without(pair)
                .without(meta.columns_named(meta.primary_key)),
        };
        Self {
            source,
            targets,
            columns: rows.first().map(written::<Junction<A>>).unwrap_or_default(),
            rows,
            pair,
            unique: meta.pair_is_unique(names),
            changed,
            one_by_one: false,
        }
    }

    /// Lets the database find those that are there, and gives how many it wrote.
    fn insert<C>(&self, conn: &mut C, changed: ColumnSet) -> Result<usize>
    where
        C: Connection,
        Junction<A>: Columns<C::Backend>,
    {
        let on_taken = OnTaken::Write {
            meant: self.pair,
            unique: self.unique,
            columns: changed,
        };
        self.insert_rows(conn, &self.rows, on_taken)
    }

    fn insert_rows<C>(&self, conn: &mut C, rows: &[New<A>], on_taken: OnTaken) -> Result<usize>
    where
        C: Connection,
        Junction<A>: Columns<C::Backend>,
    {
        let run = |conn: &mut C, rows: &[New<A>]| {
            let insert = Insert::rows::<Junction<A>>(rows, self.columns).on_taken(on_taken);
            let written = insert.execute(conn);
            written.map_err(|error| Error::from(error).on::<Junction<A>>())
        };
        if self.rows_at_once::<C::Backend>(rows) >= rows.len() {
            return run(conn, rows);
        }
        conn.transaction(|conn| {
            let mut left = rows;
            let mut written = 0;
            while !left.is_empty() {
                let (now, rest) = left.split_at(self.rows_at_once::<C::Backend>(left));
                written += run(conn, now)?;
                left = rest;
            }
            Ok(written)
        })
    }

    /// How many of these rows go into the next statement.
    fn rows_at_once<DB: Dialect>(&self, rows: &[New<A>]) -> usize {
        if self.one_by_one {
            return 1;
        }
        let most = rows_at_once::<DB>(rows.len(), self.columns);
        match DB::BIND_BYTES {
            Some(bytes) => most.min(rows_within(rows.iter(), self.columns, bytes).max(1)),
            None => most,
        }
    }

    /// Where the model does not say that a link is there but once: the database keeps links out without telling
    /// whether they are there or another key is taken.
    fn insert_unsurely<C>(&self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        Junction<A>: Columns<C::Backend>,
        C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
            + HasSqlType<<A::SourceLink as Field>::Sql>
            + QueryMetadata<TargetSql<A>>,
        A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
        A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
    {
        let work = |conn: &mut C| {
            let written = self.insert(conn, ColumnSet::new())?;
            match written < self.rows.len() {
                true => self.write_apart(conn),
                false => Ok(()),
            }
        };
        // Of one link only one of the statements writes.
        match self.rows.len() {
            1 => work(conn),
            _ => conn.transaction(work),
        }
    }

    /// Finds those that are there, writes into them, and inserts the others as new ones.
    fn write_apart<C>(&self, conn: &mut C) -> Result<()>
    where
        C: Connection,
        Junction<A>: Columns<C::Backend>,
        C::Backend: BindKeys<<A::TargetLink as Field>::Sql, A::TargetKey>
            + HasSqlType<<A::SourceLink as Field>::Sql>
            + QueryMetadata<TargetSql<A>>,
        A::Key: ToSql<<A::SourceLink as Field>::Sql, C::Backend>,
        A::TargetKey: FromSql<TargetSql<A>, C::Backend>,
    {
        let linked: HashSet<_> = linked::<A, C>(conn, self.source, C::Backend::READ_LATEST)?
            .into_iter()
            .collect();
        let links = self.targets.all().iter().zip(&self.rows);
        let (mut there, mut new): (Vec<_>, Vec<_>) =
            links.partition(|(key, _)| linked.contains(key));
        if is_asked::<A::TargetLink, C::Backend>() {
            for (key, row) in std::mem::take(&mut new) {
                let one = Keys::new(vec![key.clone()]);
                let linked =
                    linked_among::<A, C>(conn, self.source, &one, C::Backend::READ_LATEST)?;
                match linked.is_empty() {
                    true => _ = self.insert_rows(conn, std::slice::from_ref(row), OnTaken::Fail)?,
                    false => there.push((key, row)),
                }
            }
        }
        if let (Some((_, link)), false) = (there.first(), self.changed.is_empty()) {
            let there = Keys::new(there.iter().map(|(key, _)| (*key).clone()).collect());
            each_chunk::<C, A::TargetLink, _>(&there, || {
                Statement::on::<Junction<A>>("UPDATE ")
                    .table::<Junction<A>>()
                    .sql(" SET ")
                    .assign::<Junction<A>>(*link, self.changed)
                    .sql(" WHERE ")
                    .field_is::<A::SourceLink, _>(self.source)
                    .sql(" AND ")
                    .field_in::<A::TargetLink, _>(&there)
                    .execute(conn)
            })?;
        }
        let new: Vec<New<A>> = new.into_iter().map(|(_, row)| row.clone()).collect();
        match new.is_empty() {
            true => Ok(()),
            false => self.insert_rows(conn, &new, OnTaken::Fail).map(drop),
        }
    }
}
