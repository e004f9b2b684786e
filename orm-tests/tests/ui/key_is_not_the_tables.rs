use orm_core::prelude::*;

diesel::table! {
    seats (row, number) { row -> Integer, number -> Integer, guest -> Text, }
}

#[derive(Model, Debug, Clone)]
#[model(schema = seats)]
pub struct Seat {
    #[model(primary_key)]
    pub row: i32,
    pub number: i32,
    pub guest: String,
}

fn main() {}
