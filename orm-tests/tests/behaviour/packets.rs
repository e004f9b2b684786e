//! Rows and keys larger than a server accepts at once.

use crate::support::{Result, number};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Word, through = Use, as = "words", fk = "text_id", other_key = "word")]
pub struct Text {
    #[model(primary_key)]
    pub id: i32,
    pub body: String,
    pub data: Option<Vec<u8>>,
    #[model(unique, length = 20)]
    pub name: Option<String>,
}

/// The same with keys that are stated.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Blob {
    #[model(primary_key)]
    pub id: i64,
    pub body: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Sense, fk = "word", as = "senses")]
pub struct Word {
    #[model(primary_key, length = 700)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Sense {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 700)]
    pub word: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Document {
    #[model(primary_key)]
    pub id: i32,
    pub json: serde_json::Value,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Use {
    #[model(primary_key)]
    pub text_id: i32,
    #[model(primary_key, length = 700)]
    pub word: String,
}

orm_core::schema! { Library { Text, Blob, Word, Sense, Use, Document } }

/// A third of what MariaDB takes at once, unless it is told otherwise; MySQL takes four times as much.
const THIRD: usize = 6 << 20;

fn body(letter: char, length: usize) -> String {
    std::iter::repeat_n(letter, length).collect()
}

#[test]
fn bulk_create_takes_more_than_fits_into_one_statement() -> Result {
    let conn = &mut connect_to::<Library>();
    let text = |letter: char| Text::builder().body(body(letter, THIRD)).data(None);
    let texts = Text::bulk_create(conn, ['a', 'b', 'c', 'd', 'e'].map(text))?;
    let firsts: Vec<&str> = texts.iter().filter_map(|text| text.body.get(..1)).collect();
    assert_eq!(firsts, ["a", "b", "c", "d", "e"]);
    let data = |letter: u8| {
        let new = Text::builder().body("").data(vec![letter; THIRD]);
        new.name(format!("{letter}"))
    };
    let texts = Text::bulk_create(conn, (1..=4).map(data))?;
    assert_eq!(texts[3].data.as_ref().map(|data| data[0]), Some(4));
    let blob = |id: i64| Blob::builder().id(id).body(body('x', THIRD));
    let blobs = Blob::bulk_create(conn, [4, 2, 3, 1].map(blob))?;
    let ids: Vec<i64> = blobs.iter().map(|blob| blob.id).collect();
    assert_eq!(ids, [4, 2, 3, 1]);
    assert_eq!((Text::count(conn)?, Blob::count(conn)?), (9, 4));
    Ok(())
}

/// A row that fails takes the rows of earlier statements with it.
#[test]
fn all_or_none_are_written() -> Result {
    let conn = &mut connect_to::<Library>();
    conn.transaction(|conn| {
        let text = |name: &str| Text::builder().body(body('a', THIRD)).name(name.to_owned());
        let texts =
            conn.transaction(|conn| Text::bulk_create(conn, ["a", "b", "c", "a"].map(text)));
        assert!(matches!(texts, Err(orm_core::Error::UniqueViolation(_))));
        assert_eq!(Text::count(conn)?, 0);
        Ok::<_, orm_core::Error>(())
    })
}

/// Texts of 600 letters, each another.
fn words(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("{number:0>600}")).collect()
}

#[test]
fn long_keys_are_sent_in_lists_that_fit() -> Result {
    let conn = &mut connect_to::<Library>();
    let text = Text::create(conn, Text::builder().body("a"))?;
    let all = words(30_000);
    assert!(!text.has_words(conn, all.clone())?);
    let few = &all[..4_000];
    Word::bulk_create(
        conn,
        few.iter().map(|word| Word::builder().word(word.as_str())),
    )?;
    text.add_words(conn, few.to_vec())?;
    assert!(text.has_words(conn, few.to_vec())?);
    assert_eq!(number(conn, "SELECT COUNT(*) FROM uses"), 4_000);
    let rows = Word::query().include(Word::senses()).load(conn)?;
    assert_eq!(rows.len(), 4_000);
    text.remove_words(conn, all.clone())?;
    assert_eq!(text.count_words(conn)?, 0);
    Ok(())
}

/// Short keys are one list, as ever.
#[test]
fn short_keys_are_one_list() -> Result {
    let conn = &mut connect_to::<Library>();
    let text = Text::create(conn, Text::builder().body("a"))?;
    let (has, sent) = statements::count(conn, |conn| {
        text.has_words(
            conn,
            (0..10_000)
                .map(|number| number.to_string())
                .collect::<Vec<_>>(),
        )
    });
    assert_eq!((has?, sent), (false, 1));
    Ok(())
}

#[cfg(feature = "mysql")]
mod too_large {
    use super::*;
    use orm_core::Error;
    use orm_tests::Conn;

    /// One byte more than can be.
    fn limit(conn: &mut Conn) -> Result<usize> {
        Ok(usize::try_from(number(conn, "@@max_allowed_packet")).unwrap_or(usize::MAX))
    }

    fn is_too_large<T: std::fmt::Debug>(result: Result<T>, most: usize) {
        match result {
            Err(Error::TooLarge {
                model: "Text",
                bytes,
                limit,
                ..
            }) => {
                assert!(bytes > limit && limit == most);
            }
            Err(other) => panic!("{other:?}"),
            Ok(_) => panic!("it was written"),
        }
    }

    #[test]
    fn a_row_that_is_too_large_is_not_sent() -> Result {
        let conn = &mut connect_to::<Library>();
        let most = limit(conn)?;
        let large = body('a', most);
        let new = || Text::builder().body(large.as_str());
        is_too_large(Text::create(conn, new()), most);
        is_too_large(Text::upsert(conn, new().name("a".to_owned())), most);
        is_too_large(
            Text::bulk_create(conn, [Text::builder().body("b"), new()]),
            most,
        );
        conn.transaction(|conn| {
            is_too_large(Text::create(conn, new()), most);
            Text::create(conn, Text::builder().body("c")).map(drop)
        })?;
        assert_eq!(Text::count(conn)?, 1);
        Ok(())
    }

    /// What it is bound as is shorter than it looks.
    #[test]
    fn a_value_whose_size_is_not_known_is_sent() -> Result {
        let conn = &mut connect_to::<Library>();
        let zeros = serde_json::Value::from(vec![0; limit(conn)? / 10]);
        let new = || Document::builder().json(zeros.clone());
        let documents = Document::bulk_create(conn, [new(), new()])?;
        assert_eq!(documents[1].json, zeros);
        Ok(())
    }

    /// The server is asked only where a row might be too large.
    #[test]
    fn small_rows_cost_no_question() -> Result {
        let conn = &mut connect_to::<Library>();
        let rows = |length: usize| (0..10).map(move |_| Text::builder().body(body('a', length)));
        let (_, sent) = statements::count(conn, |conn| Text::bulk_create(conn, rows(1_000)));
        assert_eq!(sent, 2);
        let (_, sent) = statements::count(conn, |conn| Text::bulk_create(conn, rows(200_000)));
        assert_eq!(sent, 3);
        Ok(())
    }
}
