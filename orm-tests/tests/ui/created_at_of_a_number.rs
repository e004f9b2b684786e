//! A moment is a `DateTime<Utc>` or a `NaiveDateTime`.

use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(created_at)]
    pub created_at: i64,
}

fn main() {}
