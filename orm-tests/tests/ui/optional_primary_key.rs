use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Node {
    #[model(primary_key)]
    pub id: Option<i32>,
}

fn main() {}
