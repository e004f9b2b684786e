use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Price {
    #[model(primary_key)]
    pub id: i32,
    #[model(scale = 2)]
    pub rate: f64,
}

fn main() {}
