include!("models.rs");

#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Sqlite(SqliteConnection),
}

fn main() {
    let conn = &mut AnyConnection::establish(":memory:").unwrap();
    let _ = User::find_all(conn);
}
