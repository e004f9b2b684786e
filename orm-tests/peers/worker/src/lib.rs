//! What the peers in Rust share: work with a name, and the answers to what the bench asks on standard
//! input.

// Benches state what they expect.
#![allow(clippy::expect_used)]

use std::fmt::Debug;
use std::hint::black_box;
use std::io::{BufRead, Write};
use std::time::{Duration, Instant};

use tokio::runtime::Runtime;

pub mod digest;

/// How many rows of the table `authors` there are.
const AUTHORS: i32 = 10_000;

/// A key of an author: from turn to turn it jumps about, in the same way for every ORM.
#[must_use]
pub fn key(turn: i32) -> i32 {
    (turn + 1).wrapping_mul(7919).rem_euclid(AUTHORS) + 1
}

/// The tags that are to be linked; before, these are 1 to 100.
pub const WANTED: std::ops::RangeInclusive<i32> = 11..=110;

/// The post that has the hundred tags.
pub const MUCH_TAGGED: i32 = 100_000;

type Show<D> = dyn FnMut(&mut D, &Runtime) -> String;
type Time<D> = dyn FnMut(&mut D, &Runtime, usize) -> Duration;

/// A piece of work on the database handle `D`.
pub struct Work<D> {
    name: &'static str,
    show: Box<Show<D>>,
    time: Box<Time<D>>,
}

impl<D> Work<D> {
    /// `call` does it, and is told how often it was done before. `show` says what came of it.
    pub fn new<T: 'static>(
        name: &'static str,
        call: impl AsyncFn(&mut D, i32) -> T + Clone + 'static,
        show: impl AsyncFn(&mut D, T) -> String + 'static,
    ) -> Self {
        let shown = call.clone();
        let mut turn = 0;
        Self {
            name,
            show: Box::new(move |db, runtime| {
                runtime.block_on(async {
                    let result = shown(db, 0).await;
                    show(db, result).await
                })
            }),
            // One `block_on` around all calls, as `#[tokio::main]` puts one around a program.
            time: Box::new(move |db, runtime, calls| {
                runtime.block_on(async {
                    // What came of the calls is dropped when the clock has stopped.
                    let mut results = Vec::with_capacity(calls);
                    let start = Instant::now();
                    for _ in 0..calls {
                        results.push(black_box(call(db, turn).await));
                        turn = turn.wrapping_add(1);
                    }
                    start.elapsed()
                })
            }),
        }
    }

    /// Work whose rows are shown as they are.
    pub fn reading<T: Debug + 'static>(
        name: &'static str,
        call: impl AsyncFn(&mut D, i32) -> T + Clone + 'static,
    ) -> Self {
        Self::new(name, call, async |_: &mut D, rows: T| format!("{rows:?}"))
    }
}

/// Says what it can do, and answers until nobody asks any more. `run` runs a statement.
pub fn serve<D>(
    db: &mut D,
    runtime: &Runtime,
    mut works: Vec<Work<D>>,
    run: impl AsyncFn(&mut D, &str),
) {
    let names: Vec<&str> = works.iter().map(|work| work.name).collect();
    say(&names.join("\t"));
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("a question");
        let words: Vec<&str> = line.split('\t').collect();
        let answer = match words[..] {
            ["sql", statement] => {
                runtime.block_on(run(db, statement));
                String::new()
            }
            ["show", name] => digest::of(&(find(&mut works, name).show)(db, runtime)),
            ["time", name, calls] => {
                let calls = calls.parse().expect("a number");
                let time = (find(&mut works, name).time)(db, runtime, calls);
                time.as_nanos().to_string()
            }
            _ => panic!("what does this mean: {line}"),
        };
        say(&answer);
    }
}

fn find<'a, D>(works: &'a mut [Work<D>], name: &str) -> &'a mut Work<D> {
    let mut works = works.iter_mut();
    works.find(|work| work.name == name).expect("a known name")
}

fn say(answer: &str) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "ok\t{answer}")
        .and_then(|()| out.flush())
        .expect("somebody listens");
}
