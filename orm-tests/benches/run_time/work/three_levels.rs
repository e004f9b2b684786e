//! Parents with ten rows each, and three below each of these.

use std::collections::HashMap;

use diesel::prelude::*;
use orm_core::prelude::*;

use super::{nested, reading, sorted};
use crate::harness::Work;
use crate::models::{self, authors, comments, posts};
use crate::rows::{Author, Comment, Post};
use crate::stage::Stage;

const PARENTS: i32 = 1_000;

type Tree = Vec<(Author, Vec<(Post, Vec<Comment>)>)>;

fn show(tree: Tree) -> String {
    nested(tree.into_iter().map(|(author, posts)| {
        let posts = posts.into_iter().map(|(post, rows)| (post, sorted(rows)));
        (author, posts.collect())
    }))
}

pub fn work() -> Work<Stage> {
    let work = reading("three levels, 1,000 × 10 × 3")
        .idiom(idiom, show)
        .ours(
            |stage| {
                models::Author::query()
                    .filter(authors::id.le(PARENTS))
                    .include(models::Author::posts().include(models::Post::comments()))
                    .load(&mut stage.conn)
                    .expect("authors")
            },
            |rows| {
                nested(rows.into_iter().map(|row| {
                    let author = (*row).clone();
                    let posts = row.posts.into_iter();
                    let posts = posts.map(|post| ((*post).clone(), sorted(post.comments)));
                    (author, posts.collect())
                }))
            },
        )
        .fast(fast, show);
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        |floor| {
            let authors: Vec<Author> = floor.all("authors", "WHERE id <= $1", &[&PARENTS]);
            let ids: Vec<i32> = authors.iter().map(|author| author.id).collect();
            let posts: Vec<Post> = floor.with_keys("posts", "author_id", &ids, "");
            let ids: Vec<i32> = posts.iter().map(|post| post.id).collect();
            let comments: Vec<Comment> = floor.with_keys("comments", "post_id", &ids, "");
            group(authors, posts, comments)
        },
        show,
    );
    work
}

fn idiom(stage: &mut Stage) -> Tree {
    let conn = &mut stage.conn;
    let authors = authors::table
        .filter(authors::id.le(PARENTS))
        .select(Author::as_select())
        .load(conn)
        .expect("authors");
    let posts = Post::belonging_to(&authors)
        .select(Post::as_select())
        .load(conn)
        .expect("posts");
    let comments = Comment::belonging_to(&posts)
        .select(Comment::as_select())
        .load(conn)
        .expect("comments")
        .grouped_by(&posts);
    let posts: Vec<(Post, Vec<Comment>)> = posts.into_iter().zip(comments).collect();
    let posts = posts.grouped_by(&authors);
    authors.into_iter().zip(posts).collect()
}

fn fast(stage: &mut Stage) -> Tree {
    let conn = &mut stage.conn;
    let first = authors::table.filter(authors::id.le(PARENTS));
    let second = posts::table.filter(posts::author_id.eq_any(first.select(authors::id)));
    let third = comments::table.filter(comments::post_id.eq_any(second.select(posts::id)));
    let authors = first.load(conn).expect("authors");
    let posts = second.load(conn).expect("posts");
    group(authors, posts, third.load(conn).expect("comments"))
}

fn group(authors: Vec<Author>, posts: Vec<Post>, comments: Vec<Comment>) -> Tree {
    let places: HashMap<i32, usize> = posts.iter().map(|row| row.id).zip(0..).collect();
    let mut of_posts: Vec<Vec<Comment>> = posts.iter().map(|_| Vec::with_capacity(3)).collect();
    for comment in comments {
        let place = places.get(&comment.post_id);
        if let Some(rows) = place.and_then(|place| of_posts.get_mut(*place)) {
            rows.push(comment);
        }
    }
    let places: HashMap<i32, usize> = authors.iter().map(|row| row.id).zip(0..).collect();
    let pair = |author| (author, Vec::with_capacity(10));
    let mut tree: Tree = authors.into_iter().map(pair).collect();
    for (post, comments) in posts.into_iter().zip(of_posts) {
        let place = places.get(&post.author_id);
        if let Some((_, posts)) = place.and_then(|place| tree.get_mut(*place)) {
            posts.push((post, comments));
        }
    }
    tree
}
