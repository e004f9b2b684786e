//! The methods of a one-to-many association.

use crate::support::blog::*;
use crate::support::{Result, number, sql, watch, written};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, NONE};
use orm_tests::{Conn, INSERTING, inserts, statements};

/// Who reports to whom.
fn managers(conn: &mut Conn) -> Result<Vec<Option<i32>>> {
    let managers = users::table
        .order(users::id.asc())
        .select(users::manager_id);
    Ok(managers.load(conn)?)
}

fn user(conn: &mut Conn, id: i32) -> Result<User> {
    User::get_by_pk(conn, id)
}

fn ids(users: &[User]) -> Vec<i32> {
    users.iter().map(|user| user.id).collect()
}

#[test]
fn the_guides_walk_through() -> Result {
    // AC.31, AC.21
    let conn = &mut empty();
    let new = |name: &str| User::builder().first_name(name).email(name);
    let foo = User::create(conn, new("the-foo"))?;
    let bar1 = User::create(conn, new("some-bar"))?;
    let bar2 = User::create(conn, new("another-bar"))?;
    assert_eq!(foo.get_subordinates(conn)?, []);
    assert_eq!(foo.count_subordinates(conn)?, 0);
    assert!(!foo.has_subordinate(conn, &bar1)?);
    foo.add_subordinates(conn, [&bar1, &bar2])?;
    assert_eq!(foo.count_subordinates(conn)?, 2);
    foo.add_subordinate(conn, &bar1)?;
    assert_eq!(foo.count_subordinates(conn)?, 2);
    assert!(foo.has_subordinate(conn, &bar1)?);
    foo.remove_subordinate(conn, &bar2)?;
    assert_eq!(foo.count_subordinates(conn)?, 1);
    let bar3 = foo.create_subordinate(conn, new("yet-another-bar"))?;
    assert_eq!(bar3.manager_id, Some(foo.id));
    assert_eq!(foo.count_subordinates(conn)?, 2);
    foo.set_subordinates(conn, NONE)?;
    assert_eq!(foo.count_subordinates(conn)?, 0);
    assert_eq!(User::count(conn)?, 4);
    Ok(())
}

#[test]
fn getters_give_the_rows_and_take_filters() -> Result {
    // AC.24, AC.27, SEED.29
    let conn = &mut seeded();
    let ann = user(conn, 1)?;
    let mut titles: Vec<String> = ann.get_posts(conn)?.into_iter().map(|p| p.title).collect();
    titles.sort();
    assert_eq!(titles, ["Diesel", "Rust", "SQL"]);
    assert_eq!(
        ann.get_posts(conn)?,
        Post::find_where(conn, posts::author_id.eq(1))?
    );
    let published: i64 = ann
        .query_posts()
        .filter(posts::status.eq(Status::Published))
        .count()
        .get_result(conn)?;
    assert_eq!(published, 2);
    Ok(())
}

#[test]
fn targets_are_rows_keys_or_included_rows() -> Result {
    // AC.22
    let conn = &mut seeded();
    let dan = user(conn, 4)?;
    let bob = user(conn, 2)?;
    dan.add_subordinate(conn, &bob)?;
    dan.add_subordinate(conn, 3)?;
    let ann = User::query()
        .filter(users::id.eq(1))
        .include(User::posts())
        .first(conn)?;
    dan.add_subordinate(conn, &ann)?;
    assert!(dan.has_subordinates(conn, [1, 2, 3])?);
    assert_eq!(managers(conn)?, [Some(4), Some(4), Some(4), Some(2)]);
    Ok(())
}

#[test]
fn targets_are_arrays_slices_vecs_and_iterators() -> Result {
    // AC.22
    let conn = &mut seeded();
    let dan = user(conn, 4)?;
    let others = User::find_where(conn, users::id.ne(4))?;
    dan.set_subordinates(conn, &others)?;
    assert_eq!(ids(&dan.get_subordinates(conn)?), [1, 2, 3]);
    dan.set_subordinates(conn, &others[1..])?;
    dan.remove_subordinates(conn, vec![3])?;
    assert_eq!(ids(&dan.get_subordinates(conn)?), [2]);
    dan.set_subordinates(conn, others.iter().filter(|user| user.id == 1))?;
    assert_eq!(ids(&dan.get_subordinates(conn)?), [1]);
    Ok(())
}

#[test]
fn has_asks_for_all_of_them() -> Result {
    let conn = &mut seeded();
    let ann = user(conn, 1)?;
    assert!(ann.has_posts(conn, [1, 2, 3])?);
    assert!(ann.has_posts(conn, [1, 1])?);
    assert!(ann.has_posts(conn, NONE)?);
    assert!(!ann.has_posts(conn, [1, 4])?);
    assert!(!ann.has_post(conn, 99)?);
    Ok(())
}

#[test]
fn adding_takes_rows_away_from_others() -> Result {
    let conn = &mut seeded();
    let bob = user(conn, 2)?;
    bob.add_posts(conn, [1, 4])?;
    assert_eq!(
        (bob.count_posts(conn)?, user(conn, 1)?.count_posts(conn)?),
        (2, 2)
    );
    Ok(())
}

#[test]
fn adding_one_that_does_not_exist_adds_none() -> Result {
    let conn = &mut seeded();
    let dan = user(conn, 4)?;
    let error = dan.add_subordinates(conn, [1, 99]).err();
    assert!(
        matches!(&error, Some(Error::NotFound { model: "User", key, .. }) if key == "id = 99"),
        "{error:?}"
    );
    assert_eq!(dan.count_subordinates(conn)?, 0);
    Ok(())
}

#[test]
fn removing_takes_only_ones_own() -> Result {
    let conn = &mut seeded();
    let ann = user(conn, 1)?;
    ann.remove_subordinates(conn, [2, 4, 99])?;
    assert_eq!(managers(conn)?, [None, None, Some(1), Some(2)]);
    ann.remove_subordinates(conn, NONE)?;
    ann.remove_subordinate(conn, 3)?;
    assert_eq!(managers(conn)?, [None, None, None, Some(2)]);
    Ok(())
}

#[test]
fn set_writes_only_the_rows_that_change() -> Result {
    // AC.23
    let conn = &mut seeded();
    let ann = user(conn, 1)?;
    watch(conn, "users", "x.id || ':' || coalesce(x.manager_id, 0)");
    ann.set_subordinates(conn, [3, 4])?;
    assert_eq!(written(conn), ["UPDATE 2:0", "UPDATE 4:1"]);
    ann.set_subordinates(conn, [4, 3, 4])?;
    assert_eq!(written(conn), [] as [&str; 0]);
    ann.set_subordinates(conn, NONE)?;
    assert_eq!(written(conn), ["UPDATE 3:0", "UPDATE 4:0"]);
    Ok(())
}

#[test]
fn set_with_one_that_does_not_exist_changes_nothing() -> Result {
    let conn = &mut seeded();
    let ann = user(conn, 1)?;
    let error = ann.set_subordinates(conn, [4, 99]).err();
    assert!(matches!(&error, Some(Error::NotFound { key, .. }) if key == "id = 99"));
    assert_eq!(managers(conn)?, [None, Some(1), Some(1), Some(2)]);
    Ok(())
}

#[test]
fn the_number_of_statements_does_not_grow() -> Result {
    let counts = |size: i32| -> Result<[usize; 5]> {
        let conn = &mut seeded();
        let new = |number| {
            let user = User::builder().first_name("U");
            user.email(format!("{number}"))
        };
        let users = User::bulk_create(conn, (0..size).map(new))?;
        let ann = user(conn, 1)?;
        let (done, set) = statements::count(conn, |conn| ann.set_subordinates(conn, &users));
        done?;
        let (done, add) = statements::count(conn, |conn| ann.add_subordinates(conn, &users));
        done?;
        let (done, has) = statements::count(conn, |conn| ann.has_subordinates(conn, &users));
        assert!(done?);
        let (done, remove) = statements::count(conn, |conn| ann.remove_subordinates(conn, &users));
        done?;
        let new = (0..size).map(|n| new(n + 1000));
        let (done, create) = statements::count(conn, |conn| ann.create_subordinates(conn, new));
        assert!(done?.iter().all(|user| user.manager_id == Some(1)));
        assert_eq!(ann.count_subordinates(conn)?, i64::from(size));
        Ok([set, add, has, remove, create])
    };
    assert_eq!(counts(3)?, [4, 1, 1, 1, INSERTING]);
    assert_eq!(counts(300)?, [4, 1, 1, 1, INSERTING * inserts(300)]);
    Ok(())
}

#[test]
fn nothing_is_sent_for_nothing() -> Result {
    let conn = &mut seeded();
    let ann = user(conn, 1)?;
    let (done, sent) = statements::count(conn, |conn| -> Result {
        ann.add_subordinates(conn, NONE)?;
        ann.remove_subordinates(conn, NONE)?;
        let none = std::iter::once(Post::builder().title("?")).take(0);
        ann.create_posts(conn, none).map(drop)
    });
    assert_eq!((done?, sent), ((), 0));
    Ok(())
}

#[test]
fn a_hundred_thousand_rows_are_set_at_once() -> Result {
    let conn = &mut seeded();
    sql(
        conn,
        "INSERT INTO users (id, first_name, email)
         WITH RECURSIVE n(i) AS (SELECT 101 UNION ALL SELECT i + 1 FROM n WHERE i < 100100)
         SELECT i, 'U', i FROM n",
    );
    let ann = user(conn, 1)?;
    ann.set_subordinates(conn, 101..=100_100)?;
    assert_eq!(ann.count_subordinates(conn)?, 100_000);
    assert!(ann.has_subordinates(conn, 101..=100_100)?);
    assert_eq!(
        number(conn, "SELECT COUNT(*) FROM users WHERE manager_id IS NULL"),
        3
    );
    Ok(())
}

#[test]
fn create_fills_the_key_in_even_over_another() -> Result {
    // SEED.8, AC.35
    let conn = &mut seeded();
    let dan = user(conn, 4)?;
    let post = dan.create_post(conn, Post::builder().title("New"))?;
    assert_eq!(
        (post.author_id, post.id, post.status),
        (4, 6, Status::Draft)
    );
    let other = dan.create_post(conn, Post::builder().title("Mine").author_id(1))?;
    assert_eq!(other.author_id, 4);
    let posts = ["a", "b"].map(|title| Post::builder().title(title));
    let posts = dan.create_posts(conn, posts)?;
    assert_eq!(
        posts.iter().map(|p| p.title.as_str()).collect::<Vec<_>>(),
        ["a", "b"]
    );
    assert_eq!(dan.count_posts(conn)?, 4);
    Ok(())
}

#[test]
fn creating_for_a_row_that_is_gone_is_refused() -> Result {
    let conn = &mut seeded();
    let dan = user(conn, 4)?;
    dan.destroy(conn)?;
    let error = dan.create_post(conn, Post::builder().title("Lost")).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(v)) if v.model == "Post"));
    let error = dan.add_posts(conn, [1]).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(v)) if v.model == "Post"));
    assert_eq!(Post::count(conn)?, 5);
    Ok(())
}
