// mistakes: 6
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Event {
    #[model(primary_key, default = "67e55044")]
    pub id: uuid::Uuid,
    #[model(default = "2026-02-29")]
    pub day: chrono::NaiveDate,
    #[model(default = "24:00")]
    pub time: chrono::NaiveTime,
    #[model(default = "2026-01-31T12:30:00Z")]
    pub at: chrono::NaiveDateTime,
    #[model(default = "yesterday")]
    pub utc: chrono::DateTime<chrono::Utc>,
    #[model(default = "{a: 1}")]
    pub details: serde_json::Value,
}

fn main() {}
