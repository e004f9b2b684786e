//! MySQL and MariaDB.

mod insert;

use std::any::Any;

use diesel::connection::LoadConnection;
use diesel::deserialize;
use diesel::expression::QueryMetadata;
use diesel::mysql::{Mysql, MysqlType};
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::backend::shared::{bind_each, bind_or_null, filled, last_number, microseconds, names};
use crate::backend::stays;
use crate::dialect::{
    Alone, Back, BindKeys, Chosen, Comments, Compared, Dialect, FirstRows, KeyRange, Known, OnTaken,
};
use crate::meta::{ColumnKind, ColumnMeta, ModelMeta, TableOptions};
use crate::query::fetch::Erased;
use crate::query::keys::Keys;
use crate::types::by_value::is_by_value;
use crate::types::{check_mysql, ddl_types};
use crate::untyped::Untyped;
use crate::write::values::{ExactDecimals, bind_checked};
use insert::ReadBack;

/// The protocol counts parameters in 16 bits.
const BIND_LIMIT: usize = 65_535;

/// No server is configured to accept less at once (`max_allowed_packet`), and a server that accepts much more
/// gains nothing from a longer list. The limit is not queried for each list.
const LIST_BYTES: usize = 1 << 20;

const FOREIGN_KEYS_OFF_AND_ON: [&str; 2] =
    ["SET FOREIGN_KEY_CHECKS = 0", "SET FOREIGN_KEY_CHECKS = 1"];

/// The session decides what a backslash in a text means (`NO_BACKSLASH_ESCAPES` of
/// <https://dev.mysql.com/doc/refman/8.4/en/sql-mode.html>).
const FOREIGN_KEYS_AND_ESCAPES: [&str; 2] = [
    "SET FOREIGN_KEY_CHECKS = 0, @__orm_sql_mode = @@sql_mode, \
     sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')",
    "SET FOREIGN_KEY_CHECKS = 1, sql_mode = @__orm_sql_mode",
];

/// The name of the lock of those who create or drop tables in a schema, as SQL. The name of a lock has at most 64
/// characters and belongs to the whole server
/// (<https://dev.mysql.com/doc/refman/8.4/en/locking-functions.html#function_get-lock>).
fn lock_of(schema: Option<&str>) -> String {
    let schema = schema.map_or_else(|| "COALESCE(DATABASE(), '')".to_owned(), Mysql::text);
    format!("CONCAT('orm_core.', SHA1({schema}))")
}

impl Known for Mysql {}

impl Chosen for Mysql {}

impl Dialect for Mysql {
    type Inserting = ReadBack;

    /// Tells the client library the types, and the library converts the columns to them.
    fn load<'conn, 'query, C, ST>(
        conn: &'conn mut C,
        query: &'query dyn QueryFragment<Self>,
    ) -> QueryResult<<C as LoadConnection>::Cursor<'conn, 'query>>
    where
        C: LoadConnection<Backend = Self>,
        Self: QueryMetadata<ST>,
        ST: 'static,
    {
        LoadConnection::load(conn, Erased::<Self, ST>::new(query))
    }

    fn check(value: &dyn Any) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        check_mysql(value)
    }

    fn stays(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool {
        stays::mysql(value, column, meta)
    }

    const BACK: Back = Back::Select;
    const BIND_LIMIT: usize = BIND_LIMIT;
    const BIND_BYTES: Option<usize> = Some(LIST_BYTES);
    const INSERT_PIECE: Option<usize> = None;
    /// MariaDB 10.11 took a quarter longer for 10,000 rows in one statement than for ten statements.
    const INSERT_ROWS: usize = 1000;
    const EMPTY_ROW: &'static str = " () VALUES ()";
    const QUOTE: char = '`';
    /// InnoDB has no deferred constraints
    /// (<https://dev.mysql.com/doc/refman/8.4/en/ansi-diff-foreign-keys.html>).
    const CHECKS_ROW_BY_ROW: bool = true;
    const CHECKS_LENGTH: bool = true;
    /// MySQL refuses a CHECK on a column that a foreign key action changes, and keys are updated along with
    /// what they refer to (<https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html>).
    /// The columns that they refer to are checked.
    const CHECKS_FOREIGN_KEYS: bool = false;
    const INDEX_IF_NOT_EXISTS: bool = false;
    const FORWARD_REFERENCES: bool = true;
    const SCHEMAS_ARE_ATTACHED: bool = false;
    const COMMENTS: Comments = Comments::Inline;
    const ALONE: Alone = Alone::First;
    const WIDE_TEXT: &'static str = "LONGTEXT";
    const DROP_SUFFIX: &'static str = "";
    const CREATE_AROUND: Option<[&'static str; 2]> = Some(FOREIGN_KEYS_OFF_AND_ON);
    const CREATE_AROUND_BACKSLASHES: Option<[&'static str; 2]> = Some(FOREIGN_KEYS_AND_ESCAPES);
    const DROP_AROUND: Option<[&'static str; 2]> = Some(FOREIGN_KEYS_OFF_AND_ON);
    const CAST_TEXT: &'static str = "CHAR";
    /// The UUID is not random, but no other call gives the same one
    /// (<https://dev.mysql.com/doc/refman/8.4/en/miscellaneous-functions.html#function_uuid>).
    const RANDOM_UUID: &'static str = "(UUID())";

    const LOCK_ROW: Option<&'static str> = Some(" FOR UPDATE");
    /// REPEATABLE READ, the default, sees the data as of the transaction's first read. Only locking reads see
    /// more (<https://dev.mysql.com/doc/refman/8.4/en/innodb-consistent-read.html>). They also lock the gaps
    /// between rows, so they do not suit every read.
    const READ_LATEST: &'static str = " FOR UPDATE";
    /// Two transactions whose `INSERT` met the same row share a lock on it. With an exclusive lock, each
    /// would wait for the other to write. MariaDB does not know MySQL's newer name for this clause.
    const SHARE_LATEST: &'static str = " LOCK IN SHARE MODE";
    const TELLS_ROWS_APART: bool = true;
    const WRITES_A_ROW_TWICE: bool = true;
    const PLANS_BY_LIMIT: bool = false;
    /// All collations that MySQL and MariaDB share pad texts.
    const PADS_TEXTS: bool = true;

    fn are_texts<ST: 'static>() -> bool
    where
        Self: HasSqlType<ST>,
    {
        let text = matches!(
            <Self as HasSqlType<ST>>::metadata(&mut ()),
            MysqlType::String | MysqlType::Enum | MysqlType::Set
        );
        text && !is_by_value::<ST>()
    }

    fn last_number<'a>(row: &impl Row<'a, Self>) -> deserialize::Result<usize> {
        last_number(row)
    }

    /// MySQL has lateral joins since 8.0.14
    /// (<https://dev.mysql.com/doc/refman/8.4/en/lateral-derived-tables.html>); MariaDB 10.11 has none.
    const FIRST_ROWS: FirstRows = FirstRows::Numbered;

    /// MySQL and MariaDB each spell a table of rows differently.
    const ROWS_OF_KEYS: &'static str = "";

    /// The text of a range is the same for any number of keys, and the server parses no list. For many keys,
    /// MariaDB makes a table and uses it to look rows up in an index
    /// (<https://mariadb.com/kb/en/conversion-of-big-in-predicates-into-subqueries/>). It estimates a large
    /// range at twice its size: for a tenth of a million rows it read the whole table, which took twice as
    /// long as the index.
    const KEY_RANGE: Option<KeyRange> = Some(KeyRange {
        is: " = ",
        between: ["(", " >= ", " AND ", " <= ", ")"],
        most: 999,
    });

    /// MySQL cannot say which unique key was taken
    /// (<https://dev.mysql.com/doc/refman/8.4/en/insert-on-duplicate.html>), so the statement compares the
    /// row it met with the intended one. It assigns a column to itself to leave a row unchanged; `INSERT
    /// IGNORE` would hide other errors too.
    fn push_on_taken(
        on_taken: OnTaken<'_>,
        meta: &ModelMeta,
        mut out: AstPass<'_, '_, Self>,
    ) -> QueryResult<()> {
        let OnTaken::Write { meant, columns, .. } = on_taken else {
            return Ok(());
        };
        out.push_sql(" ON DUPLICATE KEY UPDATE ");
        if meant.is_empty() {
            return insert::push_counted(meta, out);
        }
        push_meant_or_fail(&names(meta, meant), &mut out)?;
        for column in names(meta, columns.without(meant)) {
            out.push_sql(", ");
            out.push_identifier(column)?;
            out.push_sql(" = ");
            push_new(column, &mut out)?;
        }
        if let Some(version) = meta.version.filter(|_| !columns.without(meant).is_empty()) {
            out.push_sql(", ");
            out.push_identifier(version)?;
            out.push_sql(" = ");
            out.push_identifier(version)?;
            out.push_sql(" + 1");
        }
        Ok(())
    }

    /// Texts compare as equal if they are equal in Rust, except for spaces at the end: MySQL and MariaDB
    /// share no collation without that exception. Each character set has a collation of this kind; a
    /// collation belongs to one character set.
    fn table_suffix(options: &TableOptions) -> String {
        let engine = options.engine.unwrap_or("InnoDB");
        let texts = match (options.charset, options.collate) {
            (None, None) => "DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin".to_owned(),
            (None, Some(collate)) => format!("COLLATE = {collate}"),
            (Some("binary"), None) => "DEFAULT CHARSET = binary".to_owned(),
            (Some(charset), None) => format!("DEFAULT CHARSET = {charset} COLLATE = {charset}_bin"),
            (Some(charset), Some(collate)) => {
                format!("DEFAULT CHARSET = {charset} COLLATE = {collate}")
            }
        };
        format!(" ENGINE = {engine} {texts}")
    }

    /// Keys always begin again, and the transaction ends
    /// (<https://dev.mysql.com/doc/refman/8.4/en/truncate-table.html>).
    const TRUNCATE: [&'static str; 3] = ["TRUNCATE TABLE ", "", ""];

    fn column_type(column: &ColumnMeta, in_key: bool) -> String {
        let name = match column.kind {
            ColumnKind::SmallInt => "SMALLINT",
            ColumnKind::Integer => "INTEGER",
            ColumnKind::BigInt => "BIGINT",
            ColumnKind::UnsignedSmallInt => "SMALLINT UNSIGNED",
            ColumnKind::UnsignedInteger => "INTEGER UNSIGNED",
            ColumnKind::UnsignedBigInt => "BIGINT UNSIGNED",
            ColumnKind::Decimal => return decimal_type(column),
            ColumnKind::Float => "FLOAT",
            ColumnKind::Double => "DOUBLE",
            ColumnKind::Bool => "BOOLEAN",
            ColumnKind::Text => return text_type(column, in_key),
            ColumnKind::Binary if in_key => "VARBINARY(255)",
            ColumnKind::Binary => "LONGBLOB",
            ColumnKind::Date => "DATE",
            ColumnKind::Uuid => "CHAR(36) CHARACTER SET ascii COLLATE ascii_bin",
            // MySQL has no arrays. A model with an array column has no way to write or read it there.
            ColumnKind::Json | ColumnKind::Jsonb | ColumnKind::Array(_) => "JSON",
            ColumnKind::Time => "TIME(6)",
            ColumnKind::Timestamp | ColumnKind::TimestampUtc => "DATETIME(6)",
            ColumnKind::Other(name) => name,
        };
        name.to_owned()
    }

    fn generated_key(kind: ColumnKind) -> &'static str {
        match kind {
            ColumnKind::SmallInt => "SMALLINT AUTO_INCREMENT PRIMARY KEY",
            ColumnKind::BigInt => "BIGINT AUTO_INCREMENT PRIMARY KEY",
            ColumnKind::UnsignedSmallInt => "SMALLINT UNSIGNED AUTO_INCREMENT PRIMARY KEY",
            ColumnKind::UnsignedInteger => "INTEGER UNSIGNED AUTO_INCREMENT PRIMARY KEY",
            ColumnKind::UnsignedBigInt => "BIGINT UNSIGNED AUTO_INCREMENT PRIMARY KEY",
            _ => "INTEGER AUTO_INCREMENT PRIMARY KEY",
        }
    }

    fn now(kind: ColumnKind) -> &'static str {
        match kind {
            ColumnKind::Date => "(CURRENT_DATE)",
            ColumnKind::Time => "(CURRENT_TIME)",
            _ => "(UTC_TIMESTAMP(6))",
        }
    }

    /// MySQL converts a time with an offset to the time zone of the session, and MariaDB refuses it.
    fn moment(_: ColumnKind, text: &str) -> String {
        microseconds(text).to_owned()
    }

    fn boolean(value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    /// [`FOREIGN_KEYS_AND_ESCAPES`] tells the session what a backslash means. Hexadecimal digits mean the
    /// same in any session, but a comment cannot have them, and MariaDB 10.11 stores those of a CHECK as a
    /// different text.
    fn text(value: &str) -> String {
        format!("'{}'", value.replace('\'', "''").replace('\\', "\\\\"))
    }

    /// `DROP TABLE` in one session and `CREATE TABLE` in another wait for each other's foreign keys, and one of
    /// them may get error 1205 at once. A lock of the session stays until [`let_others`](Self::let_others), as
    /// `CREATE TABLE` ends the transaction.
    fn wait_for_others(schema: Option<&str>) -> String {
        let name = lock_of(schema);
        format!("DO GET_LOCK({name}, @@lock_wait_timeout)")
    }

    fn let_others(schema: Option<&str>) -> Option<String> {
        let name = lock_of(schema);
        Some(format!("DO RELEASE_LOCK({name})"))
    }

    /// MySQL before 8.0.17 cannot cast to `DOUBLE`.
    fn as_double(number: &str) -> String {
        format!("{number} + 0e0")
    }

    fn wide_columns(model: &ModelMeta, in_key: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
        wide_columns(model, in_key)
    }

    fn collation(options: &TableOptions, column: &ColumnMeta) -> Option<String> {
        (column.kind == ColumnKind::Text).then(|| collation(options, column.collate))
    }
}

/// The collation of a text; see [`Dialect::table_suffix`].
fn collation(options: &TableOptions, stated: Option<&str>) -> String {
    match (stated.or(options.collate), options.charset) {
        (Some(collate), _) => collate.to_owned(),
        (None, Some("binary")) => "binary".to_owned(),
        (None, charset) => format!("{}_bin", charset.unwrap_or("utf8mb4")),
    }
}

/// The most bytes that a letter takes. Four if the character set is unknown
/// (<https://dev.mysql.com/doc/refman/8.4/en/charset-charsets.html>).
fn letter_bytes(options: &TableOptions, column: &ColumnMeta) -> u64 {
    let collation = collation(options, column.collate);
    match collation.split('_').next().unwrap_or_default() {
        "latin1" | "latin2" | "latin5" | "latin7" | "ascii" | "binary" | "cp1251" => 1,
        "ucs2" | "gbk" | "big5" | "sjis" => 2,
        "utf8" | "utf8mb3" => 3,
        _ => 4,
    }
}

/// The most bytes that the columns of a row take together. For a text whose type has no length, the row holds
/// only a pointer (<https://dev.mysql.com/doc/refman/8.4/en/column-count-limit.html>).
const ROW_BYTES: u64 = 65_535;
const ELSEWHERE_BYTES: u64 = 12;

/// The widest columns, as many as must go for the others to fit into a row.
fn wide_columns(model: &ModelMeta, in_key: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
    let bytes = |column: &ColumnMeta| match (column.kind, column.length) {
        // Two more bytes hold its length.
        (ColumnKind::Text, Some(length)) => {
            u64::from(length) * letter_bytes(&model.options, column) + 2
        }
        (ColumnKind::Text, None) if text_type(column, in_key(column.name)) == SHORT_TEXT => 1022,
        (ColumnKind::Binary, _) if in_key(column.name) => 257,
        (ColumnKind::Uuid | ColumnKind::Decimal | ColumnKind::Other(_), _) => 36,
        // A number, a moment or a pointer to a text, and whether it is NULL.
        _ => ELSEWHERE_BYTES + 1,
    };
    let mut texts: Vec<(u64, &'static str)> = Vec::new();
    let mut all = 0;
    for column in model.columns {
        all += bytes(column);
        if column.kind == ColumnKind::Text && column.length.is_some() && !in_key(column.name) {
            texts.push((bytes(column), column.name));
        }
    }
    texts.sort_by_key(|(bytes, _)| std::cmp::Reverse(*bytes));
    let mut wide = Vec::new();
    for (bytes, name) in texts {
        if all > ROW_BYTES {
            all = all - bytes + ELSEWHERE_BYTES;
            wide.push(name);
        }
    }
    wide
}

/// `a = IF(IF(a <=> VALUES(a) AND b <=> VALUES(b), 1, too much), a, a)`
///
/// A sum beyond 64 bits is an error in every `sql_mode`
/// (<https://dev.mysql.com/doc/refman/8.4/en/out-of-range-and-overflow.html>). The sum is not part of the
/// assigned value, because it would change that value's type. It is not a constant, because the server might
/// compute a constant in advance.
fn push_meant_or_fail(meant: &[&str], out: &mut AstPass<'_, '_, Mysql>) -> QueryResult<()> {
    let Some(first) = meant.first() else {
        return Ok(());
    };
    out.push_identifier(first)?;
    for (position, column) in meant.iter().enumerate() {
        out.push_sql(if position == 0 { " = IF(IF(" } else { " AND " });
        out.push_identifier(column)?;
        out.push_sql(" <=> ");
        push_new(column, out)?;
    }
    out.push_sql(", 1, LENGTH(");
    push_new(first, out)?;
    out.push_sql(") + 1 + 18446744073709551615), ");
    out.push_identifier(first)?;
    out.push_sql(", ");
    out.push_identifier(first)?;
    out.push_sql(")");
    Ok(())
}

/// The value that would have been inserted. MariaDB does not know MySQL's newer name for it.
fn push_new(column: &str, out: &mut AstPass<'_, '_, Mysql>) -> QueryResult<()> {
    out.push_sql("VALUES(");
    out.push_identifier(column)?;
    out.push_sql(")");
    Ok(())
}

/// MySQL's DECIMAL has no digits after the point unless you state them. These are the most that it can have
/// (<https://dev.mysql.com/doc/refman/8.4/en/precision-math-decimal-characteristics.html>).
fn decimal_type(column: &ColumnMeta) -> String {
    let (all, behind) = column.digits.unwrap_or((65, 30));
    format!("DECIMAL({all}, {behind})")
}

const SHORT_TEXT: &str = "VARCHAR(255)";

/// A text in a key needs a length (<https://dev.mysql.com/doc/refman/8.4/en/column-indexes.html>).
fn text_type(column: &ColumnMeta, in_key: bool) -> String {
    match column.length {
        Some(length) => format!("VARCHAR({length})"),
        None if in_key || !column.values.is_empty() || column.default.is_some() => {
            SHORT_TEXT.to_owned()
        }
        None => "LONGTEXT".to_owned(),
    }
}

impl<ST: 'static, K> BindKeys<ST, K> for Mysql
where
    Mysql: HasSqlType<ST>,
    K: ToSql<ST, Mysql> + 'static,
{
    fn bind_keys<'b>(keys: &'b Keys<K>, out: AstPass<'_, 'b, Self>) -> QueryResult<()> {
        bind_each::<ST, K, Self>(keys, out)
    }

    fn key_limit(keys: &Keys<K>) -> Option<usize> {
        Some(keys.limit_within(BIND_LIMIT, LIST_BYTES))
    }

    fn bind_one<'b>(key: &'b K, out: AstPass<'_, 'b, Self>) -> QueryResult<()> {
        bind_checked::<ST, K, Self>(key, out)
    }

    /// ```sql
    /// (…) AS __orm_row STRAIGHT_JOIN (
    ///     SELECT 1 + __orm_0.d AS __orm_place,
    ///         ELT(1 + __orm_0.d, ?, ?, (SELECT LEFT(author, 0) FROM posts WHERE 0)) AS __orm_key
    ///     FROM (SELECT 0 AS d UNION ALL SELECT 1 …) AS __orm_0 WHERE 1 + __orm_0.d <= 2
    ///     LIMIT 18446744073709551615
    /// ) AS __orm_parent ON __orm_row.author = __orm_parent.__orm_key
    /// ```
    ///
    /// A column of binds would have a collation of its own, which cannot be compared with that of another
    /// column. The last element, a text without a row and without a length, gives it the collation of the
    /// compared column. If the keys are a table of their own, which the limit makes them, MariaDB makes an
    /// index of them and looks up each row in it. It makes no index of texts of more than 1,000 bytes.
    fn bind_matches<'b>(
        rows: &'b dyn QueryFragment<Self>,
        compared: Compared,
        keys: &'b Keys<K>,
        mut out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()> {
        out.push_sql("(");
        rows.walk_ast(out.reborrow())?;
        let binds: Vec<_> = filled(keys.selected(), &mut out).collect();
        let count = binds.len();
        let (place, numbers) = numbers(count);
        out.push_sql(&format!(
            ") AS __orm_row STRAIGHT_JOIN (SELECT {place} AS __orm_place, ELT({place}, "
        ));
        for key in binds {
            bind_or_null::<ST, K, Self>(key, out.reborrow())?;
            out.push_sql(", ");
        }
        out.push_sql("(SELECT LEFT(");
        out.push_identifier(compared.column)?;
        out.push_sql(", 0) FROM ");
        compared.table.walk(out.reborrow())?;
        out.push_sql(&format!(
            " WHERE 0)) AS __orm_key FROM {numbers} WHERE {place} <= {count} \
             LIMIT 18446744073709551615) AS __orm_parent"
        ));
        compared.push_on(out)
    }
}

/// The numbers from 1 to at least `count`: an expression, and what follows `FROM`, which is the product of
/// tables of hexadecimal digits. Not every server has a table of JSON, or allows a recursion of more than
/// 1,000 steps.
fn numbers(count: usize) -> (String, String) {
    let digits = (1..16).map(|digit| format!(" UNION ALL SELECT {digit}"));
    let digits = format!("(SELECT 0 AS d{})", digits.collect::<String>());
    let (mut number, mut tables) = (String::from("1"), String::new());
    let mut unit = 1;
    for position in 0.. {
        number.push_str(&format!(" + {unit} * __orm_{position}.d"));
        let comma = if position > 0 { ", " } else { "" };
        tables.push_str(&format!("{comma}{digits} AS __orm_{position}"));
        unit *= 16;
        if unit >= count {
            break;
        }
    }
    (number, tables)
}

impl ExactDecimals for Mysql {}

ddl_types! {
    diesel::sql_types::Datetime => Timestamp,
}
