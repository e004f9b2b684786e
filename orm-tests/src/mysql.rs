//! MySQL and MariaDB, at `ORM_TEST_MYSQL_URL`: each connection in a database of its own.

use diesel::Connection;
use diesel::connection::SimpleConnection;

pub type Conn = diesel::MysqlConnection;

/// A connection to an empty database of its own.
#[must_use]
pub fn connect() -> Conn {
    let url = std::env::var("ORM_TEST_MYSQL_URL").expect("ORM_TEST_MYSQL_URL is set");
    let mut conn = Conn::establish(&url).expect("the server answers");
    let name = crate::unique_name();
    let sql = format!("CREATE DATABASE {name}; USE {name}");
    conn.batch_execute(&sql).expect("a database for the test");
    conn
}

/// Writes what foreign keys would refuse.
pub fn foreign_keys_off(conn: &mut Conn, work: impl FnOnce(&mut Conn)) {
    conn.batch_execute("SET FOREIGN_KEY_CHECKS = 0")
        .expect("foreign keys are off");
    work(conn);
    conn.batch_execute("SET FOREIGN_KEY_CHECKS = 1")
        .expect("foreign keys are on");
}
