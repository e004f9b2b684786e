include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let ann = User::get_by_pk(conn, 1)?;
    Post::create(conn, Post::builder().title("Tea").author_id(1).link_tags([&ann]))?;
    Ok(())
}
