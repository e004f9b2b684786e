//! The moment of a write.

use std::cell::OnceCell;

use chrono::{DateTime, SubsecRound as _, Utc};

/// The moment of a write: one for all of its rows. The clock is asked when somebody needs it.
#[derive(Debug, Default)]
pub struct Now(OnceCell<DateTime<Utc>>);

impl Now {
    /// In microseconds, which all backends store as they are.
    pub(crate) fn get(&self) -> DateTime<Utc> {
        *self.0.get_or_init(|| Utc::now().trunc_subsecs(6))
    }
}
