//! Mistakes that must not compile, with the message that each gets.

// The messages name the connection.
#![cfg(feature = "sqlite")]

use std::fs::{read_dir, read_to_string};
use std::path::PathBuf;

/// Each case is a program of its own; `models.rs` is what some of them include.
fn cases() -> Vec<PathBuf> {
    let entries = read_dir("tests/ui").expect("the cases are there");
    let paths = entries.map(|entry| entry.expect("a case can be listed").path());
    let is_case = |path: &PathBuf| {
        path.extension().is_some_and(|extension| extension == "rs") && !path.ends_with("models.rs")
    };
    let mut cases: Vec<PathBuf> = paths.filter(is_case).collect();
    cases.sort();
    cases
}

#[test]
fn mistakes() {
    let compiler = trybuild::TestCases::new();
    cases().iter().for_each(|case| compiler.compile_fail(case));
}

/// So many lines an error may have.
const LINES: usize = 15;

/// One mistake is one short error. A case that holds several mistakes, or for which the compiler prints more, says so
/// in a comment, with the number that is true.
#[test]
fn messages_are_short() {
    let mut wrong = Vec::new();
    for case in cases() {
        let program = read_to_string(&case).expect("the case can be read");
        let message = case.with_extension("stderr");
        let message = read_to_string(message).expect("the message of the case is there");
        let lengths = lengths(&message);
        let mistakes = stated(&program, "mistakes").unwrap_or(1);
        let reason_and = |what: &str| stated(&program, what);
        let mut check = |what: &str, expected: usize, found: usize| {
            if expected != found {
                wrong.push(format!(
                    "{}: {what} {found}, not {expected}",
                    case.display()
                ));
            }
        };
        // An exception that says what holds without it is stale: then there is nothing to except.
        let errors = reason_and("errors").map_or(mistakes, |errors| match errors == mistakes {
            true => usize::MAX,
            false => errors,
        });
        check("errors:", errors, lengths.len());
        let longest = lengths.iter().copied().max().unwrap_or(0);
        match reason_and("lines") {
            Some(lines) if lines <= LINES => check("an exception for lines:", 0, lines),
            Some(lines) => check("lines:", lines, longest),
            None => check("lines:", longest.min(LINES), longest),
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The number in a comment such as `// lines: 24, because …`, whose reason may not be missing.
fn stated(program: &str, what: &str) -> Option<usize> {
    let start = format!("// {what}: ");
    let line = program.lines().find_map(|line| line.strip_prefix(&start))?;
    let number = match what {
        "mistakes" => line,
        _ => line.split_once(", because ").expect("a reason follows").0,
    };
    Some(number.parse().expect("a number follows"))
}

/// How many lines each error has.
fn lengths(message: &str) -> Vec<usize> {
    let mut lengths = Vec::new();
    for line in message.trim_end().lines() {
        let is_error = line.starts_with("error") && !line.starts_with("error: aborting");
        match lengths.last_mut() {
            _ if is_error => lengths.push(1),
            Some(lines) if !line.is_empty() => *lines += 1,
            _ => {}
        }
    }
    lengths
}
