//! The rows that hold links: the only access to them, for all kinds of associations.
//!
//! The links of a `has_many` or a `has_one` are rows of the target: each holds the key of the source. The links of
//! a many-to-many association are rows of the junction: each holds the keys of both ends.

use crate::association::keys::{all_linked, each_chunk, others};
use crate::association::lock;
use crate::association::{Association, Direct, Through};
use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::field::Field;
use crate::model::{Key, KeyOf, Model, PrimaryKey};
use crate::query::key_list::{CompareKey, ListKeys};
use crate::query::keys::Keys;
use crate::write::statement::Statement;

/// A table whose rows hold the links of an association.
pub trait LinkTable: 'static {
    /// The association.
    type Of: Association;
    /// The model of the table.
    type Rows: Model;
    /// The field that holds the key of the source.
    type SourceLink: Field<Model = Self::Rows>;
    /// The fields that identify what is linked.
    type Named;
    /// The key that these fields hold.
    type Name: Key;
    /// Several rows may link the same two rows, and a row may link nothing.
    const BESIDE: bool;
}

/// The links of a `has_many` or a `has_one`: rows of the target.
#[derive(Debug)]
pub struct InTarget<A>(A);

impl<A: Direct> LinkTable for InTarget<A> {
    type Of = A;
    type Rows = A::Target;
    type SourceLink = A::TargetField;
    type Named = <A::Target as Model>::PrimaryKey;
    type Name = KeyOf<A::Target>;
    const BESIDE: bool = false;
}

/// The links of a many-to-many association: rows of the junction.
#[derive(Debug)]
pub(crate) struct InJunction<A>(A);

impl<A: Through> LinkTable for InJunction<A> {
    type Of = A;
    type Rows = A::Junction;
    type SourceLink = A::SourceLink;
    type Named = A::TargetLink;
    type Name = A::TargetKey;
    const BESIDE: bool = true;
}

pub(crate) type KeyOn<L> = <<L as LinkTable>::Of as Association>::Key;

/// Links that a backend can look up. Wherever this is a bound, everything that it requires is known.
pub trait LinksOn<DB: Dialect>:
    LinkTable<
        SourceLink: CompareKey<DB, KeyOn<Self>>,
        Named: ListKeys<DB, <Self as LinkTable>::Name>,
        Of: Association<SourceField: CompareKey<DB, KeyOn<Self>>>,
    >
{
}

#[diagnostic::do_not_recommend]
impl<L, DB> LinksOn<DB> for L
where
    DB: Dialect,
    L: LinkTable<
            SourceLink: CompareKey<DB, KeyOn<L>>,
            Named: ListKeys<DB, <L as LinkTable>::Name>,
            Of: Association<SourceField: CompareKey<DB, KeyOn<L>>>,
        >,
{
}

/// ` WHERE source_key = ?`: the condition of the links of one row.
pub(crate) fn of_source<'a, L, DB>(
    statement: Statement<'a, DB>,
    key: &'a KeyOn<L>,
) -> Statement<'a, DB>
where
    L: LinksOn<DB>,
    DB: Dialect,
{
    statement.sql(" WHERE ").field_is::<L::SourceLink, _>(key)
}

/// ` WHERE source_key = ? AND target_key IN (…)`: the condition of the links between one row and others.
pub(crate) fn between<'a, L, DB>(
    statement: Statement<'a, DB>,
    key: &'a KeyOn<L>,
    names: &'a Keys<L::Name>,
) -> Statement<'a, DB>
where
    L: LinksOn<DB>,
    DB: Dialect,
{
    of_source::<L, DB>(statement, key)
        .sql(" AND ")
        .key_in::<L::Named, _>(names)
}

/// ` WHERE target_key IN (…)`
pub(crate) fn named<'a, L, DB>(
    statement: Statement<'a, DB>,
    names: &'a Keys<L::Name>,
) -> Statement<'a, DB>
where
    L: LinksOn<DB>,
    DB: Dialect,
{
    statement.sql(" WHERE ").key_in::<L::Named, _>(names)
}

/// The values of the field `F` in the rows with these keys.
pub(crate) fn values_of<F, V, P, C>(conn: &mut C, keys: &Keys<P::Value>) -> Result<Vec<V>>
where
    F: Field<Model = P::Model> + ListKeys<C::Backend, V>,
    P: PrimaryKey + ListKeys<C::Backend, <P as PrimaryKey>::Value>,
    C: Connection,
{
    let mut found = Vec::new();
    each_chunk::<P, _, C>(keys, || {
        let select = Statement::on::<P::Model>("SELECT ")
            .column::<F>()
            .sql(" FROM ")
            .table::<P::Model>()
            .sql(" WHERE ")
            .key_in::<P, _>(keys);
        found.append(&mut select.keys::<F, _, C>(conn)?);
        Ok(0)
    })?;
    Ok(found)
}

/// `SELECT target_key FROM table`
fn select<'a, L: LinksOn<DB>, DB: Dialect>() -> Statement<'a, DB> {
    Statement::on::<L::Rows>("SELECT ")
        .key_columns::<L::Named, _>()
        .sql(" FROM ")
        .table::<L::Rows>()
}

/// What is linked. `locking` is the text after the `SELECT`.
pub(crate) fn linked<L, C>(
    conn: &mut C,
    key: &KeyOn<L>,
    locking: &'static str,
) -> Result<Vec<L::Name>>
where
    L: LinksOn<C::Backend>,
    C: Connection,
{
    let mut select = of_source::<L, C::Backend>(select::<L, _>(), key);
    if L::BESIDE {
        select = select.sql(" AND ").key_columns::<L::Named, _>();
        select = select.sql(" IS NOT NULL");
    }
    select.sql(locking).keys::<L::Named, _, C>(conn)
}

/// Those of these keys that are linked, as the links spell them.
pub(crate) fn linked_among<L, C>(
    conn: &mut C,
    key: &KeyOn<L>,
    names: &Keys<L::Name>,
    locking: &'static str,
) -> Result<Vec<L::Name>>
where
    L: LinksOn<C::Backend>,
    C: Connection,
{
    let mut linked = Vec::new();
    each_chunk::<L::Named, _, C>(names, || {
        let select = between::<L, C::Backend>(select::<L, _>(), key, names);
        linked.append(&mut select.sql(locking).keys::<L::Named, _, C>(conn)?);
        Ok(0)
    })?;
    Ok(linked)
}

/// Whether all of these are linked.
pub(crate) fn has<L, C>(conn: &mut C, key: &KeyOn<L>, names: &Keys<L::Name>) -> Result<bool>
where
    L: LinksOn<C::Backend>,
    C: Connection,
{
    if L::Named::is_asked() {
        return all_linked(names, |names| linked_among::<L, C>(conn, key, names, ""));
    }
    let linked = each_chunk::<L::Named, _, C>(names, || {
        let count = match L::BESIDE {
            true => Statement::on::<L::Rows>("SELECT COUNT(DISTINCT ")
                .key_columns::<L::Named, _>()
                .sql(") FROM "),
            false => Statement::on::<L::Rows>("SELECT COUNT(*) FROM "),
        };
        between::<L, C::Backend>(count.table::<L::Rows>(), key, names).number(conn)
    })?;
    Ok(linked == names.len())
}

/// What is linked, and which of it is not among these. Nobody else can change the links before the transaction
/// ends.
///
/// Links that are to be removed are read first and then written by their keys. On InnoDB, a statement on all others
/// would lock the gaps between them, and would deadlock with a caller that sets the links of the next row. On
/// SQLite, it takes longer than reading.
pub(crate) fn locked<L, C>(
    conn: &mut C,
    key: &KeyOn<L>,
    names: &Keys<L::Name>,
) -> Result<Locked<L::Name>>
where
    L: LinksOn<C::Backend>,
    C: Connection,
{
    let locking = lock::lock_links::<L::Of, L::Rows, C>(conn, key)?;
    let linked = linked::<L, C>(conn, key, locking)?;
    let others = others(&linked, names, L::Named::is_asked(), |new| {
        linked_among::<L, C>(conn, key, new, locking)
    })?;
    Ok(Locked { linked, others })
}

/// The links of a row, which nobody else can change before the transaction ends.
#[derive(Debug)]
pub struct Locked<K> {
    /// What is linked.
    pub(crate) linked: Vec<K>,
    /// What is linked now but should not be.
    pub(crate) others: Keys<K>,
}
