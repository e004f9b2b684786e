//! PostgreSQL.

mod insert;

use std::any::Any;

use diesel::connection::LoadConnection;
use diesel::deserialize;
use diesel::expression::QueryMetadata;
use diesel::pg::Pg;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::serialize::ToSql;
use diesel::sql_types::{Array, HasSqlType};

use crate::backend::returning::load_untyped;
use crate::backend::shared::{last_number, microseconds, push_on_conflict};
use crate::backend::stays;
use crate::dialect::{
    Alone, Back, BindKeys, Chosen, Collation, Comments, Compared, Dialect, FirstRows, KeyRange,
    Known, OnTaken, PartialIndexes, TruncatesReferring,
};
use crate::meta::names::{LONGEST, cut};
use crate::meta::{ColumnKind, ColumnMeta, ModelMeta};
use crate::query::keys::Keys;
use crate::types::by_value::is_by_value;
use crate::types::{DdlType, check_postgres, ddl_types};
use crate::untyped::Untyped;
use crate::write::values::{ExactDecimals, check};
use insert::ByArrays;

impl TruncatesReferring for Pg {}

impl Known for Pg {}

impl Chosen for Pg {}

impl PartialIndexes for Pg {}

impl Dialect for Pg {
    type Inserting = ByArrays;

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

    fn check(value: &dyn Any) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        check_postgres(value)
    }

    fn stays(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool {
        stays::postgres(value, column, meta)
    }

    const BACK: Back = Back::Returning;
    /// The protocol counts parameters in 16 bits
    /// (<https://www.postgresql.org/docs/current/limits.html>).
    const BIND_LIMIT: usize = 65_535;
    const BIND_BYTES: Option<usize> = None;
    const INSERT_PIECE: Option<usize> = None;
    const EMPTY_ROW: &'static str = " DEFAULT VALUES";
    const QUOTE: char = '"';
    const CHECKS_ROW_BY_ROW: bool = false;
    const CHECKS_LENGTH: bool = true;
    const CHECKS_FOREIGN_KEYS: bool = true;
    const INDEX_IF_NOT_EXISTS: bool = true;
    const FORWARD_REFERENCES: bool = false;
    const SCHEMAS_ARE_ATTACHED: bool = false;
    const COMMENTS: Comments = Comments::Statements;
    /// `IF NOT EXISTS` checks first and then writes. Another session may have written the same in
    /// between.
    const ALONE: Alone = Alone::First;
    const DROP_SUFFIX: &'static str = " CASCADE";
    const CREATE_AROUND: Option<[&'static str; 2]> = None;
    const DROP_AROUND: Option<[&'static str; 2]> = None;
    const RANDOM_UUID: &'static str = "gen_random_uuid()";

    /// Weaker than `FOR UPDATE`: others may still insert rows that refer to this one, which takes `FOR
    /// KEY SHARE` (<https://www.postgresql.org/docs/current/explicit-locking.html#LOCKING-ROWS>).
    const LOCK_ROW: Option<&'static str> = Some(" FOR NO KEY UPDATE");
    /// READ COMMITTED, the default, always sees the latest row. Higher levels fail if that matters, or
    /// you chose them to see the past.
    const READ_LATEST: &'static str = "";
    const SHARE_LATEST: &'static str = "";
    /// After an error, `COMMIT` succeeds and its tag is `ROLLBACK`
    /// (<https://www.postgresql.org/docs/current/sql-commit.html>), which Diesel does not look at.
    const FAILS_BEFORE_ROLLBACK: Option<&'static str> = Some("SELECT 1");
    const TELLS_ROWS_APART: bool = false;
    const WRITES_A_ROW_TWICE: bool = false;
    const PLANS_BY_LIMIT: bool = false;
    const PADS_TEXTS: bool = false;

    /// Only the server knows the types that an extension or a user adds.
    fn are_texts<ST: 'static>() -> bool
    where
        Self: HasSqlType<ST>,
    {
        !is_by_value::<ST>()
    }

    /// A collation other than the default one decides the comparison, whichever side it is on
    /// (<https://www.postgresql.org/docs/current/collation.html>).
    fn push_collation(collation: Collation, mut out: AstPass<'_, '_, Self>) -> QueryResult<()> {
        let Collation::Stated(collation) = collation else {
            return Ok(());
        };
        out.push_sql(" COLLATE ");
        out.push_identifier(collation.unwrap_or("default"))
    }

    fn last_number<'a>(row: &impl Row<'a, Self>) -> deserialize::Result<usize> {
        last_number(row)
    }

    /// With `=`, the planner would take the key for a single value, and ordering by the key for no
    /// order at all. It would then use an index on the order alone, hoping to meet a row of each
    /// parent soon, and read the whole table for a parent without rows.
    const FIRST_ROWS: FirstRows = FirstRows::Lateral(" = ANY(ARRAY[__orm_parent.__orm_key])");

    /// Without `VALUES`, each row is a condition of its own, and very many of them nest too deep for
    /// the server's stack.
    const ROWS_OF_KEYS: &'static str = "VALUES ";

    /// An array is a single bind too, and the planner sees how many keys it holds.
    const KEY_RANGE: Option<KeyRange> = None;

    const TRUNCATE: [&'static str; 3] = ["TRUNCATE TABLE ", " RESTART IDENTITY", " CASCADE"];

    fn push_on_taken(
        on_taken: OnTaken<'_>,
        meta: &ModelMeta,
        out: AstPass<'_, '_, Self>,
    ) -> QueryResult<()> {
        push_on_conflict(on_taken, meta, out)
    }

    fn column_type(column: &ColumnMeta, _: bool) -> String {
        type_name(column, column.kind)
    }

    fn generated_key(kind: ColumnKind) -> &'static str {
        match kind {
            ColumnKind::SmallInt => "SMALLINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
            ColumnKind::BigInt => "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
            _ => "INTEGER GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY",
        }
    }

    fn now(kind: ColumnKind) -> &'static str {
        match kind {
            ColumnKind::Date => "CURRENT_DATE",
            ColumnKind::Time => "LOCALTIME",
            ColumnKind::TimestampUtc => "CURRENT_TIMESTAMP",
            _ => "(CURRENT_TIMESTAMP AT TIME ZONE 'UTC')",
        }
    }

    /// The server reads a time without an offset in the time zone of the session.
    fn moment(kind: ColumnKind, text: &str) -> String {
        let offset = match kind {
            ColumnKind::TimestampUtc => "+00",
            _ => "",
        };
        format!("{}{offset}", microseconds(text))
    }

    fn boolean(value: bool) -> &'static str {
        if value { "TRUE" } else { "FALSE" }
    }

    /// `CREATE SCHEMA IF NOT EXISTS` needs the right to create a schema even if the schema exists.
    fn create_schema(quoted: &str) -> String {
        let name = Self::text(quoted);
        format!(
            "DO $__orm$ BEGIN IF to_regnamespace({name}) IS NULL THEN CREATE SCHEMA {quoted}; \
             END IF; END $__orm$"
        )
    }

    /// `ADD CONSTRAINT` has no `IF NOT EXISTS`.
    fn add_foreign_key(table: &str, constraint: &str) -> String {
        format!(
            "DO $__orm$ BEGIN ALTER TABLE {table} ADD {constraint}; \
             EXCEPTION WHEN duplicate_object THEN NULL; END $__orm$"
        )
    }

    /// `E''` has escapes whatever the value of `standard_conforming_strings`
    /// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-STRINGS-ESCAPE>).
    fn text(value: &str) -> String {
        let quoted = value.replace('\'', "''");
        match value.contains('\\') {
            true => format!("E'{}'", quoted.replace('\\', "\\\\")),
            false => format!("'{quoted}'"),
        }
    }

    /// PostgreSQL cuts a longer name, with a notice
    /// (<https://www.postgresql.org/docs/current/sql-syntax-lexical.html#SQL-SYNTAX-IDENTIFIERS>).
    fn fold_name(name: &str) -> String {
        cut(name, LONGEST).to_owned()
    }

    fn names_beside(model: &ModelMeta) -> Vec<(String, &'static str)> {
        let table = model.table.name;
        let mut names = vec![(format!("{table}_pkey"), "the index of the primary key")];
        if let (true, [key]) = (model.generated_key, model.primary_key) {
            names.push((
                format!("{table}_{key}_seq"),
                "the sequence of the primary key",
            ));
        }
        names
    }

    fn as_double(number: &str) -> String {
        format!("CAST({number} AS DOUBLE PRECISION)")
    }

    /// The number of the lock is `orm_core` as bytes. Nobody else uses it.
    fn wait_for_others(_: Option<&str>) -> String {
        format!(
            "SELECT pg_advisory_xact_lock({})",
            i64::from_be_bytes(*b"orm_core")
        )
    }
}

/// The type of the column, or of its array's elements.
fn type_name(column: &ColumnMeta, kind: ColumnKind) -> String {
    let name = match kind {
        ColumnKind::SmallInt => "SMALLINT",
        ColumnKind::Integer => "INTEGER",
        ColumnKind::BigInt => "BIGINT",
        ColumnKind::UnsignedSmallInt => "INTEGER",
        ColumnKind::UnsignedInteger => "BIGINT",
        ColumnKind::UnsignedBigInt => "NUMERIC(20, 0)",
        ColumnKind::Float => "REAL",
        ColumnKind::Double => "DOUBLE PRECISION",
        ColumnKind::Decimal => match column.digits {
            Some((all, behind)) => return format!("NUMERIC({all}, {behind})"),
            None => "NUMERIC",
        },
        ColumnKind::Bool => "BOOLEAN",
        ColumnKind::Text => match column.length {
            Some(length) => return format!("VARCHAR({length})"),
            None => "TEXT",
        },
        ColumnKind::Binary => "BYTEA",
        ColumnKind::Date => "DATE",
        ColumnKind::Time => "TIME",
        ColumnKind::Timestamp => "TIMESTAMP",
        ColumnKind::TimestampUtc => "TIMESTAMPTZ",
        ColumnKind::Uuid => "UUID",
        ColumnKind::Json => "JSON",
        ColumnKind::Jsonb => "JSONB",
        ColumnKind::Array(of) => return format!("{}[]", type_name(column, *of)),
        ColumnKind::Other(name) => name,
    };
    name.to_owned()
}

/// Binds any number of keys as one array, so that the statement's text stays the same and stays
/// prepared.
fn bind_array<'b, ST: 'static, K: 'static>(
    keys: &'b [K],
    mut out: AstPass<'_, 'b, Pg>,
) -> QueryResult<()>
where
    Pg: HasSqlType<Array<ST>>,
    [K]: ToSql<Array<ST>, Pg>,
{
    for key in keys {
        check::<K, Pg>(key).map_err(diesel::result::Error::SerializationError)?;
    }
    out.push_bind_param::<Array<ST>, [K]>(keys)
}

impl<ST: 'static, K: 'static> BindKeys<ST, K> for Pg
where
    Pg: HasSqlType<ST> + HasSqlType<Array<ST>>,
    [K]: ToSql<Array<ST>, Pg>,
{
    fn bind_keys<'b>(keys: &'b Keys<K>, mut out: AstPass<'_, 'b, Self>) -> QueryResult<()> {
        out.push_sql(" = ANY(");
        bind_array::<ST, K>(keys.selected(), out.reborrow())?;
        out.push_sql(")");
        Ok(())
    }

    fn key_limit(_: &Keys<K>) -> Option<usize> {
        None
    }

    fn can_bind_rows(_: &Keys<K>) -> bool {
        true
    }

    fn bind_rows<'b>(
        keys: &'b Keys<K>,
        places: bool,
        mut out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()> {
        out.push_sql("unnest(");
        bind_array::<ST, K>(keys.selected(), out.reborrow())?;
        out.push_sql(if places { ") WITH ORDINALITY" } else { ")" });
        Ok(())
    }

    /// An array has the default collation, which yields to that of any column.
    fn bind_matches<'b>(
        rows: &'b dyn QueryFragment<Self>,
        compared: Compared,
        keys: &'b Keys<K>,
        mut out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()> {
        <Self as BindKeys<ST, K>>::bind_rows(keys, true, out.reborrow())?;
        out.push_sql(" AS __orm_parent (__orm_key, __orm_place) INNER JOIN (");
        rows.walk_ast(out.reborrow())?;
        out.push_sql(") AS __orm_row");
        compared.push_on(out)
    }
}

impl ExactDecimals for Pg {}

ddl_types! {
    diesel::sql_types::Timestamptz => TimestampUtc,
    diesel::sql_types::Uuid => Uuid,
    diesel::sql_types::Citext => Other("CITEXT"),
    diesel::sql_types::Inet => Other("INET"),
    diesel::sql_types::Cidr => Other("CIDR"),
    diesel::sql_types::MacAddr => Other("MACADDR"),
    diesel::sql_types::Interval => Other("INTERVAL"),
    diesel::sql_types::Range<diesel::sql_types::Integer> => Other("INT4RANGE"),
    diesel::sql_types::Range<diesel::sql_types::BigInt> => Other("INT8RANGE"),
    diesel::sql_types::Range<diesel::sql_types::Numeric> => Other("NUMRANGE"),
    diesel::sql_types::Range<diesel::sql_types::Date> => Other("DATERANGE"),
    diesel::sql_types::Range<diesel::sql_types::Timestamp> => Other("TSRANGE"),
    diesel::sql_types::Range<diesel::sql_types::Timestamptz> => Other("TSTZRANGE"),
}

#[diagnostic::do_not_recommend]
impl<ST: DdlType> DdlType for diesel::sql_types::Array<ST> {
    const KIND: ColumnKind = ColumnKind::Array(&ST::KIND);
}
