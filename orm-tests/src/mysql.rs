//! MySQL and MariaDB, at `ORM_TEST_MYSQL_URL`: each connection in a database of its own.

use diesel::Connection;
use diesel::connection::SimpleConnection;

pub type Conn = diesel::MysqlConnection;

/// What connections begin with. MariaDB and MySQL have different names for how far a recursive query
/// may go.
pub const SESSION: &str = "SET sql_mode = CONCAT(@@sql_mode, ',PIPES_AS_CONCAT')
     /*M! , max_recursive_iterations = 1000000 */
     /*!80000 , cte_max_recursion_depth = 1000000 */";

/// A connection to an empty database of its own.
#[must_use]
pub fn connect() -> Conn {
    Database::new().connect()
}

/// Writes what foreign keys would refuse.
pub fn foreign_keys_off(conn: &mut Conn, work: impl FnOnce(&mut Conn)) {
    conn.batch_execute("SET FOREIGN_KEY_CHECKS = 0")
        .expect("foreign keys are off");
    work(conn);
    conn.batch_execute("SET FOREIGN_KEY_CHECKS = 1")
        .expect("foreign keys are on");
}

/// The type that `CAST` makes an `i64` of.
pub const BIGINT: &str = "SIGNED";

/// An integer key that the database generates, in a table written by hand.
pub const GENERATED_KEY: &str = "INTEGER AUTO_INCREMENT PRIMARY KEY";

/// How many statements one `INSERT` takes that gives its rows back.
pub const INSERTING: usize = 2;

/// The violation of a foreign key names its table, constraint and columns.
pub const NAMES_FOREIGN_KEYS: bool = true;

/// Waits for a lock as shortly as can be.
pub const IMPATIENT: &str = "SET innodb_lock_wait_timeout = 1";

/// A schema is an attached database, and foreign keys stay within it.
pub const SCHEMAS_ARE_ATTACHED: bool = false;

/// The catalogue has comments of tables and columns.
pub const COMMENTS: bool = true;

/// The comments of a table and of its columns, in order; empty ones where there is none.
pub fn comments(conn: &mut Conn, table: &str) -> Vec<String> {
    let of = format!("WHERE table_schema = DATABASE() AND table_name = '{table}'");
    let of_table = format!("SELECT table_comment AS t FROM information_schema.tables {of}");
    let of_columns = format!(
        "SELECT column_comment AS t FROM information_schema.columns {of} ORDER BY ordinal_position"
    );
    let mut all = crate::texts(conn, &of_table);
    all.extend(crate::texts(conn, &of_columns));
    all
}

/// The collation of a column.
pub fn collation(conn: &mut Conn, table: &str, column: &str) -> String {
    let sql = format!(
        "SELECT collation_name AS t FROM information_schema.columns
         WHERE table_schema = DATABASE() AND table_name = '{table}' AND column_name = '{column}'"
    );
    crate::texts(conn, &sql).concat()
}

/// The storage engine and the collation of a table.
pub fn table_options(conn: &mut Conn, table: &str) -> [String; 2] {
    ["engine", "table_collation"].map(|option| {
        let sql = format!(
            "SELECT {option} AS t FROM information_schema.tables
             WHERE table_schema = DATABASE() AND table_name = '{table}'"
        );
        crate::texts(conn, &sql).concat()
    })
}

/// A name as it stands, whatever its letters.
#[must_use]
pub fn quote(name: &str) -> String {
    format!("`{name}`")
}

/// How many tables there are.
pub fn tables(conn: &mut Conn) -> i64 {
    let sql = "SELECT COUNT(*) FROM information_schema.tables WHERE table_schema = DATABASE()";
    crate::number(conn, sql)
}

/// How many indexes there are, those of constraints left out.
pub fn indexes(conn: &mut Conn) -> i64 {
    let sql = "SELECT COUNT(DISTINCT table_name, index_name) FROM information_schema.statistics
               WHERE table_schema = DATABASE() AND non_unique";
    crate::number(conn, sql)
}

/// Lets generated keys go on behind those that were inserted: they do.
pub fn continue_ids(_: &mut Conn, _table: &str, _key: &str) {}

/// The trigger that notes `line` in the table `written` when `verb` was done to a row of `table`.
#[must_use]
pub fn watching(verb: &str, table: &str, line: &str) -> String {
    format!(
        "CREATE TRIGGER watch_{verb} AFTER {verb} ON {table} FOR EACH ROW
         INSERT INTO written VALUES ({line})"
    )
}

/// Schemas of these names, which MySQL calls databases, and a connection. They go when this does.
pub struct Schemas {
    conn: Conn,
    names: [String; 2],
}

impl Schemas {
    /// None is there: the tests let them be created.
    #[must_use]
    pub fn new(names: [&str; 2]) -> Self {
        let mut conn = connect();
        // Another process that runs this test on the server has its turn before or after.
        let turn = format!("DO GET_LOCK('{}', 120)", names[0]);
        conn.batch_execute(&turn).expect("the server answers");
        let mut schemas = Self {
            conn,
            names: names.map(str::to_owned),
        };
        schemas.remove(); // those of an earlier process
        schemas
    }

    /// The connection.
    pub fn connection(&mut self) -> &mut Conn {
        &mut self.conn
    }

    fn remove(&mut self) {
        for name in &self.names {
            let sql = format!(
                "SET FOREIGN_KEY_CHECKS = 0; DROP SCHEMA IF EXISTS {name};
                 SET FOREIGN_KEY_CHECKS = 1"
            );
            let _ = self.conn.batch_execute(&sql);
        }
    }
}

impl Drop for Schemas {
    fn drop(&mut self) {
        self.remove();
    }
}

/// A database for several connections.
pub struct Database(String);

impl Database {
    /// An empty one.
    #[must_use]
    pub fn new() -> Self {
        // Behind the name of the given database, so that all can be found and dropped with it.
        let url = url();
        let given = url.rsplit('/').next().unwrap_or_default();
        let name = format!("{given}_{}", crate::unique_name());
        // One of an earlier process that had the same number.
        let sql = format!("DROP DATABASE IF EXISTS {name}; CREATE DATABASE {name}");
        server()
            .batch_execute(&sql)
            .expect("a database for the test");
        Self(name)
    }

    /// Another connection to it.
    #[must_use]
    pub fn connect(&self) -> Conn {
        let mut conn = server();
        conn.batch_execute(&format!("USE {}; {SESSION}", self.0))
            .expect("the database is used");
        conn
    }
}

impl Default for Database {
    fn default() -> Self {
        Self::new()
    }
}

fn server() -> Conn {
    Conn::establish(&url()).expect("the server answers")
}

/// Where the server is.
#[must_use]
pub fn url() -> String {
    std::env::var("ORM_TEST_MYSQL_URL").expect("ORM_TEST_MYSQL_URL is set")
}

/// How many `INSERT`s so many rows take, which give the same columns and can all be bound.
pub const fn inserts(_: usize) -> usize {
    1
}
