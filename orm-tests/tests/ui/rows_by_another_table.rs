include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let _ = User::rows(posts::title.eq("Hello")).destroy(conn);
}
