// lines: 37, because rustc shows types that implement a trait of serde, and where `serde_json` asks for it
use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(Model, serde::Serialize, Debug, Clone)]
#[has_many(Post, fk = "author_id", as = "posts")]
pub struct User { #[model(primary_key)] pub id: i32 }

#[derive(Model, Debug, Clone)]
pub struct Post { #[model(primary_key)] pub id: i32, pub author_id: i32 }

orm_core::schema! { pub Blog { User, Post } }

fn main() {
    let conn = &mut SqliteConnection::establish(":memory:").unwrap();
    let users = User::query().include(User::posts()).load(conn).unwrap();
    println!("{}", serde_json::to_string(&users).unwrap());
}
