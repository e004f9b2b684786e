// The models of the compile-fail cases.
#[allow(unused_imports)]
use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
pub enum Status {
    Draft,
    Published,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_one(Profile, fk = "user_id", as = "profile")]
#[has_many(Post, fk = "author_id", as = "posts")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "user_id", as = "user")]
pub struct Profile {
    #[model(primary_key)]
    pub id: i32,
    pub user_id: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "author_id", as = "author")]
#[belongs_to_many(Tag, through = PostTag, fk = "post_id", other_key = "tag_id", as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub title: String,
    pub status: Option<Status>,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct PostTag {
    #[model(primary_key)]
    pub post_id: i32,
    #[model(primary_key)]
    pub tag_id: i32,
    pub weight: i32,
}

orm_core::schema! { pub Blog { User, Profile, Post, Tag, PostTag } }
