include!("models.rs");

fn create(conn: &mut SqliteConnection, user: &User) -> orm_core::Result<Post> {
    user.create_post(conn, Post::builder())
}

fn main() {}
