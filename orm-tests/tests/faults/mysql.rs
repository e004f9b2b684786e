//! MariaDB.

use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};

use orm_tests::{Conn, number};

use super::{owner, program};

pub const ANY_DATABASE: &str = "mysql";

pub fn install(folder: &Path) -> Vec<Command> {
    let mut command = command("mariadb-install-db", folder);
    // A server that starts takes away what it finds in the folder that all have by default.
    command.env("TMPDIR", folder);
    command.args(["--auth-root-authentication-method=normal", "--skip-test-db"]);
    vec![command]
}

pub fn run(folder: &Path) -> Command {
    let mut command = command("mariadbd", folder);
    let file = |option: &str, name: &str| format!("--{option}={}", folder.join(name).display());
    command.args([
        file("socket", "socket"),
        file("pid-file", "pid"),
        file("tmpdir", ""),
    ]);
    command.args([
        "--skip-networking",
        "--innodb-buffer-pool-size=16M",
        "--innodb-flush-log-at-trx-commit=2",
    ]);
    command
}

/// It has but one process.
pub fn crash(child: &mut Child) {
    let _ = child.kill();
}

pub fn url(folder: &Path, database: &str) -> String {
    let socket = folder.join("socket").display().to_string();
    format!(
        "mysql://root@localhost/{database}?unix_socket={}",
        socket.replace('/', "%2F")
    )
}

pub fn connection_id(conn: &mut Conn) -> i64 {
    number(conn, "CONNECTION_ID()")
}

/// How many connections there are with this number.
pub fn connections_with(conn: &mut Conn, id: i64) -> i64 {
    let sql = format!("SELECT COUNT(*) FROM information_schema.processlist WHERE id = {id}");
    number(conn, &sql)
}

/// What ends the connection with this number.
pub fn end_connection(id: i64) -> String {
    format!("KILL {id}")
}

fn command(name: &str, folder: &Path) -> Command {
    let system = ["/usr/sbin", "/usr/libexec", "/usr/local/sbin"].map(PathBuf::from);
    let mut command = Command::new(program(name, &system));
    command.arg("--no-defaults").current_dir(folder);
    command.arg(format!("--datadir={}", folder.join("data").display()));
    if let Some((user, group)) = owner(folder, "mysql") {
        command.uid(user).gid(group);
    }
    command
}
