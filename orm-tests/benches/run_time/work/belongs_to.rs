//! Rows that share parents: each row gets its own copy.

use std::collections::{HashMap, HashSet};

use diesel::prelude::*;
use orm_core::prelude::*;

use super::{reading, sorted};
use crate::harness::Work;
use crate::models::{self, posts, sections};
use crate::rows::{Post, Section};
use crate::stage::Stage;

const ROWS: i32 = 10_000;

fn show(rows: Vec<(Post, Section)>) -> String {
    format!("{:?}", sorted(rows))
}

pub fn work() -> Work<Stage> {
    let work = reading("belongs_to, 10,000 rows of 100 parents")
        .idiom(
            |stage| {
                posts::table
                    .inner_join(sections::table)
                    .filter(posts::id.le(ROWS))
                    .select((Post::as_select(), Section::as_select()))
                    .load::<(Post, Section)>(&mut stage.conn)
                    .expect("posts")
            },
            show,
        )
        .ours(
            |stage| {
                models::Post::query()
                    .filter(posts::id.le(ROWS))
                    .include(models::Post::section())
                    .load(&mut stage.conn)
                    .expect("posts")
            },
            |rows| {
                let rows = rows.into_iter().map(|row| ((*row).clone(), row.section));
                format!("{:?}", sorted(rows))
            },
        )
        .fast(
            |stage| {
                let conn = &mut stage.conn;
                let posts: Vec<Post> = posts::table
                    .filter(posts::id.le(ROWS))
                    .load(conn)
                    .expect("posts");
                let sections = sections::table
                    .filter(sections::id.eq_any(parents(&posts)))
                    .load(conn)
                    .expect("sections");
                join(posts, sections)
            },
            show,
        );
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        |floor| {
            let posts: Vec<Post> = floor.all("posts", "WHERE id <= $1", &[&ROWS]);
            let sections = floor.with_keys("sections", "id", &parents(&posts), "");
            join(posts, sections)
        },
        show,
    );
    work
}

fn parents(posts: &[Post]) -> Vec<i32> {
    let distinct: HashSet<i32> = posts.iter().map(|post| post.section_id).collect();
    distinct.into_iter().collect()
}

fn join(posts: Vec<Post>, sections: Vec<Section>) -> Vec<(Post, Section)> {
    let sections: HashMap<i32, Section> = sections.into_iter().map(|row| (row.id, row)).collect();
    let pairs = posts.into_iter().filter_map(|post| {
        let section = sections.get(&post.section_id)?.clone();
        Some((post, section))
    });
    pairs.collect()
}
