use orm_core::prelude::*;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ShipId(pub i32);

#[derive(Model, Clone)]
pub struct Ship {
    #[model(primary_key, auto_increment)]
    pub id: ShipId,
}

fn main() {}
