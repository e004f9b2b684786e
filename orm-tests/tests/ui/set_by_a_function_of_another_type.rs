use orm_core::prelude::*;

fn hash(password: &str) -> Vec<u8> {
    password.into()
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(set(password(&str) = hash))]
    pub password_hash: String,
}

fn main() {}
