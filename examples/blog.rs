//! The blog of the associations guide, whole: its models, its data, and everything read back in one
//! query.
//!
//! `cargo run --example blog`

use diesel::prelude::*;
use orm_core::prelude::*;

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Role {
    Admin,
    Author,
    #[default]
    Reader,
}

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Status {
    #[default]
    Draft,
    Published,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_one(UserProfile, fk = "user_id", as = "profile")]
#[has_many(Post, fk = "author_id", as = "posts")]
#[has_many(Comment, fk = "author_id", as = "comments")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub first_name: String,
    pub last_name: String,
    #[model(unique)]
    pub email: String,
    #[model(default)]
    pub role: Role,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "user_id", as = "user", on_delete = "cascade")]
pub struct UserProfile {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub user_id: i32,
    pub bio: Option<String>,
    pub avatar: Option<String>,
    pub website: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "author_id", as = "author", on_delete = "cascade")]
#[has_many(Comment, fk = "post_id", as = "comments")]
#[belongs_to_many(Category, through = PostCategory, fk = "post_id", other_key = "category_id", as = "categories")]
#[belongs_to_many(Tag, through = PostTag, fk = "post_id", other_key = "tag_id", as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub title: String,
    pub content: String,
    #[model(default)]
    pub status: Status,
    pub published_at: Option<chrono::NaiveDateTime>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Post, through = PostCategory, fk = "category_id", other_key = "post_id", as = "posts")]
pub struct Category {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    #[model(unique)]
    pub slug: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Post, through = PostTag, fk = "tag_id", other_key = "post_id", as = "posts")]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    #[model(unique)]
    pub slug: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Post, fk = "post_id", as = "post", on_delete = "cascade")]
#[belongs_to(User, fk = "author_id", as = "author")]
#[belongs_to(Comment, fk = "parent_id", as = "parent", on_delete = "cascade")]
#[has_many(Comment, fk = "parent_id", as = "replies")]
pub struct Comment {
    #[model(primary_key)]
    pub id: i32,
    pub post_id: i32,
    pub author_id: i32,
    pub content: String,
    pub parent_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct PostCategory {
    #[model(primary_key)]
    pub post_id: i32,
    #[model(primary_key)]
    pub category_id: i32,
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

orm_core::schema! {
    pub Blog { User, UserProfile, Post, Category, Tag, Comment, PostCategory, PostTag }
}

fn main() -> orm_core::Result<()> {
    let conn = &mut SqliteConnection::establish(":memory:").expect("SQLite opens");
    Blog::create_all(conn)?;
    let author = User::create(
        conn,
        User::builder()
            .first_name("John")
            .last_name("Doe")
            .email("john@example.com")
            .role(Role::Author),
    )?;
    author.create_profile(conn, UserProfile::builder().bio("Passionate blogger"))?;
    let post = author.create_post(
        conn,
        Post::builder()
            .title("Hi")
            .content("…")
            .status(Status::Published),
    )?;
    let js = Tag::create(conn, Tag::builder().name("JavaScript").slug("js"))?;
    let node = Tag::create(conn, Tag::builder().name("Node").slug("node"))?;
    post.add_tags_with(conn, [&js, &node], PostTag::builder().relevance(10))?;
    let posts = Post::query()
        .filter(posts::id.eq(post.id))
        .include(Post::author().include(User::profile()))
        .include(Post::tags().order(tags::name.asc()))
        .include(
            Post::comments()
                .include(Comment::author())
                .include(Comment::replies().include(Comment::author())),
        )
        .load(conn)?;
    for post in &posts {
        println!(
            "{} by {} {:?}",
            post.title, post.author.first_name, post.author.profile
        );
        for tag in &post.tags {
            println!("#{} {}", tag.name, tag.through.relevance);
        }
    }
    println!("{posts:#?}");
    Ok(())
}
