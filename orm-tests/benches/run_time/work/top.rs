//! The first five rows of each parent.

use diesel::prelude::*;
use orm_core::prelude::*;

use super::has_many::group;
use super::{nested, reading};
use crate::harness::Work;
use crate::models::{self, authors, posts, sections};
use crate::rows::{Author, Post, Section};
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::seed::SECTIONS;
use crate::stage::Stage;

const TOP: usize = 5;
const PARENTS: i32 = 1_000;

pub fn works() -> Vec<Work<Stage>> {
    vec![of_ten(), of_a_thousand()]
}

/// Loads all and cuts.
fn of_ten() -> Work<Stage> {
    let work = reading("top five of ten, 1,000 parents")
        .idiom(
            |stage| {
                let authors = authors::table
                    .filter(authors::id.le(PARENTS))
                    .select(Author::as_select())
                    .load(&mut stage.conn)
                    .expect("authors");
                let posts = Post::belonging_to(&authors)
                    .select(Post::as_select())
                    .order(posts::views.desc())
                    .load(&mut stage.conn)
                    .expect("posts")
                    .grouped_by(&authors);
                cut(authors.into_iter().zip(posts).collect())
            },
            nested,
        )
        .ours(
            |stage| {
                models::Author::query()
                    .filter(authors::id.le(PARENTS))
                    .include(models::Author::posts().order(posts::views.desc()).limit(5))
                    .load(&mut stage.conn)
                    .expect("authors")
            },
            |rows| nested(rows.into_iter().map(|row| ((*row).clone(), row.posts))),
        )
        .fast(
            |stage| {
                let first = authors::table.filter(authors::id.le(PARENTS));
                let authors = first.load(&mut stage.conn).expect("authors");
                let posts = posts::table
                    .filter(posts::author_id.eq_any(first.select(authors::id)))
                    .load(&mut stage.conn)
                    .expect("posts");
                // Ten are sorted faster here than all of them there.
                let mut pairs = group(authors, posts);
                for (_, posts) in &mut pairs {
                    posts.sort_unstable_by_key(|post| std::cmp::Reverse(post.views));
                }
                cut(pairs)
            },
            nested,
        );
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        |floor| {
            let authors: Vec<Author> = floor.all("authors", "WHERE id <= $1", &[&PARENTS]);
            let ids: Vec<i32> = authors.iter().map(|author| author.id).collect();
            let posts: Vec<Post> = floor.with_keys("posts", "author_id", &ids, "");
            let mut pairs = group(authors, posts);
            for (_, posts) in &mut pairs {
                posts.sort_unstable_by_key(|post| std::cmp::Reverse(post.views));
            }
            cut(pairs)
        },
        nested,
    );
    work
}

fn of_a_thousand() -> Work<Stage> {
    let work = reading("top five of 1,000, 100 parents")
        .idiom(
            |stage| {
                let sections = sections::table
                    .select(Section::as_select())
                    .load(&mut stage.conn)
                    .expect("sections");
                let posts = Post::belonging_to(&sections)
                    .select(Post::as_select())
                    .order(posts::views.desc())
                    .load(&mut stage.conn)
                    .expect("posts")
                    .grouped_by(&sections);
                cut(sections.into_iter().zip(posts).collect())
            },
            nested,
        )
        .ours(
            |stage| {
                models::Section::query()
                    .include(models::Section::posts().order(posts::views.desc()).limit(5))
                    .load(&mut stage.conn)
                    .expect("sections")
            },
            |rows| nested(rows.into_iter().map(|row| ((*row).clone(), row.posts))),
        )
        .fast(
            // A query per parent: too many statements on a network, the fewest rows anywhere.
            |stage| {
                let conn = &mut stage.conn;
                let sections: Vec<Section> = sections::table.load(conn).expect("sections");
                let pairs = sections.into_iter().map(|section| {
                    let posts = posts::table
                        .filter(posts::section_id.eq(section.id))
                        .order(posts::views.desc())
                        .limit(5)
                        .load::<Post>(conn)
                        .expect("posts");
                    (section, posts)
                });
                pairs.collect::<Vec<_>>()
            },
            nested,
        );
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        |floor| {
            let sections: Vec<Section> = floor.all("sections", "WHERE id <= $1", &[&SECTIONS]);
            let pairs = sections.into_iter().map(|section| {
                let rest = "WHERE section_id = $1 ORDER BY views DESC LIMIT 5";
                let posts: Vec<Post> = floor.all("posts", rest, &[&section.id]);
                (section, posts)
            });
            pairs.collect::<Vec<_>>()
        },
        nested,
    );
    work
}

fn cut<P>(mut pairs: Vec<(P, Vec<Post>)>) -> Vec<(P, Vec<Post>)> {
    for (_, posts) in &mut pairs {
        posts.truncate(TOP);
    }
    pairs
}
