//! A column belongs to one model.

use orm_core::Values;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub title: String,
}

fn title(values: &Values<User>) {
    let _ = values.get(posts::title);
}

fn main() {}
