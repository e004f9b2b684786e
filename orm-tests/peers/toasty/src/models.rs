//! The models.

use toasty::{Deferred, Model};

#[derive(Debug, Model)]
#[table = "authors"]
pub struct Author {
    #[key]
    #[auto]
    pub id: i32,
    pub name: String,
    #[index]
    pub email: String,
    pub bio: Option<String>,
    pub age: i32,
    pub score: f64,
    pub active: bool,
    #[has_many]
    pub posts: Deferred<Vec<Post>>,
}

#[derive(Debug, Model)]
#[table = "sections"]
pub struct Section {
    #[key]
    #[auto]
    pub id: i32,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub place: i32,
    pub weight: f64,
    pub hidden: bool,
    #[has_many]
    pub posts: Deferred<Vec<Post>>,
}

#[derive(Debug, Model)]
#[table = "posts"]
pub struct Post {
    #[key]
    #[auto]
    pub id: i32,
    #[index]
    pub author_id: i32,
    #[index]
    pub section_id: i32,
    pub title: String,
    pub body: Option<String>,
    pub views: i32,
    pub published: bool,
    #[belongs_to(key = author_id, references = id)]
    pub author: Deferred<Author>,
    #[belongs_to(key = section_id, references = id)]
    pub section: Deferred<Section>,
    #[has_many]
    pub comments: Deferred<Vec<Comment>>,
    #[has_many]
    pub links: Deferred<Vec<PostTag>>,
}

#[derive(Debug, Model)]
#[table = "comments"]
pub struct Comment {
    #[key]
    #[auto]
    pub id: i32,
    #[index]
    pub post_id: i32,
    pub name: String,
    pub text: Option<String>,
    pub likes: i32,
    pub score: f64,
    pub hidden: bool,
    #[belongs_to(key = post_id, references = id)]
    pub post: Deferred<Post>,
}

#[derive(Debug, Model)]
#[table = "tags"]
pub struct Tag {
    #[key]
    #[auto]
    pub id: i32,
    pub name: String,
    pub slug: String,
    pub description: Option<String>,
    pub uses: i32,
    pub weight: f64,
    pub hidden: bool,
    #[has_many]
    pub links: Deferred<Vec<PostTag>>,
}

#[derive(Debug, Model)]
#[table = "post_tags"]
#[key(post_id, tag_id)]
pub struct PostTag {
    #[index]
    pub post_id: i32,
    #[index]
    pub tag_id: i32,
    #[default(1)]
    pub relevance: i32,
    #[belongs_to(key = post_id, references = id)]
    pub post: Deferred<Post>,
    #[belongs_to(key = tag_id, references = id)]
    pub tag: Deferred<Tag>,
}
