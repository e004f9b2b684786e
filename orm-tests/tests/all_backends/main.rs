//! All backends in one program: `--features sqlite,postgres,mysql`.
//!
//! The models are declared once; `story.rs` is the same code on each connection. With all backends there
//! are SQL types of this crate's, so that the tests of types are run once more.

#![cfg(all(feature = "sqlite", feature = "postgres", feature = "mysql"))]

use chrono::{DateTime, NaiveDateTime, Utc};
use diesel::Connection;
use diesel::connection::SimpleConnection;
use orm_core::Json;
use orm_core::prelude::*;
use uuid::Uuid;

#[path = "../behaviour/support/mod.rs"]
mod support;
#[path = "../behaviour/types.rs"]
mod types;
#[path = "../behaviour/types_uuid.rs"]
mod types_uuid;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Visit, fk = "account_id", as = "visits")]
#[belongs_to_many(Role, through = AccountRole, as = "roles")]
pub struct Account {
    #[model(primary_key, default = uuid)]
    pub id: Uuid,
    #[model(unique)]
    pub name: String,
    pub created_at: DateTime<Utc>,
    pub closed_at: Option<DateTime<Utc>>,
    pub settings: Json<Vec<String>>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Account, fk = "account_id", as = "account", on_delete = "cascade")]
pub struct Visit {
    #[model(primary_key)]
    pub id: i64,
    pub account_id: Uuid,
    pub at: NaiveDateTime,
    pub left_at: Option<NaiveDateTime>,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Role {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct AccountRole {
    #[model(primary_key)]
    pub account_id: Uuid,
    #[model(primary_key)]
    pub role_id: i32,
    #[model(default = now)]
    pub since: DateTime<Utc>,
}

orm_core::schema! { pub App { Account, Visit, Role, AccountRole } }

/// The same program, with another connection.
macro_rules! program {
    ($name:ident, $conn:ty) => {
        mod $name {
            type Conn = $conn;

            include!("story.rs");
        }
    };
}

program!(on_sqlite, diesel::SqliteConnection);
program!(on_postgres, diesel::PgConnection);
program!(on_mysql, diesel::MysqlConnection);

orm_core::any_connection! {
    #[derive(diesel::MultiConnection)]
    enum AnyConnection {
        Sqlite(diesel::SqliteConnection),
        Postgres(diesel::PgConnection),
        Mysql(diesel::MysqlConnection),
    }
}

fn connect(url: &str) -> orm_core::Result<AnyConnection> {
    let connect = || match url.split_once("://") {
        Some(("postgres", _)) => diesel::PgConnection::establish(url).map(AnyConnection::Postgres),
        Some(("mysql", _)) => diesel::MysqlConnection::establish(url).map(AnyConnection::Mysql),
        _ => diesel::SqliteConnection::establish(url).map(AnyConnection::Sqlite),
    };
    Ok(connect().expect("the database answers"))
}

/// The same code, whichever connection it is.
fn roles_of_ann(conn: &mut AnyConnection) -> orm_core::Result<Vec<String>> {
    with_connection!(conn, |conn| {
        App::create_all(conn)?;
        let account = Account::builder()
            .name("Ann")
            .created_at(DateTime::UNIX_EPOCH)
            .settings(Json(Vec::new()));
        let ann = Account::create(conn, account)?;
        ann.create_role(conn, Role::builder().name("writer"))?;
        let accounts = Account::query().include(Account::roles()).load(conn)?;
        let roles = accounts.iter().flat_map(|account| &account.roles);
        Ok(roles.map(|role| role.name.clone()).collect())
    })
}

#[test]
fn on_the_connection_that_the_url_asks_for() -> orm_core::Result<()> {
    let name = format!("orm_any_{}", std::process::id());
    for (variable, enter, behind) in [
        ("", "", ""),
        ("ORM_TEST_POSTGRES_URL", "SET search_path TO", "CASCADE"),
        ("ORM_TEST_MYSQL_URL", "USE", ""),
    ] {
        if variable.is_empty() {
            assert_eq!(roles_of_ann(&mut connect(":memory:")?)?, ["writer"]);
            continue;
        }
        let conn = &mut connect(&std::env::var(variable).expect("the URL is set"))?;
        conn.batch_execute(&format!("CREATE SCHEMA {name}"))?;
        conn.batch_execute(&format!("{enter} {name}"))?;
        let roles = roles_of_ann(conn);
        conn.batch_execute(&format!("DROP SCHEMA {name} {behind}"))?;
        assert_eq!(roles?, ["writer"], "{variable}");
    }
    Ok(())
}

#[test]
fn on_sqlite() -> orm_core::Result<()> {
    let mut conn = diesel::SqliteConnection::establish(":memory:").expect("SQLite opens");
    on_sqlite::story(&mut conn)
}

#[test]
fn on_postgres() -> orm_core::Result<()> {
    let url = std::env::var("ORM_TEST_POSTGRES_URL").expect("ORM_TEST_POSTGRES_URL is set");
    let mut conn = diesel::PgConnection::establish(&url).expect("PostgreSQL answers");
    // It goes with the transaction, which is never committed.
    conn.begin_test_transaction()?;
    let name = format!("orm_all_{}", std::process::id());
    conn.batch_execute(&format!("CREATE SCHEMA {name}; SET search_path TO {name}"))?;
    on_postgres::story(&mut conn)
}

#[test]
fn on_mysql() -> orm_core::Result<()> {
    let url = std::env::var("ORM_TEST_MYSQL_URL").expect("ORM_TEST_MYSQL_URL is set");
    let mut conn = diesel::MysqlConnection::establish(&url).expect("the server answers");
    let given = url.rsplit('/').next().unwrap_or_default();
    let name = format!("{given}_all_{}", std::process::id());
    conn.batch_execute(&format!("CREATE DATABASE {name}; USE {name}"))?;
    let told = on_mysql::story(&mut conn);
    conn.batch_execute(&format!("DROP DATABASE {name}"))?;
    told
}

/// A type is asked for its index as the derive asks. The answer is ambiguous, and this does not compile, if
/// JSON can be in one.
mod json_in_no_index {
    use diesel::sql_types::Json;
    use orm_core::__private::{InIndex, InUnique, in_index, in_unique};

    trait Ask<Answer> {
        const ASKED: bool = true;
    }

    struct Index;
    struct Unique;
    impl<T> Ask<()> for T {}
    impl<T: InIndex> Ask<Index> for T {}
    impl<T: InUnique> Ask<Unique> for T {}

    #[test]
    fn jsonb_can_be_and_json_cannot() {
        assert!(<Json as Ask<_>>::ASKED);
        assert!(in_index::<diesel::sql_types::Jsonb, _>(true));
        assert!(in_unique::<diesel::sql_types::Jsonb, _>(true));
    }
}
