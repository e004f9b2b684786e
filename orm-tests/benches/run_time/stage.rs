//! Where the work is done: a filled database, and ways to it.

use diesel::Connection;
use diesel::connection::SimpleConnection;
use orm_core::Schema;
use orm_tests::{Conn, connect_to};

use crate::models::Magazine;
use crate::peers::Peer;
use crate::seed;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::floor::Floor;

pub struct Stage {
    pub conn: Conn,
    /// The same rows, without Diesel.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub floor: Floor,
    /// The same rows, each for another ORM.
    pub peers: Vec<Peer>,
}

impl Stage {
    /// Everything in its place.
    pub fn new() -> Self {
        let mut conn = connect_to::<Magazine>();
        for sql in seed::statements() {
            conn.batch_execute(&sql).expect("the tables are filled");
        }
        for table in ["authors", "posts"] {
            orm_tests::continue_ids(&mut conn, table, "id");
        }
        conn.batch_execute(seed::ANALYZE)
            .expect("the tables are counted");
        Self {
            #[cfg(any(feature = "sqlite", feature = "postgres"))]
            floor: Floor::like(&mut conn),
            peers: Vec::new(),
            conn,
        }
    }

    /// Runs statements on every database there is.
    pub fn run(&mut self, statements: &[String]) {
        for sql in statements {
            self.conn.batch_execute(sql).expect("the rows are reset");
            #[cfg(feature = "sqlite")] // elsewhere it is one database
            self.floor.run(sql);
        }
        for peer in &mut self.peers {
            peer.run(statements);
        }
    }
}

/// What makes of an empty database one like that of the stage.
pub fn filling() -> Vec<String> {
    let tables = Magazine::create_sql::<<Conn as Connection>::Backend>();
    let tables = tables.split_inclusive(";\n").map(str::to_owned);
    let mut all = vec![SESSION.to_owned()];
    all.extend(tables);
    all.extend(seed::statements());
    all.extend([CONTINUE_IDS.to_owned(), seed::ANALYZE.to_owned()]);
    all.retain(|sql| !sql.is_empty());
    all
}

/// What the session needs for it.
#[cfg(feature = "sqlite")]
const SESSION: &str = "PRAGMA foreign_keys = ON";
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
const SESSION: &str = "";
#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
const SESSION: &str = orm_tests::SESSION;

/// Elsewhere they do by themselves.
const CONTINUE_IDS: &str = if cfg!(all(feature = "postgres", not(feature = "sqlite"))) {
    "SELECT setval(pg_get_serial_sequence('authors', 'id'), (SELECT MAX(id) FROM authors))"
} else {
    ""
};
