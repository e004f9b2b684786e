//! Tables that several connections create and drop at the same time, as when several copies of a
//! program start.

use std::thread;

use crate::support::blog::Blog;
use orm_core::prelude::*;
use orm_tests::Database;

/// What each of several connections says, all of which do the same at once.
fn at_once(database: &Database, work: fn(&mut orm_tests::Conn) -> orm_core::Result<()>) {
    let connections: Vec<_> = (0..6).map(|_| database.connect()).collect();
    let results: Vec<_> = thread::scope(|scope| {
        let run = |mut conn| scope.spawn(move || work(&mut conn));
        let threads: Vec<_> = connections.into_iter().map(run).collect();
        let ends = threads.into_iter().map(|thread| thread.join());
        ends.map(|end| end.expect("no panic")).collect()
    });
    for result in results {
        result.expect("it waits for the others");
    }
}

#[test]
fn tables_are_created_and_dropped_by_several_at_once() {
    let database = Database::new();
    let conn = &mut database.connect();
    for _ in 0..5 {
        at_once(&database, Blog::create_all);
        assert_eq!(orm_tests::tables(conn), 8);
        at_once(&database, Blog::create_all);
        at_once(&database, Blog::drop_all);
        assert_eq!(orm_tests::tables(conn), 0);
    }
}

mod grown {
    use orm_core::prelude::*;

    /// That of the blog, which goes before all other tables.
    #[derive(Model, Debug, Clone)]
    pub struct User {
        #[model(primary_key)]
        pub id: i32,
        pub manager_id: Option<i32>,
    }

    orm_core::schema! { pub Small { User } }
}

#[test]
fn what_is_missing_is_created_by_several_at_once() {
    let database = Database::new();
    let conn = &mut database.connect();
    for _ in 0..5 {
        grown::Small::create_all(conn).expect("one table is created");
        at_once(&database, Blog::create_all);
        assert_eq!(orm_tests::tables(conn), 8);
        at_once(&database, Blog::drop_all);
    }
}

#[test]
fn creating_and_dropping_at_once_leaves_all_or_nothing() {
    let database = Database::new();
    let conn = &mut database.connect();
    for _ in 0..5 {
        at_once(&database, |conn| {
            Blog::create_all(conn)?;
            Blog::drop_all(conn)
        });
        assert_eq!(orm_tests::tables(conn), 0);
    }
}
