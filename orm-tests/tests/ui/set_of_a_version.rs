use orm_core::prelude::*;

fn first(number: i32) -> i32 {
    number
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(version, set(revision(i32) = first))]
    pub version: i32,
}

fn main() {
    first(1);
}
