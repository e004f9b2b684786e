//! The one place where the examples, which are the files beside `src`, choose their database.
//!
//! SQLite in memory, unless a server is asked for:
//!
//! ```sh
//! cargo run --example blog
//! DATABASE_URL=postgres://… cargo run --example blog --features postgres
//! DATABASE_URL=mysql://…    cargo run --example blog --features mysql
//! ```
//!
//! On a server an example works in a schema (MySQL: a database) of its own, `orm_example_` and a
//! number, which it creates at the beginning and drops at the end. It touches nothing else.

use diesel::Connection as _;

/// The connection of this application. Nothing else in the examples names a backend.
#[cfg(feature = "postgres")]
pub type Conn = diesel::PgConnection;
/// The connection of this application. Nothing else in the examples names a backend.
#[cfg(all(feature = "mysql", not(feature = "postgres")))]
pub type Conn = diesel::MysqlConnection;
/// The connection of this application. Nothing else in the examples names a backend.
#[cfg(not(any(feature = "postgres", feature = "mysql")))]
pub type Conn = diesel::SqliteConnection;

/// What a program gives.
pub type Result = std::result::Result<(), Box<dyn std::error::Error>>;

/// Runs a program on a database of its own.
///
/// # Errors
/// Those of the program, and what the server says of the connection.
#[cfg(not(any(feature = "postgres", feature = "mysql")))]
pub fn run(program: impl FnOnce(&mut Conn) -> Result) -> Result {
    program(&mut Conn::establish(":memory:")?)
}

/// Runs a program on a database of its own.
///
/// # Errors
/// Those of the program, and what the server says of the connection.
#[cfg(any(feature = "postgres", feature = "mysql"))]
pub fn run(program: impl FnOnce(&mut Conn) -> Result) -> Result {
    use diesel::connection::SimpleConnection as _;

    let (enter, behind) = match cfg!(feature = "postgres") {
        true => ("SET search_path TO", " CASCADE"),
        false => ("USE", ""),
    };
    let url = std::env::var("DATABASE_URL")
        .map_err(|_| "set DATABASE_URL to the server, as in `mysql://root@127.0.0.1/test`")?;
    let conn = &mut Conn::establish(&url)?;
    let name = format!("orm_example_{}", std::process::id());
    // Without `IF NOT EXISTS`: what is there already is not ours, and stays.
    conn.batch_execute(&format!("CREATE SCHEMA {name}"))?;
    let result = match conn.batch_execute(&format!("{enter} {name}")) {
        Ok(()) => program(conn),
        Err(error) => Err(error.into()),
    };
    conn.batch_execute(&format!("DROP SCHEMA {name}{behind}"))?;
    result
}
