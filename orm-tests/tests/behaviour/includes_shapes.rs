//! What each include puts into the row.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Linked, NotIncluded};

fn titles(posts: &[Post]) -> Vec<&str> {
    posts.iter().map(|post| post.title.as_str()).collect()
}

#[test]
fn has_many_gives_a_vec_that_may_be_empty() -> Result {
    // EL.2, SEED.5
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.asc())
        .include(User::posts().order(posts::id.asc()))
        .load(conn)?;
    let posts: Vec<Vec<&str>> = users.iter().map(|user| titles(&user.posts)).collect();
    assert_eq!(
        posts,
        [
            vec!["Rust", "SQL", "Diesel"],
            vec!["Tea"],
            vec!["Bread"],
            vec![]
        ]
    );
    Ok(())
}

#[test]
fn has_one_gives_an_option() -> Result {
    // SEED.5, SEED.28
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.asc())
        .include(User::profile())
        .load(conn)?;
    let profiles: Vec<&Option<UserProfile>> = users.iter().map(|user| &user.profile).collect();
    let bio = |profile: &Option<UserProfile>| profile.as_ref().and_then(|p| p.bio.clone());
    let bios: Vec<_> = profiles.into_iter().map(bio).collect();
    assert_eq!(
        bios,
        [Some("writes".into()), Some("reads".into()), None, None]
    );
    Ok(())
}

#[test]
fn belongs_to_over_a_required_key_gives_the_row_itself() -> Result {
    // EL.1, SEED.22
    let conn = &mut seeded();
    let posts = Post::query()
        .order(posts::id.asc())
        .include(Post::author())
        .load(conn)?;
    let authors: Vec<&str> = posts
        .iter()
        .map(|post| post.author.first_name.as_str())
        .collect();
    assert_eq!(authors, ["Ann", "Ann", "Ann", "Bob", "Cid"]);
    Ok(())
}

#[test]
fn belongs_to_over_an_optional_key_gives_an_option() -> Result {
    // EL.1, SEED.18
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.asc())
        .include(User::manager())
        .load(conn)?;
    let managers: Vec<Option<&str>> = users
        .iter()
        .map(|user| user.manager.as_ref().map(|m: &User| m.first_name.as_str()))
        .collect();
    assert_eq!(managers, [None, Some("Ann"), Some("Ann"), Some("Bob")]);
    Ok(())
}

#[test]
fn belongs_to_many_gives_rows_with_their_links() -> Result {
    // EL.14, SEED.14
    let conn = &mut seeded();
    let posts = Post::query()
        .order(posts::id.asc())
        .include(Post::tags().order(tags::id.asc()))
        .load(conn)?;
    let tags: Vec<Vec<(&str, i32)>> = posts
        .iter()
        .map(|post| {
            let tags: &Vec<Linked<Tag, PostTag>> = &post.tags;
            let pair = |tag: &'_ Linked<Tag, PostTag>| tag.through.relevance;
            tags.iter()
                .map(|tag| (tag.name.as_str(), pair(tag)))
                .collect()
        })
        .collect();
    assert_eq!(
        tags,
        [
            vec![("code", 5), ("data", 1)],
            vec![("data", 9)],
            vec![("code", 10), ("data", 7)],
            vec![("food", 3)],
            vec![]
        ]
    );
    let first = posts[0].tags[1].clone();
    let link = PostTag {
        post_id: 1,
        tag_id: 2,
        relevance: 1,
    };
    assert_eq!(first.through, link);
    assert_eq!(
        first.into_row(),
        Tag {
            id: 2,
            name: "data".into()
        }
    );
    Ok(())
}

#[test]
fn without_through_gives_the_targets_alone() -> Result {
    // EL.15, MN.13
    let conn = &mut seeded();
    let tags = Tag::query()
        .order(tags::id.asc())
        .include(Tag::posts().without_through().order(posts::id.asc()))
        .load(conn)?;
    let posts: Vec<Vec<&str>> = tags.iter().map(|tag| titles(&tag.posts)).collect();
    assert_eq!(
        posts,
        [
            vec!["Rust", "Diesel"],
            vec!["Rust", "SQL", "Diesel"],
            vec!["Tea"],
            vec![]
        ]
    );
    Ok(())
}

#[test]
fn a_filtered_belongs_to_gives_an_option() -> Result {
    // EL.7
    let conn = &mut seeded();
    let posts = Post::query()
        .order(posts::id.asc())
        .include(Post::author().filter(users::first_name.eq("Bob")))
        .load(conn)?;
    let authors: Vec<Option<i32>> = posts
        .iter()
        .map(|post| post.author.as_ref().map(|author: &User| author.id))
        .collect();
    assert_eq!(authors, [None, None, None, Some(2), None]);
    Ok(())
}

#[test]
fn a_required_to_one_gives_the_row_itself() -> Result {
    // EL.5, SEED.25
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.asc())
        .include(User::profile().required())
        .include(User::manager().required())
        .load(conn)?;
    let rows: Vec<(&str, &str, i32)> = users
        .iter()
        .map(|u| {
            let (manager, profile): (&User, &UserProfile) = (&u.manager, &u.profile);
            (
                u.first_name.as_str(),
                manager.first_name.as_str(),
                profile.id,
            )
        })
        .collect();
    assert_eq!(rows, [("Bob", "Ann", 2)]);
    Ok(())
}

#[test]
fn count_gives_a_number_of_each_kind() -> Result {
    let conn = &mut seeded();
    let users = User::query()
        .order(users::id.asc())
        .include(User::posts().count())
        .load(conn)?;
    assert_eq!(
        users.iter().map(|user| user.posts).collect::<Vec<i64>>(),
        [3, 1, 1, 0]
    );
    let posts = Post::query()
        .order(posts::id.asc())
        .include(Post::tags().count())
        .load(conn)?;
    assert_eq!(
        posts.iter().map(|post| post.tags).collect::<Vec<i64>>(),
        [2, 1, 2, 1, 0]
    );
    Ok(())
}

#[test]
fn several_includes_stand_side_by_side() -> Result {
    // EL.13, SEED.24
    let conn = &mut seeded();
    let ann = User::query()
        .filter(users::id.eq(1))
        .include(User::profile())
        .include(User::posts().order(posts::id.asc()))
        .include(User::subordinates().order(users::id.asc()))
        .first(conn)?;
    assert_eq!(ann.profile.as_ref().map(|p| p.user_id), Some(1));
    assert_eq!(titles(&ann.posts), ["Rust", "SQL", "Diesel"]);
    let names: Vec<_> = ann.subordinates.iter().map(|u| &u.first_name).collect();
    assert_eq!(names, ["Bob", "Cid"]);
    Ok(())
}

#[test]
fn what_is_not_included_says_so() -> Result {
    let conn = &mut seeded();
    let ann = User::query()
        .filter(users::id.eq(1))
        .include(User::profile())
        .first(conn)?;
    let posts: NotIncluded<UserPosts> = ann.posts;
    assert_eq!(format!("{posts:?}"), "NotIncluded");
    Ok(())
}

#[test]
fn a_tree_is_included_level_by_level() -> Result {
    // SEED.19
    let conn = &mut seeded();
    let roots = Category::query()
        .filter(categories::parent_id.is_null())
        .order(categories::id.asc())
        .include(Category::children().include(Category::children()))
        .load(conn)?;
    let [tech, life] = &roots[..] else {
        panic!("{roots:?}");
    };
    assert_eq!((tech.name.as_str(), life.name.as_str()), ("Tech", "Life"));
    assert_eq!((tech.children.len(), life.children.len()), (1, 0));
    let code = &tech.children[0];
    let leaves: Vec<&str> = code.children.iter().map(|c| c.name.as_str()).collect();
    assert_eq!((code.name.as_str(), leaves), ("Code", vec!["Web"]));
    Ok(())
}

#[test]
fn includes_nest_four_levels() -> Result {
    // EL.28
    let conn = &mut seeded();
    let dan = User::query()
        .filter(users::id.eq(4))
        .include(
            User::manager().include(
                User::manager().include(
                    User::posts()
                        .order(posts::id.asc())
                        .include(Post::tags().order(tags::id.asc())),
                ),
            ),
        )
        .first(conn)?;
    let bob = dan.manager.as_ref().expect("Bob");
    let ann = bob.manager.as_ref().expect("Ann");
    assert_eq!(
        (bob.first_name.as_str(), ann.first_name.as_str()),
        ("Bob", "Ann")
    );
    let tags: Vec<Vec<&str>> = ann
        .posts
        .iter()
        .map(|post| post.tags.iter().map(|tag| tag.name.as_str()).collect())
        .collect();
    assert_eq!(
        tags,
        [vec!["code", "data"], vec!["data"], vec!["code", "data"]]
    );
    Ok(())
}

#[test]
fn rows_can_be_shown_cloned_and_compared() -> Result {
    let conn = &mut seeded();
    let load = |conn: &mut orm_tests::Conn| {
        User::query()
            .filter(users::id.eq(2))
            .include(User::posts().include(Post::tags()))
            .first(conn)
    };
    let bob = load(conn)?;
    assert_eq!(bob, load(conn)?);
    let mut other = bob.clone();
    assert_eq!(bob, other);
    other.posts[0].tags[0].through.relevance = 4;
    assert_ne!(bob, other);
    let shown = format!("{bob:?}");
    assert!(shown.starts_with("UserWith { model: User { id: 2, first_name: \"Bob\""));
    assert!(shown.contains("profile: NotIncluded"));
    assert!(shown.contains("title: \"Tea\""));
    let model: User = bob.into_model();
    assert_eq!(model, User::get_by_pk(conn, 2)?);
    Ok(())
}
