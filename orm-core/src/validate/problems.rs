//! What is wrong with rows that were to be written.

use std::borrow::Cow;
use std::fmt;

/// Why a value or a row is not valid. Rules of your own return it.
///
/// ```
/// use orm_core::Invalid;
///
/// fn no_spaces(name: &str) -> Result<(), Invalid> {
///     match name.contains(' ') {
///         true => Err(Invalid::new("spaces", "must have no spaces")),
///         false => Ok(()),
///     }
/// }
/// # assert!(no_spaces("a b").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invalid {
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    field: Option<&'static str>,
}

impl Invalid {
    /// `code` is for programs, `message` for people. A message reads well after the name of the field: `must have
    /// no spaces`.
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>) -> Self {
        Self {
            code: code.into(),
            message: message.into(),
            field: None,
        }
    }

    /// The same about a field.
    pub(crate) fn of_field(self, field: &'static str) -> Self {
        let field = Some(field);
        Self { field, ..self }
    }

    /// The same in other words.
    pub(crate) fn in_words(self, message: Option<&'static str>) -> Self {
        match message {
            Some(message) => Self {
                message: message.into(),
                ..self
            },
            None => self,
        }
    }
}

/// So that a rule of your own may end with `value.validate()?`. The code is `garde`, and the message is the whole
/// report.
#[cfg(feature = "garde")]
impl From<garde::Report> for Invalid {
    fn from(report: garde::Report) -> Self {
        let lines = report.iter().map(|(path, error)| match path.is_empty() {
            true => error.to_string(),
            false => format!("{path}: {error}"),
        });
        Self::new("garde", lines.collect::<Vec<_>>().join(", "))
    }
}

/// One thing that is wrong with a row.
#[derive(Debug, Clone, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
pub struct Problem {
    model: &'static str,
    field: Option<&'static str>,
    code: Cow<'static, str>,
    message: Cow<'static, str>,
    row: Option<usize>,
    path: String,
}

impl Problem {
    /// The model of the row.
    #[must_use]
    pub fn model(&self) -> &'static str {
        self.model
    }

    /// The field. `None` if the rule is about the whole row.
    #[must_use]
    pub fn field(&self) -> Option<&'static str> {
        self.field
    }

    /// What is wrong, for programs: the name of the rule, such as `email`, or the code of an [`Invalid`].
    #[must_use]
    pub fn code(&self) -> &str {
        &self.code
    }

    /// What is wrong, for people.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// Which of several rows it is, from 0 on. `None` if the call writes one row.
    #[must_use]
    pub fn row(&self) -> Option<usize> {
        self.row
    }

    /// The way to the field from the row that the call writes: `title`, or `posts[1].title` if the row is one of
    /// those below. It ends at the row if the rule is about the whole row.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The way to the row.
    fn place(&self) -> &str {
        match self.field {
            Some(field) => {
                let place = self.path.strip_suffix(field).unwrap_or_default();
                place.strip_suffix('.').unwrap_or(place)
            }
            None => &self.path,
        }
    }
}

/// `Post.title in row 2, posts[1]: must not be empty`
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.model)?;
        if let Some(field) = self.field {
            write!(f, ".{field}")?;
        }
        match (self.row, self.place()) {
            (None, "") => {}
            (Some(row), "") => write!(f, " in row {row}")?,
            (None, place) => write!(f, " in {place}")?,
            (Some(row), place) => write!(f, " in row {row}, {place}")?,
        }
        write!(f, ": {}", self.message)
    }
}

/// All that is wrong with the rows that were to be written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[cfg_attr(feature = "serde", derive(serde::Serialize))]
#[cfg_attr(feature = "serde", serde(transparent))]
pub struct Problems(Vec<Problem>);

impl Problems {
    /// Each problem, in the order of the rows, the fields and their rules.
    pub fn iter(&self) -> std::slice::Iter<'_, Problem> {
        self.0.iter()
    }

    /// Those of a field.
    pub fn of<'p>(&'p self, field: &'p str) -> impl Iterator<Item = &'p Problem> {
        self.iter()
            .filter(move |problem| problem.field == Some(field))
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a problem of a row of `model`.
    pub fn push(&mut self, model: &'static str, invalid: Invalid) {
        let Invalid {
            code,
            message,
            field,
        } = invalid;
        self.0.push(Problem {
            model,
            field,
            code,
            message,
            row: None,
            path: field.unwrap_or_default().to_owned(),
        });
    }

    /// Adds problems of other rows.
    pub fn append(&mut self, mut others: Self) {
        self.0.append(&mut others.0);
    }

    /// The same, seen from a row that has these rows as `association`: `title` in row 1 becomes `posts[1].title`,
    /// and `bio` becomes `profile.bio`.
    #[must_use]
    pub fn within(mut self, association: &str) -> Self {
        for problem in &mut self.0 {
            let index = problem.row.take().map(|row| format!("[{row}]"));
            let dot = if problem.path.is_empty() { "" } else { "." };
            let index = index.unwrap_or_default();
            problem.path = format!("{association}{index}{dot}{}", problem.path);
        }
        self
    }

    /// The same in the row at `index` of several.
    #[must_use]
    pub fn in_row(mut self, index: usize) -> Self {
        for problem in &mut self.0 {
            problem.row = Some(index);
        }
        self
    }
}

impl IntoIterator for Problems {
    type Item = Problem;
    type IntoIter = std::vec::IntoIter<Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'p> IntoIterator for &'p Problems {
    type Item = &'p Problem;
    type IntoIter = std::slice::Iter<'p, Problem>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// All of them, separated by `; `.
impl fmt::Display for Problems {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not valid: ")?;
        for (index, problem) in self.iter().enumerate() {
            let separator = if index == 0 { "" } else { "; " };
            write!(f, "{separator}{problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Problems {}

#[cfg(test)]
mod tests {
    use super::*;

    fn problems() -> Problems {
        let mut problems = Problems::default();
        problems.push("Post", Invalid::new("a", "is a").of_field("title"));
        problems.push("Post", Invalid::new("b", "is b"));
        problems
    }

    fn paths(problems: &Problems) -> Vec<&str> {
        problems.iter().map(Problem::path).collect()
    }

    #[test]
    fn paths_lead_from_the_row_that_is_written() {
        assert_eq!(paths(&problems()), ["title", ""]);
        let nested = problems().in_row(1).within("posts");
        assert_eq!(paths(&nested), ["posts[1].title", "posts[1]"]);
        let nested = nested.within("author").in_row(4);
        assert_eq!(paths(&nested), ["author.posts[1].title", "author.posts[1]"]);
        assert_eq!(
            nested.to_string(),
            "not valid: Post.title in row 4, author.posts[1]: is a; Post in row 4, author.posts[1]: is b"
        );
        assert!(nested.iter().all(|problem| problem.row() == Some(4)));
    }

    #[cfg(feature = "garde")]
    #[test]
    fn a_report_of_garde_is_one_message() {
        let mut report = garde::Report::new();
        report.append(garde::Path::new("street"), garde::Error::new("is long"));
        report.append(garde::Path::empty(), garde::Error::new("is far"));
        let invalid = Invalid::new("garde", "street: is long, is far");
        assert_eq!(Invalid::from(report), invalid);
    }

    #[test]
    fn each_problem_is_shown_once() {
        assert_eq!(
            problems().to_string(),
            "not valid: Post.title: is a; Post: is b"
        );
        assert_eq!(
            problems()
                .in_row(0)
                .iter()
                .map(ToString::to_string)
                .collect::<Vec<_>>(),
            ["Post.title in row 0: is a", "Post in row 0: is b"]
        );
        assert_eq!(problems().of("title").count(), 1);
        assert!(Problems::default().is_empty() && problems().len() == 2);
    }
}
