//! The server ends a connection while nothing runs on it.

use std::thread;
use std::time::Duration;

use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::Conn;

use crate::server::{Server, connection_id, connections_with, end_connection};
use crate::support::blog::*;
use crate::support::{Result, sql};

/// Ends `idle` from another connection, and waits until it is ended.
fn end(idle: &mut Conn, other: &mut Conn) {
    let id = connection_id(idle);
    sql(other, &end_connection(id));
    while connections_with(other, id) > 0 {
        thread::sleep(Duration::from_millis(10));
    }
}

#[test]
fn the_next_call_tells_that_the_connection_is_lost() -> Result {
    let server = Server::shared();
    let database = server.database();
    let other = &mut server.connect(&database);
    Blog::create_all(other)?;
    fill(other)?;
    let calls: [fn(&mut Conn) -> Result; 4] = [
        |conn| User::count(conn).map(drop),
        |conn| User::query().include(User::posts()).load(conn).map(drop),
        |conn| conn.transaction(|conn| User::count(conn).map(drop)),
        |conn| Tag::create(conn, Tag::builder().name("new")).map(drop),
    ];
    for call in calls {
        let idle = &mut server.connect(&database);
        // Statements that are prepared on it are lost, too.
        assert_eq!(User::count(idle)?, 4);
        end(idle, other);
        for _ in 0..2 {
            let error = call(idle).expect_err("the connection is gone");
            assert!(matches!(error, Error::ConnectionLost(_)), "{error:?}");
            assert!(!error.is_retryable());
        }
        call(&mut server.connect(&database))?;
        Tag::find_one(other, tags::name.eq("new"))?.map_or(Ok(()), |tag| tag.destroy(other))?;
    }
    Ok(())
}

#[test]
fn a_transaction_that_was_open_is_lost_with_it() -> Result {
    let server = Server::shared();
    let database = server.database();
    let (idle, other) = (
        &mut server.connect(&database),
        &mut server.connect(&database),
    );
    Blog::create_all(other)?;
    fill(other)?;
    let lost = idle.transaction(|idle: &mut Conn| -> Result {
        Tag::create(idle, Tag::builder().name("new"))?;
        end(idle, other);
        User::count(idle).map(drop)
    });
    let error = lost.expect_err("the connection is gone");
    assert!(matches!(error, Error::ConnectionLost(_)), "{error:?}");
    assert_eq!(Tag::count(other)?, 4);
    Ok(())
}
