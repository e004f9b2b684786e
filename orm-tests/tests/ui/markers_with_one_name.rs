// mistakes: 2
use orm_core::prelude::*;

#[derive(Model, Clone)]
#[has_many(Post, fk = "first", as = "line_1", singular = "one")]
#[has_many(Post, fk = "second", as = "line1", singular = "two")]
#[has_one(Post, fk = "third", as = "with")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub first: i32,
    pub second: i32,
    pub third: i32,
}

fn main() {}
