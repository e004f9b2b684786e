//! Runs cargo on a program and measures it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::Instant;

use super::generate::{Orm, Program};
use super::wrapper::{self, Record};

/// What is measured.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Operation {
    Check,
    CheckEdit,
    Build,
    BuildEdit,
}

impl Operation {
    /// In the order in which they run, so that an edit finds the results of the operation before it.
    pub(crate) const ALL: [Self; 4] = [Self::Check, Self::CheckEdit, Self::Build, Self::BuildEdit];

    fn subcommand(self) -> &'static str {
        match self {
            Self::Check | Self::CheckEdit => "check",
            Self::Build | Self::BuildEdit => "build",
        }
    }

    fn is_edit(self) -> bool {
        matches!(self, Self::CheckEdit | Self::BuildEdit)
    }
}

/// What one run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sample {
    /// Wall-clock seconds of cargo and all that it runs.
    pub(crate) seconds: f64,
    pub(crate) rustc: Record,
}

/// The folders of the packages and of their build output.
#[derive(Debug)]
pub(crate) struct Workshop {
    root: PathBuf,
    edits: usize,
}

impl Workshop {
    /// In cargo's target folder.
    pub(crate) fn new() -> Self {
        let here = concat!(env!("CARGO_MANIFEST_DIR"), "/../target");
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here.into(), PathBuf::from);
        let root = std::path::absolute(&target).unwrap_or(target);
        Self {
            root: root.join("build-time"),
            edits: 0,
        }
    }

    /// Writes a package, builds it with all its dependencies, and runs it once.
    ///
    /// # Errors
    /// The message of the compiler or the program that fails.
    pub(crate) fn prepare(&self, program: Program) -> Result<(), String> {
        let folder = self.folder(program);
        program.write(&folder)?;
        self.lock(program)?;
        self.cargo(program, &["check", "--quiet"])?;
        self.cargo(program, &["build", "--quiet"])?;
        std::fs::copy(folder.join("Cargo.lock"), self.lock_file(program.orm))
            .map_err(|error| error.to_string())?;
        let output = Command::new(
            self.target(program.orm)
                .join("debug")
                .join(program.package()),
        )
        .output()
        .map_err(|error| error.to_string())?;
        succeeded(&output).map(drop)
    }

    /// Runs all operations once, the first of each kind from scratch.
    ///
    /// # Errors
    /// If cargo fails.
    pub(crate) fn round(&mut self, program: Program) -> Result<Vec<(Operation, Sample)>, String> {
        let operations = Operation::ALL.into_iter();
        operations
            .map(|operation| Ok((operation, self.sample(program, operation)?)))
            .collect()
    }

    fn sample(&mut self, program: Program, operation: Operation) -> Result<Sample, String> {
        if operation.is_edit() {
            self.edits += 1;
            program.edit(&self.folder(program), self.edits)?;
        } else {
            self.clean(program)?;
        }
        // If the record is still empty afterwards, nothing was measured.
        let record = self.root.join("record");
        std::fs::write(&record, "").map_err(|error| error.to_string())?;
        let before = Instant::now();
        self.cargo(program, &[operation.subcommand(), "--quiet"])?;
        let seconds = before.elapsed().as_secs_f64();
        let text = std::fs::read_to_string(record).map_err(|error| error.to_string())?;
        let rustc = Record::read(&text)?;
        Ok(Sample { seconds, rustc })
    }

    /// The number of lines that each macro emitted.
    ///
    /// # Errors
    /// If cargo fails.
    pub(crate) fn lines(&self, program: Program) -> Result<BTreeMap<String, usize>, String> {
        self.clean(program)?;
        let file = self.root.join("lines");
        let mut cargo = self.command(program, &["check", "--quiet"]);
        succeeded(&run(cargo.env(wrapper::LINES, &file))?)?;
        let text = std::fs::read_to_string(file).map_err(|error| error.to_string())?;
        self.clean(program)?;
        Ok(lines_by_macro(&text))
    }

    /// The size of the stripped release binary in bytes.
    ///
    /// # Errors
    /// If cargo fails.
    pub(crate) fn release_bytes(&self, program: Program) -> Result<u64, String> {
        self.cargo(program, &["build", "--release", "--quiet"])?;
        let file = self
            .target(program.orm)
            .join("release")
            .join(program.package());
        let metadata = std::fs::metadata(file).map_err(|error| error.to_string())?;
        Ok(metadata.len())
    }

    /// The text of the lock file that an ORM's programs share.
    pub(crate) fn locked(&self, orm: Orm) -> String {
        std::fs::read_to_string(self.lock_file(orm)).unwrap_or_default()
    }

    /// Removes all build output of the package itself in the `dev` profile, including what rustc
    /// keeps for the next build.
    fn clean(&self, program: Program) -> Result<(), String> {
        self.cargo(
            program,
            &["clean", "--quiet", "--package", &program.package()],
        )
    }

    /// Gives the package the same versions as the ORM's other programs.
    fn lock(&self, program: Program) -> Result<(), String> {
        let shared = self.lock_file(program.orm);
        let ours = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock"));
        let lock = match shared.exists() {
            true => &shared,
            false if program.orm.is_locked_here() => ours,
            false => return Ok(()),
        };
        let copied = std::fs::copy(lock, self.folder(program).join("Cargo.lock"));
        copied.map(drop).map_err(|error| error.to_string())
    }

    fn cargo(&self, program: Program, arguments: &[&str]) -> Result<(), String> {
        succeeded(&run(&mut self.command(program, arguments))?).map(drop)
    }

    /// Leaves out the variables that this program's own cargo set, because they are those of another
    /// package.
    fn command(&self, program: Program, arguments: &[&str]) -> Command {
        let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
        let mut command = Command::new(cargo);
        for (name, _) in std::env::vars_os() {
            if name.to_string_lossy().starts_with("CARGO_PKG_") {
                command.env_remove(name);
            }
        }
        command
            .args(arguments)
            .current_dir(self.folder(program))
            .env("CARGO_TARGET_DIR", self.target(program.orm))
            .env("CARGO_INCREMENTAL", "1")
            .env(wrapper::CRATE, program.package())
            .env(wrapper::RECORD, self.root.join("record"));
        if let Ok(wrapper) = std::env::current_exe() {
            command.env("RUSTC_WRAPPER", wrapper);
        }
        command
    }

    fn folder(&self, program: Program) -> PathBuf {
        self.root.join(program.package())
    }

    /// One target folder for all programs of an ORM, so that their dependencies are built once.
    fn target(&self, orm: Orm) -> PathBuf {
        self.root.join(format!("target-{}", orm.package()))
    }

    fn lock_file(&self, orm: Orm) -> PathBuf {
        self.root.join(format!("{}.lock", orm.word()))
    }
}

fn run(command: &mut Command) -> Result<Output, String> {
    command
        .output()
        .map_err(|error| format!("cargo does not start: {error}"))
}

fn succeeded(output: &Output) -> Result<&Output, String> {
    if output.status.success() {
        return Ok(output);
    }
    let text = String::from_utf8_lossy(&output.stderr);
    let lines: Vec<&str> = text.lines().take(40).collect();
    Err(lines.join("\n"))
}

/// Reads the table of `-Zmacro-stats`. A long name is on a row of its own, and its numbers are on the
/// next row.
fn lines_by_macro(text: &str) -> BTreeMap<String, usize> {
    let mut lines = BTreeMap::new();
    let mut long_name = None;
    for row in text
        .lines()
        .filter_map(|row| row.strip_prefix("macro-stats "))
    {
        let mut words: Vec<&str> = row.split_whitespace().collect();
        if words.len() == 5 {
            words.extend(long_name.take());
            words.rotate_right(1);
        }
        match words[..] {
            [name] => long_name = Some(name),
            [name, _uses, count, _each, _bytes, _bytes_each] => {
                if let Ok(count) = count.replace('_', "").parse() {
                    lines.insert(name.to_owned(), count);
                }
            }
            _ => {}
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::lines_by_macro;

    #[test]
    fn the_lines_of_macros_are_read() {
        let text = "\
macro-stats ======
macro-stats Macro Name                  Uses      Lines  Avg Lines      Bytes  Avg Bytes
macro-stats ------
macro-stats diesel::table!                10     12_680    1_268.0    649_453   64_945.3
macro-stats #[derive(diesel::query_builder::QueryId)]
macro-stats                               90        900       10.0     26_190      291.0
macro-stats ======
{\"artifact\":\"lib.rmeta\"}
";
        let lines: Vec<_> = lines_by_macro(text).into_iter().collect();
        let expected = [
            ("#[derive(diesel::query_builder::QueryId)]".to_owned(), 900),
            ("diesel::table!".to_owned(), 12_680),
        ];
        assert_eq!(lines, expected);
    }
}
