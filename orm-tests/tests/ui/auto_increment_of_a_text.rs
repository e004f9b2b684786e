use diesel::deserialize::FromSqlRow;
use diesel::expression::AsExpression;
use orm_core::prelude::*;

#[derive(Debug, Clone, PartialEq, Eq, Hash, FromSqlRow, AsExpression)]
#[diesel(sql_type = diesel::sql_types::Text)]
pub struct Code(pub String);

#[derive(Model, Clone)]
pub struct Ship {
    #[model(primary_key, auto_increment, sql_type = "Text")]
    pub code: Code,
}

fn main() {}
