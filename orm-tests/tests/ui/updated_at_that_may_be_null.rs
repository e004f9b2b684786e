//! The moment is always there.

use chrono::{DateTime, Utc};
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(updated_at)]
    pub updated_at: Option<DateTime<Utc>>,
}

fn main() {}
