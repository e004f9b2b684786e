use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[has_many(Ticket, fk = "seat_id", as = "tickets")]
pub struct Seat {
    #[model(primary_key)]
    pub row: i32,
    #[model(primary_key)]
    pub number: i32,
}

#[derive(Model, Debug, Clone)]
pub struct Ticket {
    #[model(primary_key)]
    pub id: i32,
    pub seat_id: i32,
}

fn main() {}
