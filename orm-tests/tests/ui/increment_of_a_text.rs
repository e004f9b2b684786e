// errors: 2, because rustc asks once more when it has taken `1` for an integer
include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let _ = User::all_rows().increment(conn, users::name, 1);
}
