use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub tags: Vec<String>,
}

fn main() {}
