use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key, read_only)]
    pub id: i32,
    #[model(default = now, read_only)]
    pub made: chrono::NaiveDateTime,
}
fn main() {}
