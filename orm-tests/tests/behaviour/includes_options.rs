//! The options of a loader.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::prelude::*;

/// The titles of each user's posts.
macro_rules! titles {
    ($conn:expr, $loader:expr) => {{
        let users = User::query()
            .order(users::id.asc())
            .include($loader)
            .load($conn)?;
        let titles = |posts: &[Post]| posts.iter().map(|p| p.title.clone()).collect::<Vec<_>>();
        let titles: Vec<_> = users.iter().map(|user| titles(&user.posts)).collect();
        titles
    }};
}

/// The names of each post's tags.
macro_rules! tags {
    ($conn:expr, $loader:expr) => {{
        let posts = Post::query()
            .order(posts::id.asc())
            .include($loader)
            .load($conn)?;
        let names: Vec<Vec<String>> = posts
            .iter()
            .map(|post| post.tags.iter().map(|tag| tag.name.clone()).collect())
            .collect();
        names
    }};
}

#[test]
fn a_filter_takes_children_and_keeps_parents() -> Result {
    // EL.7, SEED.25
    let conn = &mut seeded();
    let loader = User::posts()
        .filter(posts::status.eq(Status::Published))
        .order(posts::id.asc());
    let expected: [Vec<&str>; 4] = [vec!["Rust", "Diesel"], vec!["Tea"], vec![], vec![]];
    assert_eq!(titles!(conn, loader), expected);
    Ok(())
}

#[test]
fn two_filters_both_hold() -> Result {
    let conn = &mut seeded();
    let loader = User::posts()
        .filter(posts::status.eq(Status::Published))
        .filter(posts::title.ne("Rust"));
    let expected: [Vec<&str>; 4] = [vec!["Diesel"], vec!["Tea"], vec![], vec![]];
    assert_eq!(titles!(conn, loader), expected);
    Ok(())
}

#[test]
fn or_filter_adds_rows_of_the_same_parents() -> Result {
    let conn = &mut seeded();
    let loader = User::posts()
        .filter(posts::title.eq("Rust"))
        .or_filter(posts::title.eq("Tea"));
    let expected: [Vec<&str>; 4] = [vec!["Rust"], vec!["Tea"], vec![], vec![]];
    assert_eq!(titles!(conn, loader), expected);
    // Of one user alone: the other's post must not slip in through the `OR`.
    let loader = User::posts()
        .filter(posts::title.eq("Rust"))
        .or_filter(posts::title.eq("Tea"));
    let ann = User::query()
        .filter(users::id.eq(1))
        .include(loader)
        .first(conn)?;
    assert_eq!(ann.posts.len(), 1);
    Ok(())
}

#[test]
fn order_orders_each_parents_rows() -> Result {
    // EL.23, EL.26, SEED.26
    let conn = &mut seeded();
    let expected: [Vec<&str>; 4] = [
        vec!["SQL", "Rust", "Diesel"],
        vec!["Tea"],
        vec!["Bread"],
        vec![],
    ];
    assert_eq!(
        titles!(conn, User::posts().order(posts::title.desc())),
        expected
    );
    // The last `order` is the one that holds, as in Diesel.
    let loader = User::posts()
        .order(posts::id.asc())
        .order(posts::title.desc());
    assert_eq!(titles!(conn, loader), expected);
    Ok(())
}

#[test]
fn then_order_by_breaks_ties() -> Result {
    let conn = &mut seeded();
    let loader = User::posts()
        .order(posts::status.desc())
        .then_order_by(posts::id.desc());
    let expected: [Vec<&str>; 4] = [
        vec!["Diesel", "Rust", "SQL"],
        vec!["Tea"],
        vec!["Bread"],
        vec![],
    ];
    assert_eq!(titles!(conn, loader), expected);
    let loader = User::posts().then_order_by(posts::title.asc());
    let expected: [Vec<&str>; 4] = [
        vec!["Diesel", "Rust", "SQL"],
        vec!["Tea"],
        vec!["Bread"],
        vec![],
    ];
    assert_eq!(titles!(conn, loader), expected);
    Ok(())
}

#[test]
fn limit_and_offset_are_per_parent() -> Result {
    // EL.35, SEED.27
    let conn = &mut seeded();
    let by_title = || User::posts().order(posts::title.asc());
    let expected: [&[&str]; 4] = [&["Diesel", "Rust"], &["Tea"], &["Bread"], &[]];
    assert_eq!(titles!(conn, by_title().limit(2)), expected);
    let expected: [&[&str]; 4] = [&["Rust"], &[], &[], &[]];
    assert_eq!(titles!(conn, by_title().limit(1).offset(1)), expected);
    let expected: [&[&str]; 4] = [&["SQL"], &[], &[], &[]];
    assert_eq!(titles!(conn, by_title().offset(2)), expected);
    let expected: [&[&str]; 4] = [&[], &[], &[], &[]];
    assert_eq!(titles!(conn, by_title().limit(0)), expected);
    Ok(())
}

#[test]
fn options_mean_the_same_in_any_sequence() -> Result {
    let conn = &mut seeded();
    let expected = titles!(
        conn,
        User::posts()
            .filter(posts::id.gt(1))
            .order(posts::title.asc())
            .limit(1)
    );
    assert_eq!(expected[0], ["Diesel"]);
    let other = User::posts()
        .limit(1)
        .order(posts::title.asc())
        .filter(posts::id.gt(1));
    assert_eq!(titles!(conn, other), expected);
    let other = User::posts()
        .offset(0)
        .limit(7)
        .limit(1)
        .order(posts::title.asc())
        .filter(posts::id.gt(1));
    assert_eq!(titles!(conn, other), expected);
    Ok(())
}

#[test]
fn limit_without_an_order_takes_the_lowest_keys() -> Result {
    let conn = &mut seeded();
    let expected: [&[&str]; 4] = [&["Rust", "SQL"], &["Tea"], &["Bread"], &[]];
    assert_eq!(titles!(conn, User::posts().limit(2)), expected);
    Ok(())
}

#[test]
fn a_limit_among_ties_gives_that_many_rows() -> Result {
    let conn = &mut seeded();
    let loader = User::posts().order(posts::author_id.asc()).limit(2);
    let sizes: Vec<usize> = titles!(conn, loader).iter().map(Vec::len).collect();
    assert_eq!(sizes, [2, 1, 1, 0]);
    Ok(())
}

#[test]
fn an_order_holds_for_the_targets_of_links() -> Result {
    // EL.24
    let conn = &mut seeded();
    let expected: [&[&str]; 5] = [
        &["data", "code"],
        &["data"],
        &["data", "code"],
        &["food"],
        &[],
    ];
    assert_eq!(tags!(conn, Post::tags().order(tags::name.desc())), expected);
    Ok(())
}

#[test]
fn a_filter_holds_for_the_targets_of_links() -> Result {
    let conn = &mut seeded();
    let expected: [&[&str]; 5] = [&["code"], &[], &["code"], &["food"], &[]];
    assert_eq!(
        tags!(conn, Post::tags().filter(tags::name.ne("data"))),
        expected
    );
    Ok(())
}

#[test]
fn limits_hold_per_parent_across_links() -> Result {
    let conn = &mut seeded();
    let expected: [&[&str]; 5] = [&["data"], &["data"], &["data"], &["food"], &[]];
    let loader = Post::tags().order(tags::name.desc()).limit(1);
    assert_eq!(tags!(conn, loader), expected);
    let expected: [&[&str]; 5] = [&["code"], &[], &["code"], &[], &[]];
    let loader = Post::tags().order(tags::name.desc()).limit(1).offset(1);
    assert_eq!(tags!(conn, loader), expected);
    let expected: [&[&str]; 5] = [&["code"], &[], &["code"], &["food"], &[]];
    let loader = Post::tags()
        .filter(tags::name.ne("data"))
        .order(tags::name.desc())
        .limit(1);
    assert_eq!(tags!(conn, loader), expected);
    let expected: [&[&str]; 5] = [&["code"], &["data"], &["code"], &["food"], &[]];
    assert_eq!(tags!(conn, Post::tags().limit(1)), expected);
    let expected: [&[&str]; 5] = [&[], &[], &[], &[], &[]];
    assert_eq!(tags!(conn, Post::tags().limit(0)), expected);
    Ok(())
}

#[test]
fn through_filter_follows_only_matching_links() -> Result {
    // EL.16, SEED.15
    let conn = &mut seeded();
    let loader = || {
        Post::tags()
            .through_filter(post_tags::relevance.ge(5))
            .order(tags::id.asc())
    };
    let expected: [&[&str]; 5] = [&["code"], &["data"], &["code", "data"], &[], &[]];
    assert_eq!(tags!(conn, loader()), expected);
    assert_eq!(tags!(conn, loader().without_through()), expected);
    let expected: [&[&str]; 5] = [&["code"], &[], &["code"], &[], &[]];
    assert_eq!(
        tags!(conn, loader().filter(tags::name.eq("code")).limit(1)),
        expected
    );
    Ok(())
}

#[test]
fn orders_of_several_columns_hold_under_a_limit() -> Result {
    let conn = &mut seeded();
    let expected: [&[&str]; 4] = [&["Rust", "Diesel"], &["Tea"], &["Bread"], &[]];
    let loader = User::posts()
        .order(posts::status.desc())
        .then_order_by(posts::author_id.asc())
        .then_order_by(posts::published_at.asc())
        .limit(2);
    assert_eq!(titles!(conn, loader), expected);
    let loader = User::posts()
        .order((posts::status.desc(), posts::published_at.asc()))
        .limit(2);
    assert_eq!(titles!(conn, loader), expected);
    Ok(())
}
