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
