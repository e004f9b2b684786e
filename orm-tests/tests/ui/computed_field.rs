// mistakes: 2
use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(Model, Identifiable, Debug, Clone)]
#[diesel(table_name = guests)]
pub struct Guest {
    #[model(primary_key)]
    pub id: i32,
    #[diesel(select_expression = guests::id.is_not_null())]
    pub known: bool,
    #[diesel(deserialize_as = Trimmed)]
    pub name: String,
}

fn main() {}
