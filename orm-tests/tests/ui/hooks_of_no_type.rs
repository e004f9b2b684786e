//! Hooks are types.

use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(hooks("Audit"))]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
