use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Board {
    #[model(primary_key)]
    pub id: i32,
    pub cells: Vec<Vec<i32>>,
}

fn main() {}
