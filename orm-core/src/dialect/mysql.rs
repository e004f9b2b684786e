//! MySQL and MariaDB.

use diesel::expression::QueryMetadata;
use diesel::mysql::Mysql;
use diesel::query_builder::AstPass;
use diesel::result::QueryResult;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use super::{Dialect, bind_each, names};
use crate::Connection;
use crate::error::{Error, Result};
use crate::model::{Model, ReadsFrom};
use crate::query::fetch::Fetch;
use crate::query::keys::{Among, BindKeys, Keys};
use crate::schema::meta::{ColumnKind, ColumnMeta};
use crate::write::create::InsertRows;
use crate::write::insert::{Insert, OnTaken};
use crate::write::statement::Statement;
use crate::write::values::{ColumnSet, Values};

/// The protocol counts parameters in 16 bits.
const BIND_LIMIT: usize = 65_535;

const FOREIGN_KEYS_OFF_AND_ON: [&str; 2] =
    ["SET FOREIGN_KEY_CHECKS = 0", "SET FOREIGN_KEY_CHECKS = 1"];

impl Dialect for Mysql {
    type Inserting = ReadBack;

    const BIND_LIMIT: usize = BIND_LIMIT;
    const EMPTY_ROW: &'static str = " () VALUES ()";
    const QUOTE: char = '`';
    const CHECKS_LENGTH: bool = true;
    /// Not one that an action changes, and keys are updated with what they refer to
    /// (<https://dev.mysql.com/doc/refman/8.4/en/create-table-check-constraints.html>); what they
    /// refer to is checked.
    const CHECKS_FOREIGN_KEYS: bool = false;
    const INDEX_IF_NOT_EXISTS: bool = false;
    const FORWARD_REFERENCES: bool = true;
    /// Texts are equal where they are in Rust, but for spaces at the end: no collation without that
    /// is known to both MySQL and MariaDB.
    const TABLE_SUFFIX: &'static str =
        " ENGINE = InnoDB DEFAULT CHARSET = utf8mb4 COLLATE = utf8mb4_bin";
    const DROP_SUFFIX: &'static str = "";
    const CREATE_AROUND: Option<[&'static str; 2]> = Some(FOREIGN_KEYS_OFF_AND_ON);
    const DROP_AROUND: Option<[&'static str; 2]> = Some(FOREIGN_KEYS_OFF_AND_ON);

    const LOCK_ROW: Option<&'static str> = Some(" FOR UPDATE");
    /// REPEATABLE READ, the default, sees what was there when the transaction first read, but for
    /// reads that lock (<https://dev.mysql.com/doc/refman/8.4/en/innodb-consistent-read.html>). These
    /// lock the gaps between rows, too, so they are not for every read.
    const READ_LATEST: &'static str = " FOR UPDATE";

    fn key_limit<K: 'static>(_: &Keys<K>) -> Option<usize> {
        Some(BIND_LIMIT)
    }

    /// MySQL has no way to skip a taken key but to write a value that is there already;
    /// `INSERT IGNORE` would hide other errors, too
    /// (<https://dev.mysql.com/doc/refman/8.4/en/insert-on-duplicate.html>).
    fn push_on_taken<M: Model>(
        on_taken: OnTaken,
        mut out: AstPass<'_, '_, Self>,
    ) -> QueryResult<()> {
        let (columns, new) = match on_taken {
            OnTaken::Fail => return Ok(()),
            OnTaken::Keep { .. } => (M::META.primary_key.to_vec(), false),
            OnTaken::Update { columns, .. } if names::<M>(columns).is_empty() => {
                (M::META.primary_key.to_vec(), false)
            }
            OnTaken::Update { columns, .. } => (names::<M>(columns), true),
        };
        for (position, column) in columns.into_iter().enumerate() {
            let comma = if position == 0 {
                " ON DUPLICATE KEY UPDATE "
            } else {
                ", "
            };
            out.push_sql(comma);
            out.push_identifier(column)?;
            out.push_sql(if new { " = VALUES(" } else { " = " });
            out.push_identifier(column)?;
            out.push_sql(if new { ")" } else { "" });
        }
        Ok(())
    }

    fn column_type(column: &ColumnMeta, in_key: bool) -> String {
        let name = match column.kind {
            ColumnKind::SmallInt => "SMALLINT",
            ColumnKind::Integer => "INTEGER",
            ColumnKind::BigInt => "BIGINT",
            ColumnKind::Float => "FLOAT",
            ColumnKind::Double => "DOUBLE",
            ColumnKind::Bool => "BOOLEAN",
            ColumnKind::Text => return text_type(column, in_key),
            ColumnKind::Binary if in_key => "VARBINARY(255)",
            ColumnKind::Binary => "LONGBLOB",
            ColumnKind::Date => "DATE",
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

    fn boolean(value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }
}

/// A text in a key needs a length
/// (<https://dev.mysql.com/doc/refman/8.4/en/column-indexes.html>).
fn text_type(column: &ColumnMeta, in_key: bool) -> String {
    match column.length {
        Some(length) => format!("VARCHAR({length})"),
        None if in_key || !column.values.is_empty() || column.default.is_some() => {
            "VARCHAR(255)".to_owned()
        }
        None => "LONGTEXT".to_owned(),
    }
}

impl<ST, K> BindKeys<ST, K> for Mysql
where
    Mysql: HasSqlType<ST>,
    K: ToSql<ST, Mysql>,
{
    fn bind_keys<'b>(
        keys: &'b Keys<K>,
        among: Among,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()> {
        bind_each::<ST, K, Self>(keys, among, out)
    }
}

/// MySQL has no `RETURNING`: each row is inserted and read back by its key.
#[derive(Debug)]
pub struct ReadBack;

impl<C, M> InsertRows<C, M> for ReadBack
where
    C: Connection<Backend = Mysql>,
    Mysql: QueryMetadata<M::SqlType>,
    M: Model<New: Values<Mysql>> + ReadsFrom<<M as Model>::SqlType, Mysql>,
{
    fn insert(conn: &mut C, rows: Vec<&M::New>, columns: ColumnSet) -> Result<Vec<M>> {
        let mut created = Vec::with_capacity(rows.len());
        let primary_key = M::META.columns_named(M::META.primary_key);
        conn.transaction::<_, Error, _>(|conn| {
            for row in rows {
                execute::<C, M>(conn, row, columns, OnTaken::Fail)?;
                created.append(&mut read_back::<C, M>(conn, row, columns, primary_key)?);
            }
            Ok(())
        })?;
        Ok(created)
    }

    fn upsert(
        conn: &mut C,
        row: &M::New,
        columns: ColumnSet,
        key: ColumnSet,
        changed: ColumnSet,
    ) -> Result<Vec<M>> {
        let on_taken = OnTaken::Update {
            key: Some(key),
            columns: changed,
        };
        execute::<C, M>(conn, row, columns, on_taken)?;
        read_back::<C, M>(conn, row, columns, key)
    }
}

fn execute<C, M>(conn: &mut C, row: &M::New, columns: ColumnSet, on_taken: OnTaken) -> Result<()>
where
    C: Connection<Backend = Mysql>,
    M: Model<New: Values<Mysql>>,
{
    let insert = Insert::<M> {
        rows: vec![row],
        columns,
        on_taken,
        returning: false,
    };
    diesel::query_dsl::methods::ExecuteDsl::<C, Mysql>::execute(insert, conn)
        .map_err(|error| Error::from(error).on::<M>())?;
    Ok(())
}

/// Reads back the row with the values that `row` gives for the columns of `key`; one that it does
/// not give is the key that was just generated.
fn read_back<C, M>(conn: &mut C, row: &M::New, columns: ColumnSet, key: ColumnSet) -> Result<Vec<M>>
where
    C: Connection<Backend = Mysql>,
    Mysql: QueryMetadata<M::SqlType>,
    M: Model<New: Values<Mysql>> + ReadsFrom<<M as Model>::SqlType, Mysql>,
{
    let mut select = Statement::<Mysql>::on::<M>("SELECT ").columns::<M>();
    select = select.sql(" FROM ").table::<M>().sql(" WHERE ");
    for (position, index) in key.iter().enumerate() {
        let column = ColumnSet::new().with(index, true);
        if position > 0 {
            select = select.sql(" AND ");
        }
        select = match columns.has(column) {
            true => select.assign(row, column),
            false => {
                let name = M::META.columns.get(index).map_or("", |column| column.name);
                select.name(name).sql(" = LAST_INSERT_ID()")
            }
        };
    }
    select.rows::<M::SqlType>().fetch(conn)
}
