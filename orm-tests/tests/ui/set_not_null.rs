include!("models.rs");

fn unlink(conn: &mut SqliteConnection, user: &User) -> orm_core::Result<()> {
    user.set_posts(conn, [1, 2])
}

fn main() {}
