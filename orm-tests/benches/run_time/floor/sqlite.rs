//! SQLite through rusqlite, in memory.

use diesel::sqlite::Sqlite;
use orm_core::Schema;
use orm_tests::Conn;
use rusqlite::types::{FromSql, ToSql};

use crate::models::Magazine;
use crate::seed;

pub type Row<'a> = rusqlite::Row<'a>;
pub type Bind<'a> = &'a dyn ToSql;

pub struct Floor(rusqlite::Connection);

impl Floor {
    /// A database of its own with the same rows.
    pub fn like(_: &mut Conn) -> Self {
        let floor = Self(rusqlite::Connection::open_in_memory().expect("SQLite opens"));
        floor.run(&Magazine::create_sql::<Sqlite>());
        for sql in seed::statements() {
            floor.run(&sql);
        }
        floor
    }

    pub fn run(&self, sql: &str) {
        self.0.execute_batch(sql).expect("the statement runs");
    }

    pub fn rows<R>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        mut read: impl FnMut(&Row<'_>) -> R,
    ) -> Vec<R> {
        let mut statement = self.0.prepare_cached(sql).expect("a statement");
        let mut rows = statement.query(binds).expect("rows");
        let mut all = Vec::new();
        while let Some(row) = rows.next().expect("a row") {
            all.push(read(row));
        }
        all
    }

    /// Runs a statement for each of some binds in one transaction; gives the keys.
    pub fn insert_each<'b>(
        &mut self,
        sql: &str,
        binds: impl Iterator<Item = [Bind<'b>; 6]>,
    ) -> Vec<i32> {
        let transaction = self.0.transaction().expect("a transaction");
        let mut statement = transaction.prepare_cached(sql).expect("a statement");
        let ids = binds
            .map(|binds| statement.insert(&binds[..]).expect("a row") as i32)
            .collect();
        drop(statement);
        transaction.commit().expect("the end of the transaction");
        ids
    }

    /// Several statements as one.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.rows("BEGIN", &[], |_| ());
        let result = work(self);
        self.rows("COMMIT", &[], |_| ());
        result
    }
}

pub fn get<T: FromSql>(row: &Row<'_>, at: usize) -> T {
    row.get(at).expect("a value of the type")
}

/// A condition that takes [`keys`].
pub fn any_of(column: &str) -> String {
    format!("{column} IN (SELECT value FROM json_each($1))")
}

/// Keys as one bind.
pub fn keys(keys: &[i32]) -> String {
    let texts: Vec<String> = keys.iter().map(i32::to_string).collect();
    format!("[{}]", texts.join(","))
}
