use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Node {
    #[model(primary_key, auto_increment)]
    pub id: i32,
    #[model(primary_key, auto_increment)]
    pub number: i32,
}

fn main() {}
