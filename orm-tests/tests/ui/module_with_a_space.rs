use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(module = "seen users")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
