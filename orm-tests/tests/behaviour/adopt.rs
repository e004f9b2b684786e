//! Models for tables that Diesel's own schema declares.

use crate::support::{Result, number, sql};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, GENERATED_KEY, connect, quote, statements, tables};

/// As `diesel print-schema` writes it.
mod schema {
    diesel::table! {
        authors (id) {
            id -> Integer,
            name -> Text,
            born -> Nullable<Integer>,
        }
    }

    diesel::table! {
        books (id) {
            id -> Integer,
            author_id -> Integer,
            title -> Text,
            pages -> Nullable<Integer>,
            #[sql_name = "ISBN"]
            isbn -> Nullable<Text>,
        }
    }

    diesel::table! {
        loans (id) {
            id -> Integer,
            book_id -> Integer,
            days -> Integer,
        }
    }

    diesel::table! {
        book_genres (book_id, genre_id) {
            book_id -> Integer,
            genre_id -> Integer,
            main -> Bool,
        }
    }

    diesel::joinable!(books -> authors (author_id));
    diesel::joinable!(loans -> books (book_id));
    diesel::allow_tables_to_appear_in_same_query!(authors, books, loans, book_genres);
}

mod models {
    use super::schema;
    use orm_core::prelude::*;

    /// It has fewer fields than its table has columns.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::authors)]
    #[has_many(Book, fk = "author_id", as = "books")]
    pub struct Author {
        #[model(primary_key)]
        pub id: i32,
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = crate::adopt::schema::books)]
    #[belongs_to(Author, fk = "author_id", as = "author")]
    #[belongs_to_many(Genre, through = BookGenre, fk = "book_id", other_key = "genre_id", as = "genres")]
    pub struct Book {
        #[model(primary_key)]
        pub id: i32,
        pub title: String,
        pub author_id: i32,
        #[model(column = "ISBN")]
        pub isbn: Option<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::book_genres)]
    pub struct BookGenre {
        #[model(primary_key)]
        pub book_id: i32,
        #[model(primary_key)]
        pub genre_id: i32,
        #[model(default)]
        pub main: bool,
    }

    /// A table of our own among them.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Genre {
        #[model(primary_key)]
        pub id: i32,
        pub name: String,
    }

    orm_core::schema! { pub Library { #[adopted] Author, #[adopted] Book, Genre, #[adopted] BookGenre } }
}
use models::{Author, Book, BookGenre, Genre, Library, genres};
use schema::{authors, books, loans};

/// The tables as migrations made them, and the one of the schema.
fn library() -> Result<Conn> {
    let mut conn = connect();
    let isbn = quote("ISBN");
    let tables = format!(
        "CREATE TABLE authors (id {GENERATED_KEY}, name TEXT NOT NULL, born INTEGER);
         CREATE TABLE books (id {GENERATED_KEY}, author_id INTEGER NOT NULL REFERENCES authors (id),
                             title TEXT NOT NULL, pages INTEGER, {isbn} TEXT);
         CREATE TABLE loans (id {GENERATED_KEY}, book_id INTEGER NOT NULL, days INTEGER NOT NULL);
         CREATE TABLE book_genres (book_id INTEGER NOT NULL, genre_id INTEGER NOT NULL,
                                   main BOOLEAN NOT NULL DEFAULT FALSE,
                                   PRIMARY KEY (book_id, genre_id));
         INSERT INTO authors (name, born) VALUES ('Ann', 1950), ('Bob', NULL);
         INSERT INTO books (author_id, title, pages, {isbn})
         VALUES (1, 'One', 10, 'x'), (1, 'Two', 20, NULL);
         INSERT INTO loans (book_id, days) VALUES (2, 14);"
    );
    sql(&mut conn, &tables);
    Library::create_all(&mut conn)?;
    Ok(conn)
}

#[test]
fn only_tables_that_are_not_adopted_are_created_and_dropped() -> Result {
    let conn = &mut library()?;
    assert_eq!((Genre::count(conn)?, Author::count(conn)?), (0, 2));
    let sql = Library::create_sql::<orm_tests::Backend>();
    assert_eq!(sql.matches("CREATE TABLE").count(), 1);
    Library::drop_all(conn)?;
    assert_eq!(tables(conn), 4);
    Ok(())
}

#[test]
fn a_model_reads_and_writes_its_own_columns_only() -> Result {
    let conn = &mut library()?;
    let (ann, sent) = statements::of(conn, |conn| Author::get_by_pk(conn, 1));
    let mut ann = ann?;
    assert_eq!(
        ann,
        Author {
            id: 1,
            name: "Ann".into()
        }
    );
    assert!(!sent[0].contains("born"), "{sent:?}");
    ann.name = "Anna".into();
    ann.save(conn)?;
    ann.update(conn, Author::changes().name("Anne"))?;
    assert_eq!(
        number(conn, "SELECT born FROM authors WHERE name = 'Anne'"),
        1950
    );
    let cid = Author::create(conn, Author::builder().name("Cid"))?;
    let unborn = "SELECT COUNT(*) FROM authors WHERE id = 3 AND born IS NULL";
    assert_eq!((cid.id, number(conn, unborn)), (3, 1));
    cid.destroy(conn)?;
    assert_eq!(Author::count(conn)?, 2);
    Ok(())
}

#[test]
fn adopted_models_have_associations_and_includes() -> Result {
    let conn = &mut library()?;
    let ann = Author::get_by_pk(conn, 1)?;
    let three = ann.create_book(conn, Book::builder().title("Three").isbn("y"))?;
    assert_eq!(
        (three.id, three.author_id, ann.count_books(conn)?),
        (3, 1, 3)
    );
    let rows = Author::query()
        .order(authors::id.asc())
        .include(
            Author::books()
                .filter(books::isbn.is_not_null())
                .order(books::id.desc())
                .limit(1)
                .include(Book::author()),
        )
        .load(conn)?;
    assert_eq!(rows[0].books[0].title, "Three");
    assert_eq!(rows[0].books[0].author.name, "Ann");
    assert_eq!(rows[1].books.len(), 0);
    Ok(())
}

#[test]
fn the_whole_table_can_be_the_root() -> Result {
    let conn = &mut library()?;
    let rows = books::table
        .select(Book::as_select())
        .filter(books::pages.gt(10))
        .include(Book::author())
        .load(conn)?;
    assert_eq!((rows.len(), rows[0].id, rows[0].author.id), (1, 2, 1));
    Ok(())
}

#[test]
fn links_between_adopted_tables_and_ours() -> Result {
    let conn = &mut library()?;
    let new = ["crime", "poems"].map(|name| Genre::builder().name(name));
    let genres = Genre::bulk_create(conn, new)?;
    let one = Book::get_by_pk(conn, 1)?;
    one.add_genres(conn, &genres)?;
    one.add_genre_with(conn, &genres[1], BookGenre::builder().main(true))?;
    one.add_genres(conn, &genres)?;
    let book = Book::query()
        .filter(books::id.eq(1))
        .include(Book::genres().order(genres::id.asc()))
        .first(conn)?;
    let main: Vec<bool> = book.genres.iter().map(|genre| genre.through.main).collect();
    assert_eq!(main, [false, true]);
    Ok(())
}

#[test]
fn diesels_own_joins_go_on_as_they_were() -> Result {
    let conn = &mut library()?;
    let rows: Vec<(String, i32)> = authors::table
        .inner_join(books::table)
        .order(books::id.asc())
        .select((authors::name, books::id))
        .load(conn)?;
    assert_eq!(rows, [("Ann".into(), 1), ("Ann".into(), 2)]);
    // A plain Diesel table, an adopted model, and includes upon them.
    let rows = books::table
        .inner_join(loans::table)
        .filter(loans::days.gt(7))
        .select(Book::as_select())
        .include(Book::author())
        .load(conn)?;
    assert_eq!(
        (rows.len(), rows[0].title.as_str(), rows[0].author.id),
        (1, "Two", 1)
    );
    let rows: Vec<(String, Option<String>)> = books::table
        .left_join(genres::table.on(genres::id.eq(books::id)))
        .order(books::id.asc())
        .select((books::title, genres::name.nullable()))
        .load(conn)?;
    assert_eq!(rows, [("One".into(), None), ("Two".into(), None)]);
    Ok(())
}
