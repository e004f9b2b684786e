// lines: 20, because rustc shows the model, the method and its bound
include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let new = User::builder().id(1).name("Ann");
    let (_, _created) = User::upsert_telling(conn, users::id, new)?;
    Ok(())
}
