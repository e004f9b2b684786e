include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let mut ann = User::get_by_pk(conn, 1)?;
    ann.update(conn, User::changes().with_profile(Profile::builder()))?;
    Ok(())
}
