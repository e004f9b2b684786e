//! Which keys the database generates: keys with a type of their own, and the effect of
//! `auto_increment`.

use crate::support::Result;
use diesel::prelude::*;
use keys::*;
use orm_core::prelude::*;
use orm_tests::connect_to;

mod keys {
    use diesel::backend::Backend;
    use diesel::deserialize::{self, FromSql, FromSqlRow};
    use diesel::expression::AsExpression;
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::{BigInt, Integer, SmallInt};
    use orm_core::prelude::*;

    macro_rules! ids {
        ($($id:ident $inner:ident $sql:ident)+) => {$(
            #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, FromSqlRow, AsExpression)]
            #[diesel(sql_type = $sql)]
            pub struct $id(pub $inner);

            impl<DB: Backend> ToSql<$sql, DB> for $id
            where
                $inner: ToSql<$sql, DB>,
            {
                fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                    self.0.to_sql(out)
                }
            }

            impl<DB: Backend> FromSql<$sql, DB> for $id
            where
                $inner: FromSql<$sql, DB>,
            {
                fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                    $inner::from_sql(bytes).map(Self)
                }
            }
        )+};
    }

    ids! { AuthorId i64 BigInt PostId i32 Integer TagId i16 SmallInt }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Post, fk = "author_id", as = "posts")]
    #[has_one(Vita, fk = "author_id", as = "vita")]
    pub struct Author {
        #[model(primary_key, sql_type = "BigInt")]
        pub id: AuthorId,
        #[model(default = "nobody")]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Author, fk = "author_id", as = "author")]
    #[belongs_to_many(Tag, through = PostTag, fk = "post_id", other_key = "tag_id", as = "tags")]
    pub struct Post {
        #[model(primary_key, auto_increment, sql_type = "diesel::sql_types::Integer")]
        pub id: PostId,
        #[model(sql_type = "BigInt")]
        pub author_id: AuthorId,
        pub title: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Tag {
        #[model(primary_key, auto_increment = true, sql_type = "SmallInt")]
        pub id: TagId,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct PostTag {
        #[model(primary_key, sql_type = "Integer")]
        pub post_id: PostId,
        #[model(primary_key, sql_type = "SmallInt")]
        pub tag_id: TagId,
    }

    /// Its key is that of its author.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Author, fk = "author_id", as = "author")]
    pub struct Vita {
        #[model(primary_key, sql_type = "BigInt")]
        pub author_id: AuthorId,
        pub text: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_one(Cabin, fk = "id", as = "cabin")]
    pub struct Ship {
        #[model(primary_key)]
        pub id: i32,
    }

    /// Its key is that of its ship.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Ship, fk = "id", as = "ship")]
    pub struct Cabin {
        #[model(primary_key)]
        pub id: i32,
        pub beds: i32,
    }

    /// Its key comes from elsewhere.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Station {
        #[model(primary_key, auto_increment = false)]
        pub id: i32,
        pub name: String,
    }

    orm_core::schema! { pub Keys { Author, Post, Tag, PostTag, Vita, Ship, Cabin, Station } }
}

#[test]
fn a_key_with_a_type_of_its_own_is_generated() -> Result {
    let conn = &mut connect_to::<Keys>();
    let ann = Author::create(conn, Author::builder().name("Ann"))?;
    let nobody = Author::create(conn, Author::builder())?;
    assert_eq!((ann.id, nobody.id), (AuthorId(1), AuthorId(2)));
    assert_eq!(Author::get_by_pk(conn, nobody.id)?.name, "nobody");

    let post = |title: &str| Post::builder().author_id(ann.id).title(title);
    let posts = Post::bulk_create(conn, (0..70).map(|n| post(&n.to_string())))?;
    let ids: Vec<i32> = posts.iter().map(|post| post.id.0).collect();
    assert_eq!(ids, (1..=70).collect::<Vec<_>>());
    for post in &posts {
        assert_eq!(&Post::get_by_pk(conn, post.id)?, post);
    }

    // It may be stated, too.
    let stated = Author::create(conn, Author::builder().id(AuthorId(77)))?;
    assert_eq!(stated.id, AuthorId(77));
    let new = NewAuthor {
        id: None,
        name: None,
    };
    assert!(Author::create(conn, new).is_ok());
    Ok(())
}

#[test]
fn associations_go_by_it() -> Result {
    let conn = &mut connect_to::<Keys>();
    let ann = Author::create(conn, Author::builder())?;
    let bob = Author::create(conn, Author::builder())?;
    let mut post = ann.create_post(conn, Post::builder().title("first"))?;
    post.create_tag(conn, Tag::builder())?;
    let tag = post.create_tag(conn, Tag::builder())?;
    assert_eq!(tag.id, TagId(2));
    post.set_author(conn, bob.id)?;
    let mut authors = Author::query()
        .order(authors::id)
        .include(Author::posts().include(Post::tags()))
        .load(conn)?;
    let bob = authors.pop().expect("there are two");
    assert_eq!(bob.posts[0].id, post.id);
    assert_eq!(bob.posts[0].tags.len(), 2);
    assert!(authors[0].posts.is_empty());

    let created = Post::create(conn, post_of(&bob))?;
    assert_eq!(created, Post::get_by_pk(conn, PostId(2))?);
    Ok(())
}

fn post_of(author: &Author) -> NewPost {
    NewPost {
        id: None,
        author_id: author.id,
        title: "second".to_owned(),
    }
}

#[test]
fn a_key_that_refers_to_another_row_is_stated() -> Result {
    let conn = &mut connect_to::<Keys>();
    Ship::bulk_create(conn, [Ship::builder(), Ship::builder()])?;
    let cabin = Cabin::create(conn, Cabin::builder().id(2).beds(4))?;
    assert_eq!(cabin.get_ship(conn)?.id, 2);
    let first = Ship::get_by_pk(conn, 1)?;
    let made = first.create_cabin(conn, Cabin::builder().beds(1))?;
    assert_eq!(made, NewCabin { id: 1, beds: 1 }.into_row());
    assert_eq!(Cabin::get_by_pk(conn, 1)?, made);

    let ann = Author::create(conn, Author::builder())?;
    let vita = ann.create_vita(conn, Vita::builder().text("born"))?;
    assert_eq!(vita.author_id, ann.id);
    let authors = Author::query().include(Author::vita()).load(conn)?;
    assert_eq!(authors[0].vita, Some(vita));
    Ok(())
}

impl NewCabin {
    fn into_row(self) -> Cabin {
        let Self { id, beds } = self;
        Cabin { id, beds }
    }
}

#[test]
fn auto_increment_false_leaves_the_key_to_the_caller() -> Result {
    let conn = &mut connect_to::<Keys>();
    let new = NewStation {
        id: 8_503_000,
        name: "Zürich HB".to_owned(),
    };
    let station = Station::create(conn, new)?;
    assert_eq!(station.id, 8_503_000);
    let built = Station::builder().id(8_507_000).name("Bern");
    let all = Station::bulk_create(conn, [built])?;
    assert_eq!(Station::get_by_pk(conn, 8_507_000)?, all[0]);
    let sql = Keys::create_sql::<orm_tests::Backend>();
    let start = sql.find("stations").expect("the table is there");
    let table = sql[start..].split(';').next().unwrap_or_default();
    assert!(table.contains("PRIMARY KEY ("), "{table}");
    assert!(
        !table.contains("AUTO") && !table.contains("IDENTITY"),
        "{table}"
    );
    Ok(())
}
