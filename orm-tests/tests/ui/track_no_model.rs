use orm_core::prelude::*;

#[derive(Debug, Clone, PartialEq)]
pub struct User {
    pub id: i32,
}

fn main() {
    let _ = User { id: 1 }.track();
}
