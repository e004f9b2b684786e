// lines: 17, because rustc shows the function, too
use orm_core::prelude::*;

fn hash(password: u64) -> String {
    password.to_string()
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(set(password(&str) = hash))]
    pub password_hash: String,
}

fn main() {}
