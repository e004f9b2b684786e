include!("models.rs");

fn renamed(user: &orm_core::Tracked<User>) -> bool {
    user.changed(posts::title)
}

fn main() {}
