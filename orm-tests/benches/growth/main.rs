//! How time and memory grow with the rows: authors and their posts, ten each, from a thousand posts to a
//! million.
//!
//! `cargo xtask growth` runs this and adds what machine it was.

// Benches state what they expect.
#![allow(clippy::expect_used)]

use std::hint::black_box;
use std::time::{Duration, Instant};

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};
use peak_alloc::PeakAlloc;

// The tables of the other benches, of which this one uses two.
#[allow(dead_code)]
#[path = "../run_time/models.rs"]
mod models;
#[allow(dead_code)]
#[path = "../run_time/rows.rs"]
mod rows;
#[allow(dead_code)]
#[path = "../run_time/seed.rs"]
mod seed;

use models::{Magazine, authors};
use rows::{Author, Post};

/// What Rust has allocated. What the client library has is not in it.
#[global_allocator]
static MEMORY: PeakAlloc = PeakAlloc;

const POSTS_EACH: i32 = 10;
const POSTS: [i32; 4] = [1_000, 10_000, 100_000, 1_000_000];

/// Each number of posts is measured for so long, but in at least so many rounds.
const PATIENCE: Duration = Duration::from_secs(10);
const FEWEST_ROUNDS: usize = 8;

fn main() {
    if !std::env::args().any(|argument| argument == "--bench") {
        return; // `cargo test` does not say so
    }
    let conn = &mut connect_to::<Magazine>();
    let parents = POSTS.into_iter().max().unwrap_or_default() / POSTS_EACH;
    let filling = [
        seed::numbered(parents, seed::INTO_AUTHORS, seed::AUTHOR),
        seed::sections(),
        seed::numbered(
            parents * POSTS_EACH,
            seed::INTO_POSTS,
            &seed::post(POSTS_EACH),
        ),
    ];
    for sql in filling {
        conn.batch_execute(&sql).expect("the tables are filled");
    }
    let counted = conn.batch_execute(seed::ANALYZE);
    counted.expect("the tables are counted");
    println!(
        "| posts | Diesel, a post | peak of its result | ours, a post | peak of its result | statements |"
    );
    println!("| ---: | ---: | ---: | ---: | ---: | ---: |");
    for posts in POSTS {
        eprintln!("{posts} posts …");
        let parents = posts / POSTS_EACH;
        let (theirs, ours) = (
            |conn: &mut Conn| idiom(conn, parents),
            |conn: &mut Conn| ours(conn, parents),
        );
        let times = times(conn, theirs, ours);
        let [their_time, our_time] = times.map(|time| time.as_secs_f64() * 1e9 / f64::from(posts));
        let (their_peak, our_peak) = (peak(conn, theirs), peak(conn, ours));
        let (_, sent) = statements::count(conn, |conn| ours(conn));
        println!(
            "| {posts} | {their_time:.0} ns | {their_peak:.2} | {our_time:.0} ns | {our_peak:.2} | {sent} |"
        );
    }
}

fn ours(conn: &mut Conn, parents: i32) -> impl Sized + use<> {
    models::Author::query()
        .filter(authors::id.le(parents))
        .include(models::Author::posts())
        .load(conn)
        .expect("authors")
}

/// In chunks of as many keys as can be bound, which Diesel leaves to its users.
fn idiom(conn: &mut Conn, parents: i32) -> impl Sized + use<> {
    let authors = authors::table
        .filter(authors::id.le(parents))
        .select(Author::as_select())
        .load(conn)
        .expect("authors");
    let mut posts = Vec::new();
    for authors in authors.chunks(30_000) {
        let query = Post::belonging_to(authors).select(Post::as_select());
        posts.append(&mut query.load::<Post>(conn).expect("posts"));
    }
    let posts = posts.grouped_by(&authors);
    authors
        .into_iter()
        .zip(posts)
        .collect::<Vec<(Author, Vec<Post>)>>()
}

/// The median times of two calls, which take turns at being the first of a round. Before each that is
/// timed there is one that is not.
fn times<A, B>(
    conn: &mut Conn,
    one: impl Fn(&mut Conn) -> A,
    other: impl Fn(&mut Conn) -> B,
) -> [Duration; 2] {
    let started = Instant::now();
    let mut times = [Vec::new(), Vec::new()];
    let mut round = 0;
    while round < FEWEST_ROUNDS || started.elapsed() < PATIENCE {
        for turn in [round % 2, (round + 1) % 2] {
            let time = match turn {
                0 => time(conn, &one),
                _ => time(conn, &other),
            };
            times[turn].push(time);
        }
        round += 1;
    }
    times.map(|mut times| {
        times.sort_unstable();
        times[times.len() / 2]
    })
}

fn time<T>(conn: &mut Conn, call: impl Fn(&mut Conn) -> T) -> Duration {
    drop(black_box(call(conn)));
    let start = Instant::now();
    let result = black_box(call(conn));
    let time = start.elapsed();
    drop(result);
    time
}

/// The most memory that a call had at once, as a ratio to what its result has.
fn peak<T>(conn: &mut Conn, call: impl Fn(&mut Conn) -> T) -> f64 {
    let before = MEMORY.current_usage();
    MEMORY.reset_peak_usage();
    let result = black_box(call(conn));
    let (peak, after) = (MEMORY.peak_usage(), MEMORY.current_usage());
    drop(result);
    (peak - before) as f64 / (after - before) as f64
}
