//! The server stops in the middle of our work.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use diesel::Connection;
use diesel::connection::InstrumentationEvent;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::Conn;

use crate::server::Server;
use crate::support::Result;
use crate::support::blog::*;

type Shared = Arc<Mutex<Server>>;

/// A server with the blog, and the name of its database.
fn blog() -> Result<(Shared, String)> {
    let server = Server::start();
    let database = server.database();
    let conn = &mut server.connect(&database);
    Blog::create_all(conn)?;
    fill(conn)?;
    Ok((Arc::new(Mutex::new(server)), database))
}

/// From now on, the server stops before a statement that begins with `verb` is sent, the `nth` time.
fn stop_before(conn: &mut Conn, server: &Shared, verb: &'static str, nth: usize) {
    let server = Arc::clone(server);
    let mut seen = 0;
    conn.set_instrumentation(move |event: InstrumentationEvent<'_>| {
        if let InstrumentationEvent::StartQuery { query, .. } = event
            && query.to_string().starts_with(verb)
        {
            seen += 1;
            if seen == nth {
                server.lock().expect("no panic").stop();
            }
        }
    });
}

fn tags(conn: &mut Conn, post: &Post) -> Result<Vec<i32>> {
    let mut tags: Vec<_> = post.get_tags(conn)?.iter().map(|tag| tag.id).collect();
    tags.sort_unstable();
    Ok(tags)
}

#[test]
fn between_the_rows_and_what_they_include() -> Result {
    let (server, database) = blog()?;
    let conn = &mut server.lock().expect("no panic").connect(&database);
    stop_before(conn, &server, "SELECT", 2);
    let users = User::query().include(User::posts()).load(conn);
    let error = users.expect_err("the server is gone");
    assert!(matches!(error, Error::ConnectionLost(_)), "{error:?}");
    assert!(!error.is_retryable());
    let again = User::count(conn).expect_err("the connection is gone");
    assert!(matches!(again, Error::ConnectionLost(_)), "{again:?}");

    server.lock().expect("no panic").start_again();
    let again = User::count(conn).expect_err("the old connection is still gone");
    assert!(matches!(again, Error::ConnectionLost(_)), "{again:?}");
    let conn = &mut server.lock().expect("no panic").connect(&database);
    let users = User::query().include(User::posts()).load(conn)?;
    let posts = users.iter().map(|user| user.posts.len());
    assert_eq!(posts.sum::<usize>(), 5);
    Ok(())
}

#[test]
fn between_the_statements_of_a_set() -> Result {
    let (server, database) = blog()?;
    let post = Post::get_by_pk(&mut server.lock().expect("no panic").connect(&database), 1)?;
    // Post 1 has the tags 1 and 2: the set locks, reads, deletes, inserts and commits.
    for verb in ["SELECT", "DELETE", "INSERT", "COMMIT"] {
        let conn = &mut server.lock().expect("no panic").connect(&database);
        assert_eq!(tags(conn, &post)?, [1, 2]);
        stop_before(conn, &server, verb, 1);
        let error = post.set_tags(conn, [2, 3]).expect_err("the server is gone");
        assert!(
            matches!(error, Error::ConnectionLost(_)),
            "{verb}: {error:?}"
        );
        let again = post
            .set_tags(conn, [2, 3])
            .expect_err("the connection is gone");
        assert!(
            matches!(again, Error::ConnectionLost(_)),
            "{verb}: {again:?}"
        );

        server.lock().expect("no panic").start_again();
        let conn = &mut server.lock().expect("no panic").connect(&database);
        assert_eq!(tags(conn, &post)?, [1, 2], "{verb}");
    }
    let conn = &mut server.lock().expect("no panic").connect(&database);
    post.set_tags(conn, [2, 3])?;
    assert_eq!(tags(conn, &post)?, [2, 3]);
    Ok(())
}

/// An order and its lines, created as one graph, with a hook that writes, too.
mod orders {
    use super::*;
    use orm_core::{ByFilter, Hooks};

    type Db = <Conn as diesel::Connection>::Backend;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Line, fk = "order_id", as = "lines")]
    #[model(hooks)]
    pub struct Order {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Line {
        #[model(primary_key)]
        pub id: i32,
        pub order_id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Entry {
        #[model(primary_key)]
        pub id: i32,
    }

    orm_core::schema! { pub Shop { Order, Line, Entry } }

    /// Orders that are certain.
    pub static CERTAIN: AtomicUsize = AtomicUsize::new(0);

    impl Hooks<Order, Db> for Order {
        const BY_FILTER: ByFilter = ByFilter::Each;

        fn after_create(
            conn: &mut impl orm_core::Connection<Backend = Db>,
            _: &Order,
        ) -> orm_core::Result<()> {
            Entry::create(conn, Entry::builder())?;
            orm_core::after_commit(conn, || {
                CERTAIN.fetch_add(1, Ordering::Relaxed);
            })
        }
    }
}

#[test]
fn inside_a_nested_create_and_inside_a_hook() -> Result {
    use orders::{CERTAIN, Entry, Line, Order, Shop};

    let server = Server::start();
    let database = server.database();
    Shop::create_all(&mut server.connect(&database))?;
    let server: Shared = Arc::new(Mutex::new(server));
    let order = || Order::builder().with_lines([Line::builder(), Line::builder()]);
    // The order, the entry of its hook, the lines, and the commit.
    for (verb, nth) in [("INSERT", 1), ("INSERT", 2), ("INSERT", 3), ("COMMIT", 1)] {
        let conn = &mut server.lock().expect("no panic").connect(&database);
        stop_before(conn, &server, verb, nth);
        let error = Order::create(conn, order()).expect_err("the server is gone");
        assert!(
            matches!(error, Error::ConnectionLost(_)),
            "{verb} {nth}: {error:?}"
        );
        server.lock().expect("no panic").start_again();
        let conn = &mut server.lock().expect("no panic").connect(&database);
        let rows = (Order::count(conn)?, Entry::count(conn)?, Line::count(conn)?);
        assert_eq!(rows, (0, 0, 0), "{verb} {nth}");
        assert_eq!(CERTAIN.load(Ordering::Relaxed), 0, "{verb} {nth}");
    }
    let conn = &mut server.lock().expect("no panic").connect(&database);
    assert_eq!(Order::create(conn, order())?.lines.len(), 2);
    assert_eq!(CERTAIN.load(Ordering::Relaxed), 1);
    Ok(())
}
