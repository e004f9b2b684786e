include!("models.rs");

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let rust = Tag::get_by_pk(conn, 1)?;
    let sql = Tag::builder().name("sql").through(PostTag::builder().weight(2));
    let post = Post::builder().title("Tea").author_id(1).with_tags([sql]);
    Post::create(conn, post.link_tags([(&rust, PostTag::builder().weight(1))]))?;
    Ok(())
}
