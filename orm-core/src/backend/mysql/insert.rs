//! MySQL and MariaDB: read inserted rows back by their keys.

use diesel::expression::QueryMetadata;
use diesel::mysql::Mysql;
use diesel::query_builder::{AstPass, Query, QueryFragment, QueryId};
use diesel::result::QueryResult;
use diesel::sql_types::BigInt;

use crate::backend::shared::all_equal;
use crate::backend::written::{InsertWhole, WithKey, WithKeys, comes_back_as_written, known};
use crate::connection::{Connection, is_in_transaction};
use crate::dialect::{Dialect, OnTaken};
use crate::error::{Error, Result};
use crate::meta::{ColumnKind, ColumnSet, ModelMeta};
use crate::model::{Model, Values};
use crate::query::read::ReadColumns;
use crate::query::run;

use crate::write::insert::{Insert, is_of_another_row, rows_within};
use crate::write::inserting::{InsertRows, only};
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

/// `INSERT`, and a `SELECT` of the written rows, in one transaction: the caller's, or one of ours. Rows that are
/// stored as they are written are not read: the connection tells their generated keys.
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
    fn insert_one(conn: &mut C, mut row: Values<M>, columns: ColumnSet) -> Result<M> {
        let is_small = row.bytes(columns) <= UNASKED;
        let whole = InsertWhole::<M>::of(&row, columns);
        let whole = whole.filter(|_| is_small && comes_back_as_written::<M, Mysql>(&row));
        let Some(insert) = whole.filter(|_| has_known_key::<M>()) else {
            return only(Self::insert(conn, &[&row], columns, OnTaken::Fail)?);
        };
        run::execute(conn, &insert, &M::META)?;
        let row = match M::META.generated_key {
            true => run::one_by_type(conn, &LastKey, &M::META, WithKey(&mut row))?,
            false => known::<M, Mysql>(&mut row),
        };
        row.ok_or_else(|| Error::not_found(M::NAME, "the key that was just written"))
    }

    fn insert(
        conn: &mut C,
        rows: &[&Values<M>],
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<Vec<M>> {
        if let OnTaken::Write { meant, .. } = on_taken {
            return upsert(conn, rows, columns, meant, on_taken);
        }
        let work = |conn: &mut C, rows: &[&Values<M>]| {
            Insert::rows::<M>(rows.iter().copied(), columns).execute(conn)?;
            inserted(conn, rows, columns)
        };
        if let Some(room) = room(conn, rows, columns)? {
            return conn.transaction(|conn| {
                let mut created = Vec::with_capacity(rows.len());
                within(rows, columns, room, |rows| {
                    created.append(&mut work(conn, rows)?);
                    Ok(())
                })?;
                Ok(created)
            });
        }
        if are_known::<M>(rows, columns) {
            Insert::rows::<M>(rows.iter().copied(), columns).execute(conn)?;
            return complete(known_rows(conn, rows)?, rows);
        }
        // In the caller's transaction nobody else can change the rows before we read them, and a generated
        // key is always found. A savepoint would cost two more statements for nothing.
        let key = M::META.columns_named(M::META.primary_key);
        let has_key = M::META.generated_key && !columns.has(key);
        let is_read = M::META.may_refuse(columns).is_empty();
        match is_in_transaction(conn) && has_key && is_read {
            true => work(conn, rows),
            false => conn.transaction(|conn| work(conn, rows)),
        }
    }

    /// It opens a transaction of its own if it needs one.
    fn must_undo(_: ColumnSet, _: OnTaken<'_>) -> bool {
        false
    }

    fn upsert(
        conn: &mut C,
        row: &Values<M>,
        columns: ColumnSet,
        on_taken: OnTaken<'_>,
    ) -> Result<M> {
        only(Self::insert(conn, &[row], columns, on_taken)?)
    }

    fn insert_free(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<usize> {
        let Some(room) = room(conn, rows, columns)? else {
            return insert_free(conn, rows, columns);
        };
        conn.transaction(|conn| {
            let mut written = 0;
            within(rows, columns, room, |rows| {
                written += insert_free(conn, rows, columns)?;
                Ok(())
            })?;
            Ok(written)
        })
    }
}

/// Whether the key of a new row is among its values, or a generated number that `LAST_INSERT_ID()` tells. It tells
/// nothing about keys that the database makes in another way, and Diesel reads it with a sign.
fn has_known_key<M: Model>() -> bool {
    let is_signed = |index: usize| {
        let kind = M::META.columns.get(index).map(|column| column.kind);
        matches!(
            kind,
            Some(ColumnKind::SmallInt | ColumnKind::Integer | ColumnKind::BigInt)
        )
    };
    let key = M::META.columns_named(M::META.primary_key);
    !M::META.generated_key || key.iter().all(is_signed)
}

/// Whether these rows need not be read, because they come back as they are written.
fn are_known<M: Model>(rows: &[&Values<M>], columns: ColumnSet) -> bool {
    let whole = |row: &Values<M>| InsertWhole::<M>::of(row, columns).is_some();
    let mut rows = rows.iter();
    has_known_key::<M>() && rows.all(|row| whole(row) && comes_back_as_written::<M, Mysql>(row))
}

/// The rows that one `INSERT` wrote, made of their values and their keys.
fn known_rows<C, M>(conn: &mut C, rows: &[&Values<M>]) -> Result<Vec<M>>
where
    C: Connection<Backend = Mysql>,
    M: Model + ReadColumns<Mysql>,
{
    if !M::META.generated_key {
        let made = rows.iter().map(|&row| known::<M, Mysql>(&mut row.clone()));
        return Ok(made.flatten().collect());
    }
    let count = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let keys =
        Statement::<Mysql>::on::<M>("SELECT CAST(LAST_INSERT_ID() + @@auto_increment_increment * ")
            .sql("__orm_place AS SIGNED) FROM (SELECT ")
            .text(places(rows.len()))
            .sql(") AS __orm_places WHERE __orm_place < ")
            .fragment(Addend::<BigInt, i64>::new(&count))
            .sql(" ORDER BY __orm_place");
    let mut made = WithKeys::of(rows);
    run::each_by_text::<C, BigInt>(conn, &keys, &M::META, &mut made)?;
    Ok(made.rows)
}

/// At least so many numbers from 0 on, as `__orm_place`: one text for up to ten, one for up to a hundred, and so on.
fn places(count: usize) -> String {
    const DIGITS: &str = "(SELECT 0 AS digit UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4 \
        UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
    let (mut sum, mut tables, mut weight) = (String::new(), String::new(), 1_usize);
    for position in 0.. {
        let comma = if position > 0 { ", " } else { "" };
        let plus = if position > 0 { " + " } else { "" };
        sum.push_str(&format!("{plus}{weight} * __orm_{position}.digit"));
        tables.push_str(&format!("{comma}{DIGITS} AS __orm_{position}"));
        weight = weight.saturating_mul(10);
        if weight >= count {
            break;
        }
    }
    format!("{sum} AS __orm_place FROM {tables}")
}

/// `SELECT CAST(LAST_INSERT_ID() AS SIGNED)`, which the connection knows without reading a table.
struct LastKey;

impl Query for LastKey {
    type SqlType = BigInt;
}

impl QueryId for LastKey {
    type QueryId = Self;
    const HAS_STATIC_QUERY_ID: bool = true;
}

impl QueryFragment<Mysql> for LastKey {
    fn walk_ast<'b>(&'b self, mut out: AstPass<'_, 'b, Mysql>) -> QueryResult<()> {
        out.push_sql("SELECT CAST(LAST_INSERT_ID() AS SIGNED)");
        Ok(())
    }
}

/// Shows the rows in pieces that each take no more than so many bytes.
fn within<M: Model>(
    rows: &[&Values<M>],
    columns: ColumnSet,
    room: usize,
    mut work: impl FnMut(&[&Values<M>]) -> Result<()>,
) -> Result<()> {
    let mut left = rows;
    while !left.is_empty() {
        let size = rows_within(left.iter().copied(), columns, room).max(1);
        let (now, rest) = left.split_at(size);
        work(now)?;
        left = rest;
    }
    Ok(())
}

/// Inserts rows or writes into those that have the same `key`, and reads all back by it.
fn upsert<C, M>(
    conn: &mut C,
    rows: &[&Values<M>],
    columns: ColumnSet,
    key: ColumnSet,
    on_taken: OnTaken<'_>,
) -> Result<Vec<M>>
where
    C: Connection<Backend = Mysql>,
    Mysql: QueryMetadata<M::SqlType>,
    M: Columns<Mysql> + ReadColumns<Mysql>,
{
    let room = room(conn, rows, columns)?.unwrap_or(usize::MAX);
    // A row may already exist and stay unchanged. Then this transaction did not write it, and may not see it
    // without a lock.
    let locking = match is_in_transaction(conn) {
        true => Mysql::SHARE_LATEST,
        false => "",
    };
    conn.transaction(|conn| {
        within(rows, columns, room, |rows| {
            let insert = Insert::rows::<M>(rows.iter().copied(), columns);
            match insert.on_taken(on_taken).execute(conn) {
                Err(error) if is_of_another_row(&error) => {
                    let mut rows = rows.iter();
                    rows.try_for_each(|row| write_apart(conn, row, columns, on_taken))
                }
                done => done.map(drop),
            }
        })?;
        let mut written = Vec::with_capacity(rows.len());
        for chunk in rows.chunks(KEYS_AT_ONCE) {
            written.append(&mut with_keys(conn, chunk, key, locking)?);
        }
        complete(written, rows)
    })
}

/// Writes a row in statements that mean no more than one thing.
fn write_apart<C, M>(
    conn: &mut C,
    row: &Values<M>,
    columns: ColumnSet,
    on_taken: OnTaken<'_>,
) -> Result<()>
where
    C: Connection<Backend = Mysql>,
    M: Columns<Mysql>,
{
    if let OnTaken::Write { meant, columns, .. } = on_taken
        && update(conn, row, meant, columns)? > 0
    {
        return Ok(());
    }
    Insert::rows::<M>([row], columns).execute(conn).map(drop)
}

/// The variable of the session that counts rows whose unique key was taken. Diesel asks the server to count rows
/// that it found, not rows that it changed, so those count as written.
const TAKEN: &str = "@__orm_taken";

/// Inserts rows but those whose unique key is taken, and gives how many it inserted. `INSERT IGNORE` would hide
/// other errors, too.
fn insert_free<C, M>(conn: &mut C, rows: &[&Values<M>], columns: ColumnSet) -> Result<usize>
where
    C: Connection<Backend = Mysql>,
    M: Columns<Mysql>,
{
    let set = Statement::<Mysql>::on::<M>("SET ").sql(TAKEN);
    set.sql(" = 0").execute(conn)?;
    let insert = Insert::rows::<M>(rows.iter().copied(), columns);
    insert.on_taken(OnTaken::SKIP).execute(conn)?;
    let select = Statement::<Mysql>::on::<M>("SELECT CAST(").sql(TAKEN);
    let taken = select.sql(" AS SIGNED)").number(conn)?;
    Ok(rows.len().saturating_sub(taken))
}

/// Leaves the row that is there as it is, and counts it.
pub(super) fn push_counted(meta: &ModelMeta, mut out: AstPass<'_, '_, Mysql>) -> QueryResult<()> {
    let Some(column) = meta.columns.first() else {
        return Ok(());
    };
    out.push_identifier(column.name)?;
    for sql in [" = IF((", TAKEN, " := ", TAKEN, " + 1) IS NULL, "] {
        out.push_sql(sql);
    }
    out.push_identifier(column.name)?;
    out.push_sql(", ");
    out.push_identifier(column.name)?;
    out.push_sql(")");
    Ok(())
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
        .raise_version::<M>()
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
        return run::all_by_text::<C, M, M::SqlType>(conn, &select);
    }
    let last = i64::try_from(count - 1).unwrap_or(i64::MAX);
    let select = select()
        .sql(" BETWEEN LAST_INSERT_ID() AND LAST_INSERT_ID() + @@auto_increment_increment * ")
        .fragment(Addend::<BigInt, i64>::new(&last))
        .sql(" AND (")
        .name(key)
        .sql(" - LAST_INSERT_ID()) % @@auto_increment_increment = 0 ORDER BY ")
        .name(key);
    run::all_by_text::<C, M, M::SqlType>(conn, &select)
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
    run::all_by_text::<C, M, M::SqlType>(conn, &select.sql(locking))
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
