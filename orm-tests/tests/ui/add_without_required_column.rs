include!("models.rs");

fn add(conn: &mut SqliteConnection, post: &Post, tag: &Tag) -> orm_core::Result<()> {
    post.add_tag(conn, tag)
}

fn main() {}
