//! Programs with a given number of models, the same in each ORM.
//!
//! The models form a ring: each has many of the next, and the last has many of the first. So each
//! has one association, however many models there are. Forty functions read them.

mod diesel;
mod includes;
mod ours;
mod seaorm;
mod toasty;

use std::path::Path;

/// The functions of each program, each with a filtered and ordered include.
const QUERIES: usize = 40;
/// The number of files that hold them.
const PARTS: usize = 4;

/// The ORM of a program.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Orm {
    Diesel,
    Ours,
    Sea,
    Toasty,
    /// Ours again: one model, and one query with several includes next to each other.
    Includes,
}

impl Orm {
    /// The ORMs to compare.
    pub(crate) const ALL: [Self; 4] = [Self::Diesel, Self::Ours, Self::Sea, Self::Toasty];

    /// Its name on the command line and in folder names.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Diesel => "diesel",
            Self::Ours => "ours",
            Self::Sea => "seaorm",
            Self::Toasty => "toasty",
            Self::Includes => "includes",
        }
    }

    /// Its name in a table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Diesel => "plain Diesel",
            Self::Ours | Self::Includes => "orm-core",
            Self::Sea => "SeaORM",
            Self::Toasty => "Toasty",
        }
    }

    /// Its name in the lock file.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Diesel => "diesel",
            Self::Ours | Self::Includes => "orm-core",
            Self::Sea => "sea-orm",
            Self::Toasty => "toasty",
        }
    }

    /// Whether it is in this workspace's lock file. Its dependencies then have the versions of that
    /// file.
    pub(crate) fn is_locked_here(self) -> bool {
        matches!(self, Self::Diesel | Self::Ours | Self::Includes)
    }
}

/// A program of one ORM with a number of models, or of includes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Program {
    pub(crate) orm: Orm,
    pub(crate) models: usize,
}

/// A file: its path in the package, and its text.
type File = (String, String);

impl Program {
    /// The package's name.
    pub(crate) fn package(self) -> String {
        format!("{}-{}", self.orm.word(), self.models)
    }

    /// Writes the package into a folder.
    ///
    /// # Errors
    /// If a file cannot be written.
    pub(crate) fn write(self, folder: &Path) -> Result<(), String> {
        for (path, text) in self.files() {
            write(&folder.join(path), &text)?;
        }
        Ok(())
    }

    /// Changes one line of one function. Each number gives a different line.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub(crate) fn edit(self, folder: &Path, number: usize) -> Result<(), String> {
        let (path, text) = self.part(0, number);
        write(&folder.join(path), &text)
    }

    fn files(self) -> Vec<File> {
        let mut files = vec![("Cargo.toml".to_owned(), self.manifest())];
        files.extend(match self.orm {
            Orm::Diesel => diesel::files(self),
            Orm::Ours => ours::files(self),
            Orm::Sea => seaorm::files(self),
            Orm::Toasty => toasty::files(self),
            Orm::Includes => includes::files(self.models),
        });
        let parts = match self.orm {
            Orm::Includes => 1,
            _ => PARTS,
        };
        let names = lines(0..parts, |part| format!("pub mod part_{part};"));
        files.push(("src/queries/mod.rs".to_owned(), names));
        files.extend((0..parts).map(|part| self.part(part, 0)));
        files
    }

    fn manifest(self) -> String {
        let dependencies = match self.orm {
            Orm::Diesel => diesel::DEPENDENCIES.to_owned(),
            Orm::Ours | Orm::Includes => ours::dependencies(),
            Orm::Sea => seaorm::DEPENDENCIES.to_owned(),
            Orm::Toasty => toasty::DEPENDENCIES.to_owned(),
        };
        format!(
            "[package]\nname = \"{}\"\nversion = \"0.0.0\"\nedition = \"2024\"\npublish = false\n\n\
             [workspace]\n\n[dependencies]\n{dependencies}\n\n[profile.release]\nstrip = true\n",
            self.package()
        )
    }

    /// A file of functions. `number` is the literal in the first one.
    fn part(self, part: usize, number: usize) -> File {
        let each = match self.orm {
            Orm::Includes => 1,
            _ => QUERIES / PARTS,
        };
        let text = lines(part * each..(part + 1) * each, |index| {
            let query = Query::new(self.models, index, number);
            match self.orm {
                Orm::Diesel => diesel::query(&query),
                Orm::Ours => ours::query(&query),
                Orm::Sea => seaorm::query(&query),
                Orm::Toasty => toasty::query(&query),
                Orm::Includes => includes::query(self.models, number),
            }
        });
        let head = match self.orm {
            Orm::Diesel => diesel::QUERY_HEAD,
            Orm::Ours | Orm::Includes => ours::QUERY_HEAD,
            Orm::Sea => seaorm::QUERY_HEAD,
            Orm::Toasty => toasty::QUERY_HEAD,
        };
        (
            format!("src/queries/part_{part}.rs"),
            format!("{head}\n{text}"),
        )
    }

    /// The numbers of the models.
    fn numbers(self) -> impl Iterator<Item = usize> {
        1..=self.models
    }

    /// The model of which this model has many.
    fn child(self, number: usize) -> usize {
        number % self.models + 1
    }

    /// The model that this model belongs to.
    fn parent(self, number: usize) -> usize {
        (number + self.models - 2) % self.models + 1
    }

    /// One line per model.
    fn each(self, line: impl FnMut(usize) -> String) -> String {
        lines(self.numbers(), line)
    }

    /// The models' files, and the file that names them.
    fn model_files(self, mut text: impl FnMut(usize) -> String, more: &str) -> Vec<File> {
        let model = |number: usize| format!("src/models/item{number}.rs");
        let mut files: Vec<File> = self.numbers().map(|n| (model(n), text(n))).collect();
        files.push((
            "src/models/mod.rs".to_owned(),
            self.each(|number| format!("pub mod item{number};")) + more,
        ));
        files
    }
}

/// Calls all functions, so that the program contains them all.
fn calls(line: impl Fn(&str) -> String) -> String {
    let each = QUERIES / PARTS;
    lines(0..QUERIES, |index| {
        line(&format!("queries::part_{}::query_{index}", index / each))
    })
}

/// One function: which models it reads, and how.
struct Query {
    index: usize,
    parent: usize,
    child: usize,
    shape: Shape,
    /// What differs between functions and between edits.
    literal: usize,
}

/// The columns to filter and order by.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// Parents by `amount >`, children by `active =`, ordered by `name`.
    Amount,
    /// Parents by `name <>`, children by `price <`, ordered by `amount` descending.
    Name,
    /// Parents by `active =`, children by `amount >=`, ordered by `price` descending.
    Active,
    /// Parents by `price >`, children by `name <>`, ordered by `id`.
    Price,
}

impl Query {
    fn new(models: usize, index: usize, edit: usize) -> Self {
        let parent = index % models + 1;
        let shapes = [Shape::Amount, Shape::Name, Shape::Active, Shape::Price];
        Self {
            index,
            parent,
            child: parent % models + 1,
            // With ten models, each model is read in all four ways; with forty, each is read in one
            // of them.
            shape: shapes[(index / models.min(10)) % shapes.len()],
            literal: if index == 0 { edit } else { index },
        }
    }
}

fn lines(numbers: impl Iterator<Item = usize>, line: impl FnMut(usize) -> String) -> String {
    let lines: Vec<String> = numbers.map(line).collect();
    lines.join("\n") + "\n"
}

fn write(file: &Path, text: &str) -> Result<(), String> {
    let written = file.parent().map_or(Ok(()), std::fs::create_dir_all);
    let written = written.and_then(|()| std::fs::write(file, text));
    written.map_err(|error| format!("{}: {error}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(files: &[File], text: &str) -> usize {
        files
            .iter()
            .map(|(_, file)| file.matches(text).count())
            .sum()
    }

    #[test]
    fn a_program_has_the_models_and_functions_that_are_asked_for() {
        let declarations = [
            (Orm::Diesel, "Identifiable,"),
            (Orm::Ours, "#[derive(Model,"),
            (Orm::Sea, "DeriveEntityModel)"),
            (Orm::Toasty, "toasty::Model)"),
        ];
        for (orm, declaration) in declarations {
            for models in [1, 3, 80] {
                let files = Program { orm, models }.files();
                assert_eq!(count(&files, declaration), models, "{orm:?}");
                assert_eq!(count(&files, "fn query_"), QUERIES, "{orm:?}");
            }
        }
    }

    #[test]
    fn a_query_has_the_includes_that_are_asked_for() {
        let program = Program {
            orm: Orm::Includes,
            models: 20,
        };
        let files = program.files();
        assert_eq!(count(&files, "fn query_"), 1);
        assert_eq!(count(&files, ".include(Item::"), 20);
        assert_eq!(count(&files, "#[has_many("), 20);
    }

    #[test]
    fn models_stand_in_a_ring() {
        let program = |models| Program {
            orm: Orm::Ours,
            models,
        };
        assert_eq!((program(3).child(3), program(3).parent(1)), (1, 3));
        assert_eq!((program(3).child(1), program(3).parent(2)), (2, 1));
        assert_eq!((program(1).child(1), program(1).parent(1)), (1, 1));
    }

    #[test]
    fn an_edit_changes_one_line() {
        for orm in Orm::ALL.into_iter().chain([Orm::Includes]) {
            let program = Program { orm, models: 10 };
            let (before, after) = (program.part(0, 1).1, program.part(0, 2).1);
            let changed = before.lines().zip(after.lines()).filter(|(a, b)| a != b);
            assert_eq!(changed.count(), 1, "{orm:?}");
        }
    }

    #[test]
    fn few_models_are_read_in_several_ways() {
        let shape = |models, index| Query::new(models, index, 0).shape;
        assert_eq!((shape(1, 1), shape(10, 11)), (Shape::Name, Shape::Name));
        assert_eq!((shape(40, 0), shape(80, 39)), (Shape::Amount, Shape::Price));
    }
}
