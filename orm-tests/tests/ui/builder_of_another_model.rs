// mistakes: 2
include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let user = User::create(conn, Tag::builder().name("rust")).unwrap();
    let _ = user.create_post(conn, Tag::builder().name("rust"));
}
