use orm_core::prelude::*;

#[derive(ModelEnum, Debug, Clone)]
pub enum Role {
    Admin,
    Reader,
}

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(default)]
    pub role: Role,
}

orm_core::schema! { pub Blog { User } }

fn main() {}
