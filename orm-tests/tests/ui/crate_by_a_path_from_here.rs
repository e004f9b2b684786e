use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(crate = self::database)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
