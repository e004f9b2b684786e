//! `cargo xtask peers`: builds other ORMs' workers, and runs the benches with them.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::bench::{self, LEGEND, Options, Page};
use crate::{USAGE, machine};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../orm-tests/peers");

const GAPS: &str = "\
The peers are processes of their own on databases of their own. Where one has no call for a piece of
work, a dash stands: SeaORM and Toasty know no limit per parent, Toasty counts no rows per parent, and
`orm-tests/peers/README.md` has what single backends refuse.";

/// Another ORM.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Peer {
    /// Its column heading in the table.
    name: &'static str,
    /// The folder of its worker.
    folder: &'static str,
    /// The tool that builds it, and the packages in its lock file.
    built_with: Tool,
    packages: &'static [&'static str],
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Tool {
    Cargo,
    Npm,
}

const PEERS: [Peer; 3] = [
    Peer {
        name: "SeaORM",
        folder: "sea-orm",
        built_with: Tool::Cargo,
        packages: &["sea-orm", "sqlx-core", "libsqlite3-sys"],
    },
    Peer {
        name: "Toasty",
        folder: "toasty",
        built_with: Tool::Cargo,
        packages: &["toasty", "libsqlite3-sys"],
    },
    Peer {
        name: "Sequelize",
        folder: "sequelize",
        built_with: Tool::Npm,
        packages: &["sequelize", "sqlite3", "pg", "mysql2"],
    },
];

/// # Errors
/// If an argument is unknown or invalid, if a Rust worker does not build, or if benches fail.
pub(crate) fn run(arguments: impl Iterator<Item = String>) -> Result<(), String> {
    let (peers, others) = chosen(arguments)?;
    let options = Options::parse(others.into_iter())?;
    let mut page = Page {
        bench: "run_time",
        title: "Peers",
        about: format!("{LEGEND}\n\n{GAPS}\n"),
        arguments: Vec::new(),
    };
    for peer in peers {
        eprintln!("{} is built …", peer.name);
        let Some(program) = peer.build()? else {
            eprintln!("{} does not install here and is left out", peer.name);
            continue;
        };
        let named = format!("{}={}", peer.name, program.display());
        page.arguments.extend(["--peer".to_owned(), named]);
        let versions = peer.versions().join(", ");
        page.about
            .push_str(&format!("\n- {}: {versions}", peer.name));
    }
    page.about.push('\n');
    options.run(&page)
}

/// The requested peers, or all if none is named, and the other arguments.
fn chosen(mut arguments: impl Iterator<Item = String>) -> Result<(Vec<Peer>, Vec<String>), String> {
    let (mut peers, mut others) = (Vec::new(), Vec::new());
    while let Some(argument) = arguments.next() {
        if argument != "--only" {
            others.push(argument);
            continue;
        }
        let name = arguments.next().ok_or(USAGE)?;
        let known = PEERS.into_iter().find(|peer| peer.name == name);
        peers.push(known.ok_or(USAGE)?);
    }
    if peers.is_empty() {
        peers.extend(PEERS);
    }
    Ok((peers, others))
}

impl Peer {
    /// Builds the worker and returns its program. `None` if something that it needs is missing.
    fn build(&self) -> Result<Option<PathBuf>, String> {
        let folder = self.folder();
        match self.built_with {
            Tool::Cargo => self.compile(&folder).map(Some),
            Tool::Npm => Ok(install(&folder).then(|| folder.join("worker.js"))),
        }
    }

    fn folder(&self) -> PathBuf {
        Path::new(FOLDER).join(self.folder)
    }

    fn compile(&self, folder: &Path) -> Result<PathBuf, String> {
        let mut command = bench::cargo();
        command.args(["build", "--release", "--locked"]);
        command.current_dir(folder);
        if !succeeds(&mut command) {
            return Err(format!("{} does not build", self.name));
        }
        let target = std::env::var_os("CARGO_TARGET_DIR");
        let target = target.map_or_else(|| folder.join("target"), PathBuf::from);
        let program = format!("peer-{}{}", self.folder, std::env::consts::EXE_SUFFIX);
        Ok(target.join("release").join(program))
    }

    fn versions(&self) -> Vec<String> {
        match self.built_with {
            Tool::Cargo => machine::locked(self.folder().join("Cargo.lock"), self.packages),
            Tool::Npm => {
                let file = self.folder().join("package-lock.json");
                let lock = std::fs::read_to_string(file).unwrap_or_default();
                let mut all = npm_versions(&lock, self.packages);
                all.push(format!("Node {}", machine::said_by("node", &["--version"])));
                all
            }
        }
    }
}

/// Installs the packages of `package-lock.json`, unless they are installed.
fn install(folder: &Path) -> bool {
    let note = folder.join("node_modules").join(".package-lock.json");
    note.exists() || succeeds(Command::new("npm").arg("ci").current_dir(folder))
}

/// Whether the command succeeds. Its output is discarded, so that it does not get into the tables.
fn succeeds(command: &mut Command) -> bool {
    let status = command.stdout(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn npm_versions(lock: &str, packages: &[&str]) -> Vec<String> {
    let version = |name: &&str| {
        let (_, entry) = lock.split_once(&format!("\"node_modules/{name}\": {{"))?;
        let (_, version) = entry.split_once("\"version\": \"")?;
        Some(format!("{name} {}", version.split('"').next()?))
    };
    packages.iter().filter_map(version).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(arguments: &[&str]) -> Result<(Vec<Peer>, Vec<String>), String> {
        chosen(arguments.iter().map(|argument| (*argument).to_owned()))
    }

    #[test]
    fn without_a_name_all_take_part() {
        let others = vec!["--rounds".to_owned(), "99".to_owned()];
        assert_eq!(asked(&["--rounds", "99"]), Ok((PEERS.to_vec(), others)));
    }

    #[test]
    fn named_ones_take_part() {
        let (peers, others) = asked(&["--only", "Toasty", "find"]).unwrap_or_default();
        assert_eq!((peers, others), (vec![PEERS[1]], vec!["find".to_owned()]));
        assert!(asked(&["--only", "Hibernate"]).is_err());
        assert!(asked(&["--only"]).is_err());
    }

    #[test]
    fn versions_are_read_from_the_lock_file_of_npm() {
        let lock = "\"node_modules/pg\": {\n  \"version\": \"8.23.1\",\n}";
        assert_eq!(npm_versions(lock, &["pg", "mysql2"]), ["pg 8.23.1"]);
    }
}
