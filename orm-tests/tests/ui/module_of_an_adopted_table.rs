use orm_core::prelude::*;

diesel::table! {
    users (id) {
        id -> Integer,
    }
}

#[derive(Model, Debug, Clone)]
#[model(schema = users, module = "people")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
