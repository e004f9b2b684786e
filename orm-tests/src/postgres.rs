//! PostgreSQL, at `ORM_TEST_POSTGRES_URL`: each connection in a schema of its own.

use diesel::Connection;
use diesel::connection::SimpleConnection;

pub type Conn = diesel::PgConnection;

/// A connection to an empty schema of its own.
#[must_use]
pub fn connect() -> Conn {
    let url = std::env::var("ORM_TEST_POSTGRES_URL").expect("ORM_TEST_POSTGRES_URL is set");
    let mut conn = Conn::establish(&url).expect("PostgreSQL answers");
    let name = crate::unique_name();
    let sql = format!("CREATE SCHEMA {name}; SET search_path TO {name}");
    conn.batch_execute(&sql).expect("a schema for the test");
    conn
}

/// Writes what foreign keys would refuse.
pub fn foreign_keys_off(conn: &mut Conn, work: impl FnOnce(&mut Conn)) {
    conn.batch_execute("SET session_replication_role = replica")
        .expect("foreign keys are off");
    work(conn);
    conn.batch_execute("SET session_replication_role = origin")
        .expect("foreign keys are on");
}
