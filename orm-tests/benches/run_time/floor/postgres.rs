//! PostgreSQL through the crate `postgres`, in the schema that is filled already.

use std::collections::HashMap;

use diesel::RunQueryDsl;
use orm_tests::Conn;
use postgres::types::{FromSql, ToSql};
use postgres::{Client, NoTls, Statement};

pub type Row<'a> = postgres::Row;
pub type Bind<'a> = &'a (dyn ToSql + Sync);

pub struct Floor {
    client: Client,
    prepared: HashMap<String, Statement>,
}

diesel::define_sql_function! { fn current_schema() -> diesel::sql_types::Text }

/// Whether libpq made its connection an encrypted one, which is paid for with every message.
fn is_encrypted(conn: &mut Conn) -> bool {
    let sql = "SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()";
    diesel::dsl::sql::<diesel::sql_types::Bool>(sql)
        .get_result(conn)
        .expect("what the server says of this connection")
}

impl Floor {
    /// Another connection to the same schema.
    pub fn like(conn: &mut Conn) -> Self {
        let schema: String = diesel::select(current_schema())
            .get_result(conn)
            .expect("the name of the schema");
        if is_encrypted(conn) {
            eprintln!(
                "Diesel's connection is encrypted, that of the floor is not: add `sslmode=disable` to the URL"
            );
        }
        let mut client = Client::connect(&orm_tests::url(), NoTls).expect("PostgreSQL answers");
        client
            .batch_execute(&format!("SET search_path TO {schema}"))
            .expect("the schema is used");
        Self {
            client,
            prepared: HashMap::new(),
        }
    }

    fn prepare(&mut self, sql: &str) -> Statement {
        if let Some(statement) = self.prepared.get(sql) {
            return statement.clone();
        }
        let statement = self.client.prepare(sql).expect("a statement");
        self.prepared.insert(sql.to_owned(), statement.clone());
        statement
    }

    pub fn rows<R>(
        &mut self,
        sql: &str,
        binds: &[Bind<'_>],
        read: impl FnMut(&Row<'_>) -> R,
    ) -> Vec<R> {
        let statement = self.prepare(sql);
        let rows = self.client.query(&statement, binds).expect("rows");
        rows.iter().map(read).collect()
    }

    /// Runs a statement for each of some binds in one transaction; gives the keys.
    pub fn insert_each<'b>(
        &mut self,
        sql: &str,
        binds: impl Iterator<Item = [Bind<'b>; 6]>,
    ) -> Vec<i32> {
        let statement = self.prepare(&format!("{sql} RETURNING id"));
        let mut transaction = self.client.transaction().expect("a transaction");
        let ids = binds
            .map(|binds| {
                let row = transaction.query_one(&statement, &binds).expect("a row");
                row.get(0)
            })
            .collect();
        transaction.commit().expect("the end of the transaction");
        ids
    }

    /// Several statements as one.
    pub fn transaction<T>(&mut self, work: impl FnOnce(&mut Self) -> T) -> T {
        self.client.batch_execute("BEGIN").expect("a transaction");
        let result = work(self);
        self.client.batch_execute("COMMIT").expect("its end");
        result
    }
}

pub fn get<T: for<'a> FromSql<'a>>(row: &Row<'_>, at: usize) -> T {
    row.get(at)
}

/// A condition that takes [`keys`].
pub fn any_of(column: &str) -> String {
    format!("{column} = ANY($1)")
}

/// Keys as one bind.
pub fn keys(keys: &[i32]) -> Vec<i32> {
    keys.to_vec()
}
