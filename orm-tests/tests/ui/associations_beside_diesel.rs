use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(Model, Identifiable, Debug, Clone)]
#[belongs_to(Post, fk = "parent_id", as = "parent")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: i32,
}

fn main() {}
