//! Writing the links of one row while others do so, too.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::thread;
use std::time::Duration;

use diesel::connection::TransactionManager;

use crate::association::Association;
use crate::connection::{Connection, is_in_transaction};
use crate::dialect::Dialect;
use crate::error::{Error, Result};
use crate::model::Model;
use crate::query::key_list::CompareKey;
use crate::write::statement::Statement;

/// How often a write is tried.
const TRIES: u32 = 64;

/// Runs a transaction of ours, and again where the database ended it to solve a deadlock.
pub(crate) fn transaction<C: Connection, T>(
    conn: &mut C,
    work: impl Fn(&mut C) -> Result<T>,
) -> Result<T> {
    persistently(conn, |conn| conn.transaction(|conn| work(conn)))
}

/// Runs one statement or one transaction of ours, and again where the database ended it to solve a
/// deadlock.
///
/// Deadlocks cannot be avoided by the order of our locks alone. No `DELETE` or `UPDATE` of several
/// rows has a way to say in which order it locks them, InnoDB locks gaps between rows that others
/// want to fill, and a link is locked together with the rows at both of its ends, which two sides
/// begin from. What was ended has written nothing, and we know all that it did: it may be run again.
/// Inside of a transaction of the user's it is theirs to run again, as all of it was rolled back.
pub(crate) fn persistently<C: Connection, T>(
    conn: &mut C,
    mut work: impl FnMut(&mut C) -> Result<T>,
) -> Result<T> {
    let ours = !is_in_transaction(conn);
    let mut tries = 1;
    loop {
        match work(conn) {
            Err(Error::Deadlock(_) | Error::SerializationFailure(_)) if ours && tries < TRIES => {
                pause(tries);
                tries += 1;
            }
            done => return done,
        }
    }
}

/// Some milliseconds, more with every try and never the same for two that met: they would meet again.
fn pause(tries: u32) {
    let random = RandomState::new().build_hasher().finish();
    let longest = 1000 << tries.min(6);
    thread::sleep(Duration::from_micros(random % longest));
}

/// Waits until no other transaction has the links of the row with this key in its hands, and keeps
/// others waiting until this one ends. Otherwise two that replace the links at once would leave those of
/// both, since neither sees what the other adds. `Rows` is the model of the links.
///
/// If the database cannot lock a row, a write locks the whole database, and a transaction has to begin with
/// one: if it read first and wrote later, it could not wait for another writer, but would fail
/// (<https://www.sqlite.org/rescode.html#busy>). So it begins with a write to the table of the links that finds
/// nothing.
///
/// Gives what stands behind the `SELECT` that then reads the links.
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
    // The depth counts the transaction that the lock is for, too.
    let status = C::TransactionManager::transaction_manager_status_mut(conn);
    let depth = status.transaction_depth()?.map_or(0, |depth| depth.get());
    Statement::on::<A::Source>("SELECT 1 FROM ")
        .table::<A::Source>()
        .sql(" WHERE ")
        .field_is::<A::SourceField, _>(key)
        .sql(lock)
        .run(conn)?;
    Ok(match depth {
        // The transaction has read nothing before, so it sees what is there now.
        0 | 1 => "",
        _ => C::Backend::READ_LATEST,
    })
}
