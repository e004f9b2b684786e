include!("models.rs");

fn add(conn: &mut SqliteConnection, user: &User, tag: &Tag) -> orm_core::Result<()> {
    user.add_post(conn, tag)
}

fn main() {}
