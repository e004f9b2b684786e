use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
#[belongs_to(User, fk = "writer_id", as = "author")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
}

fn main() {}
