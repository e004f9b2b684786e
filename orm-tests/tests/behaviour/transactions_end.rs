//! `transaction`, and what `after_commit` does at its end.

use std::cell::RefCell;
use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::thread;

use diesel::connection::TransactionManager;
use diesel::prelude::*;
use diesel::r2d2::{ManageConnection, Pool};
use orm_core::prelude::*;
use orm_core::{Error, after_commit, transaction};
use orm_tests::{Conn, Database, statements};

use crate::support::Result;
use crate::support::blog::{Blog, Tag, empty};

type Manager = <Conn as Connection>::TransactionManager;

/// Which jobs ran.
#[derive(Clone, Default)]
struct Log(Rc<RefCell<Vec<&'static str>>>);

impl Log {
    /// A job that notes its name.
    fn job(&self, name: &'static str) -> impl FnOnce() + use<> {
        let log = self.clone();
        move || log.0.borrow_mut().push(name)
    }

    /// What ran since the last call.
    fn ran(&self) -> Vec<&'static str> {
        self.0.take()
    }
}

fn add(conn: &mut Conn, name: &str) -> Result {
    diesel::sql_query(format!("INSERT INTO tags (name) VALUES ('{name}')")).execute(conn)?;
    Ok(())
}

fn rolled_back<T>() -> Result<T> {
    Err(diesel::result::Error::RollbackTransaction.into())
}

/// Whether the job was refused, since nobody could tell how the transaction ends.
fn is_refused(conn: &mut Conn, log: &Log) -> bool {
    matches!(
        after_commit(conn, log.job("refused")),
        Err(Error::NotOurTransaction)
    )
}

/// Asserts that a transaction runs its own job and no other.
#[track_caller]
fn nothing_is_left(conn: &mut Conn, log: &Log) {
    let next = transaction(conn).run(|conn| after_commit(conn, log.job("next")));
    next.expect("the next transaction is committed");
    assert_eq!(log.ran(), ["next"]);
}

#[test]
fn jobs_run_in_order_after_the_commit() -> Result {
    let database = Database::new();
    let conn = &mut database.connect();
    Blog::create_all(conn)?;
    let log = Log::default();
    let mut other = database.connect();
    let id = transaction(conn).run(|conn| {
        let tag = Tag::create(conn, Tag::builder().name("new"))?;
        after_commit(conn, log.job("first"))?;
        after_commit(conn, move || {
            let seen = Tag::count(&mut other).expect("tags are counted");
            assert_eq!(seen, 1, "it is committed");
        })?;
        after_commit(conn, log.job("last"))?;
        assert_eq!(log.ran(), [""; 0]);
        Result::Ok(tag.id)
    })?;
    assert_eq!(log.ran(), ["first", "last"]);
    assert_eq!(Tag::get_by_pk(conn, id)?.name, "new");
    nothing_is_left(conn, &log);
    Ok(())
}

#[test]
fn a_savepoint_keeps_its_jobs_until_the_outermost_commit_and_loses_them_with_its_rows() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    transaction(conn).run(|conn| -> Result {
        after_commit(conn, log.job("before"))?;
        let lost = transaction(conn).run(|conn| -> Result {
            add(conn, "lost")?;
            after_commit(conn, log.job("lost"))?;
            transaction(conn).run(|conn| after_commit(conn, log.job("lost, too")))?;
            rolled_back()
        });
        assert!(lost.is_err());
        transaction(conn).run(|conn| -> Result {
            add(conn, "kept")?;
            transaction(conn).run(|conn| after_commit(conn, log.job("deep")))?;
            after_commit(conn, log.job("inner"))
        })?;
        assert_eq!(log.ran(), [""; 0]);
        after_commit(conn, log.job("behind"))
    })?;
    assert_eq!(log.ran(), ["before", "deep", "inner", "behind"]);
    assert_eq!(Tag::find_all(conn)?[0].name, "kept");
    assert_eq!(Tag::count(conn)?, 1);
    nothing_is_left(conn, &log);
    Ok(())
}

#[test]
fn a_rollback_drops_all_jobs() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    let failed = transaction(conn).run(|conn| -> Result {
        add(conn, "lost")?;
        after_commit(conn, log.job("outer"))?;
        transaction(conn).run(|conn| after_commit(conn, log.job("inner")))?;
        Tag::get_by_pk(conn, 77)?;
        Ok(())
    });
    assert!(matches!(failed, Err(Error::NotFound { .. })), "{failed:?}");
    assert_eq!((log.ran(), Tag::count(conn)?), (vec![], 0));
    nothing_is_left(conn, &log);
    Ok(())
}

#[test]
fn a_job_outside_of_a_transaction_runs_at_once() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    after_commit(conn, log.job("at once"))?;
    assert_eq!(log.ran(), ["at once"]);
    Ok(())
}

#[test]
fn a_job_in_a_transaction_that_diesel_began_is_an_error() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    conn.transaction(|conn| -> Result {
        assert!(is_refused(conn, &log));
        // Ours is a savepoint, and the end of Diesel's decides.
        transaction(conn).run(|conn| -> Result {
            assert!(is_refused(conn, &log));
            Ok(())
        })
    })?;
    conn.test_transaction(|conn| -> Result {
        assert!(is_refused(conn, &log));
        Ok(())
    });
    Manager::begin_transaction(conn)?;
    let error = after_commit(conn, log.job("refused")).expect_err("it is Diesel's");
    let message = error.to_string();
    assert!(
        message.contains("orm_core::transaction(conn).run("),
        "{message}"
    );
    Manager::commit_transaction(conn)?;
    assert_eq!(log.ran(), [""; 0]);
    nothing_is_left(conn, &log);
    Ok(())
}

#[test]
fn a_job_in_a_savepoint_that_diesel_began_is_an_error() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    transaction(conn).run(|conn| -> Result {
        after_commit(conn, log.job("before"))?;
        conn.transaction(|conn| -> Result {
            assert!(is_refused(conn, &log));
            transaction(conn).run(|conn| -> Result {
                assert!(is_refused(conn, &log));
                Ok(())
            })
        })?;
        let undone = conn.transaction(|conn| -> Result {
            assert!(is_refused(conn, &log));
            rolled_back()
        });
        assert!(undone.is_err());
        after_commit(conn, log.job("behind"))
    })?;
    assert_eq!(log.ran(), ["before", "behind"]);
    nothing_is_left(conn, &log);
    Ok(())
}

#[test]
fn a_test_transaction_counts_as_none() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    conn.begin_test_transaction()?;
    after_commit(conn, log.job("at once"))?;
    assert_eq!(log.ran(), ["at once"]);
    transaction(conn).run(|conn| -> Result {
        add(conn, "new")?;
        transaction(conn).run(|conn| after_commit(conn, log.job("inner")))?;
        assert_eq!(log.ran(), [""; 0]);
        after_commit(conn, log.job("outer"))
    })?;
    assert_eq!(log.ran(), ["inner", "outer"]);
    let undone = transaction(conn).run(|conn| -> Result {
        after_commit(conn, log.job("lost"))?;
        rolled_back()
    });
    assert!(undone.is_err());
    conn.transaction(|conn| -> Result {
        assert!(is_refused(conn, &log));
        Ok(())
    })?;
    nothing_is_left(conn, &log);
    Manager::rollback_transaction(conn)?;
    assert_eq!(Tag::count(conn)?, 0);
    nothing_is_left(conn, &log);
    Ok(())
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
#[test]
fn no_job_runs_if_the_commit_fails() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    let likes =
        "CREATE TABLE likes (tag_id INTEGER REFERENCES tags (id) DEFERRABLE INITIALLY DEFERRED)";
    diesel::sql_query(likes).execute(conn)?;
    let refused = transaction(conn).run(|conn| -> Result {
        diesel::sql_query("INSERT INTO likes VALUES (77)").execute(conn)?;
        after_commit(conn, log.job("outer"))?;
        transaction(conn).run(|conn| after_commit(conn, log.job("inner")))
    });
    let error = refused.expect_err("there is no such tag");
    assert!(matches!(error, Error::ForeignKeyViolation(_)), "{error:?}");
    assert_eq!(log.ran(), [""; 0]);
    nothing_is_left(conn, &log);
    Ok(())
}

/// A transaction that an error has ended is committed without an error, which rolls it back.
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
#[test]
fn no_job_runs_if_the_commit_rolls_back() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    let undone = transaction(conn).run(|conn| -> Result {
        add(conn, "lost")?;
        after_commit(conn, log.job("lost"))?;
        assert!(add(conn, "lost").is_err(), "it is there");
        Ok(())
    });
    let error = orm_tests::chain(&undone.expect_err("it was rolled back"));
    assert!(error.contains("current transaction is aborted"), "{error}");
    assert_eq!((log.ran(), Tag::count(conn)?), (vec![], 0));
    transaction(conn).run(|conn| -> Result {
        after_commit(conn, log.job("kept"))?;
        let undone = transaction(conn).run(|conn| -> Result {
            add(conn, "lost")?;
            after_commit(conn, log.job("lost"))?;
            assert!(add(conn, "lost").is_err(), "it is there");
            Ok(())
        });
        assert!(undone.is_err());
        add(conn, "kept")
    })?;
    assert_eq!((log.ran(), Tag::count(conn)?), (vec!["kept"], 1));
    nothing_is_left(conn, &log);
    Ok(())
}

#[cfg(not(feature = "sqlite"))]
#[test]
fn no_job_runs_if_the_connection_is_lost() -> Result {
    const KILL: &str = match cfg!(feature = "postgres") {
        true => "SELECT pg_terminate_backend(pg_backend_pid())",
        false => "KILL CONNECTION_ID()",
    };
    let conn = &mut empty();
    let log = Log::default();
    let lost = transaction(conn).run(|conn| -> Result {
        after_commit(conn, log.job("lost"))?;
        let killed = diesel::sql_query(KILL).execute(conn);
        assert!(killed.is_err(), "nobody is left to answer");
        Ok(())
    });
    assert!(matches!(lost, Err(Error::ConnectionLost(_))), "{lost:?}");
    assert_eq!(log.ran(), [""; 0]);
    nothing_is_left(&mut empty(), &log);
    Ok(())
}

#[test]
fn jobs_cost_one_statement_at_most() -> Result {
    let conn = &mut empty();
    let (done, sent) = statements::all(conn, |conn| {
        transaction(conn).run(|conn| transaction(conn).run(|_| Result::Ok(())))
    });
    done?;
    let nested = [
        "BEGIN",
        "SAVEPOINT diesel_savepoint_1",
        "RELEASE SAVEPOINT diesel_savepoint_1",
    ];
    assert_eq!(sent, [&nested[..], &["COMMIT"]].concat());
    let (done, sent) = statements::all(conn, |conn| {
        transaction(conn).run(|conn| transaction(conn).run(|conn| after_commit(conn, || {})))
    });
    done?;
    // Whether there is something to commit is not clear everywhere.
    let asks = cfg!(all(feature = "postgres", not(feature = "sqlite")));
    let asked: &[&str] = if asks { &["SELECT 1"] } else { &[] };
    assert_eq!(sent, [&nested[..], asked, &["COMMIT"]].concat());
    Ok(())
}

#[test]
fn a_panic_leaves_nothing_for_the_next_transaction() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        transaction(conn).run(|conn| -> Result {
            after_commit(conn, log.job("outer"))?;
            transaction(conn).run(|conn| -> Result {
                after_commit(conn, log.job("inner"))?;
                panic!("as planned")
            })
        })
    }));
    assert!(caught.is_err());
    // Diesel leaves both open, and whoever finds them did not begin them.
    assert!(is_refused(conn, &log));
    transaction(conn).run(|conn| -> Result {
        assert!(is_refused(conn, &log));
        Ok(())
    })?;
    Manager::rollback_transaction(conn)?;
    Manager::rollback_transaction(conn)?;
    assert_eq!(log.ran(), [""; 0]);
    nothing_is_left(conn, &log);
    Ok(())
}

#[test]
fn two_connections_have_jobs_of_their_own() -> Result {
    let (one, two) = (&mut empty(), &mut empty());
    let log = Log::default();
    transaction(one).run(|one| -> Result {
        after_commit(one, log.job("one"))?;
        transaction(two).run(|two| -> Result {
            after_commit(one, log.job("one, from within two"))?;
            after_commit(two, log.job("two"))?;
            transaction(one).run(|one| after_commit(one, log.job("savepoint of one")))
        })?;
        assert_eq!(log.ran(), ["two"]);
        after_commit(two, log.job("two, at once"))?;
        assert_eq!(log.ran(), ["two, at once"]);
        let undone = transaction(two).run(|two| -> Result {
            after_commit(two, log.job("lost"))?;
            rolled_back()
        });
        assert!(undone.is_err());
        Ok(())
    })?;
    let all = ["one", "one, from within two", "savepoint of one"];
    assert_eq!(log.ran(), all);
    nothing_is_left(one, &log);
    nothing_is_left(two, &log);
    Ok(())
}

#[test]
fn another_thread_cannot_give_a_job_to_a_transaction() -> Result {
    let conn = &mut empty();
    transaction(conn).run(|conn| -> Result {
        let refused = thread::scope(|scope| {
            let given = scope.spawn(|| after_commit(conn, || panic!("it never runs")));
            given.join().expect("no panic")
        });
        assert!(matches!(refused, Err(Error::NotOurTransaction)));
        Ok(())
    })
}

#[test]
fn a_job_may_use_connections_and_give_jobs() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    let (mut other, of_job) = (empty(), log.clone());
    transaction(conn).run(|conn| {
        after_commit(conn, move || {
            let done = transaction(&mut other).run(|other| -> Result {
                add(other, "of the job")?;
                after_commit(other, of_job.job("inner"))
            });
            done.expect("it is committed");
            after_commit(&mut other, of_job.job("at once")).expect("it runs");
        })?;
        after_commit(conn, log.job("last"))
    })?;
    assert_eq!(log.ran(), ["inner", "at once", "last"]);
    nothing_is_left(conn, &log);
    Ok(())
}

/// Gives a job when it is dropped.
struct Last(Conn, Log);

impl Drop for Last {
    fn drop(&mut self) {
        let log = &self.1;
        let done = transaction(&mut self.0).run(|conn| after_commit(conn, log.job("dropped")));
        done.expect("it is committed");
    }
}

#[test]
fn what_a_dropped_job_holds_may_use_connections() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    let last = Last(empty(), log.clone());
    let undone = transaction(conn).run(|conn| -> Result {
        after_commit(conn, move || drop(last))?;
        after_commit(conn, log.job("lost"))?;
        rolled_back()
    });
    assert!(undone.is_err());
    assert_eq!(log.ran(), ["dropped"]);
    let last = Last(empty(), log.clone());
    conn.transaction(|conn| -> Result {
        let refused = after_commit(conn, move || drop(last));
        assert!(matches!(refused, Err(Error::NotOurTransaction)));
        Ok(())
    })?;
    assert_eq!(log.ran(), ["dropped"]);
    nothing_is_left(conn, &log);
    Ok(())
}

#[test]
fn a_job_that_panics_ends_the_jobs_and_not_what_is_committed() -> Result {
    let conn = &mut empty();
    let log = Log::default();
    let caught = catch_unwind(AssertUnwindSafe(|| {
        transaction(conn).run(|conn| -> Result {
            add(conn, "kept")?;
            after_commit(conn, log.job("before"))?;
            after_commit(conn, || panic!("as planned"))?;
            after_commit(conn, log.job("behind"))
        })
    }));
    assert!(caught.is_err());
    assert_eq!((log.ran(), Tag::count(conn)?), (vec!["before"], 1));
    nothing_is_left(conn, &log);
    Ok(())
}

/// Lends connections to a database of the test.
struct OfDatabase(Database);

impl ManageConnection for OfDatabase {
    type Connection = Conn;
    type Error = diesel::r2d2::Error;

    fn connect(&self) -> std::result::Result<Conn, Self::Error> {
        Ok(self.0.connect())
    }

    fn is_valid(&self, _: &mut Conn) -> std::result::Result<(), Self::Error> {
        Ok(())
    }

    fn has_broken(&self, conn: &mut Conn) -> bool {
        Manager::is_broken_transaction_manager(conn)
    }
}

#[test]
fn a_pool_lends_connections_that_know_their_jobs() -> Result {
    let database = Database::new();
    Blog::create_all(&mut database.connect())?;
    let pool = Pool::builder().max_size(2).build(OfDatabase(database));
    let pool = pool.expect("two connections open");
    let log = Log::default();
    let lend = || pool.get().expect("one is left");
    let conn = &mut lend();
    let (of_job, of_next) = (pool.clone(), log.clone());
    transaction(conn).run(|conn| -> Result {
        Tag::create(conn, Tag::builder().name("new"))?;
        // The handle and what it holds are one connection.
        after_commit(conn, log.job("handle"))?;
        after_commit(&mut **conn, log.job("connection"))?;
        transaction(&mut **conn).run(|conn| after_commit(conn, log.job("savepoint")))?;
        after_commit(conn, move || {
            let other = &mut of_job.get().expect("one is left");
            assert_eq!(Tag::count(other).expect("tags are counted"), 1);
            let next = transaction(other).run(|conn| after_commit(conn, of_next.job("other")));
            next.expect("it is committed");
        })
    })?;
    assert_eq!(log.ran(), ["handle", "connection", "savepoint", "other"]);
    let refused = conn.transaction(|conn| after_commit(conn, log.job("refused")));
    assert!(matches!(refused, Err(Error::NotOurTransaction)));
    nothing_is_left(conn, &log);
    Ok(())
}

#[derive(Debug)]
enum Mine {
    Orm(Error),
    Empty,
}

impl From<Error> for Mine {
    fn from(error: Error) -> Self {
        Self::Orm(error)
    }
}

impl fmt::Display for Mine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self:?}")
    }
}

impl std::error::Error for Mine {}

#[test]
fn errors_are_of_any_type_that_ours_converts_into() -> Result {
    let conn = &mut empty();
    let mine = transaction(conn).run(|conn| match Tag::count(conn)? {
        0 => Err(Mine::Empty),
        count => Ok(count),
    });
    assert!(matches!(mine, Err(Mine::Empty)), "{mine:?}");
    let mine = transaction(conn).run(|conn| Ok::<_, Mine>(Tag::get_by_pk(conn, 77)?));
    let is_missing = matches!(mine, Err(Mine::Orm(Error::NotFound { .. })));
    assert!(is_missing, "{mine:?}");

    type Boxed = Box<dyn std::error::Error + Send + Sync>;
    let boxed = transaction(conn).run::<i32, Boxed>(|conn| {
        diesel::sql_query("SELECT 1").execute(conn)?;
        Ok("seven".parse()?)
    });
    assert!(boxed.is_err_and(|error| error.is::<std::num::ParseIntError>()));
    Ok(())
}
