//! The tools for developers of this workspace: `cargo xtask`.

mod bench;
mod build_time;
mod machine;
mod peers;
mod tidy;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask bench [--backend sqlite|postgres|mysql]… [--rounds N] [--out FILE] [filter]
       cargo xtask peers [--only SeaORM|Toasty|Sequelize]… [the same]
       cargo xtask growth [--backend …]… [--out FILE]
       cargo xtask build-time [--models 1,10,40,80] [--only ours,diesel,seaorm,toasty]
                              [--includes 1,10,20,40] [--rounds N] [--out FILE]
       cargo xtask tidy

bench, peers: runs the benches whose names contain the filter and prints their tables, to a file as
well with --out; bench beside other ways to use the database, peers beside other ORMs. Without
--backend on SQLite. PostgreSQL is reached at ORM_TEST_POSTGRES_URL, MySQL or MariaDB at
ORM_TEST_MYSQL_URL.

growth: prints how time and memory grow from a thousand rows to a million.

build-time: writes programs of so many models in each ORM, and of one query with so many includes in
ours, builds them, and prints what that took. It needs Linux.

tidy: fails if files import each other in a circle, or if something stands where ARCHITECTURE.md says
that it must not.";

fn main() -> ExitCode {
    if let Some(exit) = build_time::wrapper::run() {
        return exit;
    }
    let mut arguments = std::env::args().skip(1);
    let result = match arguments.next().as_deref() {
        Some("bench") => {
            bench::Options::parse(arguments).and_then(|options| options.run(&bench::own()))
        }
        Some("growth") => {
            bench::Options::parse(arguments).and_then(|options| options.run(&bench::growth()))
        }
        Some("tidy") => tidy::run(),
        Some("peers") => peers::run(arguments),
        Some("build-time") => {
            build_time::Options::parse(arguments).and_then(|options| options.run())
        }
        _ => Err(USAGE.to_owned()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}
