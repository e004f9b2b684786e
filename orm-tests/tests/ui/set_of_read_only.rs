use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(default = 1, read_only)]
    pub revision: i32,
}
fn main() {
    let _ = User::builder().revision(2);
}
