//! Checking rows before they are written: what the rules of a model see, and how they are called.

pub(crate) mod problems;
pub mod rules;

use crate::column::{ColumnOf, ColumnValue};
use crate::error::{Error, Result};
use crate::field::{Field, Holds};
use crate::model::{Draft, Model, Values, Writing};
use crate::validate::problems::{Invalid, Problems};

impl<M: Model> Draft<'_, M> {
    /// The value that the row will have: what will be written, else what the row in memory has. `None` if the
    /// database fills the column.
    #[must_use]
    pub fn get<C: ColumnOf<M>>(&self, _: C) -> Option<&ColumnValue<M, C>> {
        let written = written::<C::Field>(self);
        written.or_else(|| self.row().map(C::Field::read))
    }

    /// The value that will be written, if one will be.
    #[must_use]
    pub fn written<C: ColumnOf<M>>(&self, _: C) -> Option<&ColumnValue<M, C>> {
        written::<C::Field>(self)
    }

    /// The row in memory: as it was before an `update`, and as it is at a `save`. `None` if the row is new.
    #[must_use]
    pub fn row(&self) -> Option<&M> {
        match self.0 {
            Writing::Changes(row, _) | Writing::Row(row) => Some(row),
            Writing::New(_) | Writing::Rows(_) => None,
        }
    }

    /// Why the row is not valid, at one of its fields.
    #[must_use]
    pub fn invalid<C: ColumnOf<M>>(
        &self,
        _: C,
        code: &'static str,
        message: impl Into<std::borrow::Cow<'static, str>>,
    ) -> Invalid {
        Invalid::new(code, message).of_field(C::Field::FIELD)
    }
}

fn written<'d, F: Field>(draft: &Draft<'d, F::Model>) -> Option<&'d F::Value> {
    match draft.0 {
        Writing::New(values) | Writing::Changes(_, values) | Writing::Rows(values) => {
            F::given(values)
        }
        Writing::Row(row) => Some(F::read(row)),
    }
}

/// A rule on the value of a field that is written and not NULL.
pub fn rule<F, T>(
    draft: &Draft<'_, F::Model>,
    problems: &mut Problems,
    message: Option<&'static str>,
    rule: impl FnOnce(&T) -> Result<(), Invalid>,
) where
    F: Field<Value: Holds<T>>,
{
    let value = written::<F>(draft).and_then(Holds::key);
    if let Some(Err(invalid)) = value.map(rule) {
        let invalid = invalid.of_field(F::FIELD).in_words(message);
        problems.push(F::Model::NAME, invalid);
    }
}

/// A rule of the user's own on the value of a field that is written, NULL or not.
pub fn custom<F: Field>(
    draft: &Draft<'_, F::Model>,
    problems: &mut Problems,
    rule: impl FnOnce(&F::Value) -> Result<(), Invalid>,
) {
    if let Some(Err(invalid)) = written::<F>(draft).map(rule) {
        problems.push(F::Model::NAME, invalid.of_field(F::FIELD));
    }
}

/// A rule of the user's own on the row. Of rows that a condition finds, too little is known.
pub fn whole<M: Model>(
    draft: &Draft<'_, M>,
    problems: &mut Problems,
    rule: impl FnOnce(&Draft<'_, M>) -> Result<(), Invalid>,
) {
    if matches!(draft.0, Writing::Rows(_)) {
        return;
    }
    if let Err(invalid) = rule(draft) {
        problems.push(M::NAME, invalid);
    }
}

/// Fails with everything that is wrong with a row.
pub(crate) fn validate<M: Model>(writing: Writing<'_, M>) -> Result<()> {
    if !M::CHECKED {
        return Ok(());
    }
    failed(problems(writing))
}

/// Everything that is wrong with a new row.
pub(crate) fn problems_of_new<M: Model>(new: &Values<M>) -> Problems {
    match M::CHECKED {
        true => problems(Writing::New(new)),
        false => Problems::default(),
    }
}

/// Fails with everything that is wrong with several new rows.
pub(crate) fn validate_all<M: Model>(new: &[Values<M>]) -> Result<()> {
    if !M::CHECKED {
        return Ok(());
    }
    let mut all = Problems::default();
    for (index, values) in new.iter().enumerate() {
        all.append(problems(Writing::New(values)).in_row(index));
    }
    failed(all)
}

fn problems<M: Model>(writing: Writing<'_, M>) -> Problems {
    let mut problems = Problems::default();
    M::check(&Draft(writing), &mut problems);
    problems
}

/// Fails if there are problems.
pub(crate) fn failed(problems: Problems) -> Result<()> {
    match problems.is_empty() {
        true => Ok(()),
        false => Err(Error::Invalid(problems)),
    }
}
