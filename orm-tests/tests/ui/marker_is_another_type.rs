// mistakes: 2
// errors: 6, because Rust goes on with the types of the user, which lack what the derive gives to its own
use orm_core::prelude::*;

#[derive(Model, Clone)]
#[has_many(Post, fk = "user_id", as = "posts")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub user_id: i32,
}

pub struct UserPosts;
pub struct NewUser;

fn main() {}
