include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let mut tag = Tag::get_by_pk(conn, 1).unwrap();
    let _ = tag.update(conn, Tag::changes().id(2));
}
