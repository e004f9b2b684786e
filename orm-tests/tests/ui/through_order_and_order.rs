include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let by_both = Post::tags().order(tags::name.asc()).through_order(post_tags::weight.asc());
    let posts = Post::query().include(by_both).load(conn);
    drop(posts);
}
