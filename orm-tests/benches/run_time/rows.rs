//! The same rows as a user of plain Diesel declares them, on the same tables. They have the names of
//! the models, so that they look the same when they are compared.

use diesel::prelude::*;

use crate::models::{authors, comments, post_tags, posts, sections, tags};

#[derive(Queryable, Selectable, Identifiable, Debug, Clone)]
#[diesel(table_name = authors)]
pub struct Author {
    pub id: i32,
    pub name: String,
    pub email: String,
    pub bio: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
}

#[derive(Insertable, Debug, Clone)]
#[diesel(table_name = authors)]
pub struct NewAuthor {
    pub name: String,
    pub email: String,
    pub bio: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
}

/// The same with NULL for `None`: one statement for many rows, on SQLite, too.
#[derive(Insertable, Debug, Clone)]
#[diesel(table_name = authors, treat_none_as_default_value = false)]
pub struct FullAuthor {
    pub name: String,
    pub email: String,
    pub bio: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
}

#[derive(Queryable, Selectable, Identifiable, Debug, Clone)]
#[diesel(table_name = sections)]
pub struct Section {
    pub id: i32,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub place: i32,
    pub weight: f64,
    pub hidden: bool,
}

#[derive(Queryable, Selectable, Identifiable, Associations, Debug, Clone)]
#[diesel(table_name = posts, belongs_to(Author), belongs_to(Section))]
pub struct Post {
    pub id: i32,
    pub author_id: i32,
    pub section_id: i32,
    pub title: String,
    pub body: Option<String>,
    pub views: i32,
    pub published: bool,
}

#[derive(Queryable, Selectable, Identifiable, Associations, Debug, Clone)]
#[diesel(table_name = comments, belongs_to(Post))]
pub struct Comment {
    pub id: i32,
    pub post_id: i32,
    pub name: String,
    pub text: Option<String>,
    pub likes: i32,
    pub score: f64,
    pub hidden: bool,
}

#[derive(Queryable, Selectable, Identifiable, Debug, Clone)]
#[diesel(table_name = tags)]
pub struct Tag {
    pub id: i32,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub uses: i32,
    pub weight: f64,
    pub hidden: bool,
}

#[derive(Queryable, Selectable, Identifiable, Associations, Insertable, Debug, Clone)]
#[diesel(table_name = post_tags, primary_key(post_id, tag_id), belongs_to(Post), belongs_to(Tag))]
pub struct PostTag {
    pub post_id: i32,
    pub tag_id: i32,
    pub relevance: i32,
}

diesel::joinable!(posts -> sections (section_id));
diesel::joinable!(post_tags -> tags (tag_id));
