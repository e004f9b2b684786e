//! Two connections at once, to one database.

mod support;

use std::sync::Barrier;
use std::thread;

use diesel::Connection;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, Database};
use support::blog::*;
use support::{Result, number};

/// The database with a post and fifty tags.
struct Shared(Database);

impl Shared {
    fn new() -> Result<Self> {
        let database = Database::new();
        let conn = &mut database.connect();
        Blog::create_all(conn)?;
        let user = User::create(conn, User::builder().first_name("Ann").email("ann"))?;
        user.create_post(conn, Post::builder().title("Rust"))?;
        Tag::bulk_create(conn, (0..50).map(|n| Tag::builder().name(format!("t{n}"))))?;
        Ok(Self(database))
    }

    fn connect(&self) -> Conn {
        self.0.connect()
    }

    /// Runs the same work on several connections that start at once.
    fn race<T: Send>(&self, threads: usize, work: impl Fn(&mut Conn, usize) -> T + Sync) -> Vec<T> {
        let start = Barrier::new(threads);
        let run = |number| {
            let mut conn = self.connect();
            start.wait();
            work(&mut conn, number)
        };
        let run = &run;
        thread::scope(|scope| {
            let all: Vec<_> = (0..threads).map(|n| scope.spawn(move || run(n))).collect();
            all.into_iter()
                .map(|one| one.join().expect("no panic"))
                .collect()
        })
    }
}

#[test]
fn the_same_link_added_twice_at_once_is_there_once() -> Result {
    let database = Shared::new()?;
    let added = database.race(4, |conn, _| -> Result {
        let post = Post::get_by_pk(conn, 1)?;
        for tag in 1..=50 {
            post.add_tag(conn, tag)?;
        }
        Ok(())
    });
    added.into_iter().collect::<Result>()?;
    let links = "SELECT COUNT(*) FROM post_tags";
    assert_eq!(number(&mut database.connect(), links), 50);
    Ok(())
}

#[test]
fn the_same_links_with_columns_added_at_once_agree() -> Result {
    let database = Shared::new()?;
    let added = database.race(4, |conn, number| -> Result {
        let relevance = i32::try_from(number).unwrap_or(9) + 1;
        let link = PostTag::builder().relevance(relevance);
        Post::get_by_pk(conn, 1)?.add_tags_with(conn, 1..=50, link)
    });
    added.into_iter().collect::<Result>()?;
    let conn = &mut database.connect();
    assert_eq!(number(conn, "SELECT COUNT(*) FROM post_tags"), 50);
    // Each call is one statement, so the last one's value stands in all of them.
    assert_eq!(
        number(conn, "SELECT COUNT(DISTINCT relevance) FROM post_tags"),
        1
    );
    Ok(())
}

#[test]
fn the_same_unique_value_created_at_once_is_created_once() -> Result {
    let database = Shared::new()?;
    let created = database.race(4, |conn, _| Tag::create(conn, Tag::builder().name("same")));
    let made = created.iter().filter(|tag| tag.is_ok()).count();
    let refused = |tag: &&Result<Tag>| matches!(tag, Err(Error::UniqueViolation(_)));
    assert_eq!((made, created.iter().filter(refused).count()), (1, 3));
    Ok(())
}

#[test]
fn what_is_not_committed_is_not_seen() -> Result {
    // TX.10
    let database = Shared::new()?;
    let (one, two) = (&mut database.connect(), &mut database.connect());
    one.transaction(|one: &mut Conn| -> Result {
        Tag::create(one, Tag::builder().name("new"))?;
        assert_eq!((Tag::count(one)?, Tag::count(two)?), (51, 50));
        Ok(())
    })?;
    assert_eq!(Tag::count(two)?, 51);
    Ok(())
}

// Gap: where transactions do not wait for each other as a whole, two sets at once of the same row
// leave the links of both, as neither sees what the other inserts; nothing locks the row yet.
#[cfg(feature = "sqlite")]
#[test]
fn sets_at_once_wait_for_each_other() -> Result {
    // A transaction that read first and wrote later could not wait: "database is locked", at once.
    let database = Shared::new()?;
    let set = database.race(4, |conn, number| -> Result {
        let post = Post::get_by_pk(conn, 1)?;
        let user = User::get_by_pk(conn, 1)?;
        for round in 0..25 {
            let first = i32::try_from((number + round) % 40).unwrap_or(0) + 1;
            post.set_tags(conn, [first, first + 1])?;
            user.set_subordinates(conn, orm_core::NONE)?;
        }
        Ok(())
    });
    set.into_iter().collect::<Result>()?;
    assert_eq!(
        number(&mut database.connect(), "SELECT COUNT(*) FROM post_tags"),
        2
    );
    Ok(())
}
