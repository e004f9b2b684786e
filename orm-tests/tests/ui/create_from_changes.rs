include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let _ = Tag::create(conn, Tag::changes().name("rust"));
}
