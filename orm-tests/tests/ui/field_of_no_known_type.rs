use orm_core::prelude::*;

#[derive(Debug, Clone)]
pub struct Money(i64);

#[derive(Model, Debug, Clone)]
pub struct Order {
    #[model(primary_key)]
    pub id: i32,
    pub price: Money,
}

fn main() {}
