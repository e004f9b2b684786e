// mistakes: 2
use orm_core::prelude::*;

#[derive(Model, Clone)]
#[has_many(User, fk = "boss_id", as = "staff", marker = "Staff of User")]
#[has_many(User, fk = "boss_id", as = "people", singular = "a person")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub boss_id: i32,
}

fn main() {}
