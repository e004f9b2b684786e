//! Associations inside `#[model(…)]`, next to Diesel's derives. With Diesel's default features,
//! those derives read an attribute `#[belongs_to]` as their own.

use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::connect_to;

use crate::support::Result;

/// All kinds in one attribute.
#[derive(Model, Identifiable, Debug, Clone, PartialEq)]
#[diesel(table_name = users)]
#[model(
    has_many(Post, fk = "author_id", as = "posts"),
    has_one(Profile, fk = "user_id", as = "profile"),
    belongs_to_many(Tag, through = UserTag, fk = "user_id", other_key = "tag_id", as = "tags")
)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

/// Two attributes, with something else between the associations.
#[derive(Model, Identifiable, Associations, Insertable, AsChangeset, Debug, Clone, PartialEq)]
#[diesel(table_name = articles, belongs_to(User, foreign_key = author_id))]
#[model(belongs_to(User, fk = "author_id", as = "author"), table = "articles")]
#[model(belongs_to(User, fk = "editor_id", as = "editor", on_delete = "set_null"))]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub editor_id: Option<i32>,
    pub title: String,
}

/// Within and without.
#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "user_id", as = "user", on_delete = "cascade")]
#[model(
    unique(user_id, line),
    belongs_to(Tag, fk = "tag_id", as = "favourite")
)]
pub struct Profile {
    #[model(primary_key)]
    pub id: i32,
    pub user_id: i32,
    pub tag_id: Option<i32>,
    #[model(length = 100)]
    pub line: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct UserTag {
    #[model(primary_key)]
    pub user_id: i32,
    #[model(primary_key)]
    pub tag_id: i32,
}

orm_core::schema! { pub Blog { User, Post, Profile, Tag, UserTag } }

#[test]
fn associations_within_the_model_attribute_work_as_those_without() -> Result {
    let conn = &mut connect_to::<Blog>();
    let ann = User::create(conn, User::builder().name("Ann"))?;
    let bob = User::create(conn, User::builder().name("Bob"))?;
    let post = ann.create_post(conn, Post::builder().editor_id(bob.id).title("One"))?;
    let tag = ann.create_tag(conn, Tag::builder().name("rust"))?;
    ann.create_profile(conn, Profile::builder().tag_id(tag.id).line("Hello"))?;
    let users = User::query()
        .order(users::id)
        .include(
            User::posts()
                .include(Post::author())
                .include(Post::editor()),
        )
        .include(
            User::profile()
                .include(Profile::user())
                .include(Profile::favourite()),
        )
        .include(User::tags())
        .load(conn)?;
    let first = &users[0];
    assert_eq!(first.posts[0].author, ann);
    assert_eq!(first.posts[0].editor.as_ref(), Some(&bob));
    let profile = first.profile.as_ref().expect("it was made");
    assert_eq!(
        (&profile.user, profile.favourite.as_ref()),
        (&ann, Some(&tag))
    );
    assert_eq!(first.tags[0].name, "rust");
    assert_eq!((users[1].posts.len(), users[1].tags.len()), (0, 0));
    // The options are those of the attribute without.
    bob.destroy(conn)?;
    assert_eq!(Post::get_by_pk(conn, post.id)?.editor_id, None);
    Ok(())
}

#[test]
fn diesels_derives_stand_on_the_same_struct() -> Result {
    let conn = &mut connect_to::<Blog>();
    let ann = User::create(conn, User::builder().name("Ann"))?;
    ann.create_post(conn, Post::builder().title("One"))?;
    let users = users::table.select(User::as_select()).load(conn)?;
    let posts = Post::belonging_to(&users)
        .select(Post::as_select())
        .load(conn)?;
    let grouped = posts.clone().grouped_by(&users);
    assert_eq!(grouped, [posts.clone()]);
    let mut post = posts[0].clone();
    post.title = "Two".to_owned();
    diesel::update(&posts[0]).set(&post).execute(conn)?;
    let again = Post {
        id: 7,
        ..post.clone()
    };
    diesel::insert_into(articles::table)
        .values(&again)
        .execute(conn)?;
    assert_eq!(ann.get_posts(conn)?, [post, again]);
    Ok(())
}
