//! Carries the column that an error is about through Diesel.

use std::error::Error;
use std::fmt;

use diesel::result::UnexpectedNullError;

/// A value that a field's type cannot take.
#[derive(Debug)]
pub(crate) struct AtColumn {
    pub(crate) column: &'static str,
    pub(crate) source: Box<dyn Error + Send + Sync>,
}

impl AtColumn {
    pub(crate) fn is_null(&self) -> bool {
        self.source.is::<UnexpectedNullError>()
    }
}

impl fmt::Display for AtColumn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "column `{}`: {}", self.column, self.source)
    }
}

impl Error for AtColumn {}
