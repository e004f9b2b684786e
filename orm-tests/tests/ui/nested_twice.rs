include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let post = |title: &str| Post::builder().title(title);
    let ann = User::builder().name("Ann").with_posts([post("Tea")]);
    User::create(conn, ann.with_posts([post("Milk")]))?;
    Ok(())
}
