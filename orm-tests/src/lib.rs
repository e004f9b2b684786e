//! What the tests share: the connection of the backend under test.

use diesel::Connection;

#[cfg(feature = "sqlite")]
#[path = "sqlite.rs"]
mod backend;
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
#[path = "postgres.rs"]
mod backend;
#[cfg(all(feature = "mysql", not(any(feature = "sqlite", feature = "postgres"))))]
#[path = "mysql.rs"]
mod backend;

/// The connection of the backend under test. Nothing else in the tests names a backend.
pub type Conn = backend::Conn;

/// The backend under test.
pub type Backend = <Conn as Connection>::Backend;

pub use backend::{
    BIGINT, COMMENTS, Database, GENERATED_KEY, IMPATIENT, INSERTING, NAMES_FOREIGN_KEYS,
    SCHEMAS_ARE_ATTACHED, Schemas, collation, comments, connect, continue_ids, foreign_keys_off,
    indexes, inserts, quote, tables, watching,
};

#[cfg(all(feature = "mysql", not(any(feature = "sqlite", feature = "postgres"))))]
pub use backend::{SESSION, table_options};

#[cfg(not(feature = "sqlite"))]
pub use backend::url;

/// A connection to a database of its own with the tables of a schema.
#[must_use]
pub fn connect_to<S: orm_core::Schema>() -> Conn {
    let mut conn = connect();
    S::create_all(&mut conn).expect("the tables are created");
    conn
}

/// The one number that a query gives.
///
/// # Panics
/// Where the database refuses the query.
pub fn number(conn: &mut Conn, text: &str) -> i64 {
    #[derive(diesel::QueryableByName)]
    struct Number {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let query = diesel::sql_query(format!("SELECT CAST(({text}) AS {BIGINT}) AS n"));
    let row: Number = diesel::RunQueryDsl::get_result(query, conn)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    row.n
}

/// The texts that a query gives as `t`.
///
/// # Panics
/// Where the database refuses the query.
pub fn texts(conn: &mut Conn, text: &str) -> Vec<String> {
    #[derive(diesel::QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        t: String,
    }
    let lines: Vec<Line> = diesel::RunQueryDsl::load(diesel::sql_query(text), conn)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    lines.into_iter().map(|line| line.t).collect()
}

/// A name that no other test has, in this process or another.
fn unique_name() -> String {
    use std::sync::atomic::{AtomicU32, Ordering};

    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    format!("orm_test_{}_{number}", std::process::id())
}

/// An error and its sources, as a person reads them.
#[must_use]
pub fn chain(error: &dyn std::error::Error) -> String {
    match error.source() {
        Some(source) => format!("{error}: {}", chain(source)),
        None => error.to_string(),
    }
}

pub mod statements {
    //! Counting statements through Diesel's instrumentation.

    use std::sync::{Arc, Mutex};

    use diesel::Connection;
    use diesel::connection::InstrumentationEvent;

    use crate::Conn;

    /// What begins and ends transactions.
    const OF_TRANSACTIONS: [&str; 5] = ["BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE"];

    /// Runs `work` and gives what it gave and the statements that it sent, those of transactions
    /// (`BEGIN` and the like) left out.
    pub fn of<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> T) -> (T, Vec<String>) {
        let (result, mut sent) = all(conn, work);
        sent.retain(|text| {
            let verb = text.split_whitespace().next().unwrap_or_default();
            !OF_TRANSACTIONS.contains(&verb.to_uppercase().as_str())
        });
        (result, sent)
    }

    /// The same, with those of transactions.
    pub fn all<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> T) -> (T, Vec<String>) {
        let sent = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&sent);
        conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
            if let InstrumentationEvent::StartQuery { query, .. } = event
                && let Ok(mut log) = log.lock()
            {
                log.push(query.to_string());
            }
        });
        let result = work(conn);
        conn.set_instrumentation(|_: InstrumentationEvent<'_>| {});
        let sent = sent.lock().map(|log| log.clone()).unwrap_or_default();
        (result, sent)
    }

    /// How many statements `work` sends.
    pub fn count<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> T) -> (T, usize) {
        let (result, sent) = of(conn, work);
        (result, sent.len())
    }
}

#[cfg(doctest)]
mod guide;
