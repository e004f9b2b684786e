use orm_core::prelude::*;

#[derive(ModelEnum, Debug, Clone)]
pub enum Wind {
    North,
    South,
}

#[derive(Model, Debug, Clone)]
pub struct Day {
    #[model(primary_key)]
    pub id: i32,
    #[model(default = "North")]
    pub wind: Wind,
}

fn main() {}
