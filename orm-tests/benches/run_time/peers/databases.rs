//! The databases of the peers: in memory, or on the server that is under test.

#[cfg(feature = "sqlite")]
pub use memory::{create, remove};
#[cfg(not(feature = "sqlite"))]
pub use server::{create, remove};

#[cfg(feature = "sqlite")]
mod memory {
    use orm_tests::Conn;

    /// The URL of an empty one.
    pub fn create(_: &mut Conn, _number: usize) -> String {
        "sqlite::memory:".to_owned()
    }

    /// It goes with its peer.
    pub fn remove(_: &mut Conn, _number: usize) {}
}

#[cfg(not(feature = "sqlite"))]
mod server {
    use diesel::connection::SimpleConnection;
    use orm_tests::Conn;

    /// The URL of an empty one.
    pub fn create(conn: &mut Conn, number: usize) -> String {
        remove(conn, number); // that of an earlier process
        conn.batch_execute(&format!("CREATE DATABASE {}", name(number)))
            .expect("a database for the peer");
        let url = orm_tests::url();
        let (url, options) = url.split_at(url.find('?').unwrap_or(url.len()));
        let (server, _) = url.rsplit_once('/').expect("a database in the URL");
        format!("{server}/{}{options}", name(number))
    }

    /// After its peer.
    pub fn remove(conn: &mut Conn, number: usize) {
        // The server may not have noticed yet that the peer has gone; MySQL does not mind.
        let force = if cfg!(feature = "postgres") {
            " WITH (FORCE)"
        } else {
            ""
        };
        let sql = format!("DROP DATABASE IF EXISTS {}{force}", name(number));
        conn.batch_execute(&sql)
            .expect("the database of the peer goes");
    }

    fn name(number: usize) -> String {
        format!("orm_peer_{number}")
    }
}
