use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub first: String,
    #[model(unique, transient)]
    pub full_name: String,
}

fn main() {}
