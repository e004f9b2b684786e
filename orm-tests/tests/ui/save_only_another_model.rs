include!("models.rs");

fn save(conn: &mut SqliteConnection, user: &mut orm_core::Tracked<User>) -> orm_core::Result<()> {
    user.save_only(conn, (users::name, posts::title))
}

fn main() {}
