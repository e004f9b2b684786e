use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Price {
    #[model(primary_key)]
    pub id: i32,
    #[model(precision = 12, scale = 2)]
    pub amount: i64,
}

fn main() {}
