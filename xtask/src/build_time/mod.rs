//! `cargo xtask build-time`: what models cost at every build, compared with plain Diesel, SeaORM and
//! Toasty.

pub(crate) mod generate;
mod measure;
mod report;
pub(crate) mod wrapper;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{SystemTime, UNIX_EPOCH};

use self::generate::{Orm, Program};
use self::measure::{Operation, Sample, Workshop};
use crate::{USAGE, machine};

const MODELS: [usize; 4] = [1, 10, 40, 80];
/// How many includes one query has next to each other.
const INCLUDES: [usize; 4] = [1, 10, 20, 40];
const ROUNDS: usize = 3;
/// The two ORMs whose release binaries are compared, and their numbers of models.
const RELEASED: [Orm; 2] = [Orm::Diesel, Orm::Ours];
const RELEASED_MODELS: [usize; 3] = [1, 10, 40];

/// What the command line asks for.
#[derive(Debug, PartialEq)]
pub(crate) struct Options {
    models: Vec<usize>,
    includes: Vec<usize>,
    orms: Vec<Orm>,
    rounds: usize,
    out: Option<PathBuf>,
}

/// The measurements.
#[derive(Debug, Default)]
struct Results {
    /// One sample per round.
    samples: BTreeMap<(Program, Operation), Vec<Sample>>,
    /// The number of lines of each macro.
    lines: BTreeMap<Program, BTreeMap<String, usize>>,
    /// The sizes of the release binaries in bytes.
    release: BTreeMap<Program, u64>,
    /// What could not be measured, and why.
    failures: Vec<(Program, String)>,
}

impl Options {
    /// # Errors
    /// If an argument is unknown or invalid.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self {
            models: MODELS.to_vec(),
            includes: INCLUDES.to_vec(),
            orms: Orm::ALL.to_vec(),
            rounds: ROUNDS,
            out: None,
        };
        while let Some(argument) = arguments.next() {
            let value = arguments.next().ok_or(USAGE)?;
            match argument.as_str() {
                "--models" => options.models = list(&value, models)?,
                "--includes" => options.includes = list(&value, number)?,
                "--only" => options.orms = list(&value, orm)?,
                "--rounds" => options.rounds = number(&value)?,
                "--out" => options.out = Some(value.into()),
                _ => return Err(USAGE.to_owned()),
            }
        }
        Ok(options)
    }

    /// # Errors
    /// If nothing can be measured, or the file cannot be written.
    pub(crate) fn run(&self) -> Result<(), String> {
        let mut workshop = Workshop::new();
        let mut results = Results::default();
        let programs = self.prepare(&workshop, &mut results);
        self.measure(&mut workshop, &programs, &mut results)?;
        for program in programs {
            if program.orm == Orm::Includes {
                continue;
            }
            let lines = workshop.lines(program)?;
            results.lines.insert(program, lines);
            if RELEASED.contains(&program.orm) && RELEASED_MODELS.contains(&program.models) {
                eprintln!("{}: the release binary", program.package());
                let bytes = workshop.release_bytes(program)?;
                results.release.insert(program, bytes);
            }
        }
        let page = self.page(&workshop, &results);
        print!("{page}");
        match &self.out {
            Some(file) => {
                std::fs::write(file, page).map_err(|error| format!("{}: {error}", file.display()))
            }
            None => Ok(()),
        }
    }

    /// The programs that compile and run.
    fn prepare(&self, workshop: &Workshop, results: &mut Results) -> Vec<Program> {
        let mut programs = Vec::new();
        for program in self.programs() {
            eprintln!("{}: what it depends on", program.package());
            match workshop.prepare(program) {
                Ok(()) => programs.push(program),
                Err(error) => {
                    eprintln!("{error}");
                    results.failures.push((program, error));
                }
            }
        }
        programs
    }

    /// The requested programs.
    fn programs(&self) -> Vec<Program> {
        let of = |orm: Orm, numbers: &[usize]| {
            let program = |models: &usize| Program {
                orm,
                models: *models,
            };
            numbers.iter().map(program).collect::<Vec<_>>()
        };
        let mut programs: Vec<Program> = self
            .orms
            .iter()
            .flat_map(|orm| of(*orm, &self.models))
            .collect();
        if self.orms.contains(&Orm::Ours) {
            programs.extend(of(Orm::Includes, &self.includes));
        }
        programs
    }

    /// Measures round by round, so that other work on the machine affects all programs alike.
    /// Programs with the same number of models run right after each other, in random order.
    fn measure(
        &self,
        workshop: &mut Workshop,
        programs: &[Program],
        results: &mut Results,
    ) -> Result<(), String> {
        let mut random = Random::new();
        for round in 1..=self.rounds {
            let mut models: Vec<usize> = programs.iter().map(|program| program.models).collect();
            models.sort_unstable();
            models.dedup();
            random.shuffle(&mut models);
            for models in models {
                let alike = programs.iter().filter(|program| program.models == models);
                let mut alike: Vec<Program> = alike.copied().collect();
                random.shuffle(&mut alike);
                for program in alike {
                    eprintln!("round {round} of {}: {}", self.rounds, program.package());
                    for (operation, sample) in workshop.round(program)? {
                        let samples = results.samples.entry((program, operation));
                        samples.or_default().push(sample);
                    }
                }
            }
        }
        Ok(())
    }

    fn page(&self, workshop: &Workshop, results: &Results) -> String {
        let versions: Vec<String> = self
            .orms
            .iter()
            .flat_map(|orm| machine::versions(&workshop.locked(*orm), &[orm.package()]))
            .collect();
        let head = machine::describe_with(&versions);
        report::page(&head, self, results)
    }
}

fn list<T>(text: &str, parse: fn(&str) -> Result<T, String>) -> Result<Vec<T>, String> {
    text.split(',').map(|word| parse(word.trim())).collect()
}

fn number(text: &str) -> Result<usize, String> {
    match text.parse() {
        Ok(number) if number > 0 => Ok(number),
        _ => Err(USAGE.to_owned()),
    }
}

fn models(text: &str) -> Result<usize, String> {
    match number(text)? {
        2 => Err("two models would each have many of the other: take one, or three".to_owned()),
        number => Ok(number),
    }
}

fn orm(text: &str) -> Result<Orm, String> {
    let orm = Orm::ALL.into_iter().find(|orm| orm.word() == text);
    orm.ok_or_else(|| USAGE.to_owned())
}

/// Numbers without a pattern that would matter here (xorshift).
struct Random(u64);

impl Random {
    fn new() -> Self {
        let since = SystemTime::now().duration_since(UNIX_EPOCH);
        Self(since.map_or(1, |time| u64::from(time.subsec_nanos())) | 1)
    }

    fn shuffle<T>(&mut self, values: &mut [T]) {
        for last in (1..values.len()).rev() {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            let places = last as u64 + 1;
            values.swap(last, usize::try_from(self.0 % places).unwrap_or(0));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        Options::parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn options_are_read() {
        let arguments = ["--models", "1,10", "--only", "ours,diesel", "--rounds", "5"];
        let expected = Options {
            models: vec![1, 10],
            includes: INCLUDES.to_vec(),
            orms: vec![Orm::Ours, Orm::Diesel],
            rounds: 5,
            out: None,
        };
        assert_eq!(parse(&arguments), Ok(expected));
    }

    #[test]
    fn other_options_are_refused() {
        assert!(parse(&["--models"]).is_err());
        assert!(parse(&["--models", "2"]).is_err());
        assert!(parse(&["--includes", "none"]).is_err());
        assert!(parse(&["--only", "hibernate"]).is_err());
        assert!(parse(&["--rounds", "0"]).is_err());
        assert!(parse(&["--fast", "1"]).is_err());
    }

    #[test]
    fn shuffling_loses_nothing() {
        let mut values = [1, 2, 3, 4, 5];
        Random::new().shuffle(&mut values);
        values.sort_unstable();
        assert_eq!(values, [1, 2, 3, 4, 5]);
    }
}
