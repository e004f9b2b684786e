use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(without(queryable, insertable))]
pub struct Guest {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
