//! The values that a write makes itself: when a row was created and changed, and its version.

use chrono::{DateTime, NaiveDateTime, Utc};

use crate::error::{Error, Result};
use crate::field::Field;
use crate::model::{Model, Values};
use crate::now::Now;

/// A type of `#[model(created_at)]` and `#[model(updated_at)]`.
#[diagnostic::on_unimplemented(
    message = "a moment is a `DateTime<Utc>` or a `NaiveDateTime`, not a `{Self}`",
    label = "this field cannot hold when a row was written"
)]
pub trait Moment {
    /// The moment, in UTC.
    fn at(moment: DateTime<Utc>) -> Self;
}

impl Moment for DateTime<Utc> {
    fn at(moment: DateTime<Utc>) -> Self {
        moment
    }
}

impl Moment for NaiveDateTime {
    fn at(moment: DateTime<Utc>) -> Self {
        moment.naive_utc()
    }
}

/// Gives the field the moment of the write, unless it has a value.
pub fn stamp<F: Field<Value: Moment>>(values: &mut Values<F::Model>, now: &Now) {
    F::place(values).get_or_insert_with(|| Moment::at(now.get()));
}

/// A type of `#[model(version)]`.
#[diagnostic::on_unimplemented(
    message = "a version is an `i16`, an `i32` or an `i64`, not a `{Self}`",
    label = "this field cannot count the changes of a row"
)]
pub trait Version: Sized {
    /// The version of a new row.
    const FIRST: Self;

    /// The version of the row after the next change.
    fn next(&self) -> Option<Self>;
}

macro_rules! versions {
    ($($integer:ty)+) => {
        $(
            impl Version for $integer {
                const FIRST: Self = 1;

                fn next(&self) -> Option<Self> {
                    self.checked_add(1)
                }
            }
        )+
    };
}

versions!(i16 i32 i64);

/// Gives a new row its first version, unless it states one.
pub fn first_version<F: Field<Value: Version>>(values: &mut Values<F::Model>) {
    F::place(values).get_or_insert(Version::FIRST);
}

/// Gives the changes of a row the version after that of the row.
///
/// # Errors
/// [`Error::CheckViolation`] if there is none: the number does not fit.
pub fn next_version<F: Field<Value: Version>>(
    row: &F::Model,
    values: &mut Values<F::Model>,
) -> Result<()> {
    let next = F::read(row).next();
    let next = next.ok_or_else(|| Error::out_of_range(&F::Model::META, F::COLUMN))?;
    *F::place(values) = Some(next);
    Ok(())
}
