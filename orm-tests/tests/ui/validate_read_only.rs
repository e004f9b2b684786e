use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(default = now, read_only, validate(after(chrono::NaiveDateTime::MIN)))]
    pub made: chrono::NaiveDateTime,
}

fn main() {}
