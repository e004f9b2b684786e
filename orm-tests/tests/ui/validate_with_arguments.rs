use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(email(true)))]
    pub email: String,
}

fn main() {}
