use orm_core::prelude::*;

#[derive(Model, Clone)]
pub struct Ship {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Clone)]
#[belongs_to(Ship, fk = "id", as = "ship")]
pub struct Cabin {
    #[model(primary_key, auto_increment)]
    pub id: i32,
}

fn main() {}
