use orm_core::prelude::*;

#[derive(Model, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Clone)]
#[model(table = "users", module = "people")]
pub struct Person {
    #[model(primary_key)]
    pub id: i32,
}

orm_core::schema! { pub App { User, Person } }

fn main() {}
