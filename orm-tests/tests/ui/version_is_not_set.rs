//! The version is counted, not set.

use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(version)]
    pub version: i32,
}

fn main() {
    let _ = User::changes().version(3);
}
