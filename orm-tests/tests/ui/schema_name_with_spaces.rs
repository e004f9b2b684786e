use orm_core::prelude::*;

#[derive(Model, Clone)]
#[model(schema_name = " app ")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
