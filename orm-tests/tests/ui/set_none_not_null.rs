include!("models.rs");

fn unlink(conn: &mut SqliteConnection, post: &mut Post) -> orm_core::Result<()> {
    post.set_author(conn, None)
}

fn main() {}
