use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(range(Role::Reader..)))]
    pub role: Role,
}

#[derive(ModelEnum, Debug, Clone, PartialEq, PartialOrd)]
pub enum Role {
    Reader,
    Writer,
}

fn main() {}
