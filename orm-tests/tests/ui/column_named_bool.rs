use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Part {
    #[model(primary_key)]
    pub id: i32,
    pub bool: bool,
}

fn main() {}
