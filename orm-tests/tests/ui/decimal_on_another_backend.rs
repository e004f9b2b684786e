use bigdecimal::BigDecimal;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Price {
    #[model(primary_key)]
    pub id: i32,
    pub amount: BigDecimal,
}

fn main() {}
