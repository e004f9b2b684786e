include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let tag = Tag::builder().name("rust");
    Post::create(conn, Post::builder().title("Tea").with_author(tag))?;
    Ok(())
}
