//! Describes the machine and its software.

use std::path::Path;
use std::process::Command;

/// The crates in our own lock file that the benches compare.
const LOCK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
const COMPARED: [&str; 4] = ["diesel", "libsqlite3-sys", "postgres", "rusqlite"];

/// A line with the date, the machine, the compiler, and the versions of what the benches compare.
pub(crate) fn describe() -> String {
    describe_with(&locked(LOCK, &COMPARED))
}

/// As [`describe`], with these versions.
pub(crate) fn describe_with(compared: &[String]) -> String {
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "{}, {} ({cores} cores), {}, {}, {}.\n",
        said_by("date", &["-u", "+%Y-%m-%d"]),
        processor(),
        system(),
        said_by("rustc", &["--version"]),
        compared.join(", "),
    )
}

/// The first line that a program prints.
pub(crate) fn said_by(program: &str, arguments: &[&str]) -> String {
    let output = Command::new(program).args(arguments).output();
    let text = output.map(|output| output.stdout).unwrap_or_default();
    let text = String::from_utf8_lossy(&text);
    text.lines().next().unwrap_or("unknown").to_owned()
}

fn processor() -> String {
    if cfg!(target_os = "macos") {
        return said_by("sysctl", &["-n", "machdep.cpu.brand_string"]);
    }
    value_in("/proc/cpuinfo", "model name", ':')
}

fn system() -> String {
    let kernel = said_by("uname", &["-sr"]);
    if cfg!(target_os = "linux") {
        let name = value_in("/etc/os-release", "PRETTY_NAME", '=');
        return format!("{} ({kernel})", name.trim_matches('"'));
    }
    kernel
}

/// The value of a name in a system file.
fn value_in(file: &str, name: &str, separator: char) -> String {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let mut values = text.lines().filter_map(|line| line.split_once(separator));
    let value = values.find(|(before, _)| before.trim() == name);
    value
        .map_or("unknown", |(_, value)| value.trim())
        .to_owned()
}

/// The versions of some packages in a `Cargo.lock`.
pub(crate) fn locked(file: impl AsRef<Path>, packages: &[&str]) -> Vec<String> {
    versions(&std::fs::read_to_string(file).unwrap_or_default(), packages)
}

/// The versions of these packages in the text of a lock file.
pub(crate) fn versions(lock: &str, packages: &[&str]) -> Vec<String> {
    let locked = lock.split("[[package]]").filter_map(|package| {
        let value = |name: &str| {
            let line = package.lines().find_map(|line| line.strip_prefix(name))?;
            Some(line.trim_start_matches(" = ").trim_matches('"').to_owned())
        };
        Some((value("name")?, value("version")?))
    });
    locked
        .filter(|(name, _)| packages.contains(&name.as_str()))
        .map(|(name, version)| format!("{name} {version}"))
        .collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn versions_are_read_from_the_lock_file() {
        let lock = "version = 4\n[[package]]\nname = \"diesel\"\nversion = \"2.3.14\"\n\n\
                    [[package]]\nname = \"other\"\nversion = \"1.0.0\"\n";
        assert_eq!(super::versions(lock, &["diesel"]), ["diesel 2.3.14"]);
    }
}
