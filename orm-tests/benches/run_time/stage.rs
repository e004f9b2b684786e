//! Where the work is done: a filled database, and ways to it.

use diesel::connection::SimpleConnection;
use orm_tests::{Conn, connect_to};

use crate::models::Magazine;
use crate::seed;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::floor::Floor;

pub struct Stage {
    pub conn: Conn,
    /// The same rows, without Diesel.
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    pub floor: Floor,
}

impl Stage {
    /// Everything in its place.
    pub fn new() -> Self {
        let mut conn = connect_to::<Magazine>();
        for sql in seed::statements() {
            conn.batch_execute(&sql).expect("the tables are filled");
        }
        orm_tests::continue_ids(&mut conn, "authors", "id");
        conn.batch_execute(ANALYZE).expect("the tables are counted");
        Self {
            #[cfg(any(feature = "sqlite", feature = "postgres"))]
            floor: Floor::like(&mut conn),
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
    }
}

/// None on SQLite: once it has counted what an index holds, it plans anew whenever a bound value
/// changes, as it would for few users.
#[cfg(feature = "sqlite")]
const ANALYZE: &str = "";
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
const ANALYZE: &str = "ANALYZE";
#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
const ANALYZE: &str = "ANALYZE TABLE authors, sections, posts, comments, tags, post_tags";
