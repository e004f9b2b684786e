//! The options of a loader.

mod support;

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::Conn;
use support::Result;
use support::blog::*;

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
    let cases: [(Vec<Vec<String>>, [&[&str]; 4]); 4] = [
        (
            titles!(conn, by_title().limit(2)),
            [&["Diesel", "Rust"], &["Tea"], &["Bread"], &[]],
        ),
        (
            titles!(conn, by_title().limit(1).offset(1)),
            [&["Rust"], &[], &[], &[]],
        ),
        (
            titles!(conn, by_title().offset(2)),
            [&["SQL"], &[], &[], &[]],
        ),
        (titles!(conn, by_title().limit(0)), [&[], &[], &[], &[]]),
    ];
    for (found, expected) in cases {
        assert_eq!(found, expected);
    }
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

/// Who stays when an include is required.
fn names(users: &[impl std::ops::Deref<Target = User>]) -> Vec<&str> {
    users.iter().map(|user| user.first_name.as_str()).collect()
}

#[test]
fn required_leaves_out_parents_without_a_match() -> Result {
    // EL.5, EL.6, SEED.6
    let conn = &mut seeded();
    let root = || User::query().order(users::id.asc());
    let users = root().include(User::posts().required()).load(conn)?;
    assert_eq!(names(&users), ["Ann", "Bob", "Cid"]);
    let published = User::posts().filter(posts::status.eq(Status::Published));
    let users = root()
        .include(published.required().order(posts::id.asc()))
        .load(conn)?;
    assert_eq!(names(&users), ["Ann", "Bob"]);
    assert_eq!(users[0].posts.len(), 2);
    // A filter behind `required` counts, too.
    let users = root()
        .include(User::posts().required().filter(posts::title.eq("Bread")))
        .load(conn)?;
    assert_eq!(names(&users), ["Cid"]);
    Ok(())
}

#[test]
fn a_required_include_restricts_before_the_roots_limit() -> Result {
    // EL.32
    let conn = &mut seeded();
    let bread = User::posts().filter(posts::title.eq("Bread")).required();
    let users = User::query()
        .order(users::id.asc())
        .limit(1)
        .include(bread)
        .load(conn)?;
    assert_eq!(names(&users), ["Cid"]);
    Ok(())
}

#[test]
fn a_required_nested_include_leaves_out_rows_of_its_own_parent() -> Result {
    // EL.29, EL.30
    let conn = &mut seeded();
    let food = || Post::tags().filter(tags::name.eq("food")).required();
    let users = User::query()
        .order(users::id.asc())
        .include(User::posts().include(food()))
        .load(conn)?;
    let sizes: Vec<usize> = users.iter().map(|user| user.posts.len()).collect();
    assert_eq!(sizes, [0, 1, 0, 0]);
    // Required all the way up, it leaves out the users.
    let users = User::query()
        .include(User::posts().include(food()).required())
        .load(conn)?;
    assert_eq!(names(&users), ["Bob"]);
    Ok(())
}

#[test]
fn a_required_nested_include_comes_before_its_parents_limit() -> Result {
    let conn = &mut seeded();
    let with_comments = Post::comments().required();
    let users = User::query()
        .order(users::id.asc())
        .include(
            User::posts()
                .order(posts::id.desc())
                .limit(1)
                .include(with_comments),
        )
        .load(conn)?;
    let posts: Vec<Vec<i32>> = users
        .iter()
        .map(|user| user.posts.iter().map(|post| post.id).collect())
        .collect();
    assert_eq!(posts, [vec![1], vec![4], vec![], vec![]]);
    Ok(())
}

#[test]
fn required_over_links_looks_at_both_sides() -> Result {
    let conn = &mut seeded();
    let ids = |conn: &mut Conn| -> Result<Vec<i32>> {
        let loader = Post::tags()
            .filter(tags::name.eq("data"))
            .through_filter(post_tags::relevance.gt(5));
        let posts = Post::query()
            .order(posts::id.asc())
            .include(loader.required())
            .load(conn)?;
        Ok(posts.iter().map(|post| post.id).collect())
    };
    assert_eq!(ids(conn)?, [2, 3]);
    Ok(())
}

#[test]
fn counts_take_filters_and_can_be_required() -> Result {
    let conn = &mut seeded();
    let counts = |users: &[Loaded<User, orm_core::Counted<UserPosts>>]| -> Vec<(i32, i64)> {
        users.iter().map(|user| (user.id, user.posts)).collect()
    };
    let published = || User::posts().filter(posts::status.eq(Status::Published));
    let root = || User::query().order(users::id.asc());
    let users = root().include(published().count()).load(conn)?;
    assert_eq!(counts(&users), [(1, 2), (2, 1), (3, 0), (4, 0)]);
    let users = root().include(published().required().count()).load(conn)?;
    assert_eq!(counts(&users), [(1, 2), (2, 1)]);
    let tags = Tag::query()
        .order(tags::id.asc())
        .include(
            Tag::posts()
                .through_filter(post_tags::relevance.gt(4))
                .count(),
        )
        .load(conn)?;
    assert_eq!(
        tags.iter().map(|tag| tag.posts).collect::<Vec<_>>(),
        [2, 2, 0, 0]
    );
    let tags = Tag::query()
        .order(tags::id.asc())
        .include(
            Tag::posts()
                .filter(posts::status.eq(Status::Draft))
                .required()
                .count(),
        )
        .load(conn)?;
    assert_eq!(
        tags.iter()
            .map(|tag| (tag.id, tag.posts))
            .collect::<Vec<_>>(),
        [(2, 1)]
    );
    Ok(())
}
