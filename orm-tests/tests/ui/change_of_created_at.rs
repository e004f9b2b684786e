//! When a row was created does not change.

use chrono::{DateTime, Utc};
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(created_at)]
    pub created_at: DateTime<Utc>,
}

fn main() {
    let _ = User::changes().created_at(Utc::now());
}
