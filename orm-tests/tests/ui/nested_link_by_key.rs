include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    Post::create(conn, Post::builder().title("Tea").author_id(1).link_tags([1]))?;
    Ok(())
}
