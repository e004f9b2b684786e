//! The root queries that take includes, and how to run them.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;

/// The names and the numbers of posts.
fn sizes(users: &[Loaded<User, UserPosts>]) -> Vec<(&str, usize)> {
    let size = |user: &'_ Loaded<User, UserPosts>| user.posts.len();
    users
        .iter()
        .map(|user| (user.first_name.as_str(), size(user)))
        .collect()
}

#[test]
fn the_table_itself() -> Result {
    let conn = &mut seeded();
    let mut users = users::table.include(User::posts()).load(conn)?;
    users.sort_by_key(|user| user.id);
    assert_eq!(
        sizes(&users),
        [("Ann", 3), ("Bob", 1), ("Cid", 1), ("Dan", 0)]
    );
    Ok(())
}

#[test]
fn a_filtered_ordered_and_limited_query() -> Result {
    // EL.32
    let conn = &mut seeded();
    let users = User::query()
        .filter(users::id.ne(2))
        .order(users::first_name.desc())
        .limit(2)
        .offset(1)
        .include(User::posts())
        .load(conn)?;
    assert_eq!(sizes(&users), [("Cid", 1), ("Ann", 3)]);
    Ok(())
}

#[test]
fn options_of_the_root_may_follow_the_include() -> Result {
    let conn = &mut seeded();
    let users = User::query()
        .include(User::posts())
        .filter(users::id.ne(2))
        .order(users::role.asc())
        .then_order_by(users::first_name.desc())
        .limit(2)
        .offset(1)
        .load(conn)?;
    assert_eq!(sizes(&users), [("Dan", 0), ("Cid", 1)]);
    Ok(())
}

#[test]
fn a_distinct_query() -> Result {
    let conn = &mut seeded();
    let users = User::query()
        .distinct()
        .order(users::id.asc())
        .include(User::posts())
        .load(conn)?;
    assert_eq!(users.len(), 4);
    assert_eq!(sizes(&users)[0], ("Ann", 3));
    Ok(())
}

#[test]
fn a_boxed_query_that_is_built_at_run_time() -> Result {
    let conn = &mut seeded();
    for (name, expected) in [
        (Some("Bob"), vec![("Bob", 1)]),
        (None, vec![("Ann", 3), ("Bob", 1), ("Cid", 1)]),
    ] {
        let mut query = User::query().into_boxed::<orm_tests::Backend>();
        if let Some(name) = name {
            query = query.filter(users::first_name.eq(name));
        }
        let users = query
            .include(User::posts().required())
            .order(users::id.asc())
            .load(conn)?;
        assert_eq!(sizes(&users), expected);
    }
    Ok(())
}

#[test]
fn a_boxed_table() -> Result {
    let conn = &mut seeded();
    let users = users::table
        .into_boxed::<orm_tests::Backend>()
        .order(users::id.asc())
        .limit(1)
        .include(User::posts())
        .load(conn)?;
    assert_eq!(sizes(&users), [("Ann", 3)]);
    Ok(())
}

#[test]
fn diesels_as_select() -> Result {
    let conn = &mut seeded();
    let users = users::table
        .select(User::as_select())
        .filter(users::id.eq(2))
        .include(User::posts())
        .load(conn)?;
    assert_eq!(sizes(&users), [("Bob", 1)]);
    let plain: Vec<User> = users::table
        .select(User::as_select())
        .filter(users::id.eq(2))
        .load(conn)?;
    assert_eq!(plain, [User::get_by_pk(conn, 2)?]);
    Ok(())
}

#[test]
fn a_join_as_root() -> Result {
    // EL.9
    let conn = &mut seeded();
    let users = users::table
        .inner_join(user_profiles::table.on(user_profiles::user_id.eq(users::id)))
        .filter(user_profiles::bio.eq("reads"))
        .select(User::as_select())
        .include(User::posts())
        .load(conn)?;
    assert_eq!(sizes(&users), [("Bob", 1)]);
    Ok(())
}

#[test]
fn a_join_that_repeats_rows_gives_each_its_children() -> Result {
    // EL.36
    let conn = &mut seeded();
    let users = users::table
        .inner_join(posts::table.on(posts::author_id.eq(users::id)))
        .order((users::id.asc(), posts::id.asc()))
        .select(User::as_select())
        .include(User::posts().order(posts::id.asc()))
        .include(User::profile())
        .load(conn)?;
    let rows: Vec<(i32, usize, bool)> = users
        .iter()
        .map(|user| (user.id, user.posts.len(), user.profile.is_some()))
        .collect();
    assert_eq!(
        rows,
        [
            (1, 3, true),
            (1, 3, true),
            (1, 3, true),
            (2, 1, true),
            (3, 1, false)
        ]
    );
    Ok(())
}

#[test]
fn first_and_get_result_give_one_row() -> Result {
    // EL.1, FI.1
    let conn = &mut seeded();
    let by_name = || User::query().order(users::first_name.desc());
    let dan = by_name().include(User::posts()).first(conn)?;
    assert_eq!(dan.first_name, "Dan");
    let dan = by_name().include(User::posts()).get_result(conn)?;
    assert_eq!((dan.first_name.as_str(), dan.posts.len()), ("Dan", 0));
    Ok(())
}

#[test]
fn first_minds_an_offset_and_replaces_a_limit() -> Result {
    let conn = &mut seeded();
    let by_name = || User::query().order(users::first_name.asc());
    let limited = by_name().limit(0).include(User::posts()).first(conn)?;
    assert_eq!(limited.first_name, "Ann");
    let paged = by_name().include(User::posts()).limit(3).offset(1);
    assert_eq!(paged.first(conn)?.first_name, "Bob");
    let boxed = by_name().into_boxed::<orm_tests::Backend>();
    let boxed = boxed
        .limit(2)
        .offset(2)
        .include(User::posts())
        .first(conn)?;
    assert_eq!(boxed.first_name, "Cid");
    let by_author = posts::author_id.eq(users::id);
    let joined = by_name().inner_join(posts::table.on(by_author));
    assert_eq!(joined.include(User::posts()).first(conn)?.first_name, "Ann");
    #[cfg(not(feature = "mysql"))] // which has no offset without a limit
    {
        let past_two = by_name().offset(2).include(User::posts()).first(conn)?;
        assert_eq!(past_two.first_name, "Cid");
    }
    Ok(())
}

/// It would plan the statement anew at each call.
#[cfg(not(any(feature = "postgres", feature = "mysql")))]
#[test]
fn first_binds_no_limit_on_sqlite() -> Result {
    let conn = &mut seeded();
    let ann = User::query().filter(users::id.eq(1));
    let (ann, sent) =
        orm_tests::statements::of(conn, |conn| ann.include(User::posts()).first(conn));
    assert_eq!(ann?.posts.len(), 3);
    assert!(sent[0].contains(" LIMIT 1 "), "{}", sent[0]);
    assert!(sent[0].ends_with("binds: [1]"), "{}", sent[0]);
    Ok(())
}

#[test]
fn first_of_nothing_is_an_error_that_optional_takes() -> Result {
    let conn = &mut seeded();
    let nobody = || {
        User::query()
            .filter(users::id.eq(99))
            .include(User::posts())
    };
    let error = nobody().first(conn).expect_err("there is no such user");
    assert!(matches!(error, Error::NotFound { model: "User", .. }));
    assert_eq!(
        error.to_string(),
        "no User with the given filter in the database"
    );
    assert!(nobody().first(conn).optional()?.is_none());
    assert!(nobody().get_result(conn).optional()?.is_none());
    assert!(nobody().load(conn)?.is_empty());
    assert!(nobody().get_results(conn)?.is_empty());
    Ok(())
}

#[test]
fn first_takes_the_first_that_has_what_is_required() -> Result {
    let conn = &mut seeded();
    let user = User::query()
        .order(users::id.desc())
        .include(User::posts().required())
        .first(conn)?;
    assert_eq!(user.first_name, "Cid");
    Ok(())
}

#[test]
fn the_query_behind_a_getter_takes_includes() -> Result {
    // AC.24
    let conn = &mut seeded();
    let ann = User::get_by_pk(conn, 1)?;
    let posts = ann
        .query_posts()
        .filter(posts::status.eq(Status::Published))
        .order(posts::id.asc())
        .include(Post::comments().count())
        .load(conn)?;
    let rows: Vec<_> = posts
        .iter()
        .map(|p| (p.title.as_str(), p.comments))
        .collect();
    assert_eq!(rows, [("Rust", 3), ("Diesel", 0)]);
    let rust = Post::get_by_pk(conn, 1)?;
    let tags = rust
        .query_tags()
        .order(tags::id.asc())
        .include(Tag::posts().count())
        .load(conn)?;
    let rows: Vec<_> = tags.iter().map(|t| (t.name.as_str(), t.posts)).collect();
    assert_eq!(rows, [("code", 2), ("data", 3)]);
    Ok(())
}

#[test]
fn a_left_join_as_root() -> Result {
    let conn = &mut seeded();
    let users = users::table
        .left_join(user_profiles::table.on(user_profiles::user_id.eq(users::id)))
        .filter(user_profiles::id.is_null())
        .order(users::id.asc())
        .select(User::as_select())
        .include(User::posts())
        .load(conn)?;
    assert_eq!(sizes(&users), [("Cid", 1), ("Dan", 0)]);
    Ok(())
}

#[test]
fn a_root_with_a_subquery_or_an_or() -> Result {
    // SQ.5
    let conn = &mut seeded();
    let authors = posts::table
        .filter(posts::status.eq(Status::Draft))
        .select(posts::author_id);
    let users = User::query()
        .filter(users::id.eq_any(authors))
        .or_filter(users::first_name.eq("Dan"))
        .order(users::id.asc())
        .include(User::posts())
        .load(conn)?;
    assert_eq!(sizes(&users), [("Ann", 3), ("Cid", 1), ("Dan", 0)]);
    let users = User::query()
        .filter(users::id.eq(1))
        .or_filter(users::first_name.eq("Dan"))
        .include(User::posts().required())
        .load(conn)?;
    assert_eq!(sizes(&users), [("Ann", 3)]);
    Ok(())
}
