//! Turns a missing row into `None`.

use crate::error::kind::{Error, Result};

/// `.optional()` on a result of this crate: a missing row becomes `None`.
///
/// It does for [`Error::NotFound`] what Diesel's `OptionalExtension` does for Diesel's own error.
///
/// ```
/// # mod model { orm_core::doc_model!(); } use model::*;
/// # use diesel::prelude::*; use orm_core::prelude::*;
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut connection();
/// let nobody = User::query()
///     .filter(users::name.eq("Bo"))
///     .include(User::posts())
///     .first(conn)
///     .optional()?;
/// assert!(nobody.is_none());
/// # Ok(()) }
/// ```
pub trait OptionalRow<T> {
    /// Turns [`Error::NotFound`] into `Ok(None)`.
    ///
    /// # Errors
    /// Returns every other error unchanged.
    fn optional(self) -> Result<Option<T>>;
}

impl<T> OptionalRow<T> for Result<T> {
    fn optional(self) -> Result<Option<T>> {
        match self {
            Ok(row) => Ok(Some(row)),
            Err(Error::NotFound { .. }) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
