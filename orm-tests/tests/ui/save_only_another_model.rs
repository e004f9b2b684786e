// lines: 21, because rustc shows where the column is declared
include!("models.rs");

fn save(conn: &mut SqliteConnection, user: &mut orm_core::Tracked<User>) -> orm_core::Result<()> {
    user.save_only(conn, posts::title)
}

fn main() {}
