use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Node(i32);

fn main() {}
