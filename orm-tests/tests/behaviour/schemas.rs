//! Tables in schemas: PostgreSQL's schemas, MySQL's databases, SQLite's attached databases.
//!
//! Models name their schemas at compile time, so each test has its own models.

use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Backend, SCHEMAS_ARE_ATTACHED, Schemas};

/// Two schemas with tables of the same name, and a junction between them in the second.
macro_rules! newsroom {
    ($name:ident, $app:literal, $audit:literal) => {
        mod $name {
            use orm_core::prelude::*;

            #[derive(Model, Debug, Clone, PartialEq)]
            #[model(schema_name = $app)]
            #[has_many(Post, fk = "author_id", as = "posts")]
            #[has_one(Seat, fk = "user_id", as = "seat")]
            #[has_many(Note, fk = "user_id", as = "notes")]
            pub struct User {
                #[model(primary_key)]
                pub id: i32,
                #[model(unique, length = 50)]
                pub name: String,
                #[model(default = 0)]
                pub points: i32,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            #[model(schema_name = $app)]
            #[belongs_to(User, fk = "author_id", as = "author", on_delete = "cascade")]
            #[belongs_to_many(
                        Tag, through = PostTag, fk = "post_id", other_key = "tag_id", as = "tags"
                    )]
            pub struct Post {
                #[model(primary_key)]
                pub id: i32,
                pub author_id: Option<i32>,
                #[model(index, length = 50)]
                pub title: String,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            #[model(schema_name = $app)]
            #[belongs_to(User, fk = "user_id", as = "user")]
            pub struct Seat {
                #[model(primary_key)]
                pub id: i32,
                #[model(unique)]
                pub user_id: Option<i32>,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            #[model(schema_name = $audit)]
            #[belongs_to_many(
                        Post, through = PostTag, fk = "tag_id", other_key = "post_id", as = "posts"
                    )]
            pub struct Tag {
                #[model(primary_key)]
                pub id: i32,
                pub name: String,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            #[model(schema_name = $audit)]
            pub struct PostTag {
                #[model(primary_key)]
                pub post_id: i32,
                #[model(primary_key)]
                pub tag_id: i32,
                #[model(default = 1)]
                pub weight: i32,
            }

            /// What was seen of a user, in a table of the same name.
            #[derive(Model, Debug, Clone, PartialEq)]
            #[model(schema_name = $audit, table = "users", module = "seen_users")]
            pub struct SeenUser {
                #[model(primary_key)]
                pub id: i32,
                pub visits: i32,
            }

            /// In another schema than the user it is of.
            #[derive(Model, Debug, Clone, PartialEq)]
            #[model(schema_name = $audit)]
            #[belongs_to(User, fk = "user_id", as = "user", on_delete = "cascade")]
            pub struct Note {
                #[model(primary_key)]
                pub id: i32,
                pub user_id: i32,
                pub text: String,
            }

            orm_core::schema! {
                pub Newsroom { SeenUser, User, Post, Seat, Tag, PostTag, Note }
            }
        }
    };
}

#[test]
fn create_all_makes_the_schemas_and_their_tables() -> Result {
    // MB.27, QI: tables of one name in two schemas are two tables
    newsroom!(made, "orm_made_app", "orm_made_audit");
    use made::{Newsroom, SeenUser, User};

    let schemas = &mut Schemas::new(["orm_made_app", "orm_made_audit"]);
    let conn = schemas.connection();
    Newsroom::create_all(conn)?;
    Newsroom::create_all(conn)?;
    let user = User::create(conn, User::builder().name("Ann"))?;
    let seen = SeenUser::create(conn, SeenUser::builder().visits(3))?;
    assert_eq!((user.points, seen.visits), (0, 3));
    assert_eq!(
        orm_tests::number(conn, "SELECT COUNT(*) FROM orm_made_audit.users"),
        1
    );
    Newsroom::drop_all(conn)?;
    sql(conn, "CREATE TABLE orm_made_app.users (id INTEGER)"); // the schema stays, the table went
    Ok(())
}

#[test]
fn keys_and_indexes_are_in_the_schema_of_their_table() {
    newsroom!(text, "orm_text_app", "orm_text_audit");
    let text = text::Newsroom::create_sql::<Backend>().replace(['`', '"'], "");
    let across = "FOREIGN KEY (user_id) REFERENCES orm_text_app.users (id)";
    let within = match SCHEMAS_ARE_ATTACHED {
        true => "FOREIGN KEY (author_id) REFERENCES users (id)",
        false => "FOREIGN KEY (author_id) REFERENCES orm_text_app.users (id)",
    };
    assert!(text.contains(within), "{text}");
    // A foreign key of SQLite cannot lead out of its database.
    assert_eq!(text.contains(across), !SCHEMAS_ARE_ATTACHED, "{text}");
    assert!(text.contains("orm_text_audit.users (\n"), "{text}");
    let index = match () {
        () if SCHEMAS_ARE_ATTACHED => "INDEX IF NOT EXISTS orm_text_app.posts_title_idx ON posts (",
        () if cfg!(feature = "mysql") => "INDEX posts_title_idx (",
        () => "INDEX IF NOT EXISTS posts_title_idx ON orm_text_app.posts (",
    };
    assert!(text.contains(index), "{text}");
}

#[test]
fn models_are_read_and_written_in_their_schemas() -> Result {
    newsroom!(written, "orm_written_app", "orm_written_audit");
    use written::{Newsroom, SeenUser, User, seen_users, users};

    let schemas = &mut Schemas::new(["orm_written_app", "orm_written_audit"]);
    let conn = schemas.connection();
    Newsroom::create_all(conn)?;
    let names = ["Ann", "Bo", "Cy"].map(|name| User::builder().name(name));
    let all = User::bulk_create(conn, names)?;
    let mut ann = all[0].clone();
    ann.update(conn, User::changes().points(5))?;
    ann.increment(conn, users::points, 2)?;
    ann.reload(conn)?;
    assert_eq!(ann.points, 7);
    ann.name = "Anne".to_owned();
    ann.save(conn)?;
    let (found, created) =
        User::find_or_create(conn, users::name.eq("Anne"), User::builder().name("Anne"))?;
    assert_eq!((&found, created), (&ann, false));
    let ann = User::upsert(conn, User::builder().name("Anne").points(1))?;
    assert_eq!((ann.id, ann.points), (all[0].id, 1));
    assert_eq!(User::find_by_pk(conn, ann.id)?.as_ref(), Some(&ann));
    assert_eq!(User::count_where(conn, users::points.gt(0))?, 1);
    assert!(User::exists(conn, users::name.eq("Bo"))?);
    let (page, in_all) = User::find_and_count_all(conn, users::points.ge(0), 2, 1)?;
    assert_eq!((page.len(), in_all), (2, 3));
    all[2].clone().destroy(conn)?;
    assert_eq!(User::count(conn)?, 2);

    // One Diesel query over both tables of the name.
    SeenUser::create(conn, SeenUser::builder().visits(9))?;
    let visits: Vec<(String, i32)> = users::table
        .inner_join(seen_users::table.on(seen_users::id.eq(users::id)))
        .select((users::name, seen_users::visits))
        .load(conn)?;
    assert_eq!(visits, [("Anne".to_owned(), 9)]);
    Ok(())
}

#[test]
fn associations_lead_from_one_schema_to_the_other() -> Result {
    newsroom!(linked, "orm_linked_app", "orm_linked_audit");
    use linked::{Newsroom, Note, Post, PostTag, Seat, Tag, User};

    let schemas = &mut Schemas::new(["orm_linked_app", "orm_linked_audit"]);
    let conn = schemas.connection();
    Newsroom::create_all(conn)?;
    let ann = User::create(conn, User::builder().name("Ann"))?;
    let bo = User::create(conn, User::builder().name("Bo"))?;

    // has_many, in one schema and across
    let one = ann.create_post(conn, Post::builder().title("one"))?;
    let two = ann.create_post(conn, Post::builder().title("two"))?;
    bo.add_post(conn, &two)?;
    assert!(bo.has_post(conn, &two)? && !ann.has_post(conn, &two)?);
    ann.set_posts(conn, [&one, &two])?;
    ann.remove_post(conn, &two)?;
    assert_eq!(
        (ann.count_posts(conn)?, ann.get_posts(conn)?),
        (1, vec![one.clone()])
    );
    let note = ann.create_note(conn, Note::builder().text("new"))?;
    bo.add_notes(conn, [&note])?;
    assert_eq!(Note::get_by_pk(conn, note.id)?.get_user(conn)?, bo);

    // has_one and belongs_to
    let seat = ann.create_seat(conn, Seat::builder())?;
    bo.set_seat(conn, &seat)?;
    assert_eq!((bo.has_seat(conn)?, ann.get_seat(conn)?), (true, None));
    let mut two = Post::get_by_pk(conn, two.id)?;
    two.set_author(conn, &bo)?;
    assert_eq!(two.get_author(conn)?, Some(bo.clone()));

    // belongs_to_many, by a junction in the other schema
    let tags = ["a", "b", "c"].map(|name| Tag::builder().name(name));
    let tags = Tag::bulk_create(conn, tags)?;
    one.add_tags(conn, &tags[..2])?;
    one.add_tag(conn, &tags[0])?;
    one.add_tag_with(conn, &tags[1], PostTag::builder().weight(9))?;
    one.set_tags(conn, &tags[1..])?;
    one.remove_tag(conn, &tags[2])?;
    assert!(one.has_tag(conn, &tags[1])? && !one.has_tag(conn, &tags[2])?);
    assert_eq!(
        (one.count_tags(conn)?, one.get_tags(conn)?),
        (1, vec![tags[1].clone()])
    );
    assert_eq!(PostTag::get_by_pk(conn, (one.id, tags[1].id))?.weight, 9);
    one.create_tag_with(conn, Tag::builder().name("d"), PostTag::builder().weight(2))?;

    // What a foreign key does across schemas, where there can be one.
    ann.destroy(conn)?;
    let links = if SCHEMAS_ARE_ATTACHED { 2 } else { 0 };
    assert_eq!((Post::count(conn)?, PostTag::count(conn)?), (1, links));
    Ok(())
}

#[test]
fn includes_lead_from_one_schema_to_the_other() -> Result {
    newsroom!(included, "orm_included_app", "orm_included_audit");
    use included::{Newsroom, Note, Post, PostTag, Tag, User, notes, posts, tags, users};

    let schemas = &mut Schemas::new(["orm_included_app", "orm_included_audit"]);
    let conn = schemas.connection();
    Newsroom::create_all(conn)?;
    let ann = User::create(conn, User::builder().name("Ann"))?;
    let bo = User::create(conn, User::builder().name("Bo"))?;
    let all = ["a", "b", "c"].map(|name| Tag::builder().name(name));
    let all = Tag::bulk_create(conn, all)?;
    for title in ["1", "2", "3"] {
        let post = ann.create_post(conn, Post::builder().title(title))?;
        post.add_tags_with(conn, &all, PostTag::builder().weight(4))?;
        ann.create_note(conn, Note::builder().text(title))?;
    }
    bo.create_note(conn, Note::builder().text("4"))?;

    let found = User::query()
        .order(users::id.asc())
        .include(
            User::posts()
                .order(posts::title.desc())
                .limit(2)
                .include(Post::tags().order(tags::name.desc()).limit(1))
                .include(Post::author().include(User::notes().count())),
        )
        .include(User::notes().order(notes::text.asc()).offset(1).limit(1))
        .load(conn)?;
    let titles: Vec<&str> = found[0].posts.iter().map(|post| &post.title[..]).collect();
    assert_eq!(titles, ["3", "2"]);
    let tag = &found[0].posts[0].tags[0];
    assert_eq!((&tag.name[..], tag.through.weight), ("c", 4));
    let author = found[0].posts[0].author.as_ref().expect("a post of Ann's");
    assert_eq!((&author.name[..], author.notes), ("Ann", 3));
    let texts: Vec<&str> = found[0].notes.iter().map(|note| &note.text[..]).collect();
    assert_eq!((texts, found[1].notes.len()), (vec!["2"], 0));

    let tagged = Tag::query()
        .filter(tags::name.ne("a"))
        .order(tags::id.asc())
        .include(Tag::posts().filter(posts::title.eq("2")).required())
        .load(conn)?;
    assert_eq!((tagged.len(), &tagged[0].posts[0].title[..]), (2, "2"));
    let counted = Post::query().include(Post::tags().count()).load(conn)?;
    assert!(counted.iter().all(|post| post.tags == 3));
    let of_ann = Note::query()
        .include(Note::user().filter(users::name.eq("Ann")).required())
        .load(conn)?;
    assert_eq!((of_ann.len(), &of_ann[0].user.name[..]), (3, "Ann"));
    Ok(())
}
