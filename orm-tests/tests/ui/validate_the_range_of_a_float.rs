use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(range(1..=10)))]
    pub weight: f64,
}

fn main() {}
