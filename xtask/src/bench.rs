//! `cargo xtask bench`: runs the benches of each backend and collects their tables.

use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::{USAGE, machine};

const BACKENDS: [(&str, &str); 3] = [
    ("sqlite", "SQLite, in memory"),
    ("postgres", "PostgreSQL"),
    ("mysql", "MySQL or MariaDB"),
];

/// The beginning of a page of tables, and the other arguments of the benches.
pub(crate) struct Page {
    pub(crate) bench: &'static str,
    pub(crate) title: &'static str,
    pub(crate) about: String,
    pub(crate) arguments: Vec<String>,
}

/// The page of our own benches.
pub(crate) fn own() -> Page {
    Page {
        bench: "run_time",
        title: "Benchmarks",
        about: LEGEND.to_owned(),
        arguments: Vec::new(),
    }
}

/// The page of growth.
pub(crate) fn growth() -> Page {
    Page {
        bench: "growth",
        title: "Growth",
        about: GROWTH.to_owned(),
        arguments: Vec::new(),
    }
}

/// How to read a table.
pub(crate) const LEGEND: &str = "\
The first column of figures is the time of one call, the others are ratios to it in the same round;
lower is better. Each is a median, with its quartiles in brackets. The control is the idiom's own code
once more: a row whose control is marked as off says nothing.";

/// How to read the growth table.
const GROWTH: &str = "\
Authors and their posts, ten each, are loaded with so many posts in all: the median time of a call by the
number of posts, the most memory that Rust held at once as a ratio to what the result holds, and how many
statements it took. Beside it plain Diesel, with `belonging_to` and `grouped_by`.";

/// What the command line asks for.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    backends: Vec<(&'static str, &'static str)>,
    passed_on: Vec<String>,
    out: Option<PathBuf>,
}

impl Options {
    /// # Errors
    /// If an argument is unknown or invalid.
    pub(crate) fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut options = Self::default();
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().ok_or(USAGE);
            match argument.as_str() {
                "--backend" => options.backends.push(backend(&value()?)?),
                "--out" => options.out = Some(value()?.into()),
                "--rounds" => options.passed_on.extend([argument, value()?]),
                unknown if unknown.starts_with('-') => return Err(USAGE.to_owned()),
                _ => options.passed_on.push(argument),
            }
        }
        if options.backends.is_empty() {
            options.backends.push(BACKENDS[0]);
        }
        Ok(options)
    }

    /// Prints and stores each table row by row, so that a backend that fails takes nothing from the others.
    ///
    /// # Errors
    /// If a bench fails, after all others have run, or if the file cannot be written.
    pub(crate) fn run(&self, page: &Page) -> Result<(), String> {
        let mut report = Report::create(self.out.as_deref())?;
        let machine = machine::describe();
        report.add(&format!("# {}\n\n{machine}\n{}", page.title, page.about))?;
        let mut failed = Vec::new();
        for (feature, name) in &self.backends {
            report.add(&format!("\n## {name}\n"))?;
            if let Err(reason) = self.table(feature, page, &mut report) {
                report.add(&format!("\nThis table is not complete: {reason}."))?;
                failed.push(reason);
            }
        }
        match failed.is_empty() {
            true => Ok(()),
            false => Err(failed.join("\n")),
        }
    }

    fn table(&self, feature: &str, page: &Page, report: &mut Report) -> Result<(), String> {
        let mut cargo = cargo();
        if let Ok(url) = std::env::var(POSTGRES) {
            cargo.env(POSTGRES, unencrypted(&url));
        }
        cargo
            .args(["bench", "--package", "orm-tests", "--bench", page.bench])
            .args(["--no-default-features", "--features", feature, "--"])
            .args(&self.passed_on)
            .args(&page.arguments);
        match report.add_lines_of(&mut cargo)? {
            true => Ok(()),
            false => Err(format!("the benches on {feature} failed")),
        }
    }
}

/// The measurements so far. They are printed, and written to a file if you asked for one.
struct Report {
    file: Option<File>,
}

impl Report {
    fn create(path: Option<&Path>) -> Result<Self, String> {
        let create = |path: &Path| {
            File::create(path).map_err(|error| format!("{}: {error}", path.display()))
        };
        let file = path.map(create).transpose()?;
        Ok(Self { file })
    }

    fn add(&mut self, line: &str) -> Result<(), String> {
        println!("{line}");
        match &mut self.file {
            Some(file) => writeln!(file, "{line}").map_err(|error| error.to_string()),
            None => Ok(()),
        }
    }

    /// Adds each line as soon as the command prints it, and returns whether the command succeeded.
    fn add_lines_of(&mut self, command: &mut Command) -> Result<bool, String> {
        let started = command.stdout(Stdio::piped()).spawn();
        let mut process =
            started.map_err(|error| format!("the command does not start: {error}"))?;
        if let Some(lines) = process.stdout.take() {
            for line in BufReader::new(lines).lines() {
                self.add(&line.map_err(|error| error.to_string())?)?;
            }
        }
        let status = process.wait().map_err(|error| error.to_string())?;
        Ok(status.success())
    }
}

/// The variable with the URL of PostgreSQL.
const POSTGRES: &str = "ORM_TEST_POSTGRES_URL";

/// A PostgreSQL URL with which libpq, like the other clients, does not encrypt, unless the URL says what to
/// do.
///
/// Debian's server offers TLS on the loopback too, and libpq takes it if it can. Find by key then takes up to
/// three times as long as with the crate `postgres`, which does not encrypt. Without TLS it takes about as
/// long.
fn unencrypted(url: &str) -> String {
    if url.contains("sslmode=") {
        return url.to_owned();
    }
    let and = if url.contains('?') { '&' } else { '?' };
    format!("{url}{and}sslmode=disable")
}

/// The cargo that runs this program.
pub(crate) fn cargo() -> Command {
    Command::new(std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()))
}

fn backend(feature: &str) -> Result<(&'static str, &'static str), String> {
    let known = BACKENDS.into_iter().find(|(name, _)| *name == feature);
    known.ok_or_else(|| USAGE.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(arguments: &[&str]) -> Result<Options, String> {
        Options::parse(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn without_a_word_it_is_all_on_sqlite() {
        let options = parse(&[]);
        assert_eq!(
            options.map(|options| options.backends),
            Ok(vec![BACKENDS[0]])
        );
    }

    #[test]
    fn words_are_passed_on() {
        let arguments = [
            "--backend",
            "mysql",
            "--out",
            "a.md",
            "--rounds",
            "99",
            "find",
        ];
        let expected = Options {
            backends: vec![BACKENDS[2]],
            passed_on: ["--rounds", "99", "find"].map(str::to_owned).to_vec(),
            out: Some("a.md".into()),
        };
        assert_eq!(parse(&arguments), Ok(expected));
    }

    #[test]
    fn encryption_is_left_out_unless_it_is_asked_for() {
        let plain = "postgres://me@127.0.0.1/mine?sslmode=disable";
        assert_eq!(unencrypted("postgres://me@127.0.0.1/mine"), plain);
        assert_eq!(unencrypted(plain), plain);
        let named = unencrypted("postgres://me@127.0.0.1/mine?application_name=x");
        assert!(named.ends_with("?application_name=x&sslmode=disable"));
        let asked = "postgres://me@127.0.0.1/mine?sslmode=require";
        assert_eq!(unencrypted(asked), asked);
    }

    #[test]
    fn what_was_measured_before_a_failure_is_kept() -> Result<(), String> {
        let path = std::env::temp_dir().join(format!("orm_report_{}.md", std::process::id()));
        let mut report = Report::create(Some(&path))?;
        report.add("# Title")?;
        let mut command = Command::new("sh");
        command.args(["-c", "echo '| one | 1 |'; exit 3"]);
        assert_eq!(report.add_lines_of(&mut command), Ok(false));
        let kept = std::fs::read_to_string(&path).map_err(|error| error.to_string())?;
        let _ = std::fs::remove_file(&path);
        assert_eq!(kept, "# Title\n| one | 1 |\n");
        Ok(())
    }

    #[test]
    fn other_options_are_refused() {
        assert!(parse(&["--backend"]).is_err());
        assert!(parse(&["--backend", "oracle"]).is_err());
        assert!(parse(&["--fast"]).is_err());
    }
}
