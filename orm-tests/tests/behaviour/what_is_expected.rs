//! What people try first: insert structs instead of builders, type aliases, `&str` for any text, and JSON
//! numbers that come back unchanged.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Post, fk = "author_id", as = "posts")]
#[has_one(Profile, fk = "user_id", as = "profile")]
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
    #[model(unique)]
    pub user_id: i32,
    pub bio: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "author_id", as = "author")]
#[belongs_to(User, fk = "editor_id", as = "editor")]
#[belongs_to_many(Tag, through = PostTag, as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub editor_id: Option<i32>,
    pub title: String,
    #[model(default = 0)]
    pub reads: i32,
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
    pub relevance: i32,
}

type Id = i32;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Leaf, fk = "tree_id", as = "leaves")]
pub struct Tree {
    #[model(primary_key, sql_type = "Integer")]
    pub id: Id,
    #[model(sql_type = "Text")]
    pub name: String,
    #[model(sql_type = "Text")]
    pub latin: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Tree)]
pub struct Leaf {
    #[model(primary_key, sql_type = "Integer")]
    pub id: Id,
    #[model(sql_type = "Integer")]
    pub tree_id: Id,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Sample {
    #[model(primary_key)]
    pub id: i32,
    pub values: serde_json::Value,
}

orm_core::schema! { App { User, Profile, Post, Tag, PostTag, Tree, Leaf, Sample } }

fn new_post(title: &str) -> NewPost {
    NewPost {
        id: None,
        author_id: -1, // the call says whose post it is
        editor_id: None,
        title: title.into(),
        reads: None,
    }
}

fn connect() -> orm_core::Result<(Conn, User)> {
    let mut conn = connect_to::<App>();
    let ann = User::create(&mut conn, User::builder().name("Ann"))?;
    Ok((conn, ann))
}

#[test]
fn insert_structs_are_created_and_linked() -> Result {
    let (conn, ann) = &mut connect()?;
    let post = ann.create_post(conn, new_post("a"))?;
    assert_eq!((post.author_id, post.title.as_str()), (ann.id, "a"));
    let (posts, sent) = statements::count(conn, |conn| {
        ann.create_posts(conn, ["b", "c"].map(new_post))
    });
    let authors: Vec<_> = posts?
        .iter()
        .map(|post| (post.author_id, post.reads))
        .collect();
    assert_eq!(authors, [(ann.id, 0), (ann.id, 0)]);
    let (_, of_builders) = statements::count(conn, |conn| {
        let builders = ["d", "e"].map(|title| Post::builder().title(title));
        ann.create_posts(conn, builders)
    });
    assert_eq!(sent, of_builders);
    assert_eq!(ann.count_posts(conn)?, 5);
    Ok(())
}

#[test]
fn one_insert_struct_for_a_to_one_association() -> Result {
    let (conn, ann) = &mut connect()?;
    let new = NewProfile {
        id: None,
        user_id: 0,
        bio: Some("writes".into()),
    };
    let profile = ann.create_profile(conn, new)?;
    assert_eq!(profile.user_id, ann.id);
    let mut post = ann.create_post(conn, new_post("a"))?;
    let new = NewUser {
        id: None,
        name: "Bo".into(),
    };
    let bo = post.create_editor(conn, new)?;
    assert_eq!(post.editor_id, Some(bo.id));
    Ok(())
}

#[test]
fn insert_structs_of_targets_and_of_links() -> Result {
    let (conn, ann) = &mut connect()?;
    let post = ann.create_post(conn, new_post("a"))?;
    let tag = |name: &str| NewTag {
        id: None,
        name: name.into(),
    };
    let link = |relevance| NewPostTag {
        post_id: 0,
        tag_id: 0,
        relevance,
    };
    let rust = post.create_tag_with(conn, tag("rust"), link(9))?;
    let sql = Tag::create(conn, tag("sql"))?;
    post.add_tag_with(conn, &sql, link(5))?;
    let by = Post::tags().order(tags::id.asc());
    let post = Post::query().include(by).first(conn)?;
    let tags = post.tags.iter();
    let tags: Vec<_> = tags.map(|tag| (tag.id, tag.through.relevance)).collect();
    assert_eq!(tags, [(rust.id, 9), (sql.id, 5)]);
    Ok(())
}

#[test]
fn an_alias_is_a_key_once_its_sql_type_is_named() -> Result {
    let (conn, _) = &mut connect()?;
    let oak = Tree::create(conn, Tree::builder().name("oak"))?;
    let elm = Tree::create(conn, Tree::builder().name("elm"))?;
    assert_eq!((oak.id, elm.id), (1, 2));
    elm.create_leaves(conn, [Leaf::builder(), Leaf::builder()])?;
    let trees = Tree::query().order(trees::id.asc()).include(Tree::leaves());
    let leaves: Vec<_> = trees
        .load(conn)?
        .iter()
        .map(|tree| tree.leaves.len())
        .collect();
    assert_eq!(leaves, [0, 2]);
    assert_eq!(Tree::get_by_pk(conn, 2)?, elm);
    Ok(())
}

#[test]
fn a_string_takes_any_text_whatever_its_sql_type() -> Result {
    let (conn, _) = &mut connect()?;
    let oak = Tree::builder().name("oak").latin("quercus");
    let oak = Tree::create(conn, oak)?;
    assert_eq!(
        (oak.name.as_str(), oak.latin.as_deref()),
        ("oak", Some("quercus"))
    );
    let mut oak = oak;
    oak.update(conn, Tree::changes().name("Oak").latin(None))?;
    assert_eq!((oak.name.as_str(), oak.latin.as_deref()), ("Oak", None));
    Ok(())
}

#[test]
fn numbers_in_json_come_back_as_they_were() -> Result {
    let (conn, _) = &mut connect()?;
    // Of the floats between 1 and 2 and of all sizes, some are read wrongly by a parser that only comes near.
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut values = Vec::new();
    while values.len() < 4_000 {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        let any = f64::from_bits(state);
        let near_one = f64::from_bits((state >> 12) | 0x3ff0_0000_0000_0000);
        values.extend(
            [any, near_one]
                .into_iter()
                .filter(|value| value.is_finite()),
        );
    }
    values.extend([f64::MIN_POSITIVE, f64::MAX, 5e-324, 0.1 + 0.2, -0.0]);
    let sample = Sample::builder().values(values.clone().into());
    let id = Sample::create(conn, sample)?.id;
    let read = Sample::get_by_pk(conn, id)?;
    let read = read.values.as_array().into_iter().flatten();
    let wrong: Vec<_> = read
        .zip(&values)
        .filter(|(read, value)| read.as_f64().map(f64::to_bits) != Some(value.to_bits()))
        .collect();
    assert!(
        wrong.is_empty(),
        "{} of {}, first {:?}",
        wrong.len(),
        values.len(),
        wrong[0]
    );
    Ok(())
}
