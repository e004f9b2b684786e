include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    User::upsert(conn, User::builder().name("Ann").with_profile(Profile::builder()))?;
    Ok(())
}
