// lines: 24, because rustc shows the loader, the one type that can be included
include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let users = User::query().include(User::posts()).include(User::posts()).load(conn);
    drop(users);
}
