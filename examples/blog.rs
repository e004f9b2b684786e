//! The blog of the associations guide, whole: its eight models, a post with everything around it,
//! the query that reads it all back, and the changes that a blog lives on.
//!
//! `cargo run --example blog`; `src/lib.rs` tells how to run it on PostgreSQL or MySQL.

use chrono::{NaiveDateTime, Utc};
use diesel::prelude::*;
use examples::Conn;
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
#[belongs_to_many(Category, through = PostCategory, as = "categories")]
#[belongs_to_many(Tag, through = PostTag, as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub title: String,
    pub content: String,
    #[model(default)]
    pub status: Status,
    pub published_at: Option<NaiveDateTime>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Post, through = PostCategory, as = "posts")]
pub struct Category {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    #[model(unique)]
    pub slug: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Post, through = PostTag, as = "posts")]
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

/// A comment with its author, and its replies with theirs.
type Thread = (CommentAuthor, CommentReplies<CommentAuthor>);

/// A post's author with the profile.
type Author = PostAuthor<UserProfileAssociation>;

/// A post with everything: what `get_blog_post_with_everything` gives.
type FullPost = Loaded<Post, (Author, PostCategories, PostTags, PostComments<Thread>)>;

fn main() -> examples::Result {
    examples::run(program)
}

fn program(conn: &mut Conn) -> examples::Result {
    Blog::create_all(conn)?;

    heading("A post with everything around it");
    let mut post = create_blog_post(conn)?;
    print_post(&get_blog_post_with_everything(conn, post.id)?);

    heading("The same post after an edit");
    revise(conn, &mut post)?;
    print_post(&get_blog_post_with_everything(conn, post.id)?);

    heading("Counts and questions");
    ask(conn, &post)?;

    heading("What goes wrong says so");
    stumble(conn)?;
    Ok(())
}

/// Fills the blog: an author and a reader, a post with its category and tags, a comment, a reply.
fn create_blog_post(conn: &mut Conn) -> orm_core::Result<Post> {
    let author = User::create(
        conn,
        User::builder()
            .first_name("John")
            .last_name("Doe")
            .email("john@example.com")
            .role(Role::Author),
    )?;
    author.create_profile(
        conn,
        UserProfile::builder()
            .bio("Passionate blogger")
            .website("https://johndoe.com"),
    )?;

    let technology = Category::create(
        conn,
        Category::builder().name("Technology").slug("technology"),
    )?;
    let javascript = Tag::create(conn, Tag::builder().name("JavaScript").slug("javascript"))?;
    let node = Tag::create(conn, Tag::builder().name("Node.js").slug("nodejs"))?;

    // The association fills in the author's id, and the compiler knows that it does.
    let post = author.create_post(
        conn,
        Post::builder()
            .title("Getting Started with Node.js")
            .content("Node.js is a powerful runtime…")
            .status(Status::Published)
            .published_at(Utc::now().naive_utc()),
    )?;
    post.add_category(conn, &technology)?;
    post.add_tags_with(conn, [&javascript, &node], PostTag::builder().relevance(10))?;

    let reader = User::create(
        conn,
        User::builder()
            .first_name("Jane")
            .last_name("Reader")
            .email("jane@example.com"),
    )?;
    let comment = post.create_comment(
        conn,
        Comment::builder()
            .author_id(reader.id)
            .content("Great post! Very helpful."),
    )?;
    comment.create_reply(
        conn,
        Comment::builder()
            .post_id(post.id)
            .author_id(author.id)
            .content("Thanks for reading!"),
    )?;
    Ok(post)
}

/// Reads the whole tree: one statement per include, two for a many-to-many one, however many rows
/// there are.
fn get_blog_post_with_everything(conn: &mut Conn, post_id: i32) -> orm_core::Result<FullPost> {
    Post::query()
        .filter(posts::id.eq(post_id))
        .include(Post::author().include(User::profile()))
        .include(Post::categories().order(categories::name.asc()))
        .include(Post::tags().order(tags::name.asc()))
        .include(
            Post::comments()
                .filter(comments::parent_id.is_null()) // replies stand below what they answer
                .include(Comment::author())
                .include(Comment::replies().include(Comment::author())),
        )
        .first(conn)
}

/// A second edition: another title, another set of tags, and out of its category.
fn revise(conn: &mut Conn, post: &mut Post) -> orm_core::Result<()> {
    // Only the columns that change are written.
    post.update(conn, Post::changes().title("Node.js, Second Edition"))?;

    // `nodejs` stays, with its relevance; `javascript` goes; `typescript` comes with the default.
    let node: Tag = Tag::query().filter(tags::slug.eq("nodejs")).first(conn)?;
    let typescript = Tag::create(conn, Tag::builder().name("TypeScript").slug("typescript"))?;
    post.set_tags(conn, [&node, &typescript])?;

    for category in post.get_categories(conn)? {
        post.remove_category(conn, &category)?;
    }
    Ok(())
}

fn ask(conn: &mut Conn, post: &Post) -> orm_core::Result<()> {
    println!("  comments and replies  {}", post.count_comments(conn)?);
    println!("  tags                  {}", post.count_tags(conn)?);
    for tag in Tag::find_all(conn)? {
        let verb = match post.has_tag(conn, &tag)? {
            true => "has",
            false => "lacks",
        };
        println!("  the post {verb:<12} #{}", tag.name);
    }

    // What is counted in an include is counted by the database, for all users at once.
    let people = User::query()
        .include(User::posts().count())
        .include(User::comments().count())
        .order(users::id.asc())
        .load(conn)?;
    for user in &people {
        let (name, posts, comments) = (user.full_name(), user.posts, user.comments);
        println!("  {name:<21} posts: {posts}, comments: {comments}");
    }
    Ok(())
}

fn stumble(conn: &mut Conn) -> orm_core::Result<()> {
    let twin = User::builder()
        .first_name("Johnny")
        .last_name("Doe")
        .email("john@example.com");
    match User::create(conn, twin) {
        Err(orm_core::Error::UniqueViolation(taken)) => {
            println!("  this {} is taken ({taken})", taken.columns.join(", "));
        }
        Err(error) => return Err(error),
        Ok(user) => println!("  welcome, {}", user.full_name()),
    }
    if let Err(error) = Post::get_by_pk(conn, 404) {
        println!("  {error}");
    }
    // A row that may well be missing is an `Option`, and no error at all.
    match get_blog_post_with_everything(conn, 404).optional()? {
        Some(post) => print_post(&post),
        None => println!("  post 404: nothing to print"),
    }
    Ok(())
}

impl User {
    fn full_name(&self) -> String {
        format!("{} {}", self.first_name, self.last_name)
    }
}

fn print_post(post: &FullPost) {
    println!("  {}", post.title);
    println!("  by {}", byline(&post.author));
    if let Some(date) = post.published_at {
        println!("  {} on {}", post.status.as_str(), date.format("%-d %B %Y"));
    }
    println!("\n      {}\n", post.content);
    for category in &post.categories {
        println!("  in {}", category.name);
    }
    for tag in &post.tags {
        println!("  #{} (relevance {})", tag.name, tag.through.relevance);
    }
    for comment in &post.comments {
        print_thread(comment);
    }
}

fn print_thread(comment: &Loaded<Comment, Thread>) {
    println!("  {}: {}", comment.author.first_name, comment.content);
    for reply in &comment.replies {
        println!("    {}: {}", reply.author.first_name, reply.content);
    }
}

/// The author's name, with what the profile adds to it.
fn byline(author: &Loaded<User, UserProfileAssociation>) -> String {
    let profile = author.profile.as_ref();
    let bio = profile.and_then(|profile| profile.bio.clone());
    let website = profile.and_then(|profile| profile.website.clone());
    let parts = [Some(author.full_name()), bio, website];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

fn heading(text: &str) {
    println!("\n{text}\n{}", "─".repeat(text.chars().count()));
}
