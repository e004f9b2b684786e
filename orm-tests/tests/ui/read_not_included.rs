include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let users = User::query().include(User::profile()).load(conn).unwrap();
    println!("{}", users[0].posts.len());
}
