//! A mistake in an enum is one error, also where a model stores the enum.

use orm_core::prelude::*;

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Draft,
    #[model(name = "in review")]
    InReview,
}

#[derive(Model, Debug, Clone)]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    #[model(default)]
    pub state: State,
    pub before: Option<State>,
}

orm_core::schema! { pub App { Post } }

fn drafts(conn: &mut diesel::SqliteConnection) -> orm_core::Result<Vec<Post>> {
    use diesel::prelude::*;

    Post::create(conn, Post::builder().state(State::Draft))?;
    Post::find_where(conn, posts::state.eq(State::Draft))
}

fn main() {}
