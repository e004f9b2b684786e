//! A version is a number.

use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(version)]
    pub version: String,
}

fn main() {}
