// lines: 21, because rustc shows the column of the other table and its macro
include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    User::max(conn, posts::title)?;
    Ok(())
}
