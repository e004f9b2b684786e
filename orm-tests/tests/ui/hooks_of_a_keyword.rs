use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(hooks(struct))]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
