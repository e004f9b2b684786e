include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let posts = Post::query().include(Post::tags().count()).load(conn).unwrap();
    println!("{}", serde_json::to_string(&posts).unwrap());
}
