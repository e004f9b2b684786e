//! Rows that are inserted and come back with their keys.

use diesel::Connection;
use orm_core::prelude::*;
use orm_tests::Conn;

use super::sorted;
#[cfg(any(feature = "sqlite", feature = "postgres"))]
use crate::floor::Floor;
use crate::harness::Work;
use crate::models;
use crate::rows::{Author, FullAuthor, NewAuthor};
use crate::seed;
use crate::stage::Stage;

mod statements;

pub use statements::many_full;

pub fn works() -> Vec<Work<Stage>> {
    vec![
        one(),
        ten(),
        many("bulk create 100", 100),
        many("bulk create 1,000", 1_000),
    ]
}

fn writing(name: &'static str) -> Work<Stage> {
    Work {
        name,
        variants: Vec::new(),
        reset: Box::new(|stage: &mut Stage| stage.run(&seed::created_authors())),
        repeats: true,
    }
}

/// The keys go on, so they are not shown.
fn without_key(author: Author) -> Author {
    Author { id: 0, ..author }
}

fn without_our_key(author: models::Author) -> models::Author {
    models::Author { id: 0, ..author }
}

fn show(author: Author) -> String {
    format!("{:?}", without_key(author))
}

fn show_ours(author: models::Author) -> String {
    format!("{:?}", without_our_key(author))
}

fn show_all(rows: Vec<Author>) -> String {
    format!("{:?}", sorted(rows.into_iter().map(without_key)))
}

fn show_all_ours(rows: Vec<models::Author>) -> String {
    format!("{:?}", sorted(rows.into_iter().map(without_our_key)))
}

fn name(number: i32) -> String {
    format!("new author {number}")
}

fn mail(number: i32) -> String {
    format!("new{number}@example.org")
}

/// Every other one has a biography.
fn bio(number: i32) -> Option<String> {
    (number % 2 == 0).then(|| format!("writes about {number}"))
}

fn new(number: i32) -> NewAuthor {
    NewAuthor {
        name: name(number),
        email: mail(number),
        bio: bio(number),
        age: 40,
        score: 1.5,
        active: true,
    }
}

fn full(number: i32) -> FullAuthor {
    FullAuthor {
        name: name(number),
        email: mail(number),
        bio: bio(number),
        age: 40,
        score: 1.5,
        active: true,
    }
}

fn builder(number: i32) -> models::NewAuthor {
    models::NewAuthor {
        id: None,
        name: name(number),
        email: mail(number),
        bio: bio(number),
        age: 40,
        score: 1.5,
        active: true,
    }
}

fn one() -> Work<Stage> {
    let mut work = writing("create one, row returned");
    work = work.idiom(|stage| statements::one(&mut stage.conn, &new(1)), show);
    work = work.ours(|stage| ours(&mut stage.conn, 1), show_ours);
    work = work.fast(|stage| statements::one_fast(&mut stage.conn, &new(1)), show);
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(|floor| floor_one(floor, 1), show);
    work
}

/// Where several are created the server's commit, which no ORM makes faster, is paid once.
fn ten() -> Work<Stage> {
    const TEN: std::ops::Range<i32> = 0..10;
    let mut work = writing("create ten in a transaction, one by one");
    work = work.idiom(
        |stage| {
            let ten = |conn: &mut Conn| TEN.map(|at| statements::one(conn, &new(at))).collect();
            in_transaction(&mut stage.conn, ten)
        },
        show_all,
    );
    work = work.ours(
        |stage| {
            let ten = |conn: &mut Conn| TEN.map(|at| ours(conn, at)).collect::<Vec<_>>();
            in_transaction(&mut stage.conn, ten)
        },
        show_all_ours,
    );
    work = work.fast(
        |stage| {
            let ten =
                |conn: &mut Conn| TEN.map(|at| statements::one_fast(conn, &new(at))).collect();
            in_transaction(&mut stage.conn, ten)
        },
        show_all,
    );
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        |floor| floor.transaction(|floor| TEN.map(|at| floor_one(floor, at)).collect()),
        show_all,
    );
    work
}

fn in_transaction<T>(conn: &mut Conn, work: impl FnOnce(&mut Conn) -> T) -> T {
    let all: diesel::QueryResult<T> = conn.transaction(|conn| Ok(work(conn)));
    all.expect("a transaction")
}

fn ours(conn: &mut Conn, number: i32) -> models::Author {
    let new = models::Author::builder()
        .name(name(number))
        .email(mail(number))
        .bio(bio(number))
        .age(40)
        .score(1.5)
        .active(true);
    models::Author::create(conn, new).expect("an author")
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn floor_one(floor: &mut Floor, number: i32) -> Author {
    let new = new(number);
    floor.one::<Author>(RETURNING, &binds(&new))
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
const INSERT: &str = "INSERT INTO authors (name, email, bio, age, score, active)
                      VALUES ($1, $2, $3, $4, $5, $6)";
#[cfg(any(feature = "sqlite", feature = "postgres"))]
const RETURNING: &str = "INSERT INTO authors (name, email, bio, age, score, active)
                         VALUES ($1, $2, $3, $4, $5, $6)
                         RETURNING id, name, email, bio, age, score, active";

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn binds(new: &NewAuthor) -> [crate::floor::Bind<'_>; 6] {
    [
        &new.name,
        &new.email,
        &new.bio,
        &new.age,
        &new.score,
        &new.active,
    ]
}

fn many(what: &'static str, count: i32) -> Work<Stage> {
    let mut work = writing(what);
    work = work.idiom(
        move |stage| {
            let new: Vec<NewAuthor> = (0..count).map(new).collect();
            statements::many(&mut stage.conn, &new)
        },
        show_all,
    );
    work = work.ours(
        move |stage| {
            let new = (0..count).map(builder);
            models::Author::bulk_create(&mut stage.conn, new).expect("authors")
        },
        show_all_ours,
    );
    work = work.fast(
        move |stage| {
            let new: Vec<FullAuthor> = (0..count).map(full).collect();
            statements::many_full(&mut stage.conn, &new)
        },
        show_all,
    );
    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    let work = work.floor(
        move |floor| {
            let new: Vec<NewAuthor> = (0..count).map(new).collect();
            let ids = floor.insert_each(INSERT, new.iter().map(binds));
            // All that was written is known; only the keys are new.
            let rows = ids.into_iter().zip(new).map(|(id, new)| Author {
                id,
                name: new.name,
                email: new.email,
                bio: new.bio,
                age: new.age,
                score: new.score,
                active: new.active,
            });
            rows.collect::<Vec<_>>()
        },
        show_all,
    );
    work
}
