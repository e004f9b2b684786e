// mistakes: 2
use orm_core::prelude::*;

#[derive(Model, Clone)]
#[model(table = "2024")]
pub struct Year {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Clone)]
#[model(table = "str")]
pub struct Text {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
