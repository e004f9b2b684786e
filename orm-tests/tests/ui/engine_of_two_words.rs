use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[model(engine = "InnoDB ROW_FORMAT=DYNAMIC")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

fn main() {}
