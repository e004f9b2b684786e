include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let tag = Tag::builder().name("rust").through(Profile::builder());
    Post::create(conn, Post::builder().title("Tea").author_id(1).with_tags([tag]))?;
    Ok(())
}
