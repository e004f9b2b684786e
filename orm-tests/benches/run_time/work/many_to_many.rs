//! Rows with three tags each, through a junction with a column of its own.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use orm_core::prelude::*;

use super::{nested, reading};
use crate::harness::Work;
use crate::models::{self, post_tags, posts, tags};
use crate::rows::{Post, PostTag, Tag};
use crate::stage::Stage;

type Tagged = Vec<(Post, Vec<(PostTag, Tag)>)>;

pub fn works() -> Vec<Work<Stage>> {
    vec![
        work("many-to-many 1,000 × 3", 1_000),
        work("many-to-many 10,000 × 3", 10_000),
    ]
}

fn work(name: &'static str, parents: i32) -> Work<Stage> {
    let work = reading(name)
        .idiom(move |stage| idiom(stage, parents), nested)
        .ours(
            move |stage| {
                models::Post::query()
                    .filter(posts::id.le(parents))
                    .include(models::Post::tags())
                    .load(&mut stage.conn)
                    .expect("posts")
            },
            |rows| {
                nested(rows.into_iter().map(|row| {
                    let post = (*row).clone();
                    let tags = row.tags.into_iter();
                    let tags = tags.map(|tag| (tag.through.clone(), (*tag).clone()));
                    (post, tags.collect())
                }))
            },
        )
        .fast(move |stage| fast(stage, parents), nested);
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        move |floor| {
            let posts: Vec<Post> = floor.all("posts", "WHERE id <= $1", &[&parents]);
            let ids: Vec<i32> = posts.iter().map(|post| post.id).collect();
            let links: Vec<PostTag> = floor.with_keys("post_tags", "post_id", &ids, "");
            let tags: Vec<Tag> = floor.with_keys("tags", "id", &targets(&links), "");
            group(posts, links, tags)
        },
        nested,
    );
    work
}

fn idiom(stage: &mut Stage, parents: i32) -> Tagged {
    let posts = posts::table
        .filter(posts::id.le(parents))
        .select(Post::as_select())
        .load(&mut stage.conn)
        .expect("posts");
    let tags = PostTag::belonging_to(&posts)
        .inner_join(tags::table)
        .select((PostTag::as_select(), Tag::as_select()))
        .load::<(PostTag, Tag)>(&mut stage.conn)
        .expect("tags")
        .grouped_by(&posts);
    posts.into_iter().zip(tags).collect()
}

/// The links first, then each tag once.
fn fast(stage: &mut Stage, parents: i32) -> Tagged {
    let conn = &mut stage.conn;
    let of_parents = posts::table.filter(posts::id.le(parents));
    let posts = of_parents.load(conn).expect("posts");
    let links: Vec<PostTag> = post_tags::table
        .filter(post_tags::post_id.eq_any(of_parents.select(posts::id)))
        .load(conn)
        .expect("links");
    let tags = tags::table
        .filter(tags::id.eq_any(targets(&links)))
        .load(conn)
        .expect("tags");
    group(posts, links, tags)
}

fn targets(links: &[PostTag]) -> Vec<i32> {
    let distinct: HashSet<i32> = links.iter().map(|link| link.tag_id).collect();
    distinct.into_iter().collect()
}

fn group(posts: Vec<Post>, links: Vec<PostTag>, tags: Vec<Tag>) -> Tagged {
    let tags: HashMap<i32, Tag> = tags.into_iter().map(|tag| (tag.id, tag)).collect();
    let places: HashMap<i32, usize> = posts.iter().map(|row| row.id).zip(0..).collect();
    let pair = |post| (post, Vec::with_capacity(3));
    let mut tagged: Tagged = posts.into_iter().map(pair).collect();
    for link in links {
        let place = places.get(&link.post_id);
        let (Some((_, of_post)), Some(tag)) = (
            place.and_then(|place| tagged.get_mut(*place)),
            tags.get(&link.tag_id),
        ) else {
            continue;
        };
        of_post.push((link, tag.clone()));
    }
    tagged
}
