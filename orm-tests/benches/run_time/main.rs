//! What our calls cost at run time beside plain Diesel and beside hand-written code without it.
//!
//! `cargo xtask bench` runs this and adds what machine it was. By itself:
//! `cargo bench -p orm-tests --bench run_time -- [--rounds 60] [part of a name]`. With `--peer`, which
//! `cargo xtask peers` gives, other ORMs do the same work.

// Benches state what they expect.
#![allow(clippy::expect_used)]

use std::process::ExitCode;
use std::time::Duration;

#[cfg(any(feature = "sqlite", feature = "postgres"))]
mod floor;
mod harness;
mod models;
mod peers;
mod rows;
mod seed;
mod stage;
mod table;
mod work;

use harness::{Random, Spread, TOLERANCE, Work};
use stage::Stage;

/// Work whose control is off is measured again so many times: something else was running.
const TRIALS: usize = 3;

/// Nobody waits for rounds of what takes longer than this.
const PATIENCE: Duration = Duration::from_secs(4);

const FEWEST_ROUNDS: usize = 60;

fn main() -> ExitCode {
    let mut rounds = FEWEST_ROUNDS;
    let mut filter = String::new();
    let mut peers = Vec::new();
    let mut asked = false;
    let mut arguments = std::env::args().skip(1);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--bench" => asked = true, // cargo says so, but for `cargo test`
            "--rounds" => {
                let given = arguments.next().and_then(|number| number.parse().ok());
                rounds = given.unwrap_or(FEWEST_ROUNDS).max(FEWEST_ROUNDS);
            }
            "--peer" => peers.extend(arguments.next()),
            part => part.clone_into(&mut filter),
        }
    }
    if !asked {
        return ExitCode::SUCCESS;
    }
    match run(&filter, rounds, &peers) {
        Ok(()) => ExitCode::SUCCESS,
        Err(difference) => {
            eprintln!("{difference}");
            ExitCode::FAILURE
        }
    }
}

fn run(filter: &str, rounds: usize, peers: &[String]) -> Result<(), String> {
    let mut work = work::all();
    let stage = &mut Stage::new();
    if !peers.is_empty() {
        peers::start(peers, stage);
        peers::join(&mut work, stage);
    }
    work.retain(|work| work.name.contains(filter));
    let measured = measure(&mut work, stage, rounds, peers.is_empty());
    peers::stop(stage);
    measured
}

/// Prints the table.
fn measure(
    work: &mut [Work<Stage>],
    stage: &mut Stage,
    rounds: usize,
    alone: bool,
) -> Result<(), String> {
    let columns: &[&str] = if alone {
        &work::COLUMNS
    } else {
        &peers::COLUMNS
    };
    for work in &mut *work {
        work.agree(stage)?;
    }
    let random = &mut Random::new(0x5eed);
    println!("{}", table::head(columns));
    let mut notes = Vec::new();
    for work in &mut *work {
        for (variant, one) in work.give_up(stage, PATIENCE) {
            let seconds = one.as_secs_f64();
            notes.push(format!(
                "{}: one call of {variant} took {seconds:.1} s",
                work.name
            ));
        }
        let mut lines = table::Line::new(work.name);
        for trial in 1..=TRIALS {
            eprintln!("{} …", work.name);
            let samples = work.measure(stage, rounds, random);
            lines = table::Line::new(work.name);
            for (variant, samples_of) in work.variants.iter().zip(&samples) {
                let Some(idiom) = samples.first() else {
                    continue;
                };
                let ratio = Spread::of_ratios(samples_of, idiom);
                lines.add(variant.name, Spread::of(samples_of.clone()), ratio);
            }
            if lines.control_is_off(TOLERANCE) && trial < TRIALS {
                continue;
            }
            break;
        }
        println!("{}", lines.text(columns, TOLERANCE));
    }
    if !notes.is_empty() {
        println!("\nNot repeated in rounds: {}.", notes.join("; "));
    }
    Ok(())
}
