//! A column cannot be both.

use chrono::{DateTime, Utc};
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(created_at, updated_at)]
    pub at: DateTime<Utc>,
}

fn main() {}
