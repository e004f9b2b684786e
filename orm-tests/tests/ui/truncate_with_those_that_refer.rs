include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    User::truncating().cascade().execute(conn).unwrap();
}
