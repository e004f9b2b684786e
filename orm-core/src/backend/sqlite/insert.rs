//! SQLite: a row that states everything but its key is not read back.

use std::collections::HashMap;

use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;
use diesel::sqlite::Sqlite;

use crate::backend::shared::all_equal;
use crate::backend::written::{InsertWhole, WithKey, comes_back_as_written};
use crate::backend::{returning, stays};
use crate::connection::Connection;
use crate::dialect::OnTaken;
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{KeyOf, Model, PrimaryKey, Values};
use crate::query::read::ReadColumns;
use crate::query::run;
use crate::write::insert::Insert;
use crate::write::inserting::{InsertRows, Returns, only};
use crate::write::statement::Statement;
use crate::write::stored::whole;
use crate::write::values::{Columns, Whole};

/// `INSERT`, followed by a query for the key, which the connection knows. If the row may come back different
/// from what was written, `INSERT … RETURNING`.
///
/// SQLite runs `RETURNING` as a trigger that fills a table (<https://www.sqlite.org/lang_returning.html>),
/// which takes longer than all the rest of an `INSERT`. The statement that asks for the key reads no table,
/// so it waits for nobody and nobody can come in between. Inserts by a trigger do not change its answer
/// (<https://www.sqlite.org/c3ref/last_insert_rowid.html>).
#[derive(Debug)]
pub struct ByRowid;

impl<C, M> InsertRows<C, M> for ByRowid
where
    C: Connection<Backend = Sqlite>,
    Sqlite: QueryMetadata<M::SqlType>,
    M: Columns<Sqlite> + ReadColumns<Sqlite>,
{
    fn insert_one(conn: &mut C, row: Values<M>, columns: ColumnSet) -> Result<M> {
        let insert = InsertWhole::<M>::of(&row, columns);
        let Some(insert) =
            insert.filter(|_| M::META.generated_key && comes_back_as_written::<M, Sqlite>(&row))
        else {
            return whole(conn, may_be_refused(&row, columns), |conn| {
                only(Self::insert(conn, &[&row], columns, OnTaken::Fail)?)
            });
        };
        match run::execute(conn, &insert, &M::META)? {
            // A trigger of the user's may have ignored the row.
            0 => Err(Error::skipped(M::NAME, 1, 0)),
            _ => with_rowid(conn, row),
        }
    }

    fn insert(
        conn: &mut C,
        rows: &[&Values<M>],
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<Vec<M>> {
        let rows = returning::insert(conn, rows, columns, on_taken)?;
        as_triggers_left_them(conn, rows)
    }

    /// Only after the statement has written all rows is it known whether all are there and can be read.
    fn must_undo(_: ColumnSet, _: OnTaken<'_>) -> bool {
        true
    }

    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<M> {
        whole(conn, may_be_refused(row, columns), |conn| {
            only(Self::insert(conn, &[row], columns, on_taken)?)
        })
    }

    fn insert_free(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<usize> {
        let insert = Insert::rows::<M>(rows.iter().copied(), columns);
        insert.on_taken(OnTaken::SKIP).execute(conn)
    }
}

impl Returns for Sqlite {
    fn settled<C, M>(conn: &mut C, rows: Vec<M>) -> Result<Vec<M>>
    where
        C: Connection<Backend = Self>,
        Self: QueryMetadata<M::SqlType>,
        M: Columns<Self> + ReadColumns<Self>,
    {
        as_triggers_left_them(conn, rows)
    }
}

/// How many rows one `SELECT` reads again: SQLite takes expressions that are up to 1000 deep.
const KEYS_AT_ONCE: usize = 64;

/// Whether a row may, once written, turn out to be unreadable, or have to be read again.
fn may_be_refused<M: Model>(row: &Values<M>, columns: ColumnSet) -> bool {
    let mut values = columns.iter().filter_map(|index| row.untyped(index));
    let is_fixed = const { M::META.read_only().is_empty() };
    !is_fixed || !M::META.may_refuse(columns).is_empty() || values.any(stays::is_unusual)
}

/// `RETURNING` gives rows as they are before the triggers run, so this reads them again.
fn as_triggers_left_them<C, M>(conn: &mut C, rows: Vec<M>) -> Result<Vec<M>>
where
    C: Connection<Backend = Sqlite>,
    Sqlite: QueryMetadata<M::SqlType>,
    M: Columns<Sqlite> + ReadColumns<Sqlite>,
{
    if const { M::META.read_only().is_empty() } {
        return Ok(rows);
    }
    let key = M::META.columns_named(M::META.primary_key);
    let keyed: Vec<Whole<'_, M>> = rows.iter().map(Whole).collect();
    let mut found: HashMap<KeyOf<M>, M> = HashMap::with_capacity(rows.len());
    for keyed in keyed.chunks(KEYS_AT_ONCE) {
        let mut select = Statement::<Sqlite>::on::<M>("SELECT ").columns::<M>();
        select = select.sql(" FROM ").table::<M>();
        for (position, row) in keyed.iter().enumerate() {
            select = select.sql(if position > 0 { " OR " } else { " WHERE " });
            select = all_equal::<M, _>(select.sql("("), row, key).sql(")");
        }
        let rows = run::all_by_text::<C, M, M::SqlType>(conn, &select)?;
        found.extend(rows.into_iter().map(|row| (M::PrimaryKey::of(&row), row)));
    }
    let left = rows
        .iter()
        .filter_map(|row| found.remove(&M::PrimaryKey::of(row)));
    Ok(left.collect())
}

/// The row with the key that was inserted last.
fn with_rowid<C, M>(conn: &mut C, mut values: Values<M>) -> Result<M>
where
    C: Connection<Backend = Sqlite>,
    M: Model + ReadColumns<Sqlite>,
{
    let row = run::one_by_type(conn, &LastRowid, &M::META, WithKey(&mut values))?;
    row.ok_or_else(|| Error::not_found(M::NAME, "the key that was just written"))
}

/// `SELECT last_insert_rowid()`
struct LastRowid;

impl Query for LastRowid {
    type SqlType = BigInt;
}

impl QueryId for LastRowid {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Sqlite> for LastRowid {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()> {
        out.push_sql("SELECT last_insert_rowid()");
        Ok(())
    }
}
