use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub enum Role {
    Admin,
    Reader,
}

fn main() {}
