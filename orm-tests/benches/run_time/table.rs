//! The table, in Markdown.

use crate::harness::Spread;

/// The names of the columns; of the first, times are shown, and of the others ratios to it.
pub fn head(columns: &[&str]) -> String {
    let names = columns.join(" | ");
    let rule = columns.iter().map(|_| " ---: |").collect::<String>();
    format!("| work | {names} |\n| --- |{rule}")
}

/// A row of the table under way.
pub struct Line {
    name: &'static str,
    cells: Vec<(&'static str, Spread, Spread)>,
}

impl Line {
    pub const fn new(name: &'static str) -> Self {
        Self {
            name,
            cells: Vec::new(),
        }
    }

    /// A variant's seconds, and its ratios to the idiom.
    pub fn add(&mut self, column: &'static str, seconds: Spread, ratio: Spread) {
        self.cells.push((column, seconds, ratio));
    }

    /// Whether the idiom, measured twice, is not as fast as itself.
    pub fn control_is_off(&self, tolerance: f64) -> bool {
        let control = self.cells.get(1);
        control.is_some_and(|(.., ratio)| (ratio.median - 1.0).abs() > tolerance)
    }

    pub fn text(&self, columns: &[&str], tolerance: f64) -> String {
        let mut text = format!("| {} |", self.name);
        for (place, column) in columns.iter().enumerate() {
            let cell = self.cells.iter().find(|(name, ..)| name == column);
            let cell = cell.map_or("–".to_owned(), |(_, seconds, ratio)| match place {
                0 => time(*seconds),
                _ => ratio_text(*ratio),
            });
            let off = place == 1 && self.control_is_off(tolerance);
            let mark = if off { " **off**" } else { "" };
            text.push_str(&format!(" {cell}{mark} |"));
        }
        text
    }
}

/// With as many digits as say something of what is a tenth or less.
fn ratio_text(ratio: Spread) -> String {
    let digits = if ratio.median < 0.1 { 3 } else { 2 };
    let [low, median, high] =
        [ratio.low, ratio.median, ratio.high].map(|r| format!("{r:.digits$}"));
    format!("{median} ({low}–{high})")
}

/// In a unit that fits.
fn time(seconds: Spread) -> String {
    let (unit, factor) = match seconds.median {
        short if short < 1e-3 => ("µs", 1e6),
        _ => ("ms", 1e3),
    };
    let [low, median, high] = [seconds.low, seconds.median, seconds.high].map(|s| s * factor);
    format!("{median:.2} {unit} ({low:.2}–{high:.2})")
}
