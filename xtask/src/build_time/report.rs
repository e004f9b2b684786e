//! The page: tables of the measurements.

use std::fmt::Write;

use super::generate::{Orm, Program};
use super::measure::{Operation, Sample};
use super::{Options, Results};

const LEGEND: &str = "\
Each program has so many models in a ring, of seven columns and one has-many each, one created row of
each, and 40 functions with a filtered, ordered include; SQLite, `dev` profile, incremental. What it
depends on is built before. \"From scratch\" is after `cargo clean --package` of the program; an edit
changes a literal in one of the functions. The clock is that of the whole `cargo` command; the
processor's time is that of rustc on the program and of the linker, in all their threads, and minds
least what else the machine does. Figures are medians, with the least and the most of the rounds in
brackets; ratios are to plain Diesel in the same round.";

/// A number taken from a sample.
type Figure = fn(&Sample) -> f64;

/// The numbers for which a section has rows.
const KINDS: [(&str, Figure); 2] = [
    ("clock", |sample| sample.seconds),
    ("processor", |sample| sample.rustc.processor),
];

pub(super) fn page(head: &str, options: &Options, results: &Results) -> String {
    let rounds = options.rounds;
    let mut page = format!("# Build time\n\n{head}\n{LEGEND}\nRounds: {rounds}.\n");
    for (program, error) in &results.failures {
        let first = error.lines().next().unwrap_or_default();
        let _ = writeln!(
            page,
            "\n{} could not be measured: {first}",
            program.package()
        );
    }
    let table = Table {
        models: &options.models,
        orms: &options.orms,
        results,
    };
    page += &table.times("`cargo check` from scratch", Operation::Check);
    page += &table.times("`cargo check` after an edit", Operation::CheckEdit);
    page += &table.times("`cargo build` from scratch", Operation::Build);
    page += &table.times("`cargo build` after an edit", Operation::BuildEdit);
    page += &table.growth();
    page += &table.memory();
    page += &table.lines();
    page += &table.macros();
    page += &table.release();
    page += &table.includes(&options.includes);
    page
}

struct Table<'a> {
    models: &'a [usize],
    orms: &'a [Orm],
    results: &'a Results,
}

impl Table<'_> {
    fn head(&self, title: &str, first: &str) -> String {
        let names: Vec<&str> = self.orms.iter().map(|orm| orm.name()).collect();
        let rule = " ---: |".repeat(names.len());
        let dashes = first.split(" | ").map(|_| "| --- ").collect::<String>();
        format!(
            "\n## {title}\n\n| {first} | {} |\n{dashes}|{rule}\n",
            names.join(" | ")
        )
    }

    /// A row with a cell for each ORM.
    fn row(&self, first: &str, cell: impl Fn(Orm) -> Option<String>) -> String {
        let cell = |orm: &Orm| cell(*orm).unwrap_or_else(|| "–".to_owned());
        let cells: Vec<String> = self.orms.iter().map(cell).collect();
        format!("| {first} | {} |\n", cells.join(" | "))
    }

    fn samples(&self, orm: Orm, models: usize, operation: Operation) -> Option<&[Sample]> {
        let key = (Program { orm, models }, operation);
        self.results.samples.get(&key).map(Vec::as_slice)
    }

    fn times(&self, title: &str, operation: Operation) -> String {
        let mut text = self.head(title, "models | time");
        for &models in self.models {
            for (kind, figure) in KINDS {
                text += &self.row(&format!("{models} | {kind}"), |orm| {
                    let samples = self.samples(orm, models, operation)?;
                    let seconds = Spread::of(samples.iter().map(figure))?;
                    let diesel = self.samples(Orm::Diesel, models, operation);
                    let ratios = match diesel {
                        Some(diesel) if orm != Orm::Diesel => {
                            let pairs = samples.iter().zip(diesel);
                            Spread::of(pairs.map(|(own, diesel)| figure(own) / figure(diesel)))
                        }
                        _ => None,
                    };
                    Some(match ratios {
                        Some(ratios) => format!("{:.2} s, **{ratios}**", seconds.median),
                        None => format!("{seconds} s"),
                    })
                });
            }
        }
        text
    }

    /// The cost of one more model, between the measured numbers of models.
    fn growth(&self) -> String {
        let mut text = self.head(
            "One more model: milliseconds of the processor in `cargo check` from scratch",
            "models",
        );
        for step in self.models.windows(2) {
            let [from, to] = [step[0], step[1]];
            text += &self.row(&format!("{from} to {to}"), |orm| {
                let time = |models| {
                    let samples = self.samples(orm, models, Operation::Check)?;
                    Some(Spread::of(samples.iter().map(|sample| sample.rustc.processor))?.median)
                };
                let more = (time(to)? - time(from)?) / (to as f64 - from as f64);
                Some(format!("{:.0}", more * 1000.0))
            });
        }
        text
    }

    fn memory(&self) -> String {
        let mut text = self.head(
            "The most memory of rustc, from scratch, in MiB",
            "models | command",
        );
        for &models in self.models {
            for (name, operation) in [("check", Operation::Check), ("build", Operation::Build)] {
                text += &self.row(&format!("{models} | {name}"), |orm| {
                    let samples = self.samples(orm, models, operation)?;
                    let memory = Spread::of(samples.iter().map(|sample| sample.rustc.memory))?;
                    Some(format!("{:.0}", memory.median))
                });
            }
        }
        text
    }

    fn lines(&self) -> String {
        let mut text = self.head("Lines that macros emitted, per model", "models | macros");
        for &models in self.models {
            for (name, origin) in [
                ("`table!`", Origin::Table),
                ("the ORM's own", Origin::Orm),
                ("derives of `Debug` and its like", Origin::Plain),
            ] {
                text += &self.row(&format!("{models} | {name}"), |orm| {
                    let lines = self.results.lines.get(&Program { orm, models })?;
                    let counted = lines
                        .iter()
                        .filter(|(called, _)| Origin::of(called) == origin);
                    let sum: usize = counted.map(|(_, lines)| lines).sum();
                    Some(format!("{:.0}", sum as f64 / models as f64))
                });
            }
        }
        text + "\nMost of the derives of `Debug` and its like are of what `table!` emits.\n"
    }

    /// The macros with the most lines, in the largest program.
    fn macros(&self) -> String {
        let Some(&models) = self.models.iter().max() else {
            return String::new();
        };
        let mut text = format!("\n## The macros of {models} models\n");
        for &orm in self.orms {
            let Some(lines) = self.results.lines.get(&Program { orm, models }) else {
                continue;
            };
            let mut lines: Vec<_> = lines.iter().collect();
            lines.sort_by_key(|(name, count)| (std::cmp::Reverse(**count), name.as_str()));
            let shown: Vec<String> = lines
                .iter()
                .take(8)
                .map(|(name, count)| format!("`{name}` {count}"))
                .collect();
            let _ = writeln!(text, "\n{}: {}.", orm.name(), shown.join(", "));
        }
        text
    }

    fn release(&self) -> String {
        let bytes = |orm, models| self.results.release.get(&Program { orm, models }).copied();
        let mut text = "\n## The release binary, stripped, in KiB\n\n\
            | models | plain Diesel | orm-core | ratio | ratio of what is more than with one model |\n\
            | --- | ---: | ---: | ---: | ---: |\n"
            .to_owned();
        for &models in self.models {
            let (Some(diesel), Some(ours)) = (bytes(Orm::Diesel, models), bytes(Orm::Ours, models))
            else {
                continue;
            };
            let more = match (bytes(Orm::Diesel, 1), bytes(Orm::Ours, 1)) {
                (Some(from), Some(of)) if diesel > from => {
                    let more = ours.saturating_sub(of) as f64 / (diesel - from) as f64;
                    format!("{more:.2}")
                }
                _ => "–".to_owned(),
            };
            let ratio = ours as f64 / diesel as f64;
            let (diesel, ours) = (diesel / 1024, ours / 1024);
            let _ = writeln!(
                text,
                "| {models} | {diesel} | {ours} | **{ratio:.2}** | {more} |"
            );
        }
        text
    }

    fn includes(&self, numbers: &[usize]) -> String {
        let operations = [
            ("check", Operation::Check),
            ("check after an edit", Operation::CheckEdit),
            ("build", Operation::Build),
            ("build after an edit", Operation::BuildEdit),
        ];
        let names = operations.map(|(name, _)| name).join(" | ");
        let mut text = format!(
            "\n## Includes beside each other in one query: seconds of the processor\n\n\
            | includes | {names} |\n| --- |{}\n",
            " ---: |".repeat(operations.len())
        );
        for &number in numbers {
            let cells = operations.map(|(_, operation)| {
                let samples = self.samples(Orm::Includes, number, operation);
                let seconds = samples.and_then(|samples| {
                    Spread::of(samples.iter().map(|sample| sample.rustc.processor))
                });
                seconds.map_or_else(|| "–".to_owned(), |seconds| seconds.to_string())
            });
            let _ = writeln!(text, "| {number} | {} |", cells.join(" | "));
        }
        text
    }
}

/// Where a macro's lines come from.
#[derive(Debug, PartialEq)]
enum Origin {
    /// Diesel's `table!`.
    Table,
    /// The ORM's own macros.
    Orm,
    /// The standard library's derives, and `QueryId`, which only `table!` uses.
    Plain,
    /// The program's own functions.
    Program,
}

impl Origin {
    fn of(called: &str) -> Self {
        let derives = [
            "Clone",
            "Copy",
            "Debug",
            "Default",
            "PartialEq",
            "Eq",
            "QueryId",
        ];
        let derived = called
            .strip_prefix("#[derive(")
            .and_then(|name| name.strip_suffix(")]"))
            .map(|path| path.rsplit("::").next().unwrap_or(path));
        let program = ["println!", "format_args_nl!", "include_str!", "main]"];
        if program.iter().any(|name| called.ends_with(name)) {
            Self::Program
        } else if called.trim_start_matches(':') == "diesel::table!" {
            Self::Table
        } else if derived.is_some_and(|name| derives.contains(&name)) {
            Self::Plain
        } else {
            Self::Orm
        }
    }
}

/// A median with the minimum and the maximum.
#[derive(Debug, PartialEq)]
struct Spread {
    median: f64,
    least: f64,
    most: f64,
}

impl Spread {
    fn of(values: impl Iterator<Item = f64>) -> Option<Self> {
        let mut values: Vec<f64> = values.collect();
        values.sort_by(f64::total_cmp);
        let middle = values.len() / 2;
        let upper = *values.get(middle)?;
        let median = match values.len() % 2 {
            0 => f64::midpoint(values[middle - 1], upper),
            _ => upper,
        };
        Some(Self {
            median,
            least: *values.first()?,
            most: *values.last()?,
        })
    }
}

impl std::fmt::Display for Spread {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let Self {
            median,
            least,
            most,
        } = self;
        write!(f, "{median:.2} [{least:.2}–{most:.2}]")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn macros_have_an_origin() {
        assert_eq!(Origin::of("::diesel::table!"), Origin::Table);
        assert_eq!(
            Origin::of("#[derive(diesel::query_builder::QueryId)]"),
            Origin::Plain
        );
        assert_eq!(Origin::of("#[derive(Model)]"), Origin::Orm);
        assert_eq!(Origin::of("::diesel::joinable_inner!"), Origin::Orm);
        assert_eq!(Origin::of("#[tokio::main]"), Origin::Program);
    }

    #[test]
    fn a_spread_has_the_middle_and_both_ends() {
        let spread = |values: &[f64]| Spread::of(values.iter().copied()).map(|s| s.to_string());
        assert_eq!(
            spread(&[3.0, 1.0, 2.0]).as_deref(),
            Some("2.00 [1.00–3.00]")
        );
        assert_eq!(spread(&[4.0, 1.0]).as_deref(), Some("2.50 [1.00–4.00]"));
        assert_eq!(spread(&[]), None);
    }
}
