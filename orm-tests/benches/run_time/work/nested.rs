//! Rows that are inserted together with rows of an association, and come back as an include would give them.

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::Conn;

use super::nested as show_nested;
use crate::harness::Work;
use crate::models;
use crate::models::posts;
use crate::rows::{Author, FullAuthor, Post};
use crate::seed;
use crate::stage::Stage;

const POSTS: i32 = 10;

pub fn works() -> Vec<Work<Stage>> {
    vec![
        of("create 100 with 10 posts each", 100),
        of("create 1,000 with 10 posts each", 1_000),
    ]
}

#[derive(Insertable)]
#[diesel(table_name = posts, treat_none_as_default_value = false)]
struct NewPost {
    author_id: i32,
    section_id: i32,
    title: String,
    body: Option<String>,
    views: i32,
    published: bool,
}

fn author(number: i32) -> FullAuthor {
    FullAuthor {
        name: format!("new author {number}"),
        email: format!("new{number}@example.org"),
        bio: None,
        age: 40,
        score: 1.5,
        active: true,
    }
}

fn title(author: i32, post: i32) -> String {
    format!("post {post} of {author}")
}

/// In one transaction: the authors, and then their posts, so many in a statement.
fn by_hand(conn: &mut Conn, count: i32, at_once: usize) -> Vec<(Author, Vec<Post>)> {
    conn.transaction(|conn| {
        let new: Vec<FullAuthor> = (0..count).map(author).collect();
        let mut authors = Vec::with_capacity(new.len());
        for chunk in new.chunks(at_once) {
            authors.append(&mut super::create::many_full(conn, &chunk.to_vec()));
        }
        let mut new = Vec::new();
        for (number, author) in (0..count).zip(&authors) {
            new.extend((0..POSTS).map(|post| NewPost {
                author_id: author.id,
                section_id: 1,
                title: title(number, post),
                body: None,
                views: post,
                published: true,
            }));
        }
        let mut posts = Vec::with_capacity(new.len());
        for chunk in new.chunks(at_once) {
            posts.append(&mut insert_posts(conn, chunk)?);
        }
        let mut posts = posts.into_iter();
        let of_author = |author| (author, posts.by_ref().take(POSTS as usize).collect());
        Ok::<_, diesel::result::Error>(authors.into_iter().map(of_author).collect())
    })
    .expect("authors with posts")
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn insert_posts(conn: &mut Conn, new: &[NewPost]) -> QueryResult<Vec<Post>> {
    diesel::insert_into(posts::table)
        .values(new)
        .get_results(conn)
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
fn insert_posts(conn: &mut Conn, new: &[NewPost]) -> QueryResult<Vec<Post>> {
    diesel::define_sql_function! { fn last_insert_id() -> diesel::sql_types::Integer }
    diesel::insert_into(posts::table)
        .values(new)
        .execute(conn)?;
    let first: i32 = diesel::select(last_insert_id()).get_result(conn)?;
    let end = first.saturating_add_unsigned(new.len() as u32);
    posts::table
        .filter(posts::id.ge(first).and(posts::id.lt(end)))
        .order(posts::id)
        .load(conn)
}

fn ours(conn: &mut Conn, count: i32) -> Vec<Loaded<models::Author, models::AuthorPosts>> {
    let post = |author: i32| {
        move |post: i32| {
            models::Post::builder()
                .section_id(1)
                .title(title(author, post))
                .views(post)
                .published(true)
        }
    };
    let new = (0..count).map(|number| {
        let FullAuthor { name, email, .. } = author(number);
        models::Author::builder()
            .name(name)
            .email(email)
            .age(40)
            .score(1.5)
            .active(true)
            .with_posts((0..POSTS).map(post(number)))
    });
    models::Author::bulk_create(conn, new).expect("authors with posts")
}

fn of(name: &'static str, count: i32) -> Work<Stage> {
    let work = Work {
        name,
        variants: Vec::new(),
        reset: Box::new(|stage: &mut Stage| stage.run(&seed::created_authors_with_posts())),
        repeats: true,
    };
    let show = |authors: Vec<(Author, Vec<Post>)>| {
        show_nested(authors.into_iter().map(|(author, posts)| {
            let posts = posts.into_iter().map(|post| (post.title, post.views));
            (author.email, posts.collect())
        }))
    };
    let show_ours = |authors: Vec<Loaded<models::Author, models::AuthorPosts>>| {
        show_nested(authors.into_iter().map(|author| {
            let posts = author.posts.iter();
            let posts = posts.map(|post| (post.title.clone(), post.views)).collect();
            (author.email.clone(), posts)
        }))
    };
    work.idiom(move |stage| by_hand(&mut stage.conn, count, 1_000), show)
        .ours(move |stage| ours(&mut stage.conn, count), show_ours)
        .fast(move |stage| by_hand(&mut stage.conn, count, 100), show)
}
