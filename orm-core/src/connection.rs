//! Connections.

use diesel::connection::LoadConnection;

use crate::dialect::Dialect;

/// A Diesel connection to a backend that this crate knows: `SqliteConnection`, `PgConnection`,
/// `MysqlConnection`, or a pooled one of these.
///
/// Code that is generic over the connection asks for it; see [`Create`](crate::Create).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a connection that orm-core knows",
    note = "pass `&mut` to a Diesel connection whose backend is enabled as a feature of orm-core"
)]
pub trait Connection: LoadConnection<Backend: Dialect> {}

impl<C: LoadConnection<Backend: Dialect>> Connection for C {}
