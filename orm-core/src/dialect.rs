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
/// Diesel's `Sqlite`, `Pg` and `Mysql` implement it, each behind its feature.
#[diagnostic::on_unimplemented(
    message = "orm-core does not know the backend `{Self}`",
    note = "enable the feature `sqlite`, `postgres` or `mysql` of orm-core",
    note = "if your program chooses the backend at run time, as with `diesel::MultiConnection`, declare the enum in `orm_core::any_connection!` and put this call into `with_connection!(conn, |conn| …)`"
)]
pub trait Dialect:
    Known + Backend<QueryBuilder: Default> + QueryMetadata<BigInt> + Default + Sized + 'static
{
    /// How the backend returns inserted rows: a type that implements `InsertRows`.
    type Inserting;

    /// Runs a query about which only the SQL type `ST` of its rows is known. So Diesel's code for it is compiled
    /// once, if Diesel does not need `ST`.
    ///
    /// # Errors
    /// Any database error.
    fn load<'conn, 'query, C, ST>(
        conn: &'conn mut C,
        query: &'query dyn QueryFragment<Self>,
    ) -> QueryResult<<C as LoadConnection>::Cursor<'conn, 'query>>
    where
        C: LoadConnection<Backend = Self>,
        Self: QueryMetadata<ST>,
        ST: 'static;

    /// Refuses a value that Diesel would read as a different value of the SQL type `ST`, if columns may hold values
    /// that are not of their type.
    ///
    /// # Errors
    /// An error that describes the value.
    #[inline]
    fn check_read<ST: 'static>(_: &mut Self::RawValue<'_>) -> deserialize::Result<()> {
        Ok(())
    }

    /// Refuses a value that the client library would send as a different one.
    ///
    /// # Errors
    /// An error that describes the value.
    #[inline]
    fn check(_: &dyn Any) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        Ok(())
    }

    /// The text around a sum in a condition that is true if the sum is a value of the SQL type `ST`, or NULL.
    /// `None` if the database itself refuses other sums.
    #[must_use]
    fn sum_fits<ST: 'static>() -> Option<[&'static str; 2]> {
        None
    }

    /// An expression that makes a statement fail when it is evaluated, if [`sum_fits`](Self::sum_fits) returns
    /// conditions.
    const FAILURE: &'static str = "NULL";

    /// Whether the column stores exactly the bound value and the field reads it back: nothing is rounded, cut or
    /// padded. `false` if this cannot be known.
    fn stays(value: Untyped<'_>, column: &ColumnMeta, meta: &ModelMeta) -> bool;

    /// How the backend returns a row that a statement wrote.
    const BACK: Back;

    /// How many values one statement can bind.
    const BIND_LIMIT: usize;
    /// How many bytes the keys in one statement may take, if there is a limit.
    const BIND_BYTES: Option<usize>;
    /// The most rows that are inserted in one piece, a power of two. The texts of such pieces stay prepared: if a
    /// statement costs no round trip, compiling a long one costs more than running many.
    const INSERT_PIECE: Option<usize>;
    /// How many rows one `INSERT` takes at most.
    const INSERT_ROWS: usize = usize::MAX;
    /// The text after the table's name in an `INSERT` that states no column.
    const EMPTY_ROW: &'static str;
    /// The character that quotes names.
    const QUOTE: char;
    /// `VARCHAR(n)` refuses longer texts.
    const CHECKS_LENGTH: bool;
    /// The database refuses a row that refers to a later row of the same `INSERT`.
    const CHECKS_ROW_BY_ROW: bool;
    /// A foreign key may have a `CHECK` constraint.
    const CHECKS_FOREIGN_KEYS: bool;
    /// The database understands `CREATE INDEX IF NOT EXISTS`; if not, indexes are part of `CREATE TABLE`.
    const INDEX_IF_NOT_EXISTS: bool;
    /// `CREATE TABLE` may refer to a table that is created later.
    const FORWARD_REFERENCES: bool;
    /// A schema is an attached database: you cannot create it, and foreign keys stay within it.
    const SCHEMAS_ARE_ATTACHED: bool;
    /// Where comments of tables and columns are written.
    const COMMENTS: Comments;
    /// Statements before and after the creation of tables.
    const CREATE_AROUND: Option<[&'static str; 2]>;
    /// The same for texts with a backslash, if their meaning depends on the session.
    const CREATE_AROUND_BACKSLASHES: Option<[&'static str; 2]> = None;
    /// How sessions that create or drop tables at the same time wait for each other.
    const ALONE: Alone;
    /// The type of [wide columns](Self::wide_columns).
    const WIDE_TEXT: &'static str = "TEXT";
    /// The text after `DROP TABLE IF EXISTS name`.
    const DROP_SUFFIX: &'static str;
    /// Statements before and after the removal of tables; an empty one is not sent.
    const DROP_AROUND: Option<[&'static str; 2]>;

    /// The type of texts in `CAST`.
    const CAST_TEXT: &'static str = "TEXT";

    /// A number as the widest float, in SQL.
    fn as_double(number: &str) -> String {
        number.to_owned()
    }

    /// The default for a random UUID.
    const RANDOM_UUID: &'static str;
    /// The text after a `SELECT` that makes other such `SELECT`s wait until the transaction ends. `None` if a
    /// writer locks the whole database.
    const LOCK_ROW: Option<&'static str>;
    /// The text after a `SELECT` that sees what is committed now, even in a transaction that has read before.
    const READ_LATEST: &'static str;
    /// The same for a `SELECT` that no write follows: others may read the rows this way too.
    const SHARE_LATEST: &'static str;
    /// A statement that fails in a transaction that can only be rolled back, if `COMMIT` rolls back such a
    /// transaction without an error.
    const FAILS_BEFORE_ROLLBACK: Option<&'static str> = None;

    /// An `INSERT` cannot name the unique key that it goes by. If it meets a different row than intended, it fails
    /// with an error that has no kind of its own.
    const TELLS_ROWS_APART: bool;

    /// One `INSERT` may write twice into the same row.
    const WRITES_A_ROW_TWICE: bool;

    /// Whether the database plans a prepared statement anew for each `LIMIT` that is bound to it.
    const PLANS_BY_LIMIT: bool;

    /// Whether the database treats values of this SQL type as texts.
    fn are_texts<ST: 'static>() -> bool
    where
        Self: HasSqlType<ST>;

    /// Texts that differ only in trailing spaces are equal, unless a collation says otherwise.
    const PADS_TEXTS: bool;

    /// Writes the text after a column that is compared with a column of a subquery, so that it compares as that
    /// column does, as far as the backend would not do so itself.
    ///
    /// # Errors
    /// Errors from Diesel about names.
    fn push_collation(_: Collation, _: AstPass<'_, '_, Self>) -> QueryResult<()> {
        Ok(())
    }

    /// Reads the last column of a row, a number that is not negative.
    ///
    /// # Errors
    /// An error if there is no such number.
    fn last_number<'a>(row: &impl Row<'a, Self>) -> deserialize::Result<usize>;

    /// How to find the first rows of each parent.
    const FIRST_ROWS: FirstRows;

    /// The text before the rows of a list that several columns are compared with.
    const ROWS_OF_KEYS: &'static str;

    /// How to read one key, or keys without a gap, if that costs less than a list of them.
    const KEY_RANGE: Option<KeyRange>;

    /// Writes the text after the values of an `INSERT`: what happens if a unique key is taken.
    fn push_on_taken(
        on_taken: OnTaken<'_>,
        meta: &ModelMeta,
        out: AstPass<'_, '_, Self>,
    ) -> QueryResult<()>;

    /// Three texts of the statement that deletes all rows: before the table's name; after it, if generated keys
    /// restart; after it, if the tables that refer to it are emptied too.
    const TRUNCATE: [&'static str; 3];

    /// What restarts the generated keys of an empty table, if [`TRUNCATE`](Self::TRUNCATE) does not: a query that
    /// returns a number, and a statement to run if that number is not 0.
    fn restart_keys(_: TableName) -> Option<[String; 2]> {
        None
    }

    /// The column's type; `in_key` says that the column is part of an index or a key.
    fn column_type(column: &ColumnMeta, in_key: bool) -> String;

    /// The whole definition, after the name, of an integer key that the database generates.
    fn generated_key(kind: ColumnKind) -> &'static str;

    /// The greatest key of this type, if the database would generate greater ones.
    #[must_use]
    fn greatest_key(_: ColumnKind) -> Option<i64> {
        None
    }

    /// The default for the moment of the insert.
    fn now(kind: ColumnKind) -> &'static str;

    /// A number as a default.
    fn number(_: ColumnKind, digits: &str) -> String {
        digits.to_owned()
    }

    /// A date, a time or a moment, shown in UTC as `text`, in the form of a bound value.
    fn moment(kind: ColumnKind, text: &str) -> String;

    /// JSON as a default, given as a quoted text. MySQL takes it only as an expression.
    fn json(_: ColumnKind, text: &str) -> String {
        format!("({text})")
    }

    /// `TRUE` and `FALSE`.
    fn boolean(value: bool) -> &'static str;

    /// The text after the closing parenthesis of `CREATE TABLE`, except a comment.
    fn table_suffix(_: &TableOptions) -> String {
        String::new()
    }

    /// Creates a schema, whose name is quoted, unless it exists.
    fn create_schema(quoted: &str) -> String {
        format!("CREATE SCHEMA IF NOT EXISTS {quoted}")
    }

    /// A quoted text that means the same whatever the session does with backslashes, within
    /// [`CREATE_AROUND_BACKSLASHES`](Self::CREATE_AROUND_BACKSLASHES).
    fn text(value: &str) -> String {
        format!("'{}'", value.replace('\'', "''"))
    }

    /// Refuses a text with more letters, if the column's type does not.
    fn length_check(column: &str, length: u32) -> String {
        format!("char_length({column}) <= {length}")
    }

    /// The texts that do not fit into a row with the other columns if each has a type with its length. `in_key`
    /// tells which columns need such a type.
    fn wide_columns(_: &ModelMeta, _in_key: &dyn Fn(&str) -> bool) -> Vec<&'static str> {
        Vec::new()
    }

    /// The collation of a text, if a foreign key must have the collation of the column that it refers to.
    fn collation(_: &TableOptions, _: &ColumnMeta) -> Option<String> {
        None
    }

    /// A name as the database sees it: names for which this returns the same are the same name.
    fn fold_name(name: &str) -> String {
        name.to_lowercase()
    }

    /// The names that the database itself creates for a table in the namespace of tables, and what each is for.
    fn names_beside(_: &ModelMeta) -> Vec<(String, &'static str)> {
        Vec::new()
    }

    /// Waits for others that create or drop tables in the schema, according to [`ALONE`](Self::ALONE).
    fn wait_for_others(schema: Option<&str>) -> String;

    /// Ends what [`wait_for_others`](Self::wait_for_others) began, if the end of the transaction does not.
    fn let_others(_schema: Option<&str>) -> Option<String> {
        None
    }

    /// Adds a foreign key to an existing table, unless the table has it.
    fn add_foreign_key(table: &str, constraint: &str) -> String {
        format!("ALTER TABLE {table} ADD {constraint}")
    }
}

/// A backend that is known by name, and not only as a type parameter.
///
/// If an implementation for all connections names it first, rustc sees at once that the implementation says nothing
/// about a connection that is a type parameter. Otherwise it works through all other bounds first, in each method that
/// the derive makes.
#[diagnostic::on_unimplemented(
    message = "this code is generic over the backend, and does not say that the backend can do this",
    note = "add the bound that the method has to the `where` of your function"
)]
pub trait Chosen: Dialect {}

/// The name of a table, a column or another object, in quotes.
pub(crate) fn quote<DB: Dialect>(name: &str) -> String {
    let quote = DB::QUOTE;
    let inner = name.replace(quote, &format!("{quote}{quote}"));
    format!("{quote}{inner}{quote}")
}

/// A backend that this crate knows. Only this crate implements it, so that [`Dialect`] can grow.
pub trait Known {}

/// How the backend returns a row that a statement wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Back {
    /// With `RETURNING`, which includes the changes of triggers: they run before the write.
    Returning,
    /// With `RETURNING`, which lacks the changes of triggers: they run after the write.
    ReturningWritten,
    /// With a separate `SELECT`.
    Select,
}

/// The texts around a column and the keys that it is compared with.
#[derive(Debug, Clone, Copy)]
pub struct KeyRange {
    /// Between the column and one key.
    pub(crate) is: &'static str,
    /// Before the column, between it and the first key, before the column again, between it and the last key, and
    /// at the end.
    pub(crate) between: [&'static str; 5],
    /// How many keys a range may have.
    pub(crate) most: usize,
}

/// How to find the first rows of each parent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstRows {
    /// By numbering all rows.
    Numbered,
    /// By a subquery in `FROM` that refers to the table of keys before it and returns the rows of each. This is the
    /// text after the foreign key, which says that it is `__orm_parent.__orm_key`.
    Lateral(&'static str),
    /// By a subquery in `WHERE` that returns the keys of the rows of each. This is the text after the foreign key.
    Correlated(&'static str),
}

impl FirstRows {
    /// The text after the foreign key in a subquery that runs once per parent.
    pub(crate) const fn is_parent(self) -> Option<&'static str> {
        match self {
            Self::Numbered => None,
            Self::Lateral(is_parent) | Self::Correlated(is_parent) => Some(is_parent),
        }
    }
}

/// How sessions that create or drop tables at the same time wait for each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alone {
    /// With [`wait_for_others`](Dialect::wait_for_others).
    First,
    /// With the same, but only after a conflict: a session that finds all tables in place does not write.
    Again,
}

/// Where comments of tables and columns are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comments {
    /// Nowhere.
    Nowhere,
    /// In `CREATE TABLE`.
    Inline,
    /// In `COMMENT ON`, as separate statements.
    Statements,
}

/// What happens to a row whose unique key is taken.
#[derive(Debug, Clone, Copy)]
pub enum OnTaken<'a> {
    /// The statement fails.
    Fail,
    /// The existing row takes the values of these columns. If there are none, it stays as it is.
    Write {
        /// These columns identify the intended row. If a different row takes a key, the statement fails.
        meant: ColumnSet,
        /// These columns are known to be unique together. If not, and the backend must name a key, any unique key
        /// counts.
        unique: bool,
        /// The condition of the unique index, in SQL, if it does not cover all rows.
        index: Option<&'a str>,
        /// The columns that are written.
        columns: ColumnSet,
    },
}

impl OnTaken<'static> {
    /// The row is left out, whichever unique key is taken.
    pub(crate) const SKIP: Self = Self::Write {
        meant: ColumnSet::new(),
        unique: false,
        index: None,
        columns: ColumnSet::new(),
    };
}

/// A backend that has unique indexes with a condition.
#[diagnostic::on_unimplemented(
    message = "the backend `{Self}` has no unique index with a condition",
    note = "on MySQL, give the table a generated column that is NULL for the other rows, and a unique index on that"
)]
pub trait PartialIndexes: Dialect {}

/// How all rows of a table are deleted.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Truncation {
    /// Generated keys begin again.
    pub(crate) restart: bool,
    /// All rows of the tables that refer to it are deleted too.
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
    /// As the model states; if it states nothing, by the database's default.
    Stated(Option<&'static str>),
    /// As the table or the type says, which is not known here.
    Unknown,
}

/// The column that is compared with keys, and the form in which the rows come.
#[derive(Debug, Clone, Copy)]
pub struct Compared {
    /// The table of the column.
    #[allow(dead_code, reason = "MySQL alone asks for it")]
    pub(crate) table: TableName,
    /// Its name, in the table and in the rows.
    pub(crate) column: &'static str,
    /// The rows have a number, and are sorted by it.
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
    /// Writes the text after `column`: ` IN (…)` with all selected keys.
    ///
    /// # Errors
    /// Errors from Diesel about binds.
    fn bind_keys<'b>(keys: &'b Keys<K>, out: AstPass<'_, 'b, Self>) -> QueryResult<()>
    where
        Self: Backend;

    /// How many keys one statement can bind, if there is a limit.
    fn key_limit(keys: &Keys<K>) -> Option<usize>;

    /// Binds one key, if the backend has a [`KEY_RANGE`](Dialect::KEY_RANGE).
    ///
    /// # Errors
    /// Errors from Diesel about binds; an error if there is no such range.
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

    /// Writes all selected keys as a table with one column, or with a second column for their places.
    ///
    /// # Errors
    /// Errors from Diesel about binds; an error if there is no such table.
    fn bind_rows<'b>(_: &'b Keys<K>, _places: bool, _: AstPass<'_, 'b, Self>) -> QueryResult<()>
    where
        Self: Backend,
    {
        Err(QueryBuilderError("no table of keys on this backend".into()))
    }

    /// Writes, after `FROM`, the join of the rows, as `__orm_row`, with all selected keys and their places, counted
    /// from 1: `__orm_key` and `__orm_place` of `__orm_parent`. It compares as the column does.
    ///
    /// # Errors
    /// Errors from Diesel about binds.
    fn bind_matches<'b>(
        rows: &'b dyn QueryFragment<Self>,
        compared: Compared,
        keys: &'b Keys<K>,
        out: AstPass<'_, 'b, Self>,
    ) -> QueryResult<()>
    where
        Self: Backend;
}
