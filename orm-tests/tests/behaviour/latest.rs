//! A transaction that has read before another connection wrote. If it finds a value taken, it can read the
//! row that takes it.

use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, Database};

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Page, fk = "book_id", as = "pages")]
pub struct Book {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 50)]
    pub title: String,
    #[model(default = 0)]
    pub read: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Page {
    #[model(primary_key)]
    pub id: i32,
    pub book_id: Option<i32>,
}

orm_core::schema! { Library { Book, Page } }

/// A transaction that has read the books and the pages, of which there are one and three; then `other` runs on
/// another connection, and `work` in the transaction.
fn behind<T>(
    other: impl FnOnce(&mut Conn) -> Result,
    work: impl FnOnce(&mut Conn) -> Result<T>,
) -> Result<T> {
    let database = Database::new();
    let (one, two) = (&mut database.connect(), &mut database.connect());
    Library::create_all(one)?;
    let book = Book::create(one, Book::builder().title("old"))?;
    book.create_page(one, Page::builder())?;
    Page::bulk_create(one, [Page::builder(), Page::builder()])?;
    one.transaction(|one| {
        assert_eq!((Book::count(one)?, Page::count(one)?), (1, 3));
        other(two)?;
        work(one)
    })
}

fn new_book(conn: &mut Conn) -> Result {
    let new = Book::builder().title("new").read(7);
    Book::create(conn, new).map(drop)
}

#[test]
fn find_or_create_finds_what_another_created() -> Result {
    let (book, created) = behind(new_book, |conn| {
        let filter = books::title.eq("new");
        Book::find_or_create(conn, filter, Book::builder().title("new"))
    })?;
    assert_eq!((book.read, created), (7, false));
    Ok(())
}

#[test]
fn upsert_gives_the_row_that_another_created() -> Result {
    let book = behind(new_book, |conn| {
        // It has all that is stated, and nothing is written.
        Book::upsert(conn, Book::builder().title("new"))
    })?;
    assert_eq!(book.read, 7);
    Ok(())
}

#[test]
fn increment_gives_the_row_that_another_changed() -> Result {
    let change = |conn: &mut Conn| {
        sql(conn, "UPDATE books SET title = 'changed'");
        Ok(())
    };
    let book = behind(change, |conn| {
        let mut book = Book::get_by_pk(conn, 1)?;
        book.increment(conn, books::read, 0)?;
        Ok(book)
    })?;
    assert_eq!(book.title, "changed");
    Ok(())
}

#[test]
fn add_finds_that_another_deleted_the_row() -> Result {
    let delete = |conn: &mut Conn| {
        sql(conn, "DELETE FROM pages WHERE id = 1");
        Ok(())
    };
    let added = behind(delete, |conn| {
        Book::get_by_pk(conn, 1)?.add_pages(conn, [1, 2])
    });
    let error = added.err().map(|error| error.to_string());
    assert_eq!(
        error.as_deref(),
        Some("no Page with id = 1 in the database")
    );
    Ok(())
}

/// Both find the key taken, and neither waits for the other.
#[test]
fn two_find_what_a_third_created() -> Result {
    let database = Database::new();
    let connect = || database.connect();
    Library::create_all(&mut connect())?;
    let (one, two) = (&mut connect(), &mut connect());
    let find = |conn: &mut Conn| {
        let filter = books::title.eq("new");
        Book::find_or_create(conn, filter, Book::builder().title("new"))
    };
    let (first, second) = one.transaction(|one| {
        two.transaction(|two| {
            assert_eq!((Book::count(one)?, Book::count(two)?), (0, 0));
            new_book(&mut connect())?;
            Ok::<_, Error>((find(one)?, find(two)?))
        })
    })?;
    assert_eq!((first.0.read, first.1), (7, false));
    assert_eq!(first, second);
    Ok(())
}
