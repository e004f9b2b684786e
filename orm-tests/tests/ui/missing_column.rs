include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let post = Post::create(conn, Post::builder().author_id(1));
    drop(post);
}
