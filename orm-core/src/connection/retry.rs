//! Transactions of ours that are run again after a deadlock.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::thread;
use std::time::Duration;

use crate::connection::transaction::transaction as begin;
use crate::connection::{Connection, is_in_transaction};
use crate::error::{Error, Result};

/// How many times a write is tried.
const TRIES: u32 = 64;

/// Runs a transaction of ours, and runs it again if the database ended it to resolve a deadlock.
pub(crate) fn transaction<C: Connection, T>(
    conn: &mut C,
    work: impl Fn(&mut C) -> Result<T>,
) -> Result<T> {
    persistently(conn, |conn| begin(conn).run(|conn| work(conn)))
}

/// Runs one statement or one transaction of ours, and runs it again if the database ended it to resolve a deadlock.
///
/// The order of our locks alone cannot prevent deadlocks. A `DELETE` or `UPDATE` of several rows cannot say in
/// which order it locks them; InnoDB locks gaps between rows that others want to fill; and a link is locked
/// together with the rows at both of its ends, and two callers may start from different ends. A transaction that
/// was ended has written nothing, and we know everything that it did, so we may run it again. Inside a transaction
/// of the user's, the user has to run it again, because all of it was rolled back.
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

/// Waits some milliseconds: longer with every try, and never the same for two that met, because they would meet
/// again.
fn pause(tries: u32) {
    let random = RandomState::new().build_hasher().finish();
    let longest = 1000 << tries.min(6);
    thread::sleep(Duration::from_micros(random % longest));
}
