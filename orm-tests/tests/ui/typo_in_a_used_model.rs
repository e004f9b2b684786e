//! A mistake in an attribute is one error, however much of the program uses the model.
// mistakes: 4

use orm_core::prelude::*;

#[derive(Model, Debug, Clone)]
#[has_many(Post, fk = "author_id", ass = "posts")]
pub struct User {
    #[model(primary_kye)]
    pub id: i32,
    #[model(unique, lenght = 200)]
    pub name: String,
}

#[derive(Model, Debug, Clone)]
#[model(rename_al = "snake_case")]
#[belongs_to(User, fk = "author", as = "author")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub title: String,
}

orm_core::schema! { pub App { User, Post } }

fn posts_of_ann(conn: &mut diesel::SqliteConnection) -> orm_core::Result<usize> {
    let user = User::create(conn, User::builder().name("Ann"))?;
    user.create_post(conn, Post::builder().title("Typos"))?;
    let users = users::table.include(User::posts()).load(conn)?;
    Ok(users.iter().map(|user| user.posts.len()).sum())
}

fn main() {}
