//! The pieces of work, one file per kind. In each the first variant is the idiom: what the guides of
//! Diesel tell its users to write.

use std::fmt::Debug;

use crate::harness::{Variant, Work};
use crate::stage::Stage;

mod belongs_to;
mod count;
mod create;
mod find;
mod has_many;
mod kept;
mod many_to_many;
mod nested;
mod set_links;
mod three_levels;
mod top;

/// The names of the columns, in their order.
pub const COLUMNS: [&str; 5] = ["Diesel, idiom", "control", "ours", "Diesel, fast", "floor"];

/// All of it.
pub fn all() -> Vec<Work<Stage>> {
    let mut all = find::works();
    all.extend(create::works());
    all.extend(nested::works());
    all.extend(kept::works());
    all.extend(has_many::works());
    all.push(three_levels::work());
    all.extend(many_to_many::works());
    all.push(belongs_to::work());
    all.extend(top::works());
    all.push(count::work());
    all.push(set_links::work());
    all
}

/// Work that reads.
fn reading(name: &'static str) -> Work<Stage> {
    Work {
        name,
        variants: Vec::new(),
        reset: Box::new(|_| ()),
        repeats: true,
    }
}

impl Work<Stage> {
    /// The idiom, and once more as the control.
    fn idiom<T: 'static>(
        mut self,
        call: impl FnMut(&mut Stage) -> T + Clone + 'static,
        show: impl Fn(T) -> String + Clone + 'static,
    ) -> Self {
        let (first, second) = (COLUMNS[0], COLUMNS[1]);
        let control = Variant::new(second, call.clone(), show.clone());
        self.variants.push(Variant::new(first, call, show));
        self.variants.push(control);
        self
    }

    fn ours<T: 'static>(
        mut self,
        call: impl FnMut(&mut Stage) -> T + Clone + 'static,
        show: impl Fn(T) -> String + 'static,
    ) -> Self {
        self.variants.push(Variant::new(COLUMNS[2], call, show));
        self
    }

    fn fast<T: 'static>(
        mut self,
        call: impl FnMut(&mut Stage) -> T + Clone + 'static,
        show: impl Fn(T) -> String + 'static,
    ) -> Self {
        self.variants.push(Variant::new(COLUMNS[3], call, show));
        self
    }

    #[cfg(any(feature = "sqlite", feature = "postgres"))]
    fn floor<T: 'static>(
        mut self,
        mut call: impl FnMut(&mut crate::floor::Floor) -> T + Clone + 'static,
        show: impl Fn(T) -> String + 'static,
    ) -> Self {
        let on_stage = move |stage: &mut Stage| call(&mut stage.floor);
        self.variants.push(Variant::new(COLUMNS[4], on_stage, show));
        self
    }
}

/// What `{:?}` shows of a row. Shown within others it stays as it is, without quotes.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Shown(String);

impl Debug for Shown {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// What is shown of rows whose order is left to the database.
fn sorted<T: Debug>(rows: impl IntoIterator<Item = T>) -> Vec<Shown> {
    let rows = rows.into_iter().map(|row| Shown(format!("{row:?}")));
    let mut rows: Vec<Shown> = rows.collect();
    rows.sort_unstable();
    rows
}

/// Shows parents with their rows, each in any order.
fn nested<P: Debug, R: Debug>(parents: impl IntoIterator<Item = (P, Vec<R>)>) -> String {
    let lines = parents
        .into_iter()
        .map(|(parent, rows)| (parent, sorted(rows)));
    format!("{:?}", sorted(lines))
}

/// Keys that jump about, the same for every variant.
#[derive(Clone)]
struct Jumping {
    next: i32,
    end: i32,
}

impl Jumping {
    const fn below(end: i32) -> Self {
        Self { next: 0, end }
    }

    fn next(&mut self) -> i32 {
        self.next = (self.next + 7919) % self.end;
        self.next + 1
    }
}
