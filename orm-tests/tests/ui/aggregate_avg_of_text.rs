include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    User::all_rows().avg(conn, users::name)?;
    Ok(())
}
