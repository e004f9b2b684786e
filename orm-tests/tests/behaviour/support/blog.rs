//! The blog of the associations guide.

use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};

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
#[belongs_to(User, fk = "manager_id", as = "manager")]
#[has_many(User, fk = "manager_id", as = "subordinates")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub first_name: String,
    #[model(unique)]
    pub email: String,
    #[model(default)]
    pub role: Role,
    pub manager_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "user_id", as = "user", on_delete = "cascade")]
pub struct UserProfile {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub user_id: i32,
    pub bio: Option<String>,
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
    #[model(default)]
    pub status: Status,
    pub published_at: Option<NaiveDateTime>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Post, through = PostCategory, fk = "category_id", other_key = "post_id", as = "posts")]
#[belongs_to(Category, fk = "parent_id", as = "parent")]
#[has_many(Category, fk = "parent_id", as = "children")]
pub struct Category {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    pub parent_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Post, through = PostTag, fk = "tag_id", other_key = "post_id", as = "posts")]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub name: String,
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

/// Noon of a day in January.
pub fn day(day: u32) -> NaiveDateTime {
    let date = NaiveDate::from_ymd_opt(2026, 1, day).expect("January has the day");
    date.and_hms_opt(12, 0, 0).expect("there is noon")
}

/// An empty blog.
pub fn empty() -> Conn {
    connect_to::<Blog>()
}

/// A blog with the rows below; keys count from 1 in the order of the lines.
///
/// - Ann, Bob (of Ann), Cid (of Ann), Dan (of Bob); Ann and Bob have profiles
/// - Ann: Rust, SQL (draft), Diesel; Bob: Tea; Cid: Bread (draft)
/// - Rust: code 5, data 1; SQL: data 9; Diesel: code 10, data 7; Tea: food 3; no post: rare
/// - Rust: "nice" of Bob, with replies of Ann and Cid; Tea: "milk?" of Ann
/// - Tech > Code > Web, and Life; Rust in Code, Diesel in Web, Tea in Life
pub fn seeded() -> Conn {
    let mut conn = empty();
    fill(&mut conn).expect("the blog is filled");
    conn
}

/// The rows of a filled blog.
pub fn fill(conn: &mut Conn) -> orm_core::Result<()> {
    let user = |name: &str, role, manager: Option<i32>| {
        let email = format!("{}@example.com", name.to_lowercase());
        let user = User::builder().first_name(name).email(email);
        user.role(role).manager_id(manager)
    };
    let users = [
        user("Ann", Role::Admin, None),
        user("Bob", Role::Author, Some(1)),
        user("Cid", Role::Reader, Some(1)),
        user("Dan", Role::Reader, Some(2)),
    ];
    User::bulk_create(conn, users)?;
    let profile = |user, bio: &str| UserProfile::builder().user_id(user).bio(bio);
    UserProfile::bulk_create(conn, [profile(1, "writes"), profile(2, "reads")])?;
    let post = |author, title: &str, status, at: Option<NaiveDateTime>| {
        let post = Post::builder().author_id(author).title(title);
        post.status(status).published_at(at)
    };
    let posts = [
        post(1, "Rust", Status::Published, Some(day(1))),
        post(1, "SQL", Status::Draft, None),
        post(1, "Diesel", Status::Published, Some(day(3))),
        post(2, "Tea", Status::Published, Some(day(2))),
        post(3, "Bread", Status::Draft, None),
    ];
    Post::bulk_create(conn, posts)?;
    Tag::bulk_create(
        conn,
        ["code", "data", "food", "rare"].map(|name| Tag::builder().name(name)),
    )?;
    let links = [
        (1, 1, 5),
        (1, 2, 1),
        (2, 2, 9),
        (3, 1, 10),
        (3, 2, 7),
        (4, 3, 3),
    ];
    let link = |(post, tag, relevance)| {
        let link = PostTag::builder().post_id(post).tag_id(tag);
        link.relevance(relevance)
    };
    PostTag::bulk_create(conn, links.map(link))?;
    let comment = |post, author, content: &str, parent: Option<i32>| {
        let comment = Comment::builder().post_id(post).author_id(author);
        comment.content(content).parent_id(parent)
    };
    let comments = [
        comment(1, 2, "nice", None),
        comment(1, 1, "thanks", Some(1)),
        comment(1, 3, "agreed", Some(1)),
        comment(4, 1, "milk?", None),
    ];
    Comment::bulk_create(conn, comments)?;
    let category = |name: &str, parent: Option<i32>| {
        let category = Category::builder().name(name);
        category.parent_id(parent)
    };
    let categories = [
        category("Tech", None),
        category("Code", Some(1)),
        category("Web", Some(2)),
        category("Life", None),
    ];
    Category::bulk_create(conn, categories)?;
    let filed = |(post, category)| {
        let filed = PostCategory::builder().post_id(post);
        filed.category_id(category)
    };
    PostCategory::bulk_create(conn, [(1, 2), (3, 3), (4, 4)].map(filed))?;
    Ok(())
}
