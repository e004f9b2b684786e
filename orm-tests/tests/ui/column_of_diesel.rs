// mistakes: 4
use orm_core::prelude::*;

#[derive(Model, Clone)]
#[model(rename_all = "camelCase")]
pub struct Flag {
    #[model(primary_key)]
    pub id: i32,
    pub columns: String,
    pub star: Option<i32>,
    pub all_columns: i32,
    pub flags: i32,
}

fn main() {}
