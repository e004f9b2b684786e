//! A server of our own, in a temporary folder: it answers on a socket there and on no port, so that
//! nobody else's server can be meant by mistake. It goes when the test does, also by a panic.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, PoisonError, Weak};
use std::time::{Duration, Instant};
use std::{env, fs, thread};

use diesel::Connection;
use diesel::connection::SimpleConnection;
use orm_tests::Conn;

#[cfg(feature = "mysql")]
#[path = "mysql.rs"]
mod backend;
#[cfg(feature = "postgres")]
#[path = "postgres.rs"]
mod backend;

pub use backend::{connection_id, connections_with, end_connection};

pub struct Server {
    folder: PathBuf,
    child: Option<Child>,
    databases: AtomicU32,
}

impl Server {
    /// A new server that answers.
    pub fn start() -> Self {
        let mut server = Self {
            folder: new_folder(),
            child: None,
            databases: AtomicU32::new(0),
        };
        for mut command in backend::install(&server.folder) {
            let output = command.output().expect("the command is installed");
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(output.status.success(), "{command:?}: {said}");
        }
        server.start_again();
        server
    }

    /// One for all tests that do not stop it: it goes when the last of them does.
    pub fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<Server>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let server = Arc::new(Self::start());
            *shared = Arc::downgrade(&server);
            server
        })
    }

    /// Starts it with the data that are there.
    pub fn start_again(&mut self) {
        let log = fs::File::create(self.log()).expect("the log can be written");
        let mut command = backend::run(&self.folder);
        command.stdin(Stdio::null()).stdout(Stdio::null());
        self.child = Some(
            command
                .stderr(log)
                .spawn()
                .expect("the server is installed"),
        );
        let deadline = Instant::now() + Duration::from_secs(120);
        while let Err(error) = Conn::establish(&backend::url(&self.folder, backend::ANY_DATABASE)) {
            let ended = self
                .child
                .as_mut()
                .is_none_or(|c| !matches!(c.try_wait(), Ok(None)));
            let log = fs::read_to_string(self.log()).unwrap_or_default();
            assert!(!ended && Instant::now() < deadline, "{error}: {log}");
            thread::sleep(Duration::from_millis(50));
        }
    }

    /// Stops it at once, as a crash does.
    pub fn stop(&mut self) {
        if let Some(mut child) = self.child.take() {
            backend::crash(&mut child);
            let _ = child.wait();
        }
    }

    /// The name of a new, empty database.
    pub fn database(&self) -> String {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.connect(backend::ANY_DATABASE)
            .batch_execute(&format!("CREATE DATABASE {name}"))
            .expect("a database for the test");
        name
    }

    pub fn connect(&self, database: &str) -> Conn {
        Conn::establish(&backend::url(&self.folder, database)).expect("the server answers")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.stop();
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// A folder of a short name, as sockets need it, which no other test has.
fn new_folder() -> PathBuf {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let folder = env::temp_dir().join(format!("orm_faults_{}_{number}", std::process::id()));
    // One of an earlier process that had the same number.
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir(&folder).expect("a folder for the server");
    folder
}

/// A program, where the path does not lead to it, too.
fn program(name: &str, folders: &[PathBuf]) -> PathBuf {
    let path = env::var_os("PATH").unwrap_or_default();
    let path = env::split_paths(&path).collect::<Vec<_>>();
    let found = folders.iter().chain(&path).map(|folder| folder.join(name));
    found
        .into_iter()
        .find(|program| program.is_file())
        .unwrap_or_else(|| panic!("`{name}` is not installed: these tests start servers"))
}

/// Whom the server runs as where we are root, which servers refuse to be: the user and group of
/// that name, who then owns the folder.
fn owner(folder: &Path, name: &str) -> Option<(u32, u32)> {
    let number = |arguments: &[&str]| -> u32 {
        let output = Command::new("id").args(arguments).output();
        let output = output.expect("`id` is installed").stdout;
        let number = String::from_utf8_lossy(&output).trim().parse();
        number.unwrap_or_else(|_| panic!("there is no user `{name}`"))
    };
    if number(&["-u"]) != 0 {
        return None;
    }
    let (user, group) = (number(&["-u", name]), number(&["-g", name]));
    let changed = std::os::unix::fs::chown(folder, Some(user), Some(group));
    changed.expect("the folder changes hands");
    Some((user, group))
}
