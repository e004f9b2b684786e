use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(after("2026-01-31")))]
    pub day: chrono::NaiveDate,
}

fn main() {}
