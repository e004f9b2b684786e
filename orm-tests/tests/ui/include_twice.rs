include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let users = User::query().include(User::posts()).include(User::posts()).load(conn);
    drop(users);
}
