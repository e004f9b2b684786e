// lines: 17, because rustc shows where the builder is declared
include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let post = Post::builder().title("Tea");
    User::create(conn, User::builder().name("Ann").with_posts(post))?;
    Ok(())
}
