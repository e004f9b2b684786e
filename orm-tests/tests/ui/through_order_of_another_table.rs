include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let posts = Post::query().include(Post::tags().through_order(tags::name.asc())).load(conn);
    drop(posts);
}
