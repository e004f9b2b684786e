// mistakes: 3
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(has_many, belongs_to(User, key = "author_id"), belongs_to(User, through = Post))]
#[model(belongs_to(User, fk = "editor", as = "editor"))]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
}

fn main() {}
