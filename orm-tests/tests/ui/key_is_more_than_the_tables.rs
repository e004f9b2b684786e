use orm_core::prelude::*;

diesel::table! {
    guests (code) { code -> Integer, name -> Text, }
}

#[derive(Model, Debug, Clone)]
#[model(schema = guests)]
pub struct Guest {
    #[model(primary_key)]
    pub name: String,
    #[model(primary_key)]
    pub code: i32,
}

fn main() {}
