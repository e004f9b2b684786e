use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Node {
    pub id: i32,
}

fn main() {}
