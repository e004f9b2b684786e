use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    #[model(default = "one")]
    pub weight: i32,
}

fn main() {}
