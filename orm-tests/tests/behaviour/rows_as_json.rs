//! Serializing rows with includes as JSON.

use chrono::NaiveDate;
use diesel::prelude::*;
use orm_core::{Json, prelude::*};
use orm_tests::{Conn, connect_to};
use serde::Serialize;
use serde_json::{json, to_string, to_value};

type Result = std::result::Result<(), Box<dyn std::error::Error>>;

#[derive(Serialize, serde::Deserialize, Debug, Clone, PartialEq)]
pub struct Address {
    pub city: String,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[serde(rename_all = "camelCase")]
#[has_many(Post, fk = "author_id", as = "blog_posts")]
#[has_one(Profile, fk = "user_id", as = "profile")]
#[belongs_to(User, fk = "manager_id", as = "manager")]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    pub first_name: String,
    #[serde(skip)]
    pub password: String,
    #[serde(rename = "mail")]
    pub email: String,
    #[serde(flatten)]
    pub address: Json<Address>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manager_id: Option<i32>,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
pub struct Profile {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub user_id: i32,
    pub born: NaiveDate,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "author_id", as = "author")]
#[belongs_to_many(Tag, through = PostTag, as = "tags")]
pub struct Post {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: i32,
    pub title: String,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[serde(rename_all(serialize = "SCREAMING-KEBAB-CASE"))]
#[belongs_to_many(Post, through = PostTag, as = "tagged_posts")]
pub struct Tag {
    #[model(primary_key)]
    pub id: i32,
    pub tag_name: String,
}

#[derive(Model, Serialize, Debug, Clone, PartialEq)]
pub struct PostTag {
    #[model(primary_key)]
    #[serde(skip)]
    pub post_id: i32,
    #[model(primary_key)]
    #[serde(skip)]
    pub tag_id: i32,
    #[model(default = 1)]
    pub relevance: i32,
}

/// It is serialized as its name alone.
#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[serde(transparent)]
#[has_many(Label, fk = "parent_id", as = "children")]
pub struct Label {
    #[model(primary_key)]
    #[serde(skip)]
    pub id: i32,
    #[serde(skip)]
    pub parent_id: Option<i32>,
    pub name: String,
}

/// It is serialized as something else, which has an entry named as an association is.
#[derive(Model, Serialize, Debug, Clone, PartialEq)]
#[serde(into = "Page")]
#[has_many(Section, fk = "parent_id", as = "parts")]
#[belongs_to(Section, fk = "parent_id", as = "parent")]
pub struct Section {
    #[model(primary_key)]
    pub id: i32,
    pub parent_id: Option<i32>,
}

#[derive(Serialize)]
pub struct Page {
    number: i32,
    parts: &'static str,
}

impl From<Section> for Page {
    fn from(section: Section) -> Self {
        Self {
            number: section.id,
            parts: "many",
        }
    }
}

orm_core::schema! { App { User, Profile, Post, Tag, PostTag, Label, Section } }

fn filled() -> orm_core::Result<Conn> {
    let mut conn = connect_to::<App>();
    let conn_ref = &mut conn;
    let address = |city: &str| Json(Address { city: city.into() });
    let ann = User::builder().first_name("Ann").email("a@x").password("1");
    let ann = User::create(conn_ref, ann.address(address("Bern")))?;
    let bo = User::builder().first_name("Bo").email("b@x").password("2");
    User::create(conn_ref, bo.address(address("Rome")).manager_id(ann.id))?;
    let born = NaiveDate::from_ymd_opt(2000, 2, 29).unwrap_or_default();
    ann.create_profile(conn_ref, Profile::builder().born(born))?;
    let post = ann.create_blog_post(conn_ref, Post::builder().title("Hello"))?;
    let link = PostTag::builder().relevance(9);
    post.create_tag_with(conn_ref, Tag::builder().tag_name("rust"), link)?;
    Ok(conn)
}

#[test]
fn included_associations_stand_beside_the_fields_in_their_order() -> Result {
    let conn = &mut filled()?;
    let users = User::query()
        .order(users::id.asc())
        .include(User::profile())
        .include(User::blog_posts())
        .load(conn)?;
    assert_eq!(
        to_string(&users)?,
        r#"[{"id":1,"firstName":"Ann","mail":"a@x","city":"Bern","#.to_owned()
            + r#""blogPosts":[{"id":1,"author_id":1,"title":"Hello"}],"#
            + r#""profile":{"id":1,"user_id":1,"born":"2000-02-29"}},"#
            + r#"{"id":2,"firstName":"Bo","mail":"b@x","city":"Rome","managerId":1,"#
            + r#""blogPosts":[],"profile":null}]"#
    );
    Ok(())
}

#[test]
fn what_was_not_included_is_absent() -> Result {
    let conn = &mut filled()?;
    let bo = User::query()
        .filter(users::id.eq(2))
        .include(User::manager())
        .first(conn)?;
    let ann = json!({ "id": 1, "firstName": "Ann", "mail": "a@x", "city": "Bern" });
    let expected = json!({
        "id": 2, "firstName": "Bo", "mail": "b@x", "city": "Rome", "managerId": 1, "manager": ann,
    });
    assert_eq!(to_value(&bo)?, expected);
    assert_eq!(to_value(bo.manager.as_ref())?, ann);
    Ok(())
}

#[test]
fn a_count_is_a_number() -> Result {
    let conn = &mut filled()?;
    let users = User::query()
        .order(users::id.asc())
        .include(User::blog_posts().count())
        .load(conn)?;
    let users = to_value(&users)?;
    assert_eq!(
        (&users[0]["blogPosts"], &users[1]["blogPosts"]),
        (&json!(1), &json!(0))
    );
    Ok(())
}

#[test]
fn a_link_has_the_fields_of_its_row_and_through() -> Result {
    let conn = &mut filled()?;
    let posts = Post::query().include(Post::tags()).load(conn)?;
    let tag = json!({ "ID": 1, "TAG-NAME": "rust", "through": { "relevance": 9 } });
    assert_eq!(to_value(&posts[0].tags)?, json!([tag]));
    let expected = json!([{ "id": 1, "author_id": 1, "title": "Hello", "tags": [tag] }]);
    assert_eq!(to_value(&posts)?, expected);
    let bare = Post::query()
        .include(Post::tags().without_through())
        .load(conn)?;
    assert_eq!(
        to_value(&bare[0].tags)?,
        json!([{ "ID": 1, "TAG-NAME": "rust" }])
    );
    Ok(())
}

#[test]
fn includes_nest_and_so_do_links() -> Result {
    let conn = &mut filled()?;
    let tags = Tag::query()
        .include(Tag::tagged_posts().include(Post::author().include(User::blog_posts().count())))
        .load(conn)?;
    let author =
        json!({ "id": 1, "firstName": "Ann", "mail": "a@x", "city": "Bern", "blogPosts": 1 });
    let post = json!({
        "id": 1, "author_id": 1, "title": "Hello", "author": author, "through": { "relevance": 9 },
    });
    let expected = json!([{ "ID": 1, "TAG-NAME": "rust", "TAGGED-POSTS": [post] }]);
    assert_eq!(to_value(&tags)?, expected);
    Ok(())
}

#[test]
fn a_model_without_names_has_no_place_for_what_is_included() -> Result {
    let conn = &mut filled()?;
    let label = Label::create(conn, Label::builder().name("top"))?;
    assert_eq!(to_value(&label)?, json!("top"));
    let labels = Label::query().include(Label::children()).load(conn)?;
    let error = to_value(&labels).map_err(|error| error.to_string());
    let Err(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.contains("Label` is serialized as a text"), "{error}");
    Ok(())
}

#[test]
fn a_model_may_be_serialized_as_another_struct() -> Result {
    let conn = &mut filled()?;
    Section::create(conn, Section::builder())?;
    let sections = Section::query().include(Section::parent()).load(conn)?;
    let expected = json!([{ "number": 1, "parts": "many", "parent": null }]);
    assert_eq!(to_value(&sections)?, expected);
    Ok(())
}

#[test]
fn two_entries_of_one_name_are_an_error() -> Result {
    let conn = &mut filled()?;
    Section::create(conn, Section::builder())?;
    let sections = Section::query().include(Section::parts()).load(conn)?;
    let error = to_value(&sections).map_err(|error| error.to_string());
    let Err(error) = error else {
        panic!("{error:?}")
    };
    assert!(error.contains("an entry `parts`"), "{error}");
    Ok(())
}
