//! How many statements a query with includes sends.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::statements;

#[test]
fn one_for_the_root_and_one_per_include() -> Result {
    let conn = &mut seeded();
    let (users, sent) = statements::count(conn, |conn| {
        User::query()
            .include(User::posts().include(Post::comments()))
            .include(User::profile())
            .include(User::manager())
            .load(conn)
    });
    assert_eq!((users?.len(), sent), (4, 5));
    Ok(())
}

#[test]
fn two_for_a_many_to_many_include() -> Result {
    let conn = &mut seeded();
    let (posts, sent) =
        statements::count(conn, |conn| Post::query().include(Post::tags()).load(conn));
    assert_eq!((posts?.len(), sent), (5, 3));
    let (posts, sent) = statements::count(conn, |conn| {
        let tags = Post::tags().order(tags::name.asc()).limit(1);
        Post::query().include(tags).load(conn)
    });
    assert_eq!((posts?.len(), sent), (5, 3));
    Ok(())
}

#[test]
fn one_for_a_count() -> Result {
    let conn = &mut seeded();
    let (users, sent) = statements::count(conn, |conn| {
        User::query().include(User::posts().count()).load(conn)
    });
    assert_eq!((users?.len(), sent), (4, 2));
    Ok(())
}

#[test]
fn none_below_a_level_without_rows() -> Result {
    let conn = &mut seeded();
    let (users, sent) = statements::count(conn, |conn| {
        User::query()
            .filter(users::id.eq(99))
            .include(User::posts().include(Post::tags()))
            .include(User::profile())
            .include(User::comments().count())
            .load(conn)
    });
    assert_eq!((users?.len(), sent), (0, 1));
    let (users, sent) = statements::count(conn, |conn| {
        User::query()
            .filter(users::id.eq(4))
            .include(
                User::posts()
                    .include(Post::tags())
                    .include(Post::comments()),
            )
            .load(conn)
    });
    assert_eq!((users?.len(), sent), (1, 2));
    Ok(())
}

#[test]
fn none_for_links_that_are_not_there() -> Result {
    let conn = &mut seeded();
    let (posts, sent) = statements::count(conn, |conn| {
        Post::query()
            .filter(posts::id.eq(5))
            .include(Post::tags())
            .load(conn)
    });
    assert_eq!((posts?.len(), sent), (1, 2));
    Ok(())
}

#[test]
fn none_for_keys_that_are_all_null() -> Result {
    let conn = &mut seeded();
    let (users, sent) = statements::count(conn, |conn| {
        User::query()
            .filter(users::manager_id.is_null())
            .include(User::manager())
            .load(conn)
    });
    let users = users?;
    assert_eq!(
        (users.len(), users[0].manager.is_none(), sent),
        (1, true, 1)
    );
    Ok(())
}

#[test]
fn a_required_include_costs_no_more() -> Result {
    let conn = &mut seeded();
    let (users, sent) = statements::count(conn, |conn| {
        User::query()
            .include(
                User::posts()
                    .include(Post::comments().required())
                    .required(),
            )
            .load(conn)
    });
    assert_eq!((users?.len(), sent), (2, 3));
    Ok(())
}

#[test]
fn the_number_does_not_grow_with_the_rows() -> Result {
    let counts = |users: i32| -> Result<usize> {
        let conn = &mut empty();
        let new = (0..users).map(|number| {
            let user = User::builder().first_name("U");
            user.email(format!("{number}@example.com"))
        });
        User::bulk_create(conn, new)?;
        let new = (1..=users).map(|user| Post::builder().author_id(user).title("T"));
        Post::bulk_create(conn, new)?;
        Tag::create(conn, Tag::builder().name("t"))?;
        let new = (1..=users).map(|post| PostTag::builder().post_id(post).tag_id(1));
        PostTag::bulk_create(conn, new)?;
        let (rows, sent) = statements::count(conn, |conn| {
            User::query()
                .include(User::posts().include(Post::tags()).limit(2))
                .load(conn)
        });
        assert!(rows?.iter().all(|user| user.posts[0].tags[0].name == "t"));
        Ok(sent)
    };
    assert_eq!((counts(2)?, counts(5000)?), (4, 4));
    Ok(())
}

/// An index on the foreign key and the order finds the rows of each parent; window functions would
/// number all of them.
#[cfg(feature = "postgres")]
#[test]
fn a_limit_per_parent_is_one_lateral_join() -> Result {
    let conn = &mut seeded();
    let mut text_for = |users: &[i32]| -> Result<String> {
        let (rows, mut sent) = statements::of(conn, |conn| {
            let of_users = User::query().filter(users::id.eq_any(users));
            let posts = User::posts()
                .filter(posts::title.ne("Rust"))
                .order(posts::title.desc());
            of_users.include(posts.limit(1)).load(conn)
        });
        assert_eq!((rows?.len(), sent.len()), (users.len(), 2));
        let text = sent.remove(1);
        Ok(text[..text.find(" -- binds").unwrap_or(text.len())].to_owned())
    };
    let text = text_for(&[1])?;
    let source = "SELECT __orm_slice.* FROM unnest($1) AS __orm_parent (__orm_key) \
                  CROSS JOIN LATERAL (SELECT \"posts\".\"id\", ";
    let rest = r#" FROM "posts"
        WHERE ((("posts"."title" != $2)) AND "posts"."author_id" = ANY(ARRAY[__orm_parent.__orm_key]))
        ORDER BY "posts"."author_id" DESC, "posts"."title" DESC LIMIT 1) AS __orm_slice"#;
    let rest = rest.replace("\n       ", "");
    assert!(text.starts_with(source), "{text}");
    assert!(text.ends_with(&rest), "{text}");
    assert_eq!(text_for(&[1, 2, 3, 4])?, text);
    Ok(())
}

/// They stand in the text, so that each would be one more statement to keep.
#[cfg(feature = "postgres")]
#[test]
fn pages_per_parent_leave_no_statements_behind() -> Result {
    let conn = &mut seeded();
    let kept = "SELECT COUNT(*) FROM pg_prepared_statements WHERE statement LIKE '%__orm_slice%'";
    for page in 0..5 {
        for size in [2, 1000] {
            let posts = User::posts().limit(size).offset(page * size);
            let users = User::query().include(posts).load(conn)?;
            assert_eq!(users.len(), 4);
        }
    }
    // That of the first small page.
    assert_eq!(orm_tests::number(conn, kept), 1);
    Ok(())
}

#[test]
fn the_blogs_get_blog_post_with_everything() -> Result {
    // SEED.30
    let conn = &mut seeded();
    let (post, sent) = statements::count(conn, |conn| {
        Post::query()
            .filter(posts::id.eq(1))
            .include(Post::author().include(User::profile()))
            .include(Post::categories())
            .include(Post::tags().order(tags::id.asc()))
            .include(
                Post::comments()
                    .order(comments::id.asc())
                    .include(Comment::author())
                    .include(
                        Comment::replies()
                            .order(comments::id.asc())
                            .include(Comment::author()),
                    ),
            )
            .first(conn)
    });
    let post = post?;
    // root, author, profile, 2 categories, 2 tags, comments, their authors, replies, their authors
    assert_eq!(sent, 11);
    let bio = post.author.profile.as_ref().and_then(|p| p.bio.as_deref());
    assert_eq!(
        (post.author.first_name.as_str(), bio),
        ("Ann", Some("writes"))
    );
    assert_eq!(post.categories[0].name, "Code");
    let tags: Vec<_> = post
        .tags
        .iter()
        .map(|t| (t.id, t.through.relevance))
        .collect();
    assert_eq!(tags, [(1, 5), (2, 1)]);
    let comments: Vec<_> = post
        .comments
        .iter()
        .map(|comment| {
            let replies: Vec<&str> = comment
                .replies
                .iter()
                .map(|reply| reply.author.first_name.as_str())
                .collect();
            (comment.author.first_name.as_str(), replies)
        })
        .collect();
    assert_eq!(
        comments,
        [
            ("Bob", vec!["Ann", "Cid"]),
            ("Ann", vec![]),
            ("Cid", vec![])
        ]
    );
    Ok(())
}

/// The text of a statement, without its binds, without how many keys are in a list, and without its
/// place in a tree. A range of keys is a list, too.
fn text(statement: &str) -> String {
    let sql = statement.find("SELECT").map_or("", |at| &statement[at..]);
    let (sql, _) = sql.split_once(" -- binds").unwrap_or((sql, ""));
    let sql = without_ranges(
        sql,
        "(likelihood(",
        " >= +?",
        "0.01))",
        "SELECT value FROM json_each(?)",
    );
    let sql = without_ranges(&sql, "(", " >= ?", " <= ?)", "");
    let sql = sql.replace(" = +?", " IN (SELECT value FROM json_each(?))");
    let sql = sql.replace(" = ?", " IN ()");
    let mut lists = sql.split(" IN (");
    let mut text = lists.next().unwrap_or_default().to_owned();
    for list in lists {
        let behind = list
            .trim_start_matches("NULL")
            .trim_start_matches(['?', ',', ' ']);
        text.push_str(" IN (");
        text.push_str(behind);
    }
    text
}

/// With `column IN (list)` for each range, which begins with `before`, a column and `first`.
fn without_ranges(sql: &str, before: &str, first: &str, end: &str, list: &str) -> String {
    let mut text = sql.to_owned();
    while let Some(at) = text.find(first) {
        let start = text[..at].rfind(before).expect("the start of a range");
        let column = text[start + before.len()..at].to_owned();
        let end = at + text[at..].find(end).expect("the end of a range") + end.len();
        text.replace_range(start..end, &format!("{column} IN ({list})"));
    }
    text
}

/// What `debug` shows of a query, and what it then sends.
macro_rules! shown_and_sent {
    ($conn:expr, $query:expr) => {{
        let shown: String = $query.debug::<orm_tests::Conn>();
        let (rows, sent) = statements::of($conn, |conn| $query.load(conn));
        rows?;
        let shown: Vec<_> = shown.lines().map(text).collect();
        (shown, sent.iter().map(|sql| text(sql)).collect::<Vec<_>>())
    }};
}

#[test]
fn debug_shows_the_statements_that_are_sent() -> Result {
    let conn = &mut seeded();
    let (shown, sent) = shown_and_sent!(
        conn,
        User::query()
            .filter(users::id.ne(99))
            .include(
                User::posts()
                    .filter(posts::title.ne("?"))
                    .include(Post::comments().order(comments::id.asc()))
                    .include(Post::categories().order(categories::id.asc()))
                    .include(Post::tags())
            )
            .include(User::profile())
            .include(User::comments().count())
            .include(User::subordinates().order(users::id.desc()).limit(1))
    );
    assert_eq!(shown, sent);
    assert_eq!(shown.len(), 10);
    let (shown, sent) = shown_and_sent!(
        conn,
        Post::query()
            .include(Post::tags().order(tags::name.asc()).limit(1))
            .include(Post::categories().count())
    );
    assert_eq!(shown, sent);
    assert_eq!(shown.len(), 4);
    Ok(())
}

#[test]
fn debug_puts_each_association_below_its_rows() {
    let posts = User::posts().include(Post::tags());
    let tree = User::query().include(posts).include(User::profile());
    let tree = tree.debug::<orm_tests::Conn>();
    let names: Vec<_> = tree
        .lines()
        .filter_map(|line| line.split_once(": SELECT "))
        .map(|(name, _)| name)
        .collect();
    assert_eq!(
        names,
        ["User", "  posts", "    tags", "    tags", "  profile"]
    );
}
