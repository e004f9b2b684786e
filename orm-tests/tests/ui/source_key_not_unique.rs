use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[has_many(Post, source_key = "name", fk = "author_name", as = "posts")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_name: String,
}

fn main() {}
