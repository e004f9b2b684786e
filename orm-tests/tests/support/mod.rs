//! Models and data that several tests share.

#![allow(dead_code, unused_imports, clippy::missing_panics_doc)]

pub mod blog;

/// What a test gives.
pub type Result<T = ()> = orm_core::Result<T>;

/// Runs SQL that no model can say.
pub fn sql(conn: &mut orm_tests::Conn, text: &str) {
    use diesel::connection::SimpleConnection;
    conn.batch_execute(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
}

/// The one number that a query gives.
pub fn number(conn: &mut orm_tests::Conn, text: &str) -> i64 {
    use diesel::prelude::*;

    #[derive(QueryableByName)]
    struct Number {
        #[diesel(sql_type = diesel::sql_types::BigInt)]
        n: i64,
    }
    let row: Number = diesel::sql_query(format!("SELECT ({text}) AS n"))
        .get_result(conn)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
    row.n
}
