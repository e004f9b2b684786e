//! Models and data that several tests share.

#![allow(dead_code, unused_imports, clippy::missing_panics_doc)]

pub mod blog;

pub use orm_tests::number;

/// What a test gives.
pub type Result<T = ()> = orm_core::Result<T>;

/// Runs SQL that no model can say.
pub fn sql(conn: &mut orm_tests::Conn, text: &str) {
    use diesel::connection::SimpleConnection;
    conn.batch_execute(text)
        .unwrap_or_else(|error| panic!("{text}: {error}"));
}

/// From now on, notes in a log what is written to a table; `row` is an SQL expression in which `x`
/// stands for the row, as in `x.id`.
pub fn watch(conn: &mut orm_tests::Conn, table: &str, row: &str) {
    sql(conn, "CREATE TABLE written (line TEXT NOT NULL)");
    for (verb, side) in [("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")] {
        let row = row.replace("x.", &format!("{side}."));
        let line = format!("'{verb} ' || {row}");
        sql(conn, &orm_tests::watching(verb, table, &line));
    }
}

/// What was written since the last call, sorted.
pub fn written(conn: &mut orm_tests::Conn) -> Vec<String> {
    use diesel::prelude::*;

    #[derive(QueryableByName)]
    struct Line {
        #[diesel(sql_type = diesel::sql_types::Text)]
        line: String,
    }
    let lines: Vec<Line> = diesel::sql_query("SELECT line FROM written ORDER BY line")
        .load(conn)
        .expect("the log is read");
    sql(conn, "DELETE FROM written");
    lines.into_iter().map(|line| line.line).collect()
}
