include!("models.rs");

fn add(conn: &mut SqliteConnection, user: &User, post: &Post) -> orm_core::Result<()> {
    user.add_posts(conn, post)
}

fn main() {}
