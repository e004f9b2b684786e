//! The struct names hooks that nobody wrote.
// lines: 21, because rustc shows the struct and the bound of the method

use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(hooks)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn create(conn: &mut SqliteConnection) {
    let _ = User::create(conn, User::builder());
}

fn main() {}
