//! Row types named in signatures, in one line.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Counted, Filtered, Required, WithoutThrough};

fn summary(user: &Loaded<User, (UserPosts<PostTags>, UserManager)>) -> String {
    let boss = user.manager.as_ref().map_or("nobody", |m| &m.first_name);
    let tags: usize = user.posts.iter().map(|post| post.tags.len()).sum();
    format!(
        "{} of {boss}: {} posts, {tags} tags",
        user.first_name,
        user.posts.len()
    )
}

#[test]
fn nested_includes_and_several_of_them() -> Result {
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.asc())
        .include(User::posts().include(Post::tags()))
        .include(User::manager())
        .load(conn)?;
    let lines: Vec<String> = users.iter().map(summary).collect();
    assert_eq!(
        lines,
        [
            "Ann of nobody: 3 posts, 5 tags",
            "Bob of Ann: 1 posts, 1 tags",
            "Cid of Ann: 1 posts, 0 tags",
            "Dan of Bob: 0 posts, 0 tags"
        ]
    );
    Ok(())
}

#[test]
fn one_include_and_none() -> Result {
    fn posts_of(user: &Loaded<User, UserPosts>) -> usize {
        user.posts.len()
    }
    fn name(user: &Loaded<User, ()>) -> &str {
        &user.first_name
    }
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.asc())
        .include(User::posts())
        .load(conn)?;
    assert_eq!(users.iter().map(posts_of).collect::<Vec<_>>(), [3, 1, 1, 0]);
    let plain = User::get_by_pk(conn, 1)?;
    assert_eq!(name(&plain), "Ann");
    Ok(())
}

#[test]
fn required_gives_the_row_itself() -> Result {
    fn boss(user: Loaded<User, Required<UserManager<UserProfileAssociation>>>) -> (User, bool) {
        let manager = user.manager;
        (manager.clone().into_model(), manager.profile.is_some())
    }
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.desc())
        .include(User::manager().include(User::profile()).required())
        .load(conn)?;
    let bosses: Vec<_> = users.into_iter().map(boss).collect();
    let names: Vec<_> = bosses.iter().map(|(m, p)| (m.id, *p)).collect();
    assert_eq!(names, [(2, true), (1, true), (1, true)]);
    Ok(())
}

#[test]
fn filtered_gives_an_option() -> Result {
    fn author(post: &Loaded<Post, Filtered<PostAuthor>>) -> Option<&User> {
        post.author.as_ref()
    }
    let conn = &mut seeded();
    let posts = Post::query()
        .order(posts::id.asc())
        .include(Post::author().filter(users::role.eq(Role::Author)))
        .load(conn)?;
    let ids: Vec<_> = posts
        .iter()
        .map(|post| author(post).map(|a| a.id))
        .collect();
    assert_eq!(ids, [None, None, None, Some(2), None]);
    Ok(())
}

#[test]
fn counted_and_without_through() -> Result {
    fn show(post: &Loaded<Post, (WithoutThrough<PostTags>, Counted<PostComments>)>) -> (i32, i64) {
        let first: &Tag = &post.tags[0];
        (first.id, post.comments)
    }
    let conn = &mut seeded();
    let posts = Post::query()
        .filter(posts::id.eq_any([1, 4]))
        .order(posts::id.asc())
        .include(Post::tags().without_through().order(tags::id.asc()))
        .include(Post::comments().count())
        .load(conn)?;
    assert_eq!(posts.iter().map(show).collect::<Vec<_>>(), [(1, 3), (3, 1)]);
    Ok(())
}

#[test]
fn options_that_keep_the_shape_keep_the_name() -> Result {
    fn newest(conn: &mut orm_tests::Conn) -> Result<Vec<Loaded<User, UserPosts>>> {
        User::query()
            .order(users::id.asc())
            .include(
                User::posts()
                    .filter(posts::status.eq(Status::Published))
                    .order(posts::published_at.desc())
                    .limit(1)
                    .required(),
            )
            .load(conn)
    }
    let conn = &mut seeded();
    let users = newest(conn)?;
    let titles: Vec<_> = users.iter().map(|user| &user.posts[0].title).collect();
    assert_eq!(titles, ["Diesel", "Tea"]);
    Ok(())
}
