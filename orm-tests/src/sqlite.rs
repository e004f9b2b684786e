//! SQLite, in memory.

use diesel::Connection;
use diesel::connection::SimpleConnection;

pub type Conn = diesel::SqliteConnection;

/// A connection to an empty database of its own.
#[must_use]
pub fn connect() -> Conn {
    Conn::establish(":memory:").expect("SQLite opens in memory")
}

/// Writes what foreign keys would refuse.
pub fn foreign_keys_off(conn: &mut Conn, work: impl FnOnce(&mut Conn)) {
    conn.batch_execute("PRAGMA foreign_keys = OFF")
        .expect("foreign keys are off");
    work(conn);
    conn.batch_execute("PRAGMA foreign_keys = ON")
        .expect("foreign keys are on");
}

/// The type that `CAST` makes an `i64` of.
pub const BIGINT: &str = "BIGINT";

/// An integer key that the database generates, in a table written by hand.
pub const GENERATED_KEY: &str = "INTEGER PRIMARY KEY AUTOINCREMENT";

/// How many statements one `INSERT` takes that gives its rows back.
pub const INSERTING: usize = 1;

/// The violation of a foreign key names its table, constraint and columns: SQLite names nothing.
pub const NAMES_FOREIGN_KEYS: bool = false;

/// Waits for no lock.
pub const IMPATIENT: &str = "PRAGMA busy_timeout = 0";

/// A schema is an attached database, and foreign keys stay within it.
pub const SCHEMAS_ARE_ATTACHED: bool = true;

/// The catalogue has comments of tables and columns.
pub const COMMENTS: bool = false;

/// The comments of a table and of its columns, in order: none.
pub fn comments(_: &mut Conn, _table: &str) -> Vec<String> {
    Vec::new()
}

/// The collation of a column, as the table was created with.
pub fn collation(conn: &mut Conn, table: &str, column: &str) -> String {
    let sql = format!("SELECT sql AS t FROM sqlite_master WHERE name = '{table}'");
    let sql = crate::texts(conn, &sql).concat().replace('`', "");
    let line = sql
        .lines()
        .find(|line| line.trim().starts_with(column))
        .unwrap_or_default();
    let behind = line.split(" COLLATE ").nth(1).unwrap_or_default();
    behind.split(' ').next().unwrap_or_default().to_owned()
}

/// A name as it stands, whatever its letters.
#[must_use]
pub fn quote(name: &str) -> String {
    format!("`{name}`")
}

/// How many tables there are.
pub fn tables(conn: &mut Conn) -> i64 {
    let sql =
        "SELECT COUNT(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'";
    crate::number(conn, sql)
}

/// How many indexes there are, those of constraints left out.
pub fn indexes(conn: &mut Conn) -> i64 {
    let sql = "SELECT COUNT(*) FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL";
    crate::number(conn, sql)
}

/// Lets generated keys go on behind those that were inserted: they do.
pub fn continue_ids(_: &mut Conn, _table: &str, _key: &str) {}

/// The trigger that notes `line` in the table `written` when `verb` was done to a row of `table`.
#[must_use]
pub fn watching(verb: &str, table: &str, line: &str) -> String {
    format!(
        "CREATE TRIGGER watch_{verb} AFTER {verb} ON {table} BEGIN
           INSERT INTO written VALUES ({line});
         END"
    )
}

/// Schemas of these names, and a connection: databases in memory, attached to one.
pub struct Schemas(Conn);

impl Schemas {
    /// Empty ones.
    #[must_use]
    pub fn new(names: [&str; 2]) -> Self {
        let mut conn = connect();
        for name in names {
            conn.batch_execute(&format!("ATTACH ':memory:' AS {name}"))
                .expect("a database is attached");
        }
        Self(conn)
    }

    /// The connection.
    pub fn connection(&mut self) -> &mut Conn {
        &mut self.0
    }
}

/// A database for several connections: a file, which goes when this does.
pub struct Database(std::path::PathBuf);

impl Database {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        let path = std::env::temp_dir().join(format!("{}.db", crate::unique_name()));
        let database = Self(path);
        database.remove();
        let conn = &mut database.connect();
        conn.batch_execute("PRAGMA journal_mode = WAL")
            .expect("a log of writes");
        database
    }

    /// Another connection to it.
    #[must_use]
    pub fn connect(&self) -> Conn {
        let path = self.0.to_str().expect("a path of letters");
        let mut conn = Conn::establish(path).expect("the file opens");
        conn.batch_execute("PRAGMA busy_timeout = 10000; PRAGMA foreign_keys = ON;")
            .expect("connections wait for each other");
        conn
    }

    fn remove(&self) {
        for end in ["", "-wal", "-shm"] {
            let mut path = self.0.clone().into_os_string();
            path.push(end);
            let _ = std::fs::remove_file(path);
        }
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        self.remove();
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

/// How many `INSERT`s so many rows take, which give the same columns: pieces of 64, of 32 and of up to
/// 16 rows, whose texts stay prepared.
pub const fn inserts(rows: usize) -> usize {
    let rest = rows % 64;
    let halves = if rest > 16 { rest / 32 } else { 0 };
    rows / 64 + halves + (rest - 32 * halves).div_ceil(16)
}
