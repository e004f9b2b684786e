//! What includes must give, computed the naive way: every row is compared with every other.

use proptest::prelude::*;

use super::graph::{Comment, Graph, Post, PostTag, Profile, Tag, User, score};

/// What a property reads of every row.
pub trait Scored: Clone {
    fn id(&self) -> i32;
    fn score(&self) -> i32;
}

macro_rules! scored {
    ($($model:ty),+) => {
        $(
            impl Scored for $model {
                fn id(&self) -> i32 {
                    self.id
                }

                fn score(&self) -> i32 {
                    self.score
                }
            }
        )+
    };
}

scored!(User, Profile, Post, Comment, Tag);

/// A tag with the weight of its link.
pub type WeighedTag = (Tag, PostTag);

impl Scored for WeighedTag {
    fn id(&self) -> i32 {
        self.0.id
    }

    fn score(&self) -> i32 {
        self.0.score
    }
}

/// The options of a loader: `filter(score >= floor)`, `or_filter(score == extra)`, `order(score
/// desc, id asc)`, `offset(skip)`, `limit(take)`.
#[derive(Debug, Clone)]
pub struct Options {
    pub floor: i32,
    pub extra: i32,
    pub skip: i64,
    pub take: i64,
}

pub fn options() -> impl Strategy<Value = Options> {
    // `-1` and `9` are scores of no row; the slices are empty, narrow or wider than any set.
    (
        score(),
        -1..=3_i32,
        0..=2_i64,
        prop_oneof![0..=3_i64, Just(99)],
    )
        .prop_map(|(floor, extra, skip, take)| Options {
            floor,
            extra,
            skip,
            take,
        })
}

impl Options {
    pub fn matches(&self, row: &impl Scored) -> bool {
        row.score() >= self.floor || row.score() == self.extra
    }

    /// The rows that match, best first.
    pub fn matching<R: Scored>(&self, rows: &[R]) -> Vec<R> {
        ranked(
            rows.iter()
                .filter(|row| self.matches(*row))
                .cloned()
                .collect(),
        )
    }

    /// The slice of them.
    pub fn pick<R: Scored>(&self, rows: &[R]) -> Vec<R> {
        self.slice(self.matching(rows))
    }

    /// `offset` and `limit` of rows that are ordered.
    pub fn slice<R>(&self, rows: Vec<R>) -> Vec<R> {
        let (skip, take) = (usize::try_from(self.skip), usize::try_from(self.take));
        let rows = rows.into_iter();
        rows.skip(skip.unwrap_or(0))
            .take(take.unwrap_or(0))
            .collect()
    }
}

/// Best first, equals by id.
pub fn ranked<R: Scored>(mut rows: Vec<R>) -> Vec<R> {
    rows.sort_by_key(|row| (-row.score(), row.id()));
    rows
}

/// By id.
pub fn sorted<R: Scored>(mut rows: Vec<R>) -> Vec<R> {
    rows.sort_by_key(Scored::id);
    rows
}

fn where_of<R: Clone>(rows: &[R], matches: impl Fn(&R) -> bool) -> Vec<R> {
    rows.iter().filter(|row| matches(row)).cloned().collect()
}

impl Graph {
    pub fn user(&self, id: Option<i32>) -> Option<User> {
        where_of(&self.users, |user| Some(user.id) == id).pop()
    }

    pub fn profiles_of(&self, user: &User) -> Vec<Profile> {
        where_of(&self.profiles, |profile| profile.user_id == Some(user.id))
    }

    pub fn posts_of(&self, user: &User) -> Vec<Post> {
        where_of(&self.posts, |post| post.author_id == user.id)
    }

    pub fn edited_by(&self, user: &User) -> Vec<Post> {
        where_of(&self.posts, |post| post.editor_id == Some(user.id))
    }

    pub fn students_of(&self, user: &User) -> Vec<User> {
        where_of(&self.users, |student| student.mentor_id == Some(user.id))
    }

    pub fn comments_of(&self, post: &Post) -> Vec<Comment> {
        where_of(&self.comments, |comment| comment.post_id == post.id)
    }

    /// The tags of a post with their links, by the tag's id.
    pub fn tags_of(&self, post: &Post) -> Vec<WeighedTag> {
        let mut tags = Vec::new();
        for tag in &self.tags {
            for link in &self.links {
                if link.post_id == post.id && link.tag_id == tag.id {
                    tags.push((tag.clone(), link.clone()));
                }
            }
        }
        tags
    }

    pub fn posts_tagged(&self, tag: &Tag) -> Vec<Post> {
        let linked = |post: &Post| self.tags_of(post).iter().any(|(of_post, _)| of_post == tag);
        where_of(&self.posts, linked)
    }
}
