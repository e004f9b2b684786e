use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Token {
    #[model(primary_key, default = uuid)]
    pub id: String,
}

fn main() {}
