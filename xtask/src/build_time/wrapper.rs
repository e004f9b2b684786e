//! Runs between cargo and rustc: cargo runs this program instead of rustc, with rustc's path and
//! arguments. It measures the requested crate and passes all others on.

use std::fs;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

/// The crate to measure. If the variable is set, cargo is running this program.
pub(super) const CRATE: &str = "ORM_BUILD_TIME_CRATE";
/// The file for the measurements.
pub(super) const RECORD: &str = "ORM_BUILD_TIME_RECORD";
/// The file for the lines that each macro emitted, if they are requested.
pub(super) const LINES: &str = "ORM_BUILD_TIME_LINES";

/// What rustc took for one crate.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Record {
    /// Seconds of all threads and of the linker, in user and system mode.
    pub(crate) processor: f64,
    /// The most memory that rustc used at once, in MiB.
    pub(crate) memory: f64,
}

impl Record {
    /// # Errors
    /// If the text is not what [`run`] writes.
    pub(super) fn read(text: &str) -> Result<Self, String> {
        let numbers: Vec<f64> = text.split(' ').filter_map(|n| n.parse().ok()).collect();
        match numbers[..] {
            [processor, memory] => Ok(Self { processor, memory }),
            _ => Err("rustc was not run, or not measured".to_owned()),
        }
    }
}

/// Runs rustc and returns its exit code, if cargo runs this program in rustc's place.
pub(crate) fn run() -> Option<ExitCode> {
    let measured = std::env::var(CRATE).ok()?;
    let mut arguments = std::env::args_os().skip(1);
    let mut rustc = Command::new(arguments.next()?);
    let arguments: Vec<_> = arguments.collect();
    let is_measured = arguments.windows(2).any(|pair| {
        pair[0] == "--crate-name" && pair[1].to_string_lossy() == measured.replace('-', "_")
    });
    rustc.args(arguments);
    let result = if is_measured {
        measure(rustc)
    } else {
        rustc.status().map(|status| status.success())
    };
    Some(match result {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("rustc does not start: {error}");
            ExitCode::FAILURE
        }
    })
}

fn measure(mut rustc: Command) -> std::io::Result<bool> {
    if let Some(file) = std::env::var_os(LINES) {
        // Only this crate is compiled with an unstable option, and by the compiler that is measured.
        // So a nightly compiler need not rebuild anything else.
        rustc.env("RUSTC_BOOTSTRAP", "1").arg("-Zmacro-stats");
        rustc.stderr(Stdio::from(fs::File::create(file)?));
    }
    let (success, memory) = watch(rustc.spawn()?)?;
    if let Some(file) = std::env::var_os(RECORD) {
        fs::write(file, format!("{} {memory}", children_seconds()))?;
    }
    Ok(success)
}

/// Waits for the child, and returns the most memory that it used, in MiB.
fn watch(mut child: Child) -> std::io::Result<(bool, f64)> {
    let status_file = format!("/proc/{}/status", child.id());
    let ended = AtomicBool::new(false);
    std::thread::scope(|scope| {
        // The system keeps the highest value, so this only misses what a process allocates in its
        // last milliseconds.
        let memory = scope.spawn(|| {
            let mut most = 0;
            while !ended.load(Ordering::Relaxed) {
                let status = fs::read_to_string(&status_file).unwrap_or_default();
                most = high_water_mark(&status).unwrap_or(0).max(most);
                std::thread::sleep(Duration::from_millis(3));
            }
            most
        });
        let status = child.wait();
        ended.store(true, Ordering::Relaxed);
        let kibibytes = memory.join().unwrap_or(0);
        Ok((status?.success(), f64::from(kibibytes) / 1024.0))
    })
}

fn high_water_mark(status: &str) -> Option<u32> {
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// The processor time of the children that have ended: of rustc and what it ran.
fn children_seconds() -> f64 {
    ended_children(&fs::read_to_string("/proc/self/stat").unwrap_or_default()).unwrap_or(0.0)
}

fn ended_children(stat: &str) -> Option<f64> {
    // The two times are the 14th and the 15th field. The name before them may contain spaces.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |index: usize| fields.get(index)?.parse::<f64>().ok();
    // For programs, Linux counts a hundred ticks a second, whatever its own clock does.
    Some((ticks(13)? + ticks(14)?) / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_linux_tells_is_read() {
        assert_eq!(
            high_water_mark("Name:\trustc\nVmHWM:\t  2048 kB\n"),
            Some(2048)
        );
        let stat = "7 (a (b) c) S 1 2 3 4 5 6 7 8 9 10 11 12 150 50 20 0";
        assert_eq!(ended_children(stat), Some(2.0));
    }

    #[test]
    fn records_are_read() {
        let record = Record {
            processor: 1.25,
            memory: 300.5,
        };
        assert_eq!(Record::read("1.25 300.5"), Ok(record));
        assert!(Record::read("").is_err());
    }
}
