include!("models.rs");

fn unlink(conn: &mut SqliteConnection, user: &User) -> orm_core::Result<()> {
    user.remove_post(conn, 1)
}

fn main() {}
