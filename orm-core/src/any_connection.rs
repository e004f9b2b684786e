//! A connection whose backend is chosen while the program runs.

/// Declares an enum of connections, and the macro `with_connection!`, which runs code on whichever connection
/// the enum holds.
///
/// Use it if your program reads from its configuration which database to talk to. Each backend needs its own
/// SQL, so every call of this crate is compiled for one backend. `with_connection!` therefore compiles your
/// code once for each variant.
///
/// The macro lands in the same module as the enum. Import it like any other item of that module: `use
/// crate::database::{AnyConnection, with_connection};`.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// use diesel::prelude::*;
/// use orm_core::prelude::*;
///
/// orm_core::any_connection! {
///     pub enum AnyConnection {
///         Sqlite(diesel::SqliteConnection),
///         // With the features of these backends:
///         // Postgres(diesel::PgConnection),
///         // Mysql(diesel::MysqlConnection),
///     }
/// }
///
/// fn connect(url: &str) -> ConnectionResult<AnyConnection> {
///     Ok(match url.split_once("://") {
///         // Some(("postgres", _)) => AnyConnection::Postgres(PgConnection::establish(url)?),
///         // Some(("mysql", _)) => AnyConnection::Mysql(MysqlConnection::establish(url)?),
///         _ => AnyConnection::Sqlite(SqliteConnection::establish(url)?),
///     })
/// }
///
/// fn main() -> orm_core::Result<()> {
///     let conn = &mut connect(":memory:").expect("the database answers");
///     with_connection!(conn, |conn| App::create_all(conn))?;
///     let ann = with_connection!(conn, |conn| User::create(conn, User::builder().name("Ann")))?;
///     let posts = with_connection!(conn, |conn| ann.get_posts(conn))?;
///     assert!(posts.is_empty());
///     Ok(())
/// }
/// ```
///
/// All variants must give the same type. A `return` or a `?` in the code leaves the function around it, as in
/// any block. The enum takes attributes: with `#[derive(diesel::MultiConnection)]` it is a Diesel connection
/// too, for plain Diesel queries.
#[macro_export]
macro_rules! any_connection {
    (
        $(#[$attribute:meta])*
        $vis:vis enum $name:ident {
            $($(#[$of_variant:meta])* $variant:ident($connection:ty)),+ $(,)?
        }
    ) => {
        $(#[$attribute])*
        $vis enum $name {
            $($(#[$of_variant])* $variant($connection)),+
        }

        $crate::any_connection!(@macro ($) $name $($variant)+);
    };
    // The caller passes the `$` of the inner macro as a token, because a macro cannot write one.
    (@macro ($dollar:tt) $name:ident $($variant:ident)+) => {
        /// Runs code on the connection, whichever it is: `with_connection!(conn, |conn| User::find_all(conn))`.
        #[allow(unused_macros)]
        macro_rules! with_connection {
            ($dollar conn:expr, |$dollar inner:ident| $dollar code:expr) => {
                match $dollar conn {
                    $($name::$variant($dollar inner) => $dollar code,)+
                }
            };
        }
        #[allow(unused_imports)]
        pub(crate) use with_connection;
    };
}
