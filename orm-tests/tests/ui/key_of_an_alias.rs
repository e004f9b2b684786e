use orm_core::prelude::*;

type Id = i32;

#[derive(Model, Debug, Clone, PartialEq)]
pub struct User {
    #[model(primary_key)]
    pub id: Id,
    pub name: String,
}

orm_core::schema! { pub Blog { User } }

fn main() {}
