//! Hand-written code without Diesel: what the database and its client cost by themselves.

use crate::rows::{Author, Comment, Post, PostTag, Section, Tag};

#[cfg(feature = "sqlite")]
#[path = "sqlite.rs"]
mod backend;
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
#[path = "postgres.rs"]
mod backend;

pub use backend::{Bind, Floor, Row, any_of, get, keys};

/// A row that can be read by the places of its columns, from `at` on.
pub trait Read {
    const COLUMNS: &'static str;
    fn read(row: &Row<'_>, at: usize) -> Self;
}

macro_rules! read {
    ($($row:ident: $columns:literal { $($field:ident = $place:literal),+ })+) => {
        $(
            impl Read for $row {
                const COLUMNS: &'static str = $columns;

                fn read(row: &Row<'_>, at: usize) -> Self {
                    Self { $($field: get(row, at + $place)),+ }
                }
            }
        )+
    };
}

read! {
    Author: "id, name, email, bio, age, score, active" {
        id = 0, name = 1, email = 2, bio = 3, age = 4, score = 5, active = 6
    }
    Section: "id, name, slug, description, place, weight, hidden" {
        id = 0, name = 1, slug = 2, description = 3, place = 4, weight = 5, hidden = 6
    }
    Post: "id, author_id, section_id, title, body, views, published" {
        id = 0, author_id = 1, section_id = 2, title = 3, body = 4, views = 5, published = 6
    }
    Comment: "id, post_id, name, text, likes, score, hidden" {
        id = 0, post_id = 1, name = 2, text = 3, likes = 4, score = 5, hidden = 6
    }
    Tag: "id, name, slug, description, uses, weight, hidden" {
        id = 0, name = 1, slug = 2, description = 3, uses = 4, weight = 5, hidden = 6
    }
    PostTag: "post_id, tag_id, relevance" { post_id = 0, tag_id = 1, relevance = 2 }
}

impl Floor {
    /// The one row of a whole statement.
    pub fn one<R: Read>(&mut self, sql: &str, binds: &[Bind<'_>]) -> R {
        let rows = self.rows(sql, binds, |row| R::read(row, 0));
        rows.into_iter().next().expect("a row")
    }

    /// The rows of a table that meet a condition.
    pub fn all<R: Read>(&mut self, table: &str, rest: &str, binds: &[Bind<'_>]) -> Vec<R> {
        let sql = format!("SELECT {} FROM {table} {rest}", R::COLUMNS);
        self.rows(&sql, binds, |row| R::read(row, 0))
    }

    /// The rows of a table whose column is one of some keys.
    pub fn with_keys<R: Read>(
        &mut self,
        table: &str,
        column: &str,
        values: &[i32],
        rest: &str,
    ) -> Vec<R> {
        self.all(
            table,
            &format!("WHERE {} {rest}", any_of(column)),
            &[&keys(values)],
        )
    }
}
