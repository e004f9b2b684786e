//! Transactions of ours that are run again.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::thread;
use std::time::Duration;

use crate::connection::transaction::transaction as begin;
use crate::connection::{Connection, is_in_transaction};
use crate::error::{Error, Result};

/// How often a write is tried.
const TRIES: u32 = 64;

/// Runs a transaction of ours, and again where the database ended it to solve a deadlock.
pub(crate) fn transaction<C: Connection, T>(
    conn: &mut C,
    work: impl Fn(&mut C) -> Result<T>,
) -> Result<T> {
    persistently(conn, |conn| begin(conn).run(|conn| work(conn)))
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
