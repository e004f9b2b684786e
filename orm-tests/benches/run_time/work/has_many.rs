//! Parents with ten rows each.

use std::collections::HashMap;

use diesel::prelude::*;
use orm_core::prelude::*;

use super::{nested, reading};
use crate::harness::Work;
use crate::models::{self, authors, posts};
use crate::rows::{Author, Post};
use crate::stage::Stage;

pub fn works() -> Vec<Work<Stage>> {
    vec![
        work("has_many 100 × 10", 100, NONE),
        work("has_many 10,000 × 10", 10_000, NONE),
        work("has_many 10,000 × 10, a gap in the keys", 10_000, 5_000),
    ]
}

/// No author has this key.
const NONE: i32 = 0;

/// All parents but one.
fn work(name: &'static str, parents: i32, but: i32) -> Work<Stage> {
    let work = reading(name)
        .idiom(move |stage| idiom(stage, parents, but), nested)
        .ours(
            move |stage| {
                models::Author::query()
                    .filter(authors::id.le(parents).and(authors::id.ne(but)))
                    .include(models::Author::posts())
                    .load(&mut stage.conn)
                    .expect("authors")
            },
            |rows| nested(rows.into_iter().map(|row| ((*row).clone(), row.posts))),
        )
        .fast(move |stage| fast(stage, parents, but), nested);
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        move |floor| {
            let authors: Vec<Author> =
                floor.all("authors", "WHERE id <= $1 AND id <> $2", &[&parents, &but]);
            let ids: Vec<i32> = authors.iter().map(|author| author.id).collect();
            let posts: Vec<Post> = floor.with_keys("posts", "author_id", &ids, "");
            group(authors, posts)
        },
        nested,
    );
    work
}

fn idiom(stage: &mut Stage, parents: i32, but: i32) -> Vec<(Author, Vec<Post>)> {
    let authors = authors::table
        .filter(authors::id.le(parents).and(authors::id.ne(but)))
        .select(Author::as_select())
        .load(&mut stage.conn)
        .expect("authors");
    let posts = Post::belonging_to(&authors)
        .select(Post::as_select())
        .load(&mut stage.conn)
        .expect("posts")
        .grouped_by(&authors);
    authors.into_iter().zip(posts).collect()
}

/// The parents' keys as a subquery, which stays prepared, and one pass to group.
fn fast(stage: &mut Stage, parents: i32, but: i32) -> Vec<(Author, Vec<Post>)> {
    let of_parents = authors::table.filter(authors::id.le(parents).and(authors::id.ne(but)));
    let authors = of_parents.load(&mut stage.conn).expect("authors");
    let posts = posts::table
        .filter(posts::author_id.eq_any(of_parents.select(authors::id)))
        .load(&mut stage.conn)
        .expect("posts");
    group(authors, posts)
}

/// Each post to its author.
pub fn group(authors: Vec<Author>, posts: Vec<Post>) -> Vec<(Author, Vec<Post>)> {
    let places: HashMap<i32, usize> = authors.iter().map(|row| row.id).zip(0..).collect();
    let pair = |author| (author, Vec::with_capacity(10));
    let mut pairs: Vec<(Author, Vec<Post>)> = authors.into_iter().map(pair).collect();
    for post in posts {
        if let Some((_, posts)) = places
            .get(&post.author_id)
            .and_then(|place| pairs.get_mut(*place))
        {
            posts.push(post);
        }
    }
    pairs
}
