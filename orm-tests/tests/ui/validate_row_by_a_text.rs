use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(validate = "in_order")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

fn main() {}
