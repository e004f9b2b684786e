use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[has_many(Post, fk = "user_id", as = "posts")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub with_posts: bool,
}

#[derive(Model, Debug, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub user_id: i32,
}

fn main() {}
