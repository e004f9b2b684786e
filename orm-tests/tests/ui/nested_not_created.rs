include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let ann = User::builder().name("Ann");
    let post = Post::create(conn, Post::builder().title("Tea").with_author(ann))?;
    println!("{}", post.tags.len());
    Ok(())
}
