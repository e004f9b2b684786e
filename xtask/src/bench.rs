//! `cargo xtask bench`: runs the benches of each backend and puts their tables together.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::{USAGE, machine};

const BACKENDS: [(&str, &str); 3] = [
    ("sqlite", "SQLite, in memory"),
    ("postgres", "PostgreSQL"),
    ("mysql", "MySQL or MariaDB"),
];

/// What a page of tables begins with, and what else the benches are told.
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

/// The page of how they grow.
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

/// How to read the table of the growth.
const GROWTH: &str = "\
Authors and their posts, ten each, are loaded with so many posts in all: the median time of a call by the
number of posts, the most memory that Rust held at once as a ratio to what the result holds, and how many
statements it took. Beside it plain Diesel, with `belonging_to` and `grouped_by`.";

/// What was asked for.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Options {
    backends: Vec<(&'static str, &'static str)>,
    passed_on: Vec<String>,
    out: Option<PathBuf>,
}

impl Options {
    /// # Errors
    /// What cannot be asked for.
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

    /// # Errors
    /// Where a bench fails, or the file cannot be written.
    pub(crate) fn run(&self, page: &Page) -> Result<(), String> {
        let machine = machine::describe();
        let mut text = format!("# {}\n\n{machine}\n{}\n", page.title, page.about);
        for (feature, name) in &self.backends {
            let table = self.table(feature, page)?;
            text.push_str(&format!("\n## {name}\n\n{table}"));
        }
        print!("{text}");
        match &self.out {
            Some(file) => {
                std::fs::write(file, text).map_err(|error| format!("{}: {error}", file.display()))
            }
            None => Ok(()),
        }
    }

    fn table(&self, feature: &str, page: &Page) -> Result<String, String> {
        let mut cargo = cargo();
        if let Ok(url) = std::env::var(POSTGRES) {
            cargo.env(POSTGRES, unencrypted(&url));
        }
        let output = cargo
            .args(["bench", "--package", "orm-tests", "--bench", page.bench])
            .args(["--no-default-features", "--features", feature, "--"])
            .args(&self.passed_on)
            .args(&page.arguments)
            .stderr(Stdio::inherit())
            .output()
            .map_err(|error| format!("cargo does not start: {error}"))?;
        if !output.status.success() {
            return Err(format!("the benches on {feature} failed"));
        }
        String::from_utf8(output.stdout).map_err(|error| error.to_string())
    }
}

/// Where PostgreSQL is.
const POSTGRES: &str = "ORM_TEST_POSTGRES_URL";

/// A URL of PostgreSQL with which libpq encrypts no more than the others do, unless the URL says what to do.
///
/// Debian's server offers TLS on the loopback, too, and libpq takes it where it can: find by key then takes
/// up to three times what it takes the crate `postgres`, which does not encrypt, and without TLS about as long.
fn unencrypted(url: &str) -> String {
    if url.contains("sslmode=") {
        return url.to_owned();
    }
    let and = if url.contains('?') { '&' } else { '?' };
    format!("{url}{and}sslmode=disable")
}

/// The one that runs this.
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
    fn other_options_are_refused() {
        assert!(parse(&["--backend"]).is_err());
        assert!(parse(&["--backend", "oracle"]).is_err());
        assert!(parse(&["--fast"]).is_err());
    }
}
