// lines: 19, because rustc also shows the function, with what it takes
use orm_core::prelude::*;
use orm_core::{Draft, Invalid};

#[derive(Model, Debug, Clone)]
#[model(validate = in_order)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
}

fn in_order(_: &Draft<'_, Post>) -> Result<(), Invalid> {
    Ok(())
}

fn main() {}
