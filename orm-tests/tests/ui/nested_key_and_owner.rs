include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let ann = User::builder().name("Ann");
    Post::create(conn, Post::builder().title("Tea").author_id(1).with_author(ann))?;
    Ok(())
}
