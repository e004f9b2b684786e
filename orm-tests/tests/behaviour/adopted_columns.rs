//! Adopted tables whose names, or whose columns' names, differ between Rust and the database, and whose types
//! only Diesel knows.

use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, GENERATED_KEY, connect, quote, statements};

use crate::support::{Result, number, sql};
use models::{Album, Loud, Note, Place, Review, Seat, Shelf, Thing};

/// As `diesel print-schema` writes it, and people after it.
#[allow(non_snake_case)]
mod schema {
    /// A SQL type of which orm-core knows nothing.
    #[derive(diesel::sql_types::SqlType, diesel::query_builder::QueryId)]
    #[diesel(sqlite_type(name = "Text"), mysql_type(name = "String"))]
    #[diesel(postgres_type(name = "varchar"))]
    pub struct Shout;

    diesel::table! {
        #[sql_name = "All Things"]
        things (id) {
            id -> Integer,
            #[sql_name = "type"]
            type_ -> Text,
            #[sql_name = "the owner"]
            the_owner -> Nullable<Text>,
            amount -> Integer,
        }
    }

    diesel::table! {
        Albums (AlbumId) {
            AlbumId -> Integer,
            Title -> Text,
            // It hides a type of that name, where it can.
            String -> Nullable<Text>,
            schema -> Nullable<Integer>,
        }
    }

    diesel::table! {
        use diesel::sql_types::*;
        use super::Shout;

        reviews (id) {
            id -> Integer,
            album_id -> Integer,
            mood -> Shout,
            second_mood -> Nullable<Shout>,
        }
    }

    diesel::table! {
        seats (row, number) {
            row -> Integer,
            number -> Integer,
            guest -> Nullable<Text>,
        }
    }

    diesel::allow_tables_to_appear_in_same_query!(things, Albums, reviews);
}

mod models {
    use super::schema::{self, Shout};
    use diesel::backend::Backend;
    use diesel::deserialize::{self, FromSql, FromSqlRow};
    use diesel::expression::AsExpression;
    use diesel::prelude::*;
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Text;
    use orm_core::prelude::*;

    /// The name that the column has in Rust.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::things, unique(kind, owner))]
    pub struct Thing {
        #[model(primary_key)]
        pub id: i32,
        #[model(column = "type_")]
        pub kind: String,
        #[model(column = "the_owner")]
        pub owner: Option<String>,
        pub amount: i32,
    }

    /// The name that it has in the database.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::things)]
    pub struct Shelf {
        #[model(primary_key)]
        pub id: i32,
        #[model(column = "type", unique)]
        pub type_: String,
        #[model(column = "the owner")]
        pub the_owner: Option<String>,
        pub amount: i32,
    }

    /// The name that Diesel's derives are told.
    #[derive(Model, Identifiable, AsChangeset, Debug, Clone, PartialEq)]
    #[diesel(table_name = schema::things)]
    #[model(schema = schema::things)]
    pub struct Note {
        #[model(primary_key)]
        pub id: i32,
        #[diesel(column_name = type_)]
        pub text: String,
        #[diesel(column_name = "amount")]
        pub length: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::Albums, rename_all = "PascalCase")]
    #[model(has_many(Review, fk = "album", as = "reviews"))]
    pub struct Album {
        #[model(primary_key)]
        pub album_id: i32,
        pub title: String,
        #[model(column = "schema")]
        pub scheme: Option<i32>,
        #[model(column = "String")]
        pub text: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Eq, Hash, FromSqlRow, AsExpression)]
    #[diesel(sql_type = Shout)]
    pub struct Loud(pub String);

    impl<DB: Backend> ToSql<Shout, DB> for Loud
    where
        String: ToSql<Text, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            ToSql::<Text, DB>::to_sql(&self.0, out)
        }
    }

    impl<DB: Backend> FromSql<Shout, DB> for Loud
    where
        String: FromSql<Text, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
            FromSql::<Text, DB>::from_sql(bytes).map(Self)
        }
    }

    /// One type is named, the other is left to the table.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::reviews)]
    #[model(belongs_to(Album, fk = "album", as = "of_album"))]
    pub struct Review {
        #[model(primary_key)]
        pub id: i32,
        #[model(column = "album_id")]
        pub album: i32,
        #[model(sql_type = "crate::adopted_columns::schema::Shout", default)]
        pub mood: Loud,
        pub second_mood: Option<Loud>,
    }

    /// The parts of the key in another order than in the table, one of another name.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::seats)]
    pub struct Seat {
        #[model(primary_key)]
        pub number: i32,
        pub guest: Option<String>,
        #[model(primary_key, column = "row")]
        pub line: i32,
    }

    /// The key alone.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::seats)]
    pub struct Place {
        #[model(primary_key)]
        pub row: i32,
        #[model(primary_key)]
        pub number: i32,
    }

    orm_core::schema! {
        pub Shop { #[adopted] Thing, #[adopted] Album, #[adopted] Review }
    }
}

fn shop() -> Conn {
    let mut conn = connect();
    let [things, kind, owner] = ["All Things", "type", "the owner"].map(quote);
    let [albums, key, title, text] = ["Albums", "AlbumId", "Title", "String"].map(quote);
    let [schema, row] = ["schema", "row"].map(quote);
    let tables = format!(
        "CREATE TABLE {things} (id {GENERATED_KEY}, {kind} VARCHAR(40) NOT NULL DEFAULT 'new',
             {owner} VARCHAR(40), amount INTEGER NOT NULL, UNIQUE ({kind}));
         CREATE TABLE {albums} ({key} {GENERATED_KEY}, {title} VARCHAR(40) NOT NULL,
             {text} VARCHAR(40), {schema} INTEGER);
         CREATE TABLE reviews (id {GENERATED_KEY}, album_id INTEGER NOT NULL,
             mood VARCHAR(40) NOT NULL DEFAULT 'WOW', second_mood VARCHAR(40));
         CREATE TABLE seats ({row} INTEGER NOT NULL, number INTEGER NOT NULL, guest VARCHAR(40),
             PRIMARY KEY ({row}, number));"
    );
    sql(&mut conn, &tables);
    conn
}

#[test]
fn a_field_may_have_another_name_than_its_column() -> Result {
    let conn = &mut shop();
    let new = Thing::builder().kind("lamp").owner("Ann").amount(1);
    let mut lamp = Thing::create(conn, new)?;
    assert_eq!(
        Thing::find_where(conn, schema::things::type_.eq("lamp"))?,
        [lamp.clone()]
    );
    lamp.update(conn, Thing::changes().kind("table"))?;
    lamp.owner = None;
    lamp.save(conn)?;
    lamp.increment(conn, schema::things::amount, 4)?;
    let upserted = Thing::upsert(conn, Thing::builder().id(1).kind("desk").amount(7))?;
    assert_eq!((upserted.kind.as_str(), upserted.amount), ("desk", 7));
    let many = (0..20).map(|at| Thing::builder().kind(format!("{at}")).amount(at));
    assert_eq!(Thing::bulk_create(conn, many)?.len(), 20);
    lamp.reload(conn)?;
    assert_eq!(lamp, upserted);
    lamp.destroy(conn)?;
    assert_eq!(Thing::count(conn)?, 20);
    Ok(())
}

#[test]
fn the_name_in_the_database_is_known_as_well() -> Result {
    let conn = &mut shop();
    let (made, sent) = statements::of(conn, |conn| {
        Shelf::create(
            conn,
            Shelf::builder().type_("oak").the_owner("Ann").amount(3),
        )
    });
    let made = made?;
    assert!(
        sent[0].contains(&quote("type")) && sent[0].contains(&quote("the owner")),
        "{sent:?}"
    );
    assert_eq!(Shelf::get_by_pk(conn, made.id)?, made);
    // By the unique column, whose name stands in the statement.
    let again = Shelf::upsert(conn, Shelf::builder().type_("oak").amount(4))?;
    assert_eq!(
        (again.id, again.amount, again.the_owner.as_deref()),
        (made.id, 4, Some("Ann"))
    );
    let taken = Shelf::create(conn, Shelf::builder().type_("oak").amount(1));
    let Err(Error::UniqueViolation(violation)) = taken else {
        panic!("{taken:?}");
    };
    assert_eq!(violation.model, "Shelf");
    assert!(
        violation.columns.is_empty() || violation.columns == ["type"],
        "{violation:?}"
    );
    Ok(())
}

#[test]
fn what_diesel_is_told_is_known() -> Result {
    let conn = &mut shop();
    let mut note = Note::create(conn, Note::builder().text("Hello").length(5))?;
    note.text = "Hi".to_owned();
    diesel::update(&note).set(&note).execute(conn)?;
    note.update(conn, Note::changes().length(2))?;
    assert_eq!(Note::find_all(conn)?, [note]);
    Ok(())
}

#[test]
fn all_names_may_have_another_case() -> Result {
    let conn = &mut shop();
    let album = Album::create(conn, Album::builder().title("One").text("t").scheme(3))?;
    let review = album.create_review(conn, Review::builder().mood(Loud("OH".into())))?;
    let albums = Album::query()
        .filter(schema::Albums::Title.eq("One"))
        .include(Album::reviews())
        .load(conn)?;
    assert_eq!(
        (&albums[0].text, albums[0].scheme),
        (&Some("t".to_owned()), Some(3))
    );
    assert_eq!(albums[0].reviews, [review.clone()]);
    assert_eq!(review.get_of_album(conn)?, album);
    Ok(())
}

#[test]
fn types_that_only_diesel_knows_need_nothing_more() -> Result {
    let conn = &mut shop();
    let album = Album::create(conn, Album::builder().title("One"))?;
    let loud = |text: &str| Loud(text.to_owned());
    let plain = album.create_review(conn, Review::builder())?;
    assert_eq!((&plain.mood, &plain.second_mood), (&loud("WOW"), &None));
    let many = (0..20).map(|at| {
        let review = Review::builder().mood(Loud(format!("A{at}")));
        review.second_mood(loud("B"))
    });
    let made = album.create_reviews(conn, many)?;
    assert_eq!((made.len(), &made[19].mood), (20, &loud("A19")));
    let mut last = made[19].clone();
    last.update(conn, Review::changes().second_mood(None))?;
    let found = Review::find_where(conn, schema::reviews::mood.eq(loud("A19")))?;
    assert_eq!(found, [last]);
    assert_eq!(
        number(conn, "SELECT COUNT(*) FROM reviews WHERE second_mood = 'B'"),
        19
    );
    Ok(())
}

#[test]
fn a_key_may_have_its_parts_in_another_order() -> Result {
    let conn = &mut shop();
    let seats =
        [(1, 1), (1, 2), (2, 1)].map(|(row, number)| Seat::builder().line(row).number(number));
    let seats = Seat::bulk_create(conn, seats)?;
    let mut other = Seat::get_by_pk(conn, (2, 1))?;
    assert_eq!(other, seats[1]);
    other.update(conn, Seat::changes().guest("Ann"))?;
    assert_eq!(Place::get_by_pk(conn, (1, 2))?, Place { row: 1, number: 2 });
    other.destroy(conn)?;
    let rest = schema::seats::table.order((schema::seats::row, schema::seats::number));
    let rest = rest.select(Place::as_select()).load(conn)?;
    assert_eq!(
        rest,
        [Place { row: 1, number: 1 }, Place { row: 2, number: 1 }]
    );
    Ok(())
}

/// A list in a type of the user's, of which the derive cannot know that it is one.
#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
mod lists {
    use diesel::deserialize::{self, FromSql, FromSqlRow};
    use diesel::expression::AsExpression;
    use diesel::pg::{Pg, PgValue};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::{Array, Text};
    use orm_core::prelude::*;
    use orm_tests::connect;

    use crate::support::{Result, sql};

    diesel::table! {
        posts (id) {
            id -> Integer,
            tags -> Array<Text>,
        }
    }

    #[derive(Debug, Clone, PartialEq, Eq, FromSqlRow, AsExpression)]
    #[diesel(sql_type = Array<Text>)]
    pub struct Tags(Vec<String>);

    impl ToSql<Array<Text>, Pg> for Tags {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            ToSql::<Array<Text>, Pg>::to_sql(&self.0, out)
        }
    }

    impl FromSql<Array<Text>, Pg> for Tags {
        fn from_sql(bytes: PgValue<'_>) -> deserialize::Result<Self> {
            FromSql::<Array<Text>, Pg>::from_sql(bytes).map(Self)
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = posts)]
    pub struct Post {
        #[model(primary_key)]
        pub id: i32,
        pub tags: Tags,
    }

    #[test]
    fn lists_stay_whole_however_many_rows_there_are() -> Result {
        let conn = &mut connect();
        sql(
            conn,
            "CREATE TABLE posts (id SERIAL PRIMARY KEY, tags TEXT[] NOT NULL)",
        );
        let tags = || Tags(vec!["a".to_owned(), "b".to_owned()]);
        let posts = Post::bulk_create(conn, (0..40).map(|_| Post::builder().tags(tags())))?;
        assert_eq!(posts.len(), 40);
        assert!(posts.iter().all(|post| post.tags == tags()));
        Ok(())
    }
}
