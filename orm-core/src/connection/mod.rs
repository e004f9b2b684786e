//! Connections.

pub(crate) mod retry;
pub(crate) mod transaction;

use diesel::connection::{LoadConnection, TransactionManager};

use crate::dialect::Dialect;

/// A Diesel connection to a backend that this crate knows: `SqliteConnection`, `PgConnection`,
/// `MysqlConnection`, or a pooled one of these.
///
/// Use it as the bound in code that is generic over the connection; see [`Create`](crate::Create).
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a connection that orm-core knows",
    label = "pass a Diesel connection whose backend is a feature of orm-core, and enable that feature",
    note = "if your program chooses the backend at run time, as with `diesel::MultiConnection`, declare the enum in `orm_core::any_connection!` and put this call into `with_connection!(conn, |conn| …)`"
)]
pub trait Connection: LoadConnection<Backend: Dialect> {}

#[diagnostic::do_not_recommend]
impl<C: LoadConnection<Backend: Dialect>> Connection for C {}

/// Whether the caller has opened a transaction. Only the caller may end it.
pub(crate) fn is_in_transaction<C: Connection>(conn: &mut C) -> bool {
    let status = C::TransactionManager::transaction_manager_status_mut(conn);
    matches!(status.transaction_depth(), Ok(Some(_)))
}
