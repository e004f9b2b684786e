//! The statements on a junction.

use std::any::Any;
use std::collections::HashSet;

use super::fill::{FillLink, Junction, New, Pk, Target};
use crate::association::keys::{among, each_chunk, first_missing, target_keys};
use crate::association::links::{self, InJunction, Locked};
use crate::association::target::{IntoTarget, Targets};
use crate::association::{Association, Through};
use crate::connection::Connection;
use crate::connection::transaction::transaction;
use crate::dialect::{Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::meta::ColumnSet;
use crate::model::{KeyOf, Model, PrimaryKey, Values};
use crate::query::key_list::{CompareKey, ListKeys};
use crate::query::keys::Keys;
use crate::validate::validate_all;
use crate::write::create::Create;
use crate::write::hooks::Hooks;
use crate::write::insert::{Insert, is_of_another_row, rows_at_once, rows_within};
use crate::write::pipeline;
use crate::write::stored::Updatable;
use crate::write::values::Columns;

/// A backend on which the targets of an association can be identified: by their primary keys, and by the field that
/// the association uses.
pub trait NamesTargets<DB: Dialect>:
    Through<
        Target: Model<PrimaryKey: ListKeys<DB, KeyOf<<Self as Association>::Target>>>,
        TargetField: ListKeys<DB, <Self as Through>::TargetKey>,
    >
{
}

#[diagnostic::do_not_recommend]
impl<A, DB> NamesTargets<DB> for A
where
    DB: Dialect,
    A: Through<
            Target: Model<PrimaryKey: ListKeys<DB, KeyOf<<A as Association>::Target>>>,
            TargetField: ListKeys<DB, <A as Through>::TargetKey>,
        >,
{
}

type HooksOf<A> = <Junction<A> as Model>::Hooks;

/// A backend on which the links of an association can be written.
pub trait Links<DB: Dialect>:
    Through<
        Junction: Updatable<DB>,
        SourceField: CompareKey<DB, <Self as Association>::Key>,
        SourceLink: CompareKey<DB, <Self as Association>::Key>,
        TargetLink: ListKeys<DB, <Self as Through>::TargetKey>,
    >
{
}

#[diagnostic::do_not_recommend]
impl<A, DB> Links<DB> for A
where
    DB: Dialect,
    A: Through<
            Junction: Updatable<DB>,
            SourceField: CompareKey<DB, <A as Association>::Key>,
            SourceLink: CompareKey<DB, <A as Association>::Key>,
            TargetLink: ListKeys<DB, <A as Through>::TargetKey>,
        >,
{
}

/// The keys by which the junction identifies the targets. They are the primary keys, unless the association uses
/// another unique field (`target_key`): then targets given by primary key are looked up, in one statement.
pub(super) fn association_keys<A, C, T>(conn: &mut C, targets: T) -> Result<Keys<A::TargetKey>>
where
    A: NamesTargets<C::Backend>,
    C: Connection,
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
        // One row may match several of the keys.
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
    A: NamesTargets<C::Backend>,
    C: Connection,
{
    links::values_of::<A::TargetField, _, Pk<A>, C>(conn, keys)
}

/// The key by which the junction identifies a target.
pub(in crate::association) fn target_key<A: Through>(target: &A::Target) -> Result<A::TargetKey> {
    let key = A::TargetField::read(target).key();
    key.cloned().ok_or(Error::NullKey {
        model: A::Target::NAME,
        association: A::NAME,
    })
}

/// Deletes the links to these.
pub(super) fn delete<A, C>(conn: &mut C, key: &A::Key, targets: &Keys<A::TargetKey>) -> Result<()>
where
    A: Links<C::Backend>,
    C: Connection,
{
    each_chunk::<A::TargetLink, _, C>(targets, || {
        pipeline::remove::<Junction<A>, HooksOf<A>, C>(conn, |delete| {
            links::between::<InJunction<A>, C::Backend>(delete, key, targets)
        })
    })?;
    Ok(())
}

/// Deletes all links but those to these, and returns what was linked.
pub(super) fn delete_others<A, C>(
    conn: &mut C,
    key: &A::Key,
    targets: &Keys<A::TargetKey>,
) -> Result<Vec<A::TargetKey>>
where
    A: Links<C::Backend>,
    C: Connection,
{
    let Locked { linked, others } = links::locked::<InJunction<A>, C>(conn, key, targets)?;
    delete::<A, C>(conn, key, &others)?;
    Ok(linked)
}

/// What happens to an existing link.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Existing {
    /// It stays as it is.
    Stays,
    /// It takes the columns that the link states.
    Takes,
}

/// Fails with all problems that the rules of the junction find in links to these, in the order of the links.
pub(super) fn validate<A, B>(
    source: &A::Key,
    targets: &Keys<A::TargetKey>,
    link: impl Fn() -> B,
) -> Result<()>
where
    A: Through,
    B: FillLink<A>,
{
    if !Junction::<A>::CHECKED {
        return Ok(());
    }
    let fill = |target: &A::TargetKey| link().fill_link(source.clone(), target.clone());
    let mut rows: Vec<New<A>> = targets.all().iter().map(fill).collect();
    pipeline::stamp_new(&mut rows);
    validate_all(&rows)
}

/// Inserts links. If that takes more than one statement, it uses one transaction.
pub(super) fn insert<A, C, B>(
    conn: &mut C,
    source: &A::Key,
    targets: &Keys<A::TargetKey>,
    link: impl Fn() -> B,
    existing: Existing,
) -> Result<()>
where
    A: Links<C::Backend>,
    Junction<A>: Create<C>,
    C: Connection,
    B: FillLink<A>,
{
    let fill = |target: &A::TargetKey| link().fill_link(source.clone(), target.clone());
    // All callers that insert the same links lock them in the same order.
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
    links.one_by_one =
        !C::Backend::WRITES_A_ROW_TWICE && !links.changed.is_empty() && A::TargetLink::is_asked();
    if <HooksOf<A> as Hooks<Junction<A>, C::Backend>>::ANY {
        // The hooks of a link need to know whether it is new.
        return transaction(conn).run(|conn| links.write_apart(conn));
    }
    if const { !C::Backend::TELLS_ROWS_APART && Junction::<A>::META.adopted } && !links.unique {
        return links.insert_unsurely(conn);
    }
    match links.insert(conn, links.changed) {
        Err(error) if C::Backend::TELLS_ROWS_APART && is_of_another_row(&error) => {
            transaction(conn).run(|conn| links.write_apart(conn))
        }
        done => done.map(drop),
    }
}

/// Links to write.
struct NewLinks<'a, A: Through> {
    source: &'a A::Key,
    targets: Keys<A::TargetKey>,
    /// One for each target.
    rows: Vec<New<A>>,
    /// The columns that they state.
    columns: ColumnSet,
    /// The two keys.
    pair: ColumnSet,
    /// The two keys are known to be unique together.
    unique: bool,
    /// The columns that an existing link takes.
    changed: ColumnSet,
    /// Two of the targets may be the same to the database, and one statement cannot write their link twice.
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
        pipeline::stamp_new(&mut rows);
        let meta = Junction::<A>::META;
        let names = [A::SourceLink::COLUMN, A::TargetLink::COLUMN];
        let pair = meta.columns_named(&names);
        let changed = match existing {
            Existing::Stays => ColumnSet::new(),
            Existing::Takes => stated
                .without(pair)
                .without(meta.columns_named(meta.primary_key)),
        };
        let changed = match changed.is_empty() {
            true => changed,
            false => changed.and(pipeline::touched::<Junction<A>>()),
        };
        Self {
            source,
            targets,
            columns: rows.first().map(Values::written).unwrap_or_default(),
            rows,
            pair,
            unique: meta.pair_is_unique(names),
            changed,
            one_by_one: false,
        }
    }

    /// Lets the database find existing links, and returns how many it wrote.
    fn insert<C>(&self, conn: &mut C, changed: ColumnSet) -> Result<usize>
    where
        C: Connection,
        Junction<A>: Columns<C::Backend>,
    {
        let on_taken = OnTaken::Write {
            meant: self.pair,
            unique: self.unique,
            index: None,
            columns: changed,
        };
        self.insert_rows(conn, &self.rows, on_taken)
    }

    fn insert_rows<C>(&self, conn: &mut C, rows: &[New<A>], on_taken: OnTaken<'_>) -> Result<usize>
    where
        C: Connection,
        Junction<A>: Columns<C::Backend>,
    {
        let run = |conn: &mut C, rows: &[New<A>]| {
            let insert = Insert::rows::<Junction<A>>(rows, self.columns).on_taken(on_taken);
            insert.execute(conn)
        };
        if self.rows_at_once::<C::Backend>(rows) >= rows.len() {
            return run(conn, rows);
        }
        transaction(conn).run(|conn| {
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

    /// For a model that does not say that a link exists only once: the database rejects links without telling
    /// whether they exist or another key is taken.
    fn insert_unsurely<C>(&self, conn: &mut C) -> Result<()>
    where
        A: Links<C::Backend>,
        Junction<A>: Create<C>,
        C: Connection,
    {
        let work = |conn: &mut C| {
            let written = self.insert(conn, ColumnSet::new())?;
            match written < self.rows.len() {
                true => self.write_apart(conn),
                false => Ok(()),
            }
        };
        // Only one of the statements writes a given link.
        match self.rows.len() {
            1 => work(conn),
            _ => transaction(conn).run(work),
        }
    }

    /// Finds the existing links, writes into them, and inserts the others as new links.
    fn write_apart<C>(&self, conn: &mut C) -> Result<()>
    where
        A: Links<C::Backend>,
        Junction<A>: Create<C>,
        C: Connection,
    {
        let linked: HashSet<_> =
            links::linked::<InJunction<A>, C>(conn, self.source, C::Backend::READ_LATEST)?
                .into_iter()
                .collect();
        let links = self.targets.all().iter().zip(&self.rows);
        let (mut there, mut new): (Vec<_>, Vec<_>) =
            links.partition(|(key, _)| linked.contains(key));
        if A::TargetLink::is_asked() {
            for (key, row) in std::mem::take(&mut new) {
                let one = Keys::new(vec![key.clone()]);
                let latest = C::Backend::READ_LATEST;
                let linked =
                    links::linked_among::<InJunction<A>, C>(conn, self.source, &one, latest)?;
                match linked.is_empty() {
                    true => self.insert_new(conn, std::slice::from_ref(row))?,
                    false => there.push((key, row)),
                }
            }
        }
        if let (Some((_, link)), false) = (there.first(), self.changed.is_empty()) {
            let there = Keys::new(there.iter().map(|(key, _)| (*key).clone()).collect());
            let values = (*link).clone();
            let change = pipeline::Change::of::<HooksOf<A>, C>(conn, values, self.changed)?;
            each_chunk::<A::TargetLink, _, C>(&there, || {
                change.execute::<HooksOf<A>, C>(conn, |update| {
                    links::between::<InJunction<A>, C::Backend>(update, self.source, &there)
                })
            })?;
        }
        let new: Vec<New<A>> = new.into_iter().map(|(_, row)| row.clone()).collect();
        match new.is_empty() {
            true => Ok(()),
            false => self.insert_new(conn, &new),
        }
    }

    /// Inserts links that do not exist yet.
    fn insert_new<C>(&self, conn: &mut C, new: &[New<A>]) -> Result<()>
    where
        A: Links<C::Backend>,
        Junction<A>: Create<C>,
        C: Connection,
    {
        match <HooksOf<A> as Hooks<Junction<A>, C::Backend>>::ANY {
            true => Junction::<A>::insert_many(conn, new.to_vec()).map(drop),
            false => self.insert_rows(conn, new, OnTaken::Fail).map(drop),
        }
    }
}
