include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let users = User::query().include(User::posts().filter(tags::name.eq("rust"))).load(conn);
    drop(users);
}
