include!("models.rs");

fn main() {
    let builder = Post::builder().author_id("Ann");
    drop(builder);
}
