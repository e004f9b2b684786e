//! Programs of a given number of models, the same in each ORM.
//!
//! The models stand in a ring: each has many of the next and the last has many of the first, so that
//! each has one association however many there are. Forty functions read them.

mod diesel;
mod includes;
mod ours;
mod seaorm;
mod toasty;

use std::path::Path;

/// The functions with a filtered, ordered include, of each program.
const QUERIES: usize = 40;
/// They stand in so many files.
const PARTS: usize = 4;

/// Whose program it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Orm {
    Diesel,
    Ours,
    Sea,
    Toasty,
    /// Ours again: one model, and one query with so many includes beside each other.
    Includes,
}

impl Orm {
    /// Those that are compared.
    pub(crate) const ALL: [Self; 4] = [Self::Diesel, Self::Ours, Self::Sea, Self::Toasty];

    /// As it is written on the command line, and in names of folders.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Diesel => "diesel",
            Self::Ours => "ours",
            Self::Sea => "seaorm",
            Self::Toasty => "toasty",
            Self::Includes => "includes",
        }
    }

    /// As it stands in a table.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Diesel => "plain Diesel",
            Self::Ours | Self::Includes => "orm-core",
            Self::Sea => "SeaORM",
            Self::Toasty => "Toasty",
        }
    }

    /// What the lock file calls it.
    pub(crate) fn package(self) -> &'static str {
        match self {
            Self::Diesel => "diesel",
            Self::Ours | Self::Includes => "orm-core",
            Self::Sea => "sea-orm",
            Self::Toasty => "toasty",
        }
    }

    /// The two of this workspace's lock file: what they depend on has its versions.
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
    /// Where a file cannot be written.
    pub(crate) fn write(self, folder: &Path) -> Result<(), String> {
        for (path, text) in self.files() {
            write(&folder.join(path), &text)?;
        }
        Ok(())
    }

    /// Changes one line of one function; another number is another line.
    ///
    /// # Errors
    /// Where the file cannot be written.
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

    /// A file of functions. The number is the literal of the first one.
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

    /// The model that a model has many of.
    fn child(self, number: usize) -> usize {
        number % self.models + 1
    }

    /// The model that a model belongs to.
    fn parent(self, number: usize) -> usize {
        (number + self.models - 2) % self.models + 1
    }

    /// A line for each model.
    fn each(self, line: impl FnMut(usize) -> String) -> String {
        lines(self.numbers(), line)
    }

    /// The models' files, and the one that names them.
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

/// Calls of all functions, so that the program has them all.
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
    /// What differs from function to function, and from edit to edit.
    literal: usize,
}

/// What is filtered and ordered by what.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Shape {
    /// Parents by `amount >`, children by `active =`, ordered by `name`.
    Amount,
    /// Parents by `name <>`, children by `price <`, ordered by `amount`, downwards.
    Name,
    /// Parents by `active =`, children by `amount >=`, ordered by `price`, downwards.
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
            // Each model of ten is read in four ways, each of forty in one of them.
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
