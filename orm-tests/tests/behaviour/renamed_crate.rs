//! `#[model(crate = path)]`: a program that has another name for `orm_core`.

use crate::support::Result;

/// As a crate of theirs that re-exports this one has it.
mod theirs {
    pub(super) mod database {
        pub(in super::super) use ::orm_core::*;
    }
}

mod model {
    use super::theirs::database::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq)]
    #[model(crate = crate::renamed_crate::theirs::database)]
    pub enum Kind {
        Draft,
        Out,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(crate = crate::renamed_crate::theirs::database)]
    #[has_many(Page, as = "pages")]
    pub struct Book {
        #[model(primary_key)]
        pub id: i32,
        pub kind: Kind,
        pub written: Option<chrono::NaiveDateTime>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(crate = crate::renamed_crate::theirs::database)]
    #[belongs_to(Book, as = "book")]
    #[belongs_to_many(Word, through = PageWord, as = "words")]
    pub struct Page {
        #[model(primary_key)]
        pub id: i32,
        pub book_id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(crate = crate::renamed_crate::theirs::database)]
    #[has_one(PageWord, as = "first")]
    pub struct Word {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(crate = crate::renamed_crate::theirs::database)]
    pub struct PageWord {
        #[model(primary_key)]
        pub page_id: i32,
        #[model(primary_key)]
        pub word_id: i32,
    }

    super::theirs::database::schema! { pub Library { Book, Page, Word, PageWord } }
}
use model::{Book, Kind, Library, Page, Word, books};

#[test]
fn models_of_a_renamed_crate_work() -> Result {
    use theirs::database::prelude::*;

    let conn = &mut orm_tests::connect_to::<Library>();
    let book = Book::create(conn, Book::builder().kind(Kind::Out))?;
    let page = book.create_page(conn, Page::builder())?;
    page.create_word(conn, Word::builder())?;
    let loaded = books::table
        .include(Book::pages().include(Page::words()))
        .load(conn)?;
    assert_eq!(loaded[0].pages[0].words.len(), 1);
    assert_eq!(loaded[0].kind, Kind::Out);
    Ok(())
}
