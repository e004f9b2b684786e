use orm_core::prelude::*;

fn hash(password: &str) -> String {
    password.to_owned()
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(set(password(&str) -> Result<String, ()> = hash))]
    pub password_hash: String,
}

fn main() {
    hash("");
}
