//! What differs between backends, as a trait that `backend/` implements for each.

use std::any::Any;

use diesel::backend::Backend;
use diesel::connection::LoadConnection;
use diesel::deserialize;
use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::Error::QueryBuilderError;
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::sql_types::{BigInt, HasSqlType};

use crate::meta::{ColumnKind, ColumnMeta, ColumnSet, ModelMeta, TableName, TableOptions};
use crate::query::keys::Keys;
use crate::untyped::Untyped;

/// What differs between backends.
///
/// It is implemented for Diesel's `Sqlite`, `Pg` and `Mysql`, each behind its feature.
#[diagnostic::on_unimplemented(
    message = "orm-core does not know the backend `{Self}`",
    note = "enable the feature `sqlite`, `postgres` or `mysql` of orm-core",
    note = "if your program chooses the backend at run time, as with `diesel::MultiConnection`, declare the enum in `orm_core::any_connection!` and put this call into `with_connection!(conn, |conn| …)`"
)]
pub trait Dialect:
    Backend<QueryBuilder: Default> + QueryMetadata<BigInt> + Default + Sized + 'static
{
    /// How inserted rows come back: a type that implements `InsertRows`.
    type Inserting;

    /// Runs a query whose rows have the SQL type `ST` and of which nothing else is known, so that Diesel's
    /// code for it is compiled once, where Diesel does not ask for `ST`.
    ///
    /// # Errors
    /// What the database says.
    fn load<'conn, 'query, C, ST>(
        conn: &'conn mut C,
        query: &'query dyn QueryFragment<Self>,
    ) -> QueryResult<<C as LoadConnection>::Cursor<'conn, 'query>>
    where
        C: LoadConnection<Backend = Self>,
        Self: QueryMetadata<ST>,
        ST: 'static;

    /// Refuses a value that Diesel would read as another one of the SQL type `ST`, where columns may hold what
    /// is not of their type.
    ///
    /// # Errors
    /// What the value is.
    #[inline]
    fn check_read<ST: 'static>(_: &mut Self::RawValue<'_>) -> deserialize::Result<()> {
        Ok(())
    }

    /// Refuses a value that the client library would send as another one.
    ///
    /// # Errors
    /// What the value is.
    #[inline]
    fn check(_: &dyn Any) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(())
    }

    /// What stands around a sum in a condition that holds where the sum is a value of the SQL type `ST`, or
    /// NULL; `None` where the database refuses others by itself.
    #[must_use]
    fn sum_fits<ST: 'static>() -> Option<[&'static str; 2]> {
        None
    }

    /// An expression that makes a statement fail once it is evaluated, if [`sum_fits`](Self::sum_fits) gives
    /// conditions.
    const FAILURE: &'static str = "NULL";

    /// Whether what is bound is what the column then has and the field reads from it: it rounds nothing, cuts
    /// nothing and pads nothing. Where nobody can know, it is not.
    fn stays(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool;

    /// How a row comes back that a statement wrote.
    const BACK: Back;

    /// How many values one statement can bind.
    const BIND_LIMIT: usize;
    /// How many bytes the keys in one statement may take, where there is a limit.
    const BIND_BYTES: Option<usize>;
    /// Rows are inserted in pieces of at most so many, a power of two, whose texts stay prepared:
    /// where a statement costs no round trip, compiling a long one costs more than running many.
    const INSERT_PIECE: Option<usize>;
    /// What stands behind the table's name in an `INSERT` that gives no column.
    const EMPTY_ROW: &'static str;
    /// The character around names.
    const QUOTE: char;
    /// `VARCHAR(n)` refuses longer texts.
    const CHECKS_LENGTH: bool;
    /// A row that refers to a later one of the same `INSERT` is refused.
    const CHECKS_ROW_BY_ROW: bool;
    /// A foreign key may have a `CHECK` constraint.
    const CHECKS_FOREIGN_KEYS: bool;
    /// `CREATE INDEX IF NOT EXISTS` is understood; else indexes are part of `CREATE TABLE`.
    const INDEX_IF_NOT_EXISTS: bool;
    /// `CREATE TABLE` may refer to a table that is created later.
    const FORWARD_REFERENCES: bool;
    /// A schema is an attached database: it cannot be created, and foreign keys stay within it.
    const SCHEMAS_ARE_ATTACHED: bool;
    /// Where comments of tables and columns are written.
    const COMMENTS: Comments;
    /// Statements around the creation of tables.
    const CREATE_AROUND: Option<[&'static str; 2]>;
    /// The same, where a text has a backslash, if that depends on the session.
    const CREATE_AROUND_BACKSLASHES: Option<[&'static str; 2]> = None;
    /// How several that create or drop tables at once wait for each other.
    const ALONE: Alone;
    /// The type of [wide columns](Self::wide_columns).
    const WIDE_TEXT: &'static str = "TEXT";
    /// What stands behind `DROP TABLE IF EXISTS name`.
    const DROP_SUFFIX: &'static str;
    /// Statements around the removal of tables; an empty one is none.
    const DROP_AROUND: Option<[&'static str; 2]>;

    /// The default that is a random UUID.
    const RANDOM_UUID: &'static str;
    /// What stands behind a `SELECT` that keeps others that say the same waiting until the transaction
    /// ends; `None` where a writer locks the whole database.
    const LOCK_ROW: Option<&'static str>;
    /// What stands behind a `SELECT` that sees what is committed now, even in a transaction that has
    /// read before.
    const READ_LATEST: &'static str;
    /// The same of one that nothing is written behind: others may read the rows so, too.
    const SHARE_LATEST: &'static str;
    /// A statement that fails in a transaction that can only be rolled back, if `COMMIT` rolls such a
    /// transaction back without an error.
    const FAILS_BEFORE_ROLLBACK: Option<&'static str> = None;

    /// An `INSERT` cannot be told which unique key it goes by, and fails with an error without a kind of its own where
    /// it meets another row than the one that it means.
    const TELLS_ROWS_APART: bool;

    /// An `INSERT` may write into one row that is there twice.
    const WRITES_A_ROW_TWICE: bool;

    /// Whether a prepared statement is planned anew for each `LIMIT` that is bound to it.
    const PLANS_BY_LIMIT: bool;

    /// Whether values of this SQL type are texts to the database.
    fn are_texts<ST: 'static>() -> bool
    where
        Self: HasSqlType<ST>;

    /// Texts that differ in spaces at their end are equal unless a collation says otherwise.
    const PADS_TEXTS: bool;

    /// What stands behind a column that is compared with that of a subquery and as that does, as far as the backend
    /// would not.
    ///
    /// # Errors
    /// What Diesel says of names.
    fn push_collation(_: Collation, _: AstPass<'_, '_, Self>) -> QueryResult<()> {
        Ok(())
    }

    /// The last column of a row, a number that is not negative.
    ///
    /// # Errors
    /// That there is none.
    fn last_number<'a>(row: &impl Row<'a, Self>) -> deserialize::Result<usize>;

    /// How the first rows of each parent are found.
    const FIRST_ROWS: FirstRows;

    /// What stands before the rows of a list with which several columns are compared.
    const ROWS_OF_KEYS: &'static str;

    /// How one key, and keys without a gap, are read where that costs less than a list of them.
    const KEY_RANGE: Option<KeyRange>;

    /// What stands behind the values of an `INSERT`: what happens where a unique key is taken.
    fn push_on_taken(
        on_taken: OnTaken,
        meta: &ModelMeta,
        out: AstPass<'_, '_, Self>,
    ) -> QueryResult<()>;

    /// What stands before the table's name in a statement that deletes all rows; what stands behind it if
    /// generated keys begin again; and if the tables that refer to it are emptied, too.
    const TRUNCATE: [&'static str; 3];

    /// What lets the generated keys of an empty table begin again, if [`TRUNCATE`](Self::TRUNCATE) does not: a
    /// query for a number, and a statement that is run if it is not 0.
    fn restart_keys(_: TableName) -> Option<[String; 2]> {
        None
    }

    /// The column's type; `in_key` where the column is part of an index or a key.
    fn column_type(column: &ColumnMeta, in_key: bool) -> String;

    /// The whole definition, behind the name, of an integer key that the database generates.
    fn generated_key(kind: ColumnKind) -> &'static str;

    /// The greatest key of this type, where the database would generate greater ones.
    #[must_use]
    fn greatest_key(_: ColumnKind) -> Option<i64> {
        None
    }

    /// The default that is the moment of the insert.
    fn now(kind: ColumnKind) -> &'static str;

    /// A number as a default.
    fn number(_: ColumnKind, digits: &str) -> String {
        digits.to_owned()
    }

    /// A date, a time, or a moment that UTC shows so, as a bound value is written.
    fn moment(kind: ColumnKind, text: &str) -> String;

    /// JSON as a default, of its text between quotes. MySQL takes it only as an expression.
    fn json(_: ColumnKind, text: &str) -> String {
        format!("({text})")
    }

    /// `TRUE` and `FALSE`.
    fn boolean(value: bool) -> &'static str;

    /// What stands behind the closing parenthesis of `CREATE TABLE`, but for a comment.
    fn table_suffix(_: &TableOptions) -> String {
        String::new()
    }

    /// Creates a schema, whose name is quoted, unless it is there.
    fn create_schema(quoted: &str) -> String {
        format!("CREATE SCHEMA IF NOT EXISTS {quoted}")
    }

    /// A text in quotes, which means the same whatever the session says of backslashes, within
    /// [`CREATE_AROUND_BACKSLASHES`](Self::CREATE_AROUND_BACKSLASHES).
    fn text(value: &str) -> String {
        format!("'{}'", value.replace('\'', "''"))
    }

    /// Refuses a text of more letters, where the type of the column does not.
    fn length_check(column: &str, length: u32) -> String {
        format!("char_length({column}) <= {length}")
    }

    /// The texts that do not fit into a row beside the other columns, if each has a type with its length;
    /// `in_key` tells columns that need one.
    fn wide_columns(_: &ModelMeta, _in_key: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
        Vec::new()
    }

    /// The collation of a text, where a foreign key must have that of the column that it refers to.
    fn collation(_: &TableOptions, _: &ColumnMeta) -> Option<String> {
        None
    }

    /// What a name is to the database: names of which this is one are one.
    fn fold_name(name: &str) -> String {
        name.to_lowercase()
    }

    /// The names that the database itself gives beside a table, among those of tables, and to what.
    fn names_beside(_: &ModelMeta) -> Vec<(String, &'static str)> {
        Vec::new()
    }

    /// Waits for others that create or drop tables in the schema, as [`ALONE`](Self::ALONE) says.
    fn wait_for_others(_schema: Option<&str>) -> String {
        String::new()
    }

    /// Adds a foreign key to a table that is there, unless it has it.
    fn add_foreign_key(table: &str, constraint: &str) -> String {
        format!("ALTER TABLE {table} ADD {constraint}")
    }
}

/// How a row comes back that a statement wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// `RETURNING`, as the triggers left it that run before the write.
    Returning,
    /// `RETURNING`, without what triggers wrote: here they run after the write.
    ReturningWritten,
    /// A `SELECT` of its own.
    Select,
}

/// What stands around a column and the keys that it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct KeyRange {
    /// Between the column and one key.
    pub(crate) is: &'static str,
    /// Before the column, between it and the first key, before the column again, between it and the last
    /// key, and at the end.
    pub(crate) between: [&'static str; 5],
    /// How many keys may be a range.
    pub(crate) most: usize,
}

/// How the first rows of each parent are found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstRows {
    /// All rows are numbered.
    Numbered,
    /// A subquery in `FROM`, which names the table of keys before it, gives the rows of each. This
    /// stands behind the foreign key: that it is `__orm_parent.__orm_key`.
    Lateral(&'static str),
    /// A subquery in `WHERE` gives the keys of the rows of each; this stands behind the foreign key.
    Correlated(&'static str),
}

impl FirstRows {
    /// What stands behind the foreign key in a subquery that is run once per parent.
    pub(crate) const fn is_parent(self) -> Option<&'static str> {
        match self {
            Self::Numbered => None,
            Self::Lateral(is_parent) | Self::Correlated(is_parent) => Some(is_parent),
        }
    }
}

/// How several that create or drop tables at once wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// They do by themselves.
    Anyway,
    /// By [`wait_for_others`](Dialect::wait_for_others).
    First,
    /// By the same, but where somebody was in the way only: who finds all tables there does not write.
    Again,
}

/// Where comments of tables and columns are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// Nowhere.
    Nowhere,
    /// In `CREATE TABLE`.
    Inline,
    /// In `COMMENT ON`, statements of their own.
    Statements,
}

/// What happens to a row whose unique key is taken.
#[derive(Debug, Clone, Copy)]
pub enum OnTaken {
    /// The statement fails.
    Fail,
    /// The row that is there takes the values of these columns, or stays as it is where there are none.
    Write {
        /// By these the row is known that is meant. Where another row takes a key, the statement fails.
        meant: ColumnSet,
        /// They are known to be unique together. Else, where a backend must be told, any unique key is meant.
        unique: bool,
        /// What is written.
        columns: ColumnSet,
    },
}

impl OnTaken {
    /// The row is left out, whichever unique key is taken.
    pub(crate) const SKIP: Self = Self::Write {
        meant: ColumnSet::new(),
        unique: false,
        columns: ColumnSet::new(),
    };
}

/// How all rows of a table are deleted.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Truncation {
    /// Generated keys begin again.
    pub(crate) restart: bool,
    /// All rows of the tables that refer to it are deleted, too.
    pub(crate) cascade: bool,
}

/// A backend that truncates the tables that refer to a table along with it.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` does not truncate the tables that refer to a table",
    note = "truncate those tables first, or call `all_rows().destroy(conn)`, which does what each `on_delete` says"
)]
pub trait TruncatesReferring: Dialect {}

/// How a column compares texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Collation {
    /// As the model states; else as the database does where nothing is stated.
    Stated(Option<&'static str>),
    /// As the table or the type says, which is not known.
    Unknown,
}

/// The column that is compared with keys, and how the rows come.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// The table of the column.
    #[allow(dead_code, reason = "MySQL alone asks for it")]
    pub(crate) table: TableName,
    /// Its name, in the table and in the rows.
    pub(crate) column: &'static str,
    /// The rows have a number, by which they are sorted.
    pub(crate) ranked: bool,
}

impl Compared {
    /// ` ON __orm_row.author = __orm_parent.__orm_key`
    pub(crate) fn push_on<DB: Backend>(self, mut out: AstPass<'_, '_, DB>) -> QueryResult<()> {
        out.push_sql(" ON __orm_row.");
        out.push_identifier(self.column)?;
        out.push_sql(" = __orm_parent.__orm_key");
        Ok(())
    }
}

/// A backend can write `IN (…)` for keys of type `K` and SQL type `ST`.
pub trait BindKeys<ST, K>: Dialect + HasSqlType<ST> {
    /// Writes what stands behind `column`: ` IN (…)` with all selected keys.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind_keys<'b>(keys: &'b Keys<K>, out: AstPass<'_, 'b, Self>) -> QueryResult<()>
    where
        Self: Backend;

    /// How many keys one statement can bind, where there is a limit.
    fn key_limit(keys: &Keys<K>) -> Option<usize>;

    /// Binds one key, where the backend has a [`KEY_RANGE`](Dialect::KEY_RANGE).
    ///
    /// # Errors
    /// What Diesel says of binds; that there is no such range.
    fn bind_one<'b>(_: &'b K, _: AstPass<'_, 'b, Self>) -> QueryResult<()>
    where
        Self: Backend,
    {
        Err(QueryBuilderError("no range of keys on this backend".into()))
    }

    /// Whether [`bind_rows`](Self::bind_rows) can bind these keys.
    fn can_bind_rows(_: &Keys<K>) -> bool {
        false
    }

    /// Writes all selected keys as a table with one column, or with that of their places behind it.
    ///
    /// # Errors
    /// What Diesel says of binds; that there is no such table.
    fn bind_rows<'b>(_: &'b Keys<K>, _places: bool, _: AstPass<'_, 'b, Self>) -> QueryResult<()>
    where
        Self: Backend,
    {
        Err(QueryBuilderError("no table of keys on this backend".into()))
    }

    /// Writes, behind `FROM`, the join of rows, as `__orm_row`, with all selected keys and their places from 1
    /// on, `__orm_key` and `__orm_place` of `__orm_parent`. It compares as the column does.
    ///
    /// # Errors
    /// What Diesel says of binds.
    fn bind_matches<'b>(
        rows: &'b dyn QueryFragment<Self>,
        compared: Compared,
        keys: &'b Keys<K>,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>
    where
        Self: Backend;
}
