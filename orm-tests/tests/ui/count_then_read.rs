include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let users = User::query().include(User::posts().count()).load(conn).unwrap();
    for post in &users[0].posts {
        println!("{}", post.title);
    }
}
