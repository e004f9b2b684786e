use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(schema_name = "main.app")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
