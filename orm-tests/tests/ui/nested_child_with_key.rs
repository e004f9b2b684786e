include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let post = Post::builder().title("Tea").author_id(7);
    User::create(conn, User::builder().name("Ann").with_posts([post]))?;
    Ok(())
}
