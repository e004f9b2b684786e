//! Transactions that know how they end, and jobs that wait for it.

use std::cell::RefCell;
use std::mem;
use std::num::NonZeroU32;

use diesel::connection::TransactionManager;
use diesel::result::Error as DieselError;

use crate::connection::Connection;
use crate::dialect::Dialect;
use crate::error::{Error, Result};

/// Begins a transaction in which [`after_commit`] works; [`run`](Transaction::run) runs it. Inside another
/// transaction, it is a savepoint.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// # use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// let bo = orm_core::transaction(conn).run(|conn| -> orm_core::Result<User> {
///     let bo = User::create(conn, User::builder().name("Bo"))?;
///     bo.create_post(conn, Post::builder().title("Hello"))?;
///     let name = bo.name.clone();
///     orm_core::after_commit(conn, move || println!("welcome, {name}"))?;
///     Ok(bo)
/// })?;
/// assert_eq!(bo.count_posts(conn)?, 1);
/// # Ok(()) }
/// ```
pub fn transaction<C: Connection>(conn: &mut C) -> Transaction<'_, C> {
    Transaction { conn }
}

/// A transaction that has not begun; see [`transaction`].
#[must_use = "it begins when you call `run`"]
pub struct Transaction<'a, C> {
    conn: &'a mut C,
}

impl<C: Connection> Transaction<'_, C> {
    /// Runs `work` in the transaction. `Ok` commits it and `Err` rolls it back; if it is a savepoint, only the
    /// savepoint.
    ///
    /// The error can be any type that [`Error`] converts into, such as [`Error`] itself, `anyhow::Error`, or your
    /// own enum with a variant for it. If nothing else determines the type, write it out:
    ///
    /// ```
    /// # mod model { orm_core::doc_model!(); } use model::*;
    /// # use orm_core::prelude::*;
    /// # type Failure = Box<dyn std::error::Error + Send + Sync>;
    /// # fn main() -> Result<(), Failure> {
    /// # let conn = &mut connection();
    /// let id = orm_core::transaction(conn).run::<_, Failure>(|conn| {
    ///     let id = "2".parse()?;
    ///     User::create(conn, User::builder().id(id).name("Bo"))?;
    ///     Ok(id)
    /// })?;
    /// # assert_eq!(id, 2);
    /// # Ok(()) }
    /// ```
    ///
    /// If `work` panics, the transaction stays open, as with Diesel's `conn.transaction`: drop the connection, as a
    /// pool does.
    ///
    /// # Errors
    /// What `work` returns, and database errors at the beginning and the end of the transaction.
    pub fn run<T, E>(self, work: impl FnOnce(&mut C) -> Result<T, E>) -> Result<T, E>
    where
        E: From<Error>,
    {
        let entry = Entry::new(self.conn);
        let done = self.conn.transaction(|conn| {
            let done = work(conn).map_err(Failed::Work)?;
            // A commit that turns into a rollback must not run the jobs.
            if entry.is_awaited()
                && let Some(statement) = C::Backend::FAILS_BEFORE_ROLLBACK
            {
                conn.batch_execute(statement)?;
            }
            Ok(done)
        });
        match done {
            Ok(done) => {
                entry.committed();
                Ok(done)
            }
            Err(Failed::Work(error)) => Err(error),
            Err(Failed::Database(error)) => Err(Error::from(error).into()),
        }
    }
}

/// Why a transaction was not committed. Diesel requires an error type that its own error converts into, and your
/// error type need not be one.
enum Failed<E> {
    Work(E),
    Database(DieselError),
}

impl<E> From<DieselError> for Failed<E> {
    fn from(error: DieselError) -> Self {
        Self::Database(error)
    }
}

/// Runs a job after the [`transaction`] that is open on this connection commits; if transactions are nested, after
/// the outermost one commits. Without a transaction, the job runs at once.
///
/// Use it for things that cannot be rolled back, such as sending a mail, dropping a cache entry, or waking a worker
/// that reads the new row.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// use std::sync::mpsc;
/// # use orm_core::prelude::*;
///
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// let (mails, sent) = mpsc::channel();
/// orm_core::transaction(conn).run(|conn| -> orm_core::Result<()> {
///     let bo = User::create(conn, User::builder().name("Bo"))?;
///     orm_core::after_commit(conn, move || mails.send(bo.name).expect("somebody sends them"))?;
///     assert!(sent.try_recv().is_err()); // not committed yet
///     Ok(())
/// })?;
/// assert_eq!(sent.recv().as_deref(), Ok("Bo"));
/// # Ok(()) }
/// ```
///
/// Jobs run in the order in which you gave them, on the thread of the transaction, before [`run`](Transaction::run)
/// returns. If the transaction or savepoint in which you gave a job is rolled back, or if the commit fails, the job
/// is dropped without running. If a job panics, the rows are committed, but the jobs after it do not run.
///
/// A job gets no connection, because this one is borrowed until `run` returns. It may take another connection from
/// a pool.
///
/// The transaction of `begin_test_transaction` does not count, so a test sees the jobs run.
///
/// # Errors
/// [`Error::NotOurTransaction`] if Diesel began the transaction or a savepoint in it, or if the transaction began
/// on another thread: then nothing would tell how it ends.
pub fn after_commit<C: Connection>(conn: &mut C, job: impl FnOnce() + 'static) -> Result<()> {
    let depth = depth(conn)?;
    if depth == 0 {
        job();
        return Ok(());
    }
    let conn = address(conn);
    let is_ours = |one: &&Open| one.conn == conn;
    if with_open(|open| open.iter().filter(is_ours).count()) != Some(depth) {
        return Err(Error::NotOurTransaction);
    }
    let job: Job = Box::new(job);
    with_open(|open| {
        if let Some(innermost) = innermost(open, conn) {
            innermost.jobs.push(job);
        }
    });
    Ok(())
}

type Job = Box<dyn FnOnce()>;

/// A transaction of ours that is open.
struct Open {
    conn: usize,
    /// The jobs that were given in it and in released savepoints in it.
    jobs: Vec<Job>,
}

thread_local! {
    /// The open transactions of all connections, the innermost last. They are calls of `run`, so they end in
    /// reverse order.
    static OPEN: RefCell<Vec<Open>> = const { RefCell::new(Vec::new()) };
}

/// `None` if the thread is about to end. `look` must neither run nor drop a job, because a job may call this too.
fn with_open<R>(look: impl FnOnce(&mut Vec<Open>) -> R) -> Option<R> {
    OPEN.try_with(|open| look(&mut open.borrow_mut())).ok()
}

fn innermost(open: &mut [Open], conn: usize) -> Option<&mut Open> {
    open.iter_mut().rfind(|one| one.conn == conn)
}

/// The last entry of `OPEN`. It is removed when this value is dropped, so a panic leaves nothing for the next
/// transaction.
struct Entry {
    is_outermost: bool,
}

impl Entry {
    fn new<C: Connection>(conn: &mut C) -> Self {
        let conn = address(conn);
        let is_outermost = with_open(|open| {
            let is_outermost = innermost(open, conn).is_none();
            let jobs = Vec::new();
            open.push(Open { conn, jobs });
            is_outermost
        });
        Self {
            is_outermost: is_outermost.unwrap_or(true),
        }
    }

    /// Whether there are jobs that the next commit would run.
    fn is_awaited(&self) -> bool {
        let has_jobs = |open: &mut Vec<Open>| open.last().is_some_and(|one| !one.jobs.is_empty());
        self.is_outermost && with_open(has_jobs) == Some(true)
    }

    /// Runs the jobs, or leaves them to the transaction around this one.
    fn committed(self) {
        let jobs = with_open(|open| {
            let (last, around) = open.split_last_mut()?;
            let jobs = mem::take(&mut last.jobs);
            match innermost(around, last.conn) {
                Some(outer) => {
                    outer.jobs.extend(jobs);
                    None
                }
                None => Some(jobs),
            }
        });
        // The jobs run after the transaction, not in it.
        drop(self);
        for job in jobs.flatten().into_iter().flatten() {
            job();
        }
    }
}

impl Drop for Entry {
    fn drop(&mut self) {
        let ended = with_open(Vec::pop);
        drop(ended);
    }
}

/// What distinguishes connections while they are borrowed: the address of their transaction state, which is the
/// same for a connection and for the pool's handle of it.
fn address<C: Connection>(conn: &mut C) -> usize {
    let status = C::TransactionManager::transaction_manager_status_mut(conn);
    std::ptr::from_mut(status).addr()
}

/// How many transactions and savepoints are open on the connection. The one of `begin_test_transaction` does not
/// count.
fn depth<C: Connection>(conn: &mut C) -> Result<usize> {
    let status = C::TransactionManager::transaction_manager_status_mut(conn);
    let depth = status.transaction_depth()?.map_or(0, NonZeroU32::get) as usize;
    // Diesel reports an open transaction as a broken one, unless it is a test transaction.
    let is_test = depth > 0 && !C::TransactionManager::is_broken_transaction_manager(conn);
    Ok(depth - usize::from(is_test))
}
