// lines: 20, because rustc shows where the column is declared
include!("models.rs");

fn renamed(user: &orm_core::Tracked<User>) -> bool {
    user.changed(posts::title)
}

fn main() {}
