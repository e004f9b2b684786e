//! MySQL and MariaDB: read inserted rows back by their keys.

use diesel::expression::QueryMetadata;
use diesel::mysql::Mysql;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;

use crate::backend::shared::all_equal;
use crate::connection::{Connection, is_in_transaction};
use crate::dialect::{Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::query::fetch::Fetch;
use crate::query::read::ReadColumns;

use crate::write::insert::{Insert, is_of_another_row, rows_within};
use crate::write::inserting::InsertRows;
use crate::write::statement::Statement;
use crate::write::update::Addend;
use crate::write::values::Columns;

/// How many rows with given keys one `SELECT` reads back. To put them in order, the server compares each row
/// with each key.
const KEYS_AT_ONCE: usize = 200;

/// Every server accepts this many bytes at once, so below it the limit is not queried.
const UNASKED: usize = 1 << 20;

/// How many bytes a statement takes besides the values.
const BESIDE: usize = 1 << 10;

/// `INSERT`, and a `SELECT` of the written rows, in one transaction: the caller's, or one of ours.
///
/// MariaDB has `RETURNING`, but describes its columns only after the statement has run. Diesel asks for them
/// before.
#[derive(Debug)]
pub struct ReadBack;

impl<C, M> InsertRows<C, M> for ReadBack
where
    C: Connection<Backend = Mysql>,
    Mysql: QueryMetadata<M::SqlType>,
    M: Columns<Mysql> + ReadColumns<Mysql>,
{
    fn insert(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<Vec<M>> {
        let key = M::META.columns_named(M::META.primary_key);
        let work = |conn: &mut C, rows: &[&Values<M>]| {
            Insert::rows::<M>(rows.iter().copied(), columns).execute(conn)?;
            inserted(conn, rows, columns)
        };
        if let Some(room) = room(conn, rows, columns)? {
            return conn.transaction(|conn| {
                let mut created = Vec::with_capacity(rows.len());
                let mut left = rows;
                while !left.is_empty() {
                    let size = rows_within(left.iter().copied(), columns, room).max(1);
                    let (now, rest) = left.split_at(size);
                    created.append(&mut work(conn, now)?);
                    left = rest;
                }
                Ok(created)
            });
        }
        // In the caller's transaction nobody else can change the rows before we read them, and a generated
        // key is always found. A savepoint would cost two more statements for nothing.
        let has_key = M::META.generated_key && !columns.has(key);
        let is_read = M::META.may_refuse(columns).is_empty();
        match is_in_transaction(conn) && has_key && is_read {
            true => work(conn, rows),
            false => conn.transaction(|conn| work(conn, rows)),
        }
    }

    /// It opens a transaction of its own if it needs one.
    fn must_undo(_: ColumnSet) -> bool {
        false
    }

    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>> {
        room(conn, &[row], columns)?;
        let on_taken = OnTaken::Write {
            meant: key,
            unique: true,
            columns: changed,
        };
        // The row may already exist and stay unchanged. Then this transaction did not write it, and may not
        // see it without a lock.
        let locking = match is_in_transaction(conn) {
            true => Mysql::SHARE_LATEST,
            false => "",
        };
        conn.transaction(|conn| {
            let insert = || Insert::rows::<M>([row], columns);
            match insert().on_taken(on_taken).execute(conn) {
                Err(error) if is_of_another_row(&error) => {
                    if update::<C, M>(conn, row, key, changed)? == 0 {
                        insert().execute(conn)?;
                    }
                }
                done => _ = done?,
            }
            with_keys(conn, &[row], key, locking)
        })
    }
}

/// How many bytes the values of one statement may take. `None` if these rows take so few that every server
/// accepts them. A row that takes more is an error, because the server would close the connection.
fn room<C, M>(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<Option<usize>>
where
    C: Connection<Backend = Mysql>,
    M: Model,
{
    if rows_within(rows.iter().copied(), columns, UNASKED) == rows.len() {
        return Ok(None);
    }
    let select = Statement::<Mysql>::on::<M>("SELECT CAST(@@max_allowed_packet AS SIGNED)");
    let limit = select.number(conn)?;
    let room = limit.saturating_sub(BESIDE);
    let sizes = rows.iter().map(|row| row.bytes_where(columns, |_| 0));
    match sizes.max().filter(|bytes| *bytes > room) {
        Some(bytes) => Err(Error::TooLarge {
            model: M::NAME,
            bytes,
            limit,
        }),
        None => Ok(Some(room)),
    }
}

/// Writes `changed` into the row with this `key`, and returns how many rows there were.
fn update<C, M>(conn: &mut C, row: &Values<M>, key: ColumnSet, changed: ColumnSet) -> Result<usize>
where
    C: Connection<Backend = Mysql>,
    M: Columns<Mysql>,
{
    let update = Statement::<Mysql>::on::<M>("UPDATE ")
        .table::<M>()
        .sql(" SET ")
        .assign::<M>(row, changed)
        .sql(" WHERE ");
    all_equal::<M, _>(update, row, key).execute(conn)
}

/// The rows that were just inserted, in their order.
fn inserted<C, M>(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<Vec<M>>
where
    C: Connection<Backend = Mysql>,
    Mysql: QueryMetadata<M::SqlType>,
    M: Columns<Mysql> + ReadColumns<Mysql>,
{
    let key = M::META.columns_named(M::META.primary_key);
    if !columns.has(key) {
        return complete(with_generated_keys(conn, rows.len())?, rows);
    }
    let mut created = Vec::with_capacity(rows.len());
    for chunk in rows.chunks(KEYS_AT_ONCE) {
        created.append(&mut with_keys(conn, chunk, key, "")?);
    }
    complete(created, rows)
}

/// A row may not be found, for example if it has the key 0, which asks for a generated key. Its absence must
/// not shift the other rows.
fn complete<M: Model>(created: Vec<M>, rows: &[&Values<M>]) -> Result<Vec<M>> {
    if created.len() == rows.len() {
        return Ok(created);
    }
    Err(Error::not_found(M::NAME, "the key that was just written"))
}

/// One `INSERT … VALUES` takes consecutive generated keys, `auto_increment_increment` apart, whoever else
/// inserts at the same time (<https://dev.mysql.com/doc/refman/8.4/en/innodb-auto-increment-handling.html>,
/// "simple inserts"). `LAST_INSERT_ID()` is the first of them. A key that the database makes in another way
/// is not known.
fn with_generated_keys<C, M>(conn: &mut C, count: usize) -> Result<Vec<M>>
where
    C: Connection<Backend = Mysql>,
    Mysql: QueryMetadata<M::SqlType>,
    M: Columns<Mysql> + ReadColumns<Mysql>,
{
    let (&[key], true) = (M::META.primary_key, M::META.generated_key) else {
        return Ok(Vec::new());
    };
    let select = || {
        Statement::<Mysql>::on::<M>("SELECT ")
            .columns::<M>()
            .sql(" FROM ")
            .table::<M>()
            .sql(" WHERE ")
            .name(key)
    };
    if count == 1 {
        let select = select().sql(" = LAST_INSERT_ID()");
        return select.rows::<M::SqlType>().fetch(conn);
    }
    let last = i64::try_from(count - 1).unwrap_or(i64::MAX);
    select()
        .sql(" BETWEEN LAST_INSERT_ID() AND LAST_INSERT_ID() + @@auto_increment_increment * ")
        .fragment(Addend::<BigInt, i64>::new(&last))
        .sql(" AND (")
        .name(key)
        .sql(" - LAST_INSERT_ID()) % @@auto_increment_increment = 0 ORDER BY ")
        .name(key)
        .rows::<M::SqlType>()
        .fetch(conn)
}

/// The rows whose columns `key` have the values of `rows`, in the same order.
fn with_keys<C, M>(
    conn: &mut C,
    rows: &[&Values<M>],
    key: ColumnSet,
    locking: &'static str,
) -> Result<Vec<M>>
where
    C: Connection<Backend = Mysql>,
    Mysql: QueryMetadata<M::SqlType>,
    M: Columns<Mysql> + ReadColumns<Mysql>,
{
    let mut select = Statement::<Mysql>::on::<M>("SELECT ").columns::<M>();
    select = select.sql(" FROM ").table::<M>().sql(" WHERE ");
    for (position, row) in rows.iter().enumerate() {
        select = select.sql(if position > 0 { " OR (" } else { "(" });
        select = all_equal::<M, _>(select, *row, key).sql(")");
    }
    if rows.len() > 1 {
        select = select.fragment(Varying).sql(" ORDER BY CASE");
        for (position, row) in rows.iter().enumerate() {
            select = all_equal::<M, _>(select.sql(" WHEN "), *row, key);
            select = select.sql(" THEN ").fragment(Number(position));
        }
        select = select.sql(" END");
    }
    select.sql(locking).rows::<M::SqlType>().fetch(conn)
}

/// A number that is written into the text of the statement.
struct Number(usize);

impl QueryFragment<Mysql> for Number {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        out.push_sql(&self.0.to_string());
        Ok(())
    }
}

/// Marks a text that differs from call to call. If such statements were kept prepared, they would pile up.
struct Varying;

impl QueryFragment<Mysql> for Varying {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        out.unsafe_to_cache_prepared();
        Ok(())
    }
}
