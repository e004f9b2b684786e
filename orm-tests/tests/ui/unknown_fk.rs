// lines: 18, because rustc shows the one type that is a field
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[has_many(Post, fk = "writer_id", as = "posts")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
}

fn main() {}
