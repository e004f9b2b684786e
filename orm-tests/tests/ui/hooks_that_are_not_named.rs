//! Hooks that the struct does not name would never run.
// lines: 17, because rustc shows the struct and the bound of the trait

use diesel::sqlite::Sqlite;
use orm_core::prelude::*;
use orm_core::{ByFilter, Hooks};

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

impl Hooks<User, Sqlite> for User {
    const BY_FILTER: ByFilter = ByFilter::Each;
}

fn main() {}
