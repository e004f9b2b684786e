use orm_core::prelude::*;

#[derive(Model, Clone)]
pub struct Station {
    #[model(primary_key, auto_increment = false)]
    pub id: i32,
    pub name: String,
}

fn create(conn: &mut diesel::SqliteConnection) {
    let _ = Station::create(conn, Station::builder().name("Bern"));
}

fn main() {}
