use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[belongs_to(Node, fk = "parent_id", as = "parent")]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    #[model(read_only)]
    pub parent_id: Option<i32>,
}
fn main() {}
