//! Models of every kind of association, and random rows of them.
//!
//! The ids are few, so that keys are shared often, lead nowhere often, and are NULL often.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::ops::{Deref, DerefMut, RangeInclusive};

use orm_core::prelude::*;
use orm_tests::{Conn, foreign_keys_off};
use proptest::collection::btree_map;
use proptest::option::weighted;
use proptest::prelude::*;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_one(Profile, fk = "user_id", as = "profile")]
#[has_many(Post, fk = "author_id", as = "posts")]
#[has_many(Post, fk = "editor_id", as = "edited_posts")]
#[belongs_to(User, fk = "mentor_id", as = "mentor")]
#[has_many(User, fk = "mentor_id", as = "students")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub score: i32,
    pub mentor_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "user_id", as = "user")]
pub struct Profile {
    #[model(primary_key)]
    pub id: i32,
    pub score: i32,
    pub user_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "author_id", as = "author")]
#[belongs_to(User, fk = "editor_id", as = "editor")]
#[has_many(Comment, fk = "post_id", as = "comments")]
#[belongs_to_many(Tag, through = PostTag, as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub score: i32,
    pub author_id: i32,
    pub editor_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Post, fk = "post_id", as = "post")]
#[belongs_to(User, fk = "user_id", as = "user")]
pub struct Comment {
    #[model(primary_key)]
    pub id: i32,
    pub score: i32,
    pub post_id: i32,
    pub user_id: Option<i32>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Post, through = PostTag, as = "posts")]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
    pub score: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct PostTag {
    #[model(primary_key)]
    pub post_id: i32,
    #[model(primary_key)]
    pub tag_id: i32,
    #[model(default = 1)]
    pub weight: i32,
}

orm_core::schema! { pub Tables { User, Profile, Post, Comment, Tag, PostTag } }

/// The rows of all tables, each ordered by its key.
#[derive(Debug, Clone)]
pub struct Graph {
    pub users: Vec<User>,
    pub profiles: Vec<Profile>,
    pub posts: Vec<Post>,
    pub comments: Vec<Comment>,
    pub tags: Vec<Tag>,
    pub links: Vec<PostTag>,
}

/// The ids that rows have.
const IDS: RangeInclusive<i32> = 1..=6;
/// The ids that foreign keys have: some lead nowhere.
const KEYS: RangeInclusive<i32> = 1..=8;

pub fn score() -> RangeInclusive<i32> {
    0..=3
}

fn maybe_key() -> impl Strategy<Value = Option<i32>> {
    weighted(0.75, KEYS)
}

/// Rows with distinct ids, ordered by id.
fn rows<V: Strategy<Value: std::fmt::Debug>, R: std::fmt::Debug>(
    columns: V,
    row: fn((i32, V::Value)) -> R,
) -> impl Strategy<Value = Vec<R>> {
    btree_map(IDS, columns, 0..=6)
        .prop_map(move |rows: BTreeMap<i32, V::Value>| rows.into_iter().map(row).collect())
}

/// Any graph: empty tables, NULL keys, shared keys, and keys that lead nowhere.
pub fn graph() -> impl Strategy<Value = Graph> {
    let user = |(id, (score, mentor_id))| User {
        id,
        score,
        mentor_id,
    };
    let profile = |(id, (score, user_id))| Profile { id, score, user_id };
    let post = |(id, (score, author_id, editor_id))| Post {
        id,
        score,
        author_id,
        editor_id,
    };
    let comment = |(id, (score, post_id, user_id))| Comment {
        id,
        score,
        post_id,
        user_id,
    };
    let tag = |(id, score)| Tag { id, score };
    let link = |((post_id, tag_id), weight)| PostTag {
        post_id,
        tag_id,
        weight,
    };
    (
        rows((score(), maybe_key()), user),
        rows((score(), maybe_key()), profile),
        rows((score(), KEYS, maybe_key()), post),
        rows((score(), KEYS, maybe_key()), comment),
        rows(score(), tag),
        btree_map((KEYS, KEYS), score(), 0..=20)
            .prop_map(move |links| links.into_iter().map(link).collect()),
    )
        .prop_map(|(users, profiles, posts, comments, tags, links)| Graph {
            users,
            profiles,
            posts,
            comments,
            tags,
            links,
        })
}

/// A graph whose foreign keys all lead somewhere.
pub fn sound_graph() -> impl Strategy<Value = Graph> {
    graph().prop_map(|mut graph| {
        let users: Vec<i32> = graph.users.iter().map(|user| user.id).collect();
        let known = |key: Option<i32>| key.filter(|key| users.contains(key));
        graph
            .users
            .iter_mut()
            .for_each(|row| row.mentor_id = known(row.mentor_id));
        graph
            .profiles
            .iter_mut()
            .for_each(|row| row.user_id = known(row.user_id));
        graph
            .posts
            .iter_mut()
            .for_each(|row| row.editor_id = known(row.editor_id));
        graph
            .comments
            .iter_mut()
            .for_each(|row| row.user_id = known(row.user_id));
        graph.posts.retain(|row| users.contains(&row.author_id));
        let posts: Vec<i32> = graph.posts.iter().map(|post| post.id).collect();
        let tags: Vec<i32> = graph.tags.iter().map(|tag| tag.id).collect();
        graph.comments.retain(|row| posts.contains(&row.post_id));
        graph
            .links
            .retain(|row| posts.contains(&row.post_id) && tags.contains(&row.tag_id));
        graph
    })
}

/// A database that holds a graph, until the next case of the same test uses it again.
pub struct Stored(Option<Conn>);

thread_local! {
    /// To create tables takes far longer than to empty them, and each test has a thread of its own.
    static IDLE: RefCell<Option<Conn>> = const { RefCell::new(None) };
}

impl Stored {
    fn empty() -> Self {
        let mut conn = IDLE.take().unwrap_or_else(orm_tests::connect_to::<Tables>);
        foreign_keys_off(&mut conn, |conn| {
            for table in [
                "profiles",
                "comments",
                "post_tags",
                "posts",
                "tags",
                "users",
            ] {
                crate::support::sql(conn, &format!("DELETE FROM {table}"));
            }
        });
        Self(Some(conn))
    }
}

impl Deref for Stored {
    type Target = Conn;

    fn deref(&self) -> &Conn {
        self.0.as_ref().expect("it is taken when this is dropped")
    }
}

impl DerefMut for Stored {
    fn deref_mut(&mut self) -> &mut Conn {
        self.0.as_mut().expect("it is taken when this is dropped")
    }
}

impl Drop for Stored {
    fn drop(&mut self) {
        // What a failed case left behind, such as an open transaction, stays its own.
        if !std::thread::panicking() {
            IDLE.set(self.0.take());
        }
    }
}

impl Graph {
    /// A database with these rows, whose foreign keys may lead nowhere.
    pub fn stored(&self) -> Stored {
        let mut stored = Stored::empty();
        foreign_keys_off(&mut stored, |conn| {
            self.insert(conn).expect("the rows are inserted");
        });
        stored
    }

    fn insert(&self, conn: &mut Conn) -> orm_core::Result<()> {
        let users = self.users.iter().map(|row| NewUser {
            id: Some(row.id),
            score: row.score,
            mentor_id: row.mentor_id,
        });
        let profiles = self.profiles.iter().map(|row| NewProfile {
            id: Some(row.id),
            score: row.score,
            user_id: row.user_id,
        });
        let posts = self.posts.iter().map(|row| NewPost {
            id: Some(row.id),
            score: row.score,
            author_id: row.author_id,
            editor_id: row.editor_id,
        });
        let comments = self.comments.iter().map(|row| NewComment {
            id: Some(row.id),
            score: row.score,
            post_id: row.post_id,
            user_id: row.user_id,
        });
        let tags = self.tags.iter().map(|row| NewTag {
            id: Some(row.id),
            score: row.score,
        });
        let links = self.links.iter().map(|row| NewPostTag {
            post_id: row.post_id,
            tag_id: row.tag_id,
            weight: Some(row.weight),
        });
        assert_eq!(User::bulk_create(conn, users)?, self.users);
        assert_eq!(Profile::bulk_create(conn, profiles)?, self.profiles);
        assert_eq!(Post::bulk_create(conn, posts)?, self.posts);
        assert_eq!(Comment::bulk_create(conn, comments)?, self.comments);
        assert_eq!(Tag::bulk_create(conn, tags)?, self.tags);
        assert_eq!(PostTag::bulk_create(conn, links)?, self.links);
        Ok(())
    }
}
