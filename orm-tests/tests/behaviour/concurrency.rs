//! Two connections that use one database at the same time.

use std::sync::Barrier;
use std::thread;

use crate::support::blog::*;
use crate::support::{Result, number};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, Database};

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

#[test]
fn sets_of_several_rows_and_kinds_at_once_leave_one_of_them_each() -> Result {
    let database = Shared::new()?;
    let conn = &mut database.connect();
    let user = User::get_by_pk(conn, 1)?;
    let new = (2..=8).map(|n| Post::builder().title(format!("post {n}")));
    user.create_posts(conn, new)?;
    let new = |n: i32| User::builder().first_name("U").email(format!("{n}"));
    User::bulk_create(conn, (0..20).map(new))?;
    let set = database.race(8, |conn, number| -> Result {
        let number = i32::try_from(number).unwrap_or(0);
        for round in 0..20 {
            // Each post is set by two, and neighbours at once.
            let post = Post::get_by_pk(conn, number / 2 + 1)?;
            let first = (number * 7 + round * 3) % 45 + 1;
            post.set_tags(conn, first..first + 3)?;
            let link = PostTag::builder().relevance(number);
            post.set_tags_with(conn, [first, first + 4], link)?;
            let user = User::get_by_pk(conn, number % 2 + 1)?;
            user.set_subordinates(conn, [first % 18 + 3, (first + 1) % 18 + 3])?;
        }
        Ok(())
    });
    set.into_iter().collect::<Result>()?;
    for post in 1..=4 {
        let links = format!("SELECT COUNT(*) FROM post_tags WHERE post_id = {post}");
        assert_eq!(number(conn, &links), 2);
        let kinds = "SELECT COUNT(DISTINCT relevance) FROM post_tags WHERE post_id =";
        assert_eq!(number(conn, &format!("{kinds} {post}")), 1);
    }
    for user in User::find_where(conn, users::id.le(2))? {
        // The other may have taken one or both of them.
        assert!(user.count_subordinates(conn)? <= 2);
    }
    Ok(())
}

#[test]
fn one_row_of_two_stays_where_both_are_set_at_once() -> Result {
    let database = Shared::new()?;
    let conn = &mut database.connect();
    let new = |n: i32| User::builder().first_name("U").email(format!("{n}"));
    User::bulk_create(conn, (0..8).map(new))?;
    let set = database.race(4, |conn, number| -> Result {
        let number = i32::try_from(number).unwrap_or(0);
        let ann = User::get_by_pk(conn, 1)?;
        for round in 0..25 {
            let first = (number + round) % 7 + 2;
            ann.set_subordinates(conn, [first, first + 1])?;
        }
        Ok(())
    });
    set.into_iter().collect::<Result>()?;
    assert_eq!(User::get_by_pk(conn, 1)?.count_subordinates(conn)?, 2);
    Ok(())
}

#[cfg_attr(
    not(any(feature = "postgres", feature = "mysql")),
    ignore = "it could not write any more: its view of the whole database is of the past"
)]
#[test]
fn a_transaction_that_read_before_replaces_what_came_since() -> Result {
    let database = Shared::new()?;
    let (one, two) = (&mut database.connect(), &mut database.connect());
    let post = Post::get_by_pk(one, 1)?;
    post.set_tags(one, [1, 2])?;
    one.transaction(|one: &mut Conn| -> Result {
        assert_eq!(post.count_tags(one)?, 2);
        post.set_tags(two, [2, 3])?;
        post.set_tags(one, [1, 4])
    })?;
    let mut tags: Vec<_> = post.get_tags(two)?.into_iter().map(|tag| tag.id).collect();
    tags.sort_unstable();
    assert_eq!(tags, [1, 4]);
    let ann = User::get_by_pk(one, 1)?;
    let new = |n: i32| User::builder().first_name("U").email(format!("{n}"));
    User::bulk_create(one, (0..4).map(new))?;
    one.transaction(|one: &mut Conn| -> Result {
        assert_eq!(ann.count_subordinates(one)?, 0);
        ann.set_subordinates(two, [2, 3])?;
        ann.set_subordinates(one, [3, 4])
    })?;
    let mut below: Vec<_> = ann.get_subordinates(two)?.iter().map(|u| u.id).collect();
    below.sort_unstable();
    assert_eq!(below, [3, 4]);
    Ok(())
}
