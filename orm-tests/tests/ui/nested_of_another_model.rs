include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let tag = Tag::builder().name("rust");
    User::create(conn, User::builder().name("Ann").with_posts([tag]))?;
    Ok(())
}
