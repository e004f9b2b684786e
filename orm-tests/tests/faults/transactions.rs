//! Transactions that cannot both be.

use std::sync::Barrier;
use std::thread;

use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::Conn;

use crate::server::Server;
use crate::support::Result;
use crate::support::blog::*;

#[test]
fn of_two_that_wait_for_each_other_one_is_told() -> Result {
    let server = Server::shared();
    let database = server.database();
    let conn = &mut server.connect(&database);
    Blog::create_all(conn)?;
    fill(conn)?;
    let both = Barrier::new(2);
    let rename = |conn: &mut Conn, post: i32, title: &str| -> Result {
        Post::get_by_pk(conn, post)?.update(conn, Post::changes().title(title))
    };
    let cross = |first: i32, second: i32, wait: bool| -> Result {
        let conn = &mut server.connect(&database);
        let title = format!("from {first}");
        conn.transaction(|conn| {
            rename(conn, first, &title)?;
            if wait {
                both.wait();
            }
            rename(conn, second, &title)
        })
    };
    let cross = &cross;
    let (one, two) = thread::scope(|scope| {
        let two = scope.spawn(move || cross(2, 1, true));
        (cross(1, 2, true), two.join().expect("no panic"))
    });
    let (first, error) = match (one, two) {
        (Err(error), Ok(())) => (1, error),
        (Ok(()), Err(error)) => (2, error),
        other => panic!("{other:?}"),
    };
    assert!(matches!(error, Error::Deadlock(_)), "{error:?}");
    assert!(error.is_retryable());
    let titles = |conn: &mut Conn| -> Result<Vec<String>> {
        let posts = Post::find_where(conn, posts::id.le(2))?;
        Ok(posts.into_iter().map(|post| post.title).collect())
    };
    let other = format!("from {}", 3 - first);
    assert_eq!(titles(conn)?, [other.as_str(); 2]);
    // Another time it succeeds.
    cross(first, 3 - first, false)?;
    assert_eq!(titles(conn)?, [format!("from {first}").as_str(); 2]);
    Ok(())
}

/// Inside of a transaction of the user's, the calls that begin one of their own do not run again.
#[test]
fn a_deadlock_in_a_set_is_told_inside_of_a_transaction() -> Result {
    let server = Server::shared();
    let database = server.database();
    let conn = &mut server.connect(&database);
    Blog::create_all(conn)?;
    fill(conn)?;
    let both = Barrier::new(2);
    let cross = |first: i32, second: i32| -> Result {
        let conn = &mut server.connect(&database);
        conn.transaction(|conn| {
            let mut post = Post::get_by_pk(conn, first)?;
            post.update(conn, Post::changes().title("mine"))?;
            both.wait();
            Post::get_by_pk(conn, second)?.set_tags(conn, [3])
        })
    };
    let cross = &cross;
    let (one, two) = thread::scope(|scope| {
        let two = scope.spawn(move || cross(2, 1));
        (cross(1, 2), two.join().expect("no panic"))
    });
    let lost = match (&one, &two) {
        (Err(error), Ok(())) | (Ok(()), Err(error)) => matches!(error, Error::Deadlock(_)),
        _ => false,
    };
    assert!(lost, "{one:?} {two:?}");
    Ok(())
}

#[cfg(feature = "postgres")]
#[test]
fn what_cannot_be_in_any_order_is_a_serialization_failure() -> Result {
    let server = Server::shared();
    let database = server.database();
    let (one, two) = (
        &mut server.connect(&database),
        &mut server.connect(&database),
    );
    Blog::create_all(one)?;
    // Each creates a tag because there is none.
    let first = |conn: &mut Conn, name: &str| -> Result {
        assert_eq!(Tag::count(conn)?, 0);
        Tag::create(conn, Tag::builder().name(name)).map(drop)
    };
    let failed = one.build_transaction().serializable().run(|one| {
        assert_eq!(Tag::count(one)?, 0);
        let mut other = two.build_transaction().serializable();
        other.run(|two| first(two, "two"))?;
        first(one, "one")
    });
    let error = failed.expect_err("the other one was first");
    assert!(matches!(error, Error::SerializationFailure(_)), "{error:?}");
    assert!(error.is_retryable());
    assert_eq!(Tag::count(one)?, 1);
    Ok(())
}

#[cfg(feature = "mysql")]
#[test]
fn a_row_that_changed_since_is_a_serialization_failure() -> Result {
    let server = Server::shared();
    let database = server.database();
    let (one, two) = (
        &mut server.connect(&database),
        &mut server.connect(&database),
    );
    Blog::create_all(one)?;
    fill(one)?;
    crate::support::sql(one, "SET innodb_snapshot_isolation = ON");
    let failed = one.transaction(|one: &mut Conn| -> Result {
        let mut tag = Tag::get_by_pk(one, 1)?;
        Tag::get_by_pk(two, 1)?.update(two, Tag::changes().name("two"))?;
        tag.update(one, Tag::changes().name("one"))
    });
    let error = failed.expect_err("the row has changed");
    assert!(matches!(error, Error::SerializationFailure(_)), "{error:?}");
    assert!(error.is_retryable());
    assert_eq!(Tag::get_by_pk(one, 1)?.name, "two");
    Ok(())
}
