include!("models.rs");

fn was(user: &orm_core::Tracked<User>) {
    user.previous(posts::title);
}

fn main() {}
