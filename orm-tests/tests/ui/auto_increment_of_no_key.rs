// mistakes: 2
use orm_core::prelude::*;

#[derive(Model, Clone)]
pub struct Ship {
    #[model(primary_key)]
    pub id: i32,
    #[model(auto_increment = true)]
    pub number: i32,
}

#[derive(Model, Clone)]
pub struct Cabin {
    #[model(primary_key)]
    pub id: i32,
    #[model(auto_increment = false)]
    pub number: i32,
}

fn main() {}
