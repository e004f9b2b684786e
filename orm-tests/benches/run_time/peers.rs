//! Other ORMs, which `orm-tests/peers` has: each works in a process of its own, on a database of its
//! own that holds the same rows, because no two of them agree on one SQLite to link to.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::Duration;

use crate::harness::{Variant, Work};
use crate::stage::{self, Stage};

mod databases;
#[path = "../../peers/worker/src/digest.rs"]
mod digest;

/// The names of the columns, in their order, when peers take part.
pub const COLUMNS: [&str; 6] = [
    "Diesel, idiom",
    "control",
    "ours",
    "SeaORM",
    "Toasty",
    "Sequelize",
];

/// The columns that are not of peers.
const OWN: usize = 3;

/// A process that does work when it is asked to: a line asks, a line answers. Their words are parted
/// by tabs.
pub struct Peer {
    column: &'static str,
    process: Child,
    questions: ChildStdin,
    answers: BufReader<ChildStdout>,
    /// The names of the work that it can do.
    works: Vec<String>,
}

impl Peer {
    /// Starts `program` on an empty database.
    fn start(column: &'static str, program: &str, url: &str) -> Self {
        let mut process = Command::new(program)
            .arg(url)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{program}: {error}"));
        let questions = process.stdin.take().expect("a pipe");
        let answers = BufReader::new(process.stdout.take().expect("a pipe"));
        let mut peer = Self {
            column,
            process,
            questions,
            answers,
            works: Vec::new(),
        };
        peer.works = peer.answer().split('\t').map(str::to_owned).collect();
        peer
    }

    /// Runs statements.
    pub fn run(&mut self, statements: &[String]) {
        for sql in statements {
            self.ask(&["sql", &sql.split_whitespace().collect::<Vec<_>>().join(" ")]);
        }
    }

    fn show(&mut self, work: &str) -> String {
        self.ask(&["show", work])
    }

    fn time(&mut self, work: &str, calls: usize) -> Duration {
        let nanoseconds = self.ask(&["time", work, &calls.to_string()]);
        Duration::from_nanos(nanoseconds.parse().expect("a number"))
    }

    fn ask(&mut self, words: &[&str]) -> String {
        let question = words.join("\t") + "\n";
        self.questions
            .write_all(question.as_bytes())
            .unwrap_or_else(|error| panic!("{} is gone: {error}", self.column));
        self.answer()
    }

    fn answer(&mut self) -> String {
        let mut line = String::new();
        self.answers.read_line(&mut line).expect("an answer");
        match line.trim_end_matches('\n').split_once('\t') {
            Some(("ok", answer)) => answer.to_owned(),
            _ => panic!("{} says: {line}", self.column),
        }
    }
}

impl Drop for Peer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts the peers that are named as in `SeaORM=path/of/its/program`, each with filled tables.
pub fn start(named: &[String], stage: &mut Stage) {
    for (number, named) in named.iter().enumerate() {
        let (name, program) = named.split_once('=').expect("a name and a program");
        let column = COLUMNS.into_iter().skip(OWN).find(|column| *column == name);
        let column = column.unwrap_or_else(|| panic!("{name} has no column"));
        eprintln!("{column} starts …");
        let url = databases::create(&mut stage.conn, number);
        let mut peer = Peer::start(column, program, &url);
        peer.run(&stage::filling());
        stage.peers.push(peer);
    }
}

/// Ends the peers, and drops their databases.
pub fn stop(stage: &mut Stage) {
    let count = std::mem::take(&mut stage.peers).len();
    for number in 0..count {
        databases::remove(&mut stage.conn, number);
    }
}

/// Lets the peers do the work that they can do, instead of the variants that are fast. Where one has
/// work that nobody asks for, it misspells a name.
pub fn join(all: &mut [Work<Stage>], stage: &Stage) {
    for work in &mut *all {
        work.variants.truncate(OWN);
        for variant in &mut work.variants {
            variant.shorten(digest::of);
        }
        for (number, peer) in stage.peers.iter().enumerate() {
            if peer.works.iter().any(|name| name == work.name) {
                work.variants.push(variant(number, peer.column, work.name));
            }
        }
    }
    for peer in &stage.peers {
        for name in &peer.works {
            let known = all.iter().any(|work| work.name == name);
            assert!(known, "{} knows no work named {name}", peer.column);
        }
    }
}

fn variant(number: usize, column: &'static str, work: &'static str) -> Variant<Stage> {
    Variant::elsewhere(
        column,
        move |stage: &mut Stage| peer(stage, number).show(work),
        move |stage: &mut Stage, calls| peer(stage, number).time(work, calls),
    )
}

fn peer(stage: &mut Stage, number: usize) -> &mut Peer {
    stage.peers.get_mut(number).expect("it was started")
}
