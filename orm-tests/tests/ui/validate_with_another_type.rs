// lines: 20, because rustc also shows the function, with what it takes
use orm_core::prelude::*;
use orm_core::Invalid;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(with = even))]
    pub name: String,
}

fn even(_: &i32) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
