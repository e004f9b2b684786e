use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(read_only)]
    pub made: chrono::NaiveDateTime,
}
fn main() {}
