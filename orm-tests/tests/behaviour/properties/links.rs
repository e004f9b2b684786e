//! Linking and unlinking against a model of sets.

use std::collections::{BTreeMap, BTreeSet};

use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::Conn;
use proptest::collection::vec;
use proptest::prelude::*;

use super::CASES;
use super::graph::*;
use super::oracle::{Scored, sorted};

/// A change of what one row is linked to. The ids repeat, and some rows do not exist.
#[derive(Debug, Clone)]
enum Change {
    Add(Vec<i32>),
    AddOne(i32),
    AddWith(Vec<i32>, i32),
    Set(Vec<i32>),
    SetWith(Vec<i32>, i32),
    Remove(Vec<i32>),
    RemoveOne(i32),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let ids = || vec(1..=7_i32, 0..5);
    let change = prop_oneof![
        ids().prop_map(Change::Add),
        (1..=7_i32).prop_map(Change::AddOne),
        (ids(), score()).prop_map(|(ids, weight)| Change::AddWith(ids, weight)),
        ids().prop_map(Change::Set),
        (ids(), score()).prop_map(|(ids, weight)| Change::SetWith(ids, weight)),
        ids().prop_map(Change::Remove),
        (1..=7_i32).prop_map(Change::RemoveOne),
    ];
    vec(change, 0..8)
}

/// The weight of each link, by post and tag.
type Weights = BTreeMap<(i32, i32), i32>;

fn weights(conn: &mut Conn) -> orm_core::Result<Weights> {
    let links = PostTag::find_all(conn)?.into_iter();
    Ok(links
        .map(|link| ((link.post_id, link.tag_id), link.weight))
        .collect())
}

/// What a change makes of the links of one post.
fn relink(links: &mut Weights, post: i32, change: &Change) {
    match change {
        Change::Add(tags) | Change::Set(tags) => {
            for tag in tags {
                links.entry((post, *tag)).or_insert(1);
            }
        }
        Change::AddOne(tag) => {
            links.entry((post, *tag)).or_insert(1);
        }
        Change::AddWith(tags, weight) | Change::SetWith(tags, weight) => {
            links.extend(tags.iter().map(|tag| ((post, *tag), *weight)));
        }
        Change::Remove(tags) => links.retain(|(of, tag), _| *of != post || !tags.contains(tag)),
        Change::RemoveOne(tag) => {
            links.remove(&(post, *tag));
        }
    }
    if let Change::Set(tags) | Change::SetWith(tags, _) = change {
        links.retain(|(of, tag), _| *of != post || tags.contains(tag));
    }
}

fn relink_stored(conn: &mut Conn, post: &Post, change: Change) -> orm_core::Result<()> {
    let weighing = |weight| PostTag::builder().weight(weight);
    match change {
        Change::Add(tags) => post.add_tags(conn, tags),
        Change::AddOne(tag) => post.add_tag(conn, tag),
        Change::AddWith(tags, weight) => post.add_tags_with(conn, tags, weighing(weight)),
        Change::Set(tags) => post.set_tags(conn, tags),
        Change::SetWith(tags, weight) => post.set_tags_with(conn, tags, weighing(weight)),
        Change::Remove(tags) => post.remove_tags(conn, tags),
        Change::RemoveOne(tag) => post.remove_tag(conn, tag),
    }
}

/// What a change makes of the posts that one user edits; the junction's columns have no meaning.
fn re_edit(posts: &mut [Post], user: i32, change: &Change) {
    let (add, tags, rest) = match change {
        Change::Add(ids) | Change::AddWith(ids, _) => (true, ids.clone(), false),
        Change::AddOne(id) => (true, vec![*id], false),
        Change::Set(ids) | Change::SetWith(ids, _) => (true, ids.clone(), true),
        Change::Remove(ids) => (false, ids.clone(), false),
        Change::RemoveOne(id) => (false, vec![*id], false),
    };
    for post in posts {
        let own = post.editor_id == Some(user);
        match tags.contains(&post.id) {
            true if add => post.editor_id = Some(user),
            true if own => post.editor_id = None,
            false if own && rest => post.editor_id = None,
            _ => {}
        }
    }
}

fn re_edit_stored(conn: &mut Conn, user: &User, change: Change) -> orm_core::Result<()> {
    match change {
        Change::Add(ids) | Change::AddWith(ids, _) => user.add_edited_posts(conn, ids),
        Change::AddOne(id) => user.add_edited_post(conn, id),
        Change::Set(ids) | Change::SetWith(ids, _) => user.set_edited_posts(conn, ids),
        Change::Remove(ids) => user.remove_edited_posts(conn, ids),
        Change::RemoveOne(id) => user.remove_edited_post(conn, id),
    }
}

/// The rows that a change links, which must exist.
fn linked_by(change: &Change) -> Vec<i32> {
    match change {
        Change::Add(ids) | Change::AddWith(ids, _) => ids.clone(),
        Change::Set(ids) | Change::SetWith(ids, _) => ids.clone(),
        Change::AddOne(id) => vec![*id],
        Change::Remove(_) | Change::RemoveOne(_) => Vec::new(),
    }
}

fn exist<R: Scored>(rows: &[R], ids: &[i32]) -> bool {
    ids.iter().all(|id| rows.iter().any(|row| row.id() == *id))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(CASES))]

    #[test]
    fn many_to_many(graph in sound_graph(), changes in changes()) {
        let conn = &mut *graph.stored();
        let mut links = weights(conn)?;
        for (index, change) in changes.into_iter().enumerate() {
            // Posts take turns: the links of the others must stay.
            let Some(post) = graph.posts.get(index % graph.posts.len().max(1)) else {
                return Ok(());
            };
            let done = relink_stored(conn, post, change.clone());
            if exist(&graph.tags, &linked_by(&change)) {
                done?;
                relink(&mut links, post.id, &change);
            } else {
                prop_assert!(matches!(done, Err(Error::ForeignKeyViolation(_))), "{:?}", done);
            }
            prop_assert_eq!(&weights(conn)?, &links);

            let of_post = links.keys().filter(|(of, _)| *of == post.id).map(|(_, tag)| *tag);
            let of_post: BTreeSet<i32> = of_post.collect();
            prop_assert_eq!(post.count_tags(conn)?, i64::try_from(of_post.len())?);
            let some = linked_by(&change);
            let all = some.iter().all(|tag| of_post.contains(tag));
            prop_assert_eq!(post.has_tags(conn, some)?, all);
        }
    }

    #[test]
    fn has_many(graph in sound_graph(), changes in changes()) {
        let conn = &mut *graph.stored();
        let mut posts = graph.posts.clone();
        for (index, change) in changes.into_iter().enumerate() {
            let Some(user) = graph.users.get(index % graph.users.len().max(1)) else {
                return Ok(());
            };
            let done = re_edit_stored(conn, user, change.clone());
            if exist(&posts, &linked_by(&change)) {
                done?;
                re_edit(&mut posts, user.id, &change);
            } else {
                prop_assert!(matches!(done, Err(Error::NotFound { model: "Post", .. })), "{:?}", done);
            }
            prop_assert_eq!(&sorted(Post::find_all(conn)?), &posts);
        }
    }

    #[test]
    fn has_one(graph in sound_graph(), changes in vec((0..6_usize, prop::option::of(0..6_usize)), 0..8)) {
        let conn = &mut *graph.stored();
        let mut profiles = graph.profiles.clone();
        for (user, profile) in changes {
            let (Some(user), profile) = (
                graph.users.get(user),
                profile.and_then(|index| graph.profiles.get(index)),
            ) else {
                continue;
            };
            user.set_profile(conn, profile)?;
            for row in &mut profiles {
                if profile.is_some_and(|profile| profile.id == row.id) {
                    row.user_id = Some(user.id);
                } else if row.user_id == Some(user.id) {
                    row.user_id = None;
                }
            }
            prop_assert_eq!(&sorted(Profile::find_all(conn)?), &profiles);
        }
    }

    #[test]
    fn belongs_to(graph in sound_graph(), changes in vec((0..6_usize, prop::option::of(0..6_usize)), 0..8)) {
        let conn = &mut *graph.stored();
        let mut posts = graph.posts.clone();
        for (post, user) in changes {
            let user = user.and_then(|index| graph.users.get(index));
            let Some(post) = posts.get_mut(post) else {
                continue;
            };
            post.set_editor(conn, user)?;
            prop_assert_eq!(post.editor_id, user.map(|user| user.id));
            if let Some(user) = user {
                post.set_author(conn, user.id)?;
                prop_assert_eq!(post.author_id, user.id);
            }
            prop_assert_eq!(post.get_editor(conn)?, user.cloned());
            prop_assert_eq!(&sorted(Post::find_all(conn)?), &posts);
        }
    }
}
