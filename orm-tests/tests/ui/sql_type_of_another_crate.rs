use orm_core::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct Duration(i64);

#[derive(Model, Debug, Clone)]
pub struct Lap {
    #[model(primary_key)]
    pub id: i32,
    #[model(sql_type = "Interval")]
    pub time: Duration,
}

fn main() {}
