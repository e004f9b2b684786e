include!("models.rs");

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let _ = User::inserting([User::builder().name("Ann")]).on_taken(users::id).update((posts::title,)).create(conn);
}
