//! Whoever writes hooks decides what happens if a statement writes many rows.

use diesel::sqlite::Sqlite;
use orm_core::Hooks;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(hooks)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

impl Hooks<User, Sqlite> for User {}

fn main() {}
