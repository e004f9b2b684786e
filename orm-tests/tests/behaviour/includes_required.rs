//! Required includes, and counts.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::Conn;

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
