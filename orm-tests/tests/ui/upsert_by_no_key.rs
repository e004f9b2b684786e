// lines: 20, because rustc shows where the column comes from
include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let _ = User::upsert_by(conn, users::name, User::builder().name("Ann"));
}
