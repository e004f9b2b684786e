//! The models: seven columns each, and a junction with a column of its own.

use chrono::NaiveDateTime;
use orm_core::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Post, fk = "author_id", as = "posts")]
pub struct Author {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    #[model(index, length = 100)]
    pub email: String,
    pub bio: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Post, fk = "section_id", as = "posts")]
pub struct Section {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub place: i32,
    pub weight: f64,
    pub hidden: bool,
}

// The index is for the first posts of a section by their views, as whoever asks for those makes it.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(index(section_id, views))]
#[belongs_to(Author, fk = "author_id", as = "author")]
#[belongs_to(Section, fk = "section_id", as = "section")]
#[has_many(Comment, fk = "post_id", as = "comments")]
#[belongs_to_many(Tag, through = PostTag, fk = "post_id", other_key = "tag_id", as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub section_id: i32,
    pub title: String,
    pub body: Option<String>,
    pub views: i32,
    pub published: bool,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Post, fk = "post_id", as = "post")]
pub struct Comment {
    #[model(primary_key)]
    pub id: i32,
    pub post_id: i32,
    pub name: String,
    pub text: Option<String>,
    pub likes: i32,
    pub score: f64,
    pub hidden: bool,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub uses: i32,
    pub weight: f64,
    pub hidden: bool,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct PostTag {
    #[model(primary_key)]
    pub post_id: i32,
    #[model(primary_key)]
    pub tag_id: i32,
    #[model(default = 1)]
    pub relevance: i32,
}

/// A row that the model keeps: rules, moments and a version.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Memo {
    #[model(primary_key)]
    pub id: i32,
    #[model(validate(length(1..=100)))]
    pub title: String,
    #[model(validate(email))]
    pub email: String,
    #[model(validate(range(1..=1000)))]
    pub pages: i32,
    #[model(created_at)]
    pub written_at: NaiveDateTime,
    #[model(updated_at)]
    pub changed_at: NaiveDateTime,
    #[model(version)]
    pub version: i32,
}

orm_core::schema! { pub Magazine { Author, Section, Post, Comment, Tag, PostTag, Memo } }
