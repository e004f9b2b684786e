// mistakes: 2
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Page {
    #[model(primary_key)]
    pub id: u64,
    pub hits: Option<u32>,
}

fn main() {}
