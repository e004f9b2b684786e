//! How many rows each parent has.

use std::collections::HashMap;

use diesel::prelude::*;
use orm_core::prelude::*;

use super::{reading, sorted};
use crate::harness::Work;
use crate::models::{self, authors, posts};
use crate::rows::Author;
use crate::stage::Stage;

const PARENTS: i32 = 1_000;

fn show(rows: Vec<(Author, i64)>) -> String {
    format!("{:?}", sorted(rows))
}

pub fn work() -> Work<Stage> {
    let work = reading("count per parent, 1,000 × 10")
        .idiom(
            |stage| {
                let authors = authors::table
                    .filter(authors::id.le(PARENTS))
                    .select(Author::as_select())
                    .load(&mut stage.conn)
                    .expect("authors");
                let ids = authors.iter().map(|author| author.id);
                let counts = posts::table
                    .filter(posts::author_id.eq_any(ids))
                    .group_by(posts::author_id)
                    .select((posts::author_id, diesel::dsl::count_star()))
                    .load(&mut stage.conn)
                    .expect("counts");
                join(authors, counts)
            },
            show,
        )
        .ours(
            |stage| {
                models::Author::query()
                    .filter(authors::id.le(PARENTS))
                    .include(models::Author::posts().count())
                    .load(&mut stage.conn)
                    .expect("authors")
            },
            |rows| {
                let rows = rows.into_iter().map(|row| ((*row).clone(), row.posts));
                format!("{:?}", sorted(rows))
            },
        )
        .fast(
            |stage| {
                let first = authors::table.filter(authors::id.le(PARENTS));
                let authors = first.load(&mut stage.conn).expect("authors");
                let counts = posts::table
                    .filter(posts::author_id.eq_any(first.select(authors::id)))
                    .group_by(posts::author_id)
                    .select((posts::author_id, diesel::dsl::count_star()))
                    .load(&mut stage.conn)
                    .expect("counts");
                join(authors, counts)
            },
            show,
        );
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        |floor| {
            let authors: Vec<Author> = floor.all("authors", "WHERE id <= $1", &[&PARENTS]);
            let ids: Vec<i32> = authors.iter().map(|author| author.id).collect();
            let sql = format!(
                "SELECT author_id, COUNT(*) FROM posts WHERE {} GROUP BY author_id",
                crate::floor::any_of("author_id")
            );
            let counts = floor.rows(&sql, &[&crate::floor::keys(&ids)], |row| {
                (crate::floor::get(row, 0), crate::floor::get(row, 1))
            });
            join(authors, counts)
        },
        show,
    );
    work
}

fn join(authors: Vec<Author>, counts: Vec<(i32, i64)>) -> Vec<(Author, i64)> {
    let counts: HashMap<i32, i64> = counts.into_iter().collect();
    let pairs = authors.into_iter().map(|author| {
        let count = counts.get(&author.id).copied().unwrap_or_default();
        (author, count)
    });
    pairs.collect()
}
