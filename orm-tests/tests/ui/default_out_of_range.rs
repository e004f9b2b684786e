// mistakes: 3
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Node {
    #[model(primary_key)]
    pub id: i32,
    #[model(default = 40_000)]
    pub small: i16,
    #[model(default = -9_223_372_036_854_775_809)]
    pub large: i64,
    #[model(default = 1e39)]
    pub float: f32,
}

fn main() {}
