// lines: 31, because rustc shows how the query asks the fields, and these the backend
include!("models.rs");

#[derive(diesel::MultiConnection)]
pub enum AnyConnection {
    Sqlite(SqliteConnection),
}

fn main() {
    let conn = &mut AnyConnection::establish(":memory:").unwrap();
    let _ = User::find_all(conn);
}
