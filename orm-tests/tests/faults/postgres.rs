//! PostgreSQL.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use orm_tests::{Conn, number};

use super::{owner, program};

pub const ANY_DATABASE: &str = "postgres";

pub fn install(folder: &Path) -> Vec<Command> {
    let mut command = command("initdb", folder);
    command.arg("-D").arg(folder.join("data"));
    command.args([
        "-U",
        "postgres",
        "-A",
        "trust",
        "-E",
        "UTF8",
        "--locale=C",
        "--no-sync",
    ]);
    vec![command]
}

pub fn run(folder: &Path) -> Command {
    let mut command = command("postgres", folder);
    command
        .arg("-D")
        .arg(folder.join("data"))
        .arg("-k")
        .arg(folder);
    for setting in [
        "listen_addresses=",
        "fsync=off",
        "shared_buffers=16MB",
        "deadlock_timeout=50ms",
    ] {
        command.args(["-c", setting]);
    }
    command
}

/// "Immediate shutdown": nothing is flushed, and the processes of all connections end, too.
pub fn crash(child: &mut Child) {
    let kill = format!("kill -QUIT {}", child.id());
    let sent = Command::new("sh").args(["-c", &kill]).status();
    if !sent.is_ok_and(|status| status.success()) {
        let _ = child.kill();
    }
}

pub fn url(folder: &Path, database: &str) -> String {
    format!("host={} user=postgres dbname={database}", folder.display())
}

pub fn connection_id(conn: &mut Conn) -> i64 {
    number(conn, "pg_backend_pid()")
}

/// How many connections there are with this number.
pub fn connections_with(conn: &mut Conn, id: i64) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM pg_stat_activity WHERE pid = {id}");
    number(conn, &sql)
}

/// What ends the connection with this number.
pub fn end_connection(id: i64) -> String {
    format!("SELECT pg_terminate_backend({id})")
}

fn command(name: &str, folder: &Path) -> Command {
    let mut command = Command::new(program(name, &folders()));
    command.current_dir(folder);
    if let Some((user, group)) = owner(folder, "postgres") {
        command.uid(user).gid(group);
    }
    command
}

/// Where the programs of servers are: Debian has a folder per version, the highest first.
fn folders() -> Vec<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten();
    let mut versions: Vec<_> = versions
        .filter_map(|entry| {
            entry
                .ok()?
                .file_name()
                .into_string()
                .ok()?
                .parse::<u32>()
                .ok()
        })
        .collect();
    versions.sort_unstable();
    let debian = versions.iter().rev();
    let mut folders: Vec<_> = debian
        .map(|version| PathBuf::from(format!("/usr/lib/postgresql/{version}/bin")))
        .collect();
    if let Ok(output) = Command::new("pg_config").arg("--bindir").output() {
        let folder = String::from_utf8_lossy(&output.stdout).trim().to_owned();
        folders.push(PathBuf::from(folder));
    }
    folders
}
