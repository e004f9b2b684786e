include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    User::create(conn, User::builder().name("Ann").with_posts([Post::builder()]))?;
    Ok(())
}
