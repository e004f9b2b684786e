include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let users = User::query().include(User::profile().limit(1)).load(conn);
    drop(users);
}
