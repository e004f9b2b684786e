use orm_core::prelude::*;
use orm_core::Invalid;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(with = no_emoji, message = "no emoji"))]
    pub name: String,
}

fn no_emoji(_: &str) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
