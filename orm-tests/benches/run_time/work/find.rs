//! One row: by key, and by a filter.

use diesel::prelude::*;
use orm_core::prelude::*;

use super::{Jumping, reading};
use crate::harness::Work;
use crate::models::{self, authors};
use crate::rows::Author;
use crate::seed::AUTHORS;
use crate::stage::Stage;

pub fn works() -> Vec<Work<Stage>> {
    vec![by_key(), first()]
}

fn show<T: std::fmt::Debug>(row: T) -> String {
    format!("{row:?}")
}

fn by_key() -> Work<Stage> {
    let work = reading("find by key");
    let mut keys = Jumping::below(AUTHORS);
    let idiom = move |stage: &mut Stage| {
        authors::table
            .find(keys.next())
            .select(Author::as_select())
            .first(&mut stage.conn)
            .expect("an author")
    };
    let mut keys = Jumping::below(AUTHORS);
    let ours = move |stage: &mut Stage| {
        models::Author::get_by_pk(&mut stage.conn, keys.next()).expect("an author")
    };
    let mut keys = Jumping::below(AUTHORS);
    let fast = move |stage: &mut Stage| {
        authors::table
            .find(keys.next())
            .get_result::<Author>(&mut stage.conn)
            .expect("an author")
    };
    let work = work.idiom(idiom, show).ours(ours, show).fast(fast, show);
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = {
        let mut keys = Jumping::below(AUTHORS);
        let floor = move |floor: &mut crate::floor::Floor| {
            floor.one::<Author>(
                "SELECT id, name, email, bio, age, score, active FROM authors WHERE id = $1",
                &[&keys.next()],
            )
        };
        work.floor(floor, show)
    };
    work
}

fn email(keys: &mut Jumping) -> String {
    format!("author{}@example.org", keys.next())
}

fn first() -> Work<Stage> {
    let work = reading("first of a filtered query");
    let mut keys = Jumping::below(AUTHORS);
    let idiom = move |stage: &mut Stage| {
        authors::table
            .filter(authors::email.eq(email(&mut keys)))
            .filter(authors::age.gt(10))
            .select(Author::as_select())
            .first(&mut stage.conn)
            .expect("an author")
    };
    let mut keys = Jumping::below(AUTHORS);
    let ours = move |stage: &mut Stage| {
        let filter = authors::email.eq(email(&mut keys)).and(authors::age.gt(10));
        let found = models::Author::find_one(&mut stage.conn, filter).expect("a query");
        found.expect("an author")
    };
    let mut keys = Jumping::below(AUTHORS);
    let fast = move |stage: &mut Stage| {
        // Who knows that it is one row needs no LIMIT.
        authors::table
            .filter(authors::email.eq(email(&mut keys)))
            .filter(authors::age.gt(10))
            .get_result::<Author>(&mut stage.conn)
            .expect("an author")
    };
    let work = work.idiom(idiom, show).ours(ours, show).fast(fast, show);
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = {
        let mut keys = Jumping::below(AUTHORS);
        let floor = move |floor: &mut crate::floor::Floor| {
            floor.one::<Author>(
                "SELECT id, name, email, bio, age, score, active FROM authors
                 WHERE email = $1 AND age > $2 LIMIT 1",
                &[&email(&mut keys), &10],
            )
        };
        work.floor(floor, show)
    };
    work
}
