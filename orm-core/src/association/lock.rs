//! Writing the links of one row while others do the same.

use diesel::connection::TransactionManager;

use crate::association::Association;
use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::Result;
use crate::model::Model;
use crate::query::key_list::CompareKey;
use crate::write::statement::Statement;

/// Waits until no other transaction is working on the links of the row with this key, and keeps others waiting
/// until this transaction ends. Without it, two that replace the links at once would leave the links of both,
/// because neither sees what the other adds. `Rows` is the model of the links.
///
/// If the database cannot lock a row, a write locks the whole database, and the transaction has to begin with a
/// write: if it read first and wrote later, it could not wait for another writer, but would fail
/// (<https://www.sqlite.org/rescode.html#busy>). So it begins with a write to the table of the links that matches
/// no row.
///
/// Returns the text after the `SELECT` that then reads the links.
pub(crate) fn lock_links<A, Rows, C>(conn: &mut C, key: &A::Key) -> Result<&'static str>
where
    A: Association<SourceField: CompareKey<C::Backend, A::Key>>,
    Rows: Model,
    C: Connection,
{
    let Some(lock) = C::Backend::LOCK_ROW else {
        Statement::on::<Rows>("DELETE FROM ")
            .table::<Rows>()
            .sql(" WHERE 0")
            .execute(conn)?;
        return Ok("");
    };
    // The depth also counts the transaction that needs the lock.
    let status = C::TransactionManager::transaction_manager_status_mut(conn);
    let depth = status.transaction_depth()?.map_or(0, |depth| depth.get());
    Statement::on::<A::Source>("SELECT 1 FROM ")
        .table::<A::Source>()
        .sql(" WHERE ")
        .field_is::<A::SourceField, _>(key)
        .sql(lock)
        .run(conn)?;
    Ok(match depth {
        // The transaction has read nothing before, so it sees the current rows.
        0 | 1 => "",
        _ => C::Backend::READ_LATEST,
    })
}
