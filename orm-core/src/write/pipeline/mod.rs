//! The one way to write rows: every write of every method of every model goes through here, in this order.
//!
//! 1. *Stamp*: the values that a write makes itself, such as `updated_at` and the version.
//! 2. *Validate*: the rules of the model.
//! 3. *Before*: the hooks that run before the write. They may change the values, which are then validated again.
//! 4. *SQL*: one statement, or as few as possible; see `inserting` and `update`.
//! 5. *Read*: the row in memory takes the values that the database stored.
//! 6. *After*: the hooks that run after the write.
//!
//! `H` is what runs around the write: the model's own hooks, or [`NoHooks`]. Without hooks, their steps compile to
//! no code, and no transaction is opened that only they need.

mod many;
mod new;
mod one;
mod stamps;

pub(crate) use many::{
    Change, add_to_rows, destroy_rows, destroy_rows_back, remove, truncate, undoing_hooks,
    update_rows, update_rows_back,
};
pub(crate) use new::{
    create, create_all, create_free, create_free_back, create_level, problems, upsert, upsert_all,
    upsert_by, upsert_telling, validate_new,
};
pub(crate) use one::{add, destroy, save, update};
pub(crate) use stamps::{stamp_new, touched};
