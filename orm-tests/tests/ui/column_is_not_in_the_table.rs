use orm_core::prelude::*;

diesel::table! {
    guests (id) { id -> Integer, #[sql_name = "type"] type_ -> Text, name -> Text, }
}

#[derive(Model, Debug, Clone)]
#[model(schema = guests)]
pub struct Guest {
    #[model(primary_key)]
    pub id: i32,
    #[model(column = "typ")]
    pub kind: String,
}

fn main() {}
