// lines: 18, because the compiler shows where `OfOwner` is declared
include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let ann = User::builder().name("Ann");
    Post::create(conn, Post::builder().title("Tea").with_author(ann).author_id(1))?;
    Ok(())
}
