// mistakes: 2
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(tabel = "nodes")]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    #[model(uniqe)]
    pub name: String,
}

fn main() {}
