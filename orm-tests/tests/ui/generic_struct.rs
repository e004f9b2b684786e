use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct Node<T> {
    #[model(primary_key)]
    pub id: T,
}

fn main() {}
