use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[belongs_to(Node, fk = "parent_id", as = "by_pk")]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
}

fn main() {}
