//! SQLite.

mod insert;
mod numbers;

use std::any::TypeId;

use diesel::connection::LoadConnection;
use diesel::deserialize;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::serialize::ToSql;
use diesel::sql_types::{BigInt, HasSqlType, Integer, SmallInt, Text};
use diesel::sqlite::{Sqlite, SqliteType, SqliteValue};

use crate::backend::returning::load_untyped;
use crate::backend::shared::{bind_each, bind_or_null, filled, last_number, push_on_conflict};
use crate::backend::stays;
use crate::dialect::{
    Alone, Back, BindKeys, Chosen, Collation, Comments, Compared, Dialect, FirstRows, KeyRange,
    Known, OnTaken, PartialIndexes, quote,
};
use crate::meta::{ColumnKind, ColumnMeta, ModelMeta, TableName};
use crate::query::keys::Keys;
use crate::types::DdlType;
use crate::types::by_value::is_by_value;
use crate::untyped::Untyped;
use crate::write::values::bind_checked;
use insert::ByRowid;

/// `SQLITE_MAX_VARIABLE_NUMBER` since 3.32 (<https://www.sqlite.org/limits.html>).
const BIND_LIMIT: usize = 32_766;

impl Known for Sqlite {}

impl Chosen for Sqlite {}

impl PartialIndexes for Sqlite {}

impl Dialect for Sqlite {
    type Inserting = ByRowid;

    fn load<'conn, 'query, C, ST>(
        conn: &'conn mut C,
        query: &'query dyn QueryFragment<Self>,
    ) -> QueryResult<<C as LoadConnection>::Cursor<'conn, 'query>>
    where
        C: LoadConnection<Backend = Self>,
        Self: QueryMetadata<ST>,
        ST: 'static,
    {
        load_untyped(conn, query)
    }

    #[inline]
    fn check_read<ST: 'static>(value: &mut SqliteValue<'_, '_, '_>) -> deserialize::Result<()> {
        numbers::check::<ST>(value)
    }

    fn sum_fits<ST: 'static>() -> Option<[&'static str; 2]> {
        numbers::sum_fits::<ST>()
    }

    /// The absolute value of the least integer is none (<https://www.sqlite.org/lang_corefunc.html#abs>).
    const FAILURE: &'static str = "abs(-9223372036854775807 - 1)";

    fn stays(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool {
        stays::sqlite(value, column, meta)
    }

    const BACK: Back = Back::ReturningWritten;
    const BIND_LIMIT: usize = BIND_LIMIT;
    const BIND_BYTES: Option<usize> = None;
    const INSERT_PIECE: Option<usize> = Some(64);
    const EMPTY_ROW: &'static str = " DEFAULT VALUES";
    const QUOTE: char = '`';
    /// Types only suggest a storage class (<https://www.sqlite.org/datatype3.html>).
    const CHECKS_LENGTH: bool = false;
    const CHECKS_ROW_BY_ROW: bool = false;
    const CHECKS_FOREIGN_KEYS: bool = true;
    const INDEX_IF_NOT_EXISTS: bool = true;
    const FORWARD_REFERENCES: bool = true;
    const SCHEMAS_ARE_ATTACHED: bool = true;
    const COMMENTS: Comments = Comments::Nowhere;
    const ALONE: Alone = Alone::Again;
    const DROP_SUFFIX: &'static str = "";
    const CREATE_AROUND: Option<[&'static str; 2]> = None;
    /// `DROP TABLE` first deletes the rows, and enforces foreign keys as a deletion does: at once or, with
    /// this pragma, at the end of the transaction (<https://www.sqlite.org/lang_droptable.html>). That end
    /// also ends the pragma. To end it earlier would forget the rows that then refer to nothing.
    const DROP_AROUND: Option<[&'static str; 2]> = Some(["PRAGMA defer_foreign_keys = ON", ""]);
    /// A UUID of version 4, variant 1, laid out as in RFC 9562.
    const RANDOM_UUID: &'static str = "(lower(hex(randomblob(4)) || '-' || hex(randomblob(2)) || '-4' || \
         substr(hex(randomblob(2)), 2) || '-' || substr('89AB', 1 + (abs(random()) % 4), 1) || \
         substr(hex(randomblob(2)), 2) || '-' || hex(randomblob(6))))";

    const LOCK_ROW: Option<&'static str> = None;
    const READ_LATEST: &'static str = "";
    const SHARE_LATEST: &'static str = "";
    const TELLS_ROWS_APART: bool = false;
    const WRITES_A_ROW_TWICE: bool = true;
    /// Since 3.47, SQLite plans a statement anew for each bound limit, as for each value that the planner looked at.
    const PLANS_BY_LIMIT: bool = true;
    const PADS_TEXTS: bool = false;

    fn are_texts<ST: 'static>() -> bool
    where
        Self: HasSqlType<ST>,
    {
        <Self as HasSqlType<ST>>::metadata(&mut ()) == SqliteType::Text && !is_by_value::<ST>()
    }

    /// A column on the left decides the collation of the comparison; an expression does not
    /// (<https://www.sqlite.org/datatype3.html#collation>).
    fn push_collation(_: Collation, mut out: AstPass<'_, '_, Self>) -> QueryResult<()> {
        out.push_sql(" || ''");
        Ok(())
    }

    fn last_number<'a>(row: &impl Row<'a, Self>) -> deserialize::Result<usize> {
        last_number(row)
    }

    /// SQLite has no lateral join.
    const FIRST_ROWS: FirstRows = FirstRows::Correlated(" = __orm_parent.__orm_key");

    /// SQLite compares rows with no other kind of list (<https://www.sqlite.org/rowvalue.html>).
    const ROWS_OF_KEYS: &'static str = "VALUES ";

    /// A list costs half a microsecond per key: SQLite parses it, sorts it, and looks up each key. The
    /// planner must not prefer another index to a few keys because they are a range, of which it expects many
    /// rows (<https://www.sqlite.org/lang_corefunc.html#likelihood>). Nor may it look at the keys, or it
    /// would plan the prepared statement anew for other keys (<https://www.sqlite.org/c3ref/prepare.html>);
    /// the `+` prevents that.
    const KEY_RANGE: Option<KeyRange> = Some(KeyRange {
        is: " = +",
        between: [
            "(likelihood(",
            " >= +",
            ", 0.01) AND likelihood(",
            " <= +",
            ", 0.01))",
        ],
        most: usize::MAX,
    });

    fn push_on_taken(
        on_taken: OnTaken<'_>,
        meta: &ModelMeta,
        out: AstPass<'_, '_, Self>,
    ) -> QueryResult<()> {
        push_on_conflict(on_taken, meta, out)
    }

    /// Without a condition, SQLite deletes all rows at once (<https://www.sqlite.org/lang_delete.html>).
    const TRUNCATE: [&'static str; 3] = ["DELETE FROM ", "", ""];

    /// The table is there once any table has had an AUTOINCREMENT
    /// (<https://www.sqlite.org/autoinc.html>).
    fn restart_keys(TableName { schema, name }: TableName) -> Option<[String; 2]> {
        let schema = format!("`{}`", schema.unwrap_or("main").replace('`', "``"));
        let name = Self::text(name);
        Some([
            format!("SELECT COUNT(*) FROM {schema}.sqlite_master WHERE name = 'sqlite_sequence'"),
            format!("DELETE FROM {schema}.sqlite_sequence WHERE name = {name} COLLATE NOCASE"),
        ])
    }

    fn column_type(column: &ColumnMeta, _: bool) -> String {
        let name = match column.kind {
            ColumnKind::SmallInt => "SMALLINT",
            ColumnKind::Integer => "INTEGER",
            ColumnKind::BigInt => "BIGINT",
            // SQLite has neither unsigned numbers nor arrays: a model with such a column has no way to write
            // or read it there. SQLite keeps decimals as binary fractions.
            ColumnKind::UnsignedSmallInt => "INTEGER",
            ColumnKind::UnsignedInteger | ColumnKind::UnsignedBigInt => "BIGINT",
            ColumnKind::Decimal => "NUMERIC",
            ColumnKind::Array(_) => "TEXT",
            ColumnKind::Float => "FLOAT",
            ColumnKind::Double => "DOUBLE",
            ColumnKind::Bool => "BOOLEAN",
            ColumnKind::Text => match column.length {
                Some(length) => return format!("VARCHAR({length})"),
                None => "TEXT",
            },
            ColumnKind::Binary | ColumnKind::Jsonb => "BLOB",
            ColumnKind::Uuid | ColumnKind::Json => "TEXT",
            ColumnKind::Date => "DATE",
            ColumnKind::Time => "TIME",
            ColumnKind::Timestamp | ColumnKind::TimestampUtc => "TIMESTAMP",
            ColumnKind::Other(name) => name,
        };
        name.to_owned()
    }

    /// Only `INTEGER`, whatever its width in Rust, is an alias of the rowid. `AUTOINCREMENT` never gives a
    /// key twice (<https://www.sqlite.org/autoinc.html>).
    fn generated_key(_: ColumnKind) -> &'static str {
        "INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL"
    }

    fn greatest_key(kind: ColumnKind) -> Option<i64> {
        match kind {
            ColumnKind::SmallInt => Some(i16::MAX.into()),
            ColumnKind::Integer => Some(i32::MAX.into()),
            _ => None,
        }
    }

    /// Writes moments as Diesel does, so that queries find them by value and texts sort as times do. Diesel
    /// leaves out the fraction of a whole second.
    fn now(kind: ColumnKind) -> &'static str {
        match kind {
            ColumnKind::Date => "CURRENT_DATE",
            ColumnKind::Time => "CURRENT_TIME",
            ColumnKind::TimestampUtc => {
                "(replace(strftime('%Y-%m-%d %H:%M:%f+00:00', 'now'), '.000', ''))"
            }
            _ => "(replace(strftime('%Y-%m-%d %H:%M:%f', 'now'), '.000', ''))",
        }
    }

    /// SQLite keeps an `f32` in 64 bits, in which 0.1 is a different number.
    fn number(kind: ColumnKind, digits: &str) -> String {
        match (kind, digits.parse::<f32>()) {
            (ColumnKind::Float, Ok(number)) => f64::from(number).to_string(),
            _ => digits.to_owned(),
        }
    }

    fn moment(kind: ColumnKind, text: &str) -> String {
        let offset = match kind {
            ColumnKind::TimestampUtc => "+00:00",
            _ => "",
        };
        format!("{text}{offset}")
    }

    fn json(kind: ColumnKind, text: &str) -> String {
        match kind {
            ColumnKind::Jsonb => format!("(jsonb({text}))"),
            _ => format!("({text})"),
        }
    }

    /// `length` stops at a NUL, but the text goes on after it. For such a text the check counts bytes, which
    /// are at least as many as letters (<https://www.sqlite.org/lang_corefunc.html#length>).
    fn length_check(column: &str, length: u32) -> String {
        format!(
            "length({column}) <= {length} AND \
             (instr({column}, char(0)) = 0 OR length(CAST({column} AS BLOB)) <= {length})"
        )
    }

    /// Indexes share one namespace with tables, and the case of ASCII letters does not matter
    /// (<https://www.sqlite.org/src/file/src/hash.c>).
    fn fold_name(name: &str) -> String {
        name.to_ascii_lowercase()
    }

    /// Takes the writer's lock and writes nothing, except that it frees a page in a database that asks for
    /// that (<https://www.sqlite.org/pragma.html#pragma_incremental_vacuum>). A transaction that has already
    /// read cannot wait for another writer.
    fn wait_for_others(schema: Option<&str>) -> String {
        match schema {
            Some(schema) => format!("PRAGMA {}.incremental_vacuum(1)", quote::<Self>(schema)),
            None => "PRAGMA main.incremental_vacuum(1)".to_owned(),
        }
    }

    fn boolean(value: bool) -> &'static str {
        if value { "1" } else { "0" }
    }
}

/// One JSON bind holds any number of keys, so the text stays the same and stays prepared. Types that JSON
/// does not hold exactly are bound one by one.
impl<ST: 'static, K: 'static> BindKeys<ST, K> for Sqlite
where
    Sqlite: HasSqlType<ST>,
    K: ToSql<ST, Sqlite>,
{
    fn bind_keys<'b>(keys: &'b Keys<K>, mut out: AstPass<'_, 'b, Self>) -> QueryResult<()> {
        let Some(json) = json_of::<ST, K>(keys) else {
            return bind_each::<ST, K, Self>(keys, out);
        };
        out.push_sql(" IN (SELECT value FROM json_each(");
        out.push_bind_param::<Text, str>(json)?;
        out.push_sql("))");
        Ok(())
    }

    fn key_limit(keys: &Keys<K>) -> Option<usize> {
        match json_of::<ST, K>(keys) {
            Some(_) => None,
            None => Some(BIND_LIMIT),
        }
    }

    fn bind_one<'b>(key: &'b K, out: AstPass<'_, 'b, Self>) -> QueryResult<()> {
        bind_checked::<ST, K, Self>(key, out)
    }

    fn can_bind_rows(keys: &Keys<K>) -> bool {
        json_of::<ST, K>(keys).is_some()
    }

    fn bind_rows<'b>(
        keys: &'b Keys<K>,
        places: bool,
        mut out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()> {
        out.push_sql("(SELECT value AS __orm_key");
        if places {
            out.push_sql(", key + 1 AS __orm_place");
        }
        out.push_sql(" FROM json_each(");
        out.push_bind_param::<Text, str>(json_of::<ST, K>(keys).unwrap_or_default())?;
        out.push_sql("))");
        Ok(())
    }

    /// The keys come first, and each finds its rows by an index on the column, or by one that SQLite makes of
    /// the rows. The column is on the left, because the left side decides the collation of the comparison
    /// (<https://www.sqlite.org/datatype3.html#collation>).
    fn bind_matches<'b>(
        rows: &'b dyn QueryFragment<Self>,
        compared: Compared,
        keys: &'b Keys<K>,
        mut out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()> {
        match json_of::<ST, K>(keys) {
            Some(_) => <Self as BindKeys<ST, K>>::bind_rows(keys, true, out.reborrow())?,
            None => bind_values::<ST, K>(keys, out.reborrow())?,
        }
        out.push_sql(" AS __orm_parent CROSS JOIN (");
        rows.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_row");
        compared.push_on(out)
    }
}

/// `(VALUES (1, ?), (2, ?), …)` as a table of places and keys. Unlike `UNION ALL`, `VALUES` may have any
/// number of rows (<https://www.sqlite.org/lang_select.html>). As in lists of keys, short lists share a few
/// texts.
fn bind_values<'b, ST, K>(keys: &'b Keys<K>, mut out: AstPass<'_, 'b, Sqlite>) -> QueryResult<()>
where
    Sqlite: HasSqlType<ST>,
    K: ToSql<ST, Sqlite> + 'static,
{
    out.push_sql("(SELECT column1 AS __orm_place, column2 AS __orm_key FROM (VALUES ");
    for (position, key) in filled(keys.selected(), &mut out).enumerate() {
        let comma = if position > 0 { ", (" } else { "(" };
        out.push_sql(&format!("{comma}{}, ", position + 1));
        bind_or_null::<ST, K, Sqlite>(key, out.reborrow())?;
        out.push_sql(")");
    }
    out.push_sql("))");
    Ok(())
}

/// The keys as one JSON array, if JSON holds what the column does. A Rust type may also be stored in other
/// ways, which only its own bind knows, for example a number as the text of its digits.
fn json_of<ST: 'static, K: 'static>(keys: &Keys<K>) -> Option<&str> {
    keys.json().filter(|_| is_of_json::<ST>())
}

fn is_of_json<ST: 'static>() -> bool {
    let ids = [
        TypeId::of::<SmallInt>(),
        TypeId::of::<Integer>(),
        TypeId::of::<BigInt>(),
        TypeId::of::<Text>(),
        #[cfg(feature = "uuid")]
        TypeId::of::<crate::sql_types::Uuid>(),
    ];
    ids.contains(&TypeId::of::<ST>())
}

#[diagnostic::do_not_recommend]
impl DdlType for diesel::sql_types::TimestamptzSqlite {
    const KIND: ColumnKind = ColumnKind::TimestampUtc;
}
