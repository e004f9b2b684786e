use orm_core::prelude::*;

fn hash(password: &str) -> Result<String, u8> {
    Ok(password.into())
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(set(password(&str) -> Result<_, ()> = hash))]
    pub password_hash: String,
}

fn main() {}
