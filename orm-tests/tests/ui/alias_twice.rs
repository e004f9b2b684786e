use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[has_many(Node, fk = "parent_id", as = "nodes")]
#[has_many(Node, fk = "owner_id", as = "nodes")]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
    pub owner_id: Option<i32>,
}

fn main() {}
