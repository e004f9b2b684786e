//! The values that a write makes itself.

use crate::error::Result;
use crate::meta::ColumnSet;
use crate::model::{Model, Values};
use crate::now::Now;

/// Sets the values of new rows that are made here.
pub(crate) fn stamp_new<M: Model>(new: &mut [Values<M>]) {
    let now = Now::default();
    for row in new {
        M::fill(row, &now);
    }
}

/// Sets the values of a row's changes that are made here.
pub(super) fn stamp_change<M: Model>(row: &M, changes: &mut Values<M>) -> Result<()> {
    M::touch(changes, &Now::default());
    row.advance(changes)
}

/// The columns for which every change gets a value that is made here.
pub(crate) fn touched<M: Model>() -> ColumnSet {
    let mut touched = Values::default();
    M::touch(&mut touched, &Now::default());
    touched.given()
}
