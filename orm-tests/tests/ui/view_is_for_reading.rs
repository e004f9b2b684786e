// mistakes: 3
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}
#[derive(Model, Debug, Clone)]
#[model(schema = users)]
pub struct Byline {
    #[model(primary_key)]
    pub id: i32,
}
orm_core::schema! { pub Blog { User, #[view] Byline } }

fn create(conn: &mut diesel::SqliteConnection) {
    let _ = Byline::create(conn, Byline::builder());
}
fn update(conn: &mut diesel::SqliteConnection, mut byline: Byline) {
    let _ = byline.update(conn, Byline::changes());
}
fn destroy(conn: &mut diesel::SqliteConnection, mut byline: Byline) {
    let _ = byline.destroy(conn);
}
fn main() {}
