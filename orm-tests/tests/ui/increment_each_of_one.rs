include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let _ = User::all_rows().increment_each(conn, (users::id, 1));
}
