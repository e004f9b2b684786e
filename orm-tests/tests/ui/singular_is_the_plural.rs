use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[has_many(Node, fk = "parent_id", as = "edited")]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
}

fn main() {}
