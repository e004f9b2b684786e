//! Rows that know what was changed in them: what differs, what is written, and what hooks see of it.

use std::cell::RefCell;

use crate::support::{Result, sql};
use chrono::{DateTime, NaiveDate, SubsecRound, TimeDelta, Utc};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{ByFilter, Connection, Error, Hooks, Json, Track, Tracked, Values};
use orm_tests::{Conn, connect_to, statements};

type Db = <Conn as diesel::Connection>::Backend;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Book, fk = "author_id", as = "books")]
pub struct Reader {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 50)]
    pub name: String,
    #[model(default = 0)]
    pub points: i32,
    #[model(column = "Born")]
    pub born: Option<NaiveDate>,
    pub likes: Json<Vec<String>>,
    #[model(default = 7, read_only)]
    pub level: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Reader, fk = "author_id", as = "author")]
pub struct Book {
    #[model(primary_key)]
    pub id: i32,
    pub author_id: Option<i32>,
    #[model(length = 50, validate(not_empty))]
    pub title: String,
    #[model(default = 0)]
    pub reads: i32,
    #[model(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[model(version)]
    pub version: i32,
}

/// With hooks, which write a column themselves.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(hooks)]
pub struct Page {
    #[model(primary_key)]
    pub book: i32,
    #[model(primary_key)]
    pub number: i32,
    #[model(length = 50)]
    pub text: String,
    #[model(length = 50, default = "")]
    pub slug: String,
    #[model(default = 0)]
    pub views: i32,
}

/// Of more fields than a tuple has.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Sheet {
    #[model(primary_key)]
    pub id: i32,
    #[model(default = 1)]
    pub b: i32,
    #[model(default = 1)]
    pub c: i32,
    #[model(default = 1)]
    pub d: i32,
    #[model(default = 1)]
    pub e: i32,
    #[model(default = 1)]
    pub f: i32,
    #[model(default = 1)]
    pub g: i32,
    #[model(default = 1)]
    pub h: i32,
    #[model(default = 1)]
    pub i: i32,
    #[model(default = 1)]
    pub j: i32,
    #[model(default = 1)]
    pub k: i32,
    #[model(default = 1)]
    pub l: i32,
    #[model(default = 1)]
    pub m: i32,
    #[model(default = 1.5)]
    pub n: f64,
}

orm_core::schema! { Library { Reader, Book, Page, Sheet } }

thread_local! {
    static NOTES: RefCell<Vec<String>> = const { RefCell::new(Vec::new()) };
}

/// What the hooks noted since the last call.
fn notes() -> Vec<String> {
    NOTES.with_borrow_mut(std::mem::take)
}

fn note(text: String) {
    NOTES.with_borrow_mut(|notes| notes.push(text));
}

impl Hooks<Page, Db> for Page {
    const BY_FILTER: ByFilter = ByFilter::Statement;

    fn before_update(
        _: &mut impl Connection<Backend = Db>,
        row: &Page,
        changes: &mut Values<Page>,
    ) -> orm_core::Result<()> {
        let text = changes.get(pages::text).cloned();
        note(format!("{} gets {text:?}", row.text));
        if let Some(text) = text {
            changes.set(pages::slug, text.to_lowercase());
        }
        Ok(())
    }

    fn after_update(
        _: &mut impl Connection<Backend = Db>,
        old: &Page,
        now: &Page,
    ) -> orm_core::Result<()> {
        note(format!("{} became {}", old.text, now.text));
        match now.text.contains("bad") {
            true => Err(Error::Database(diesel::result::Error::RollbackTransaction)),
            false => Ok(()),
        }
    }
}

fn reader(conn: &mut Conn, name: &str) -> Result<Tracked<Reader>> {
    let likes = Json(vec!["tea".to_owned()]);
    Reader::create(conn, Reader::builder().name(name).likes(likes)).map(Track::track)
}

/// A book that was written long ago.
fn book(conn: &mut Conn, title: &str) -> Result<Tracked<Book>> {
    let long_ago = Utc::now().trunc_subsecs(6) - TimeDelta::days(1000);
    let book = Book::builder().title(title).updated_at(long_ago);
    Book::create(conn, book).map(Track::track)
}

fn page(conn: &mut Conn, text: &str) -> Result<Tracked<Page>> {
    let page = Page::builder().book(1).number(2).text(text);
    Page::create(conn, page).map(Track::track)
}

/// The columns that each `UPDATE` set.
fn set(sent: &[String]) -> Vec<Vec<&str>> {
    fn between<'t>(text: &'t str, start: &str, end: &str) -> &'t str {
        let behind = text.split(start).nth(1).unwrap_or_default();
        behind.split(end).next().unwrap_or_default()
    }
    let updates = sent.iter().filter(|text| text.starts_with("UPDATE"));
    let columns = updates.map(|text| {
        let parts = between(text, " SET ", " WHERE ").split(", ");
        parts
            .map(|part| part.split(" = ").next().unwrap_or_default())
            .map(|name| name.trim_matches(['"', '`']))
            .collect()
    });
    columns.collect()
}

#[test]
fn what_differs_is_known_column_by_column() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut ann = reader(conn, "Ann")?;
    assert!(!ann.any_changed() && !ann.changed(readers::name));
    assert_eq!(ann.changed_columns(), [""; 0]);

    ann.name.push_str("abel");
    ann.likes.0.push("coffee".to_owned());
    ann.born = NaiveDate::from_ymd_opt(1990, 5, 17);
    assert!(ann.changed(readers::name) && ann.changed(readers::likes));
    assert!(!ann.changed(readers::points) && ann.any_changed());
    assert_eq!(ann.changed_columns(), ["name", "Born", "likes"]);
    assert_eq!(ann.previous(readers::name), "Ann");
    assert_eq!(
        (ann.previous(readers::born), &ann.before().born),
        (&None, &None)
    );

    ann.name = "Ann".to_owned();
    assert!(!ann.changed(readers::name), "an equal value is no change");
    ann.undo();
    assert!(!ann.any_changed());
    assert_eq!((ann.likes.0.len(), ann.born), (1, None));
    ann.points = 3;
    assert_eq!(ann.into_inner().points, 3);
    Ok(())
}

#[test]
fn each_column_of_a_wide_model_is_told_apart() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut sheet = Sheet::create(conn, Sheet::builder())?.track();
    sheet.l = 2;
    assert_eq!(sheet.changed_columns(), ["l"]);
    sheet.m = 2;
    sheet.n = 2.5;
    assert!(sheet.changed(sheets::m) && !sheet.changed(sheets::k));
    let (done, sent) = statements::of(conn, |conn| sheet.save(conn));
    done?;
    assert_eq!(set(&sent), [["l", "m", "n"]]);
    assert_eq!(Sheet::get_by_pk(conn, sheet.id)?, *sheet);
    Ok(())
}

#[test]
fn save_writes_what_differs_and_nothing_else() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut ann = reader(conn, "Ann")?;
    sql(conn, "UPDATE readers SET points = 9");
    ann.name = "Bea".to_owned();
    let (done, sent) = statements::of(conn, |conn| ann.save(conn));
    done?;
    assert_eq!(set(&sent), [["name"]]);
    assert!(!ann.any_changed());
    assert_eq!(ann.previous(readers::name), "Bea");
    let stored = Reader::get_by_pk(conn, ann.id)?;
    assert_eq!((stored.name.as_str(), stored.points), ("Bea", 9));

    let (done, sent) = statements::all(conn, |conn| ann.save(conn));
    done?;
    assert_eq!(sent, [""; 0]);
    Ok(())
}

#[test]
fn without_a_change_there_is_no_moment_no_version_and_no_hook() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut book = book(conn, "a")?;
    let was = (book.updated_at, book.version);
    let (done, sent) = statements::all(conn, |conn| book.save(conn));
    done?;
    assert_eq!((sent.len(), (book.updated_at, book.version)), (0, was));

    book.title = "b".to_owned();
    let (done, sent) = statements::of(conn, |conn| book.save(conn));
    done?;
    assert_eq!(set(&sent), [["title", "updated_at", "version"]]);
    assert!(book.updated_at > was.0 && book.version == 2 && !book.any_changed());
    assert_eq!(Book::get_by_pk(conn, book.id)?, *book);

    book.updated_at = was.0;
    book.save(conn)?;
    assert_eq!((book.updated_at, book.version), (was.0, 3), "it was stated");
    assert_eq!(Book::get_by_pk(conn, book.id)?, *book);

    let mut page = page(conn, "One")?;
    page.save(conn)?;
    page.save_only(conn, pages::text)?;
    assert_eq!(notes(), [""; 0]);
    Ok(())
}

#[test]
fn save_only_leaves_other_changes() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut ann = reader(conn, "Ann")?;
    ann.name = "Bea".to_owned();
    ann.points = 5;
    let (done, sent) = statements::of(conn, |conn| ann.save_only(conn, (readers::name,)));
    done?;
    assert_eq!(set(&sent), [["name"]]);
    assert_eq!((ann.changed_columns(), ann.points), (vec!["points"], 5));
    let (done, sent) = statements::all(conn, |conn| {
        ann.save_only(conn, (readers::name, readers::born))
    });
    done?;
    assert_eq!(sent, [""; 0]);
    ann.save_only(conn, readers::points)?;
    assert!(!ann.any_changed());
    assert_eq!(Reader::get_by_pk(conn, ann.id)?, *ann);

    let mut book = book(conn, "a")?;
    book.title = "b".to_owned();
    book.reads = 4;
    book.save_only(conn, (books::title, books::author_id))?;
    assert_eq!((book.changed_columns(), book.version), (vec!["reads"], 2));
    book.undo();
    assert_eq!((book.reads, book.title.as_str(), book.version), (0, "b", 2));
    assert_eq!(Book::get_by_pk(conn, book.id)?, *book);
    Ok(())
}

#[test]
fn hooks_see_the_row_before_the_changes() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut page = page(conn, "One")?;
    page.text = "Two".to_owned();
    page.views = 8;
    let (done, sent) = statements::of(conn, |conn| page.save_only(conn, pages::text));
    done?;
    assert_eq!(set(&sent), [["text", "slug"]]);
    let expected = ["One gets Some(\"Two\")", "One became Two"];
    assert_eq!(notes(), expected);
    assert_eq!(
        (page.slug.as_str(), page.changed(pages::slug)),
        ("two", false)
    );
    assert_eq!(page.changed_columns(), ["views"]);

    page.slug = "mine".to_owned();
    page.text = "Three".to_owned();
    page.save(conn)?;
    assert_eq!(notes(), ["Two gets Some(\"Three\")", "Two became Three"]);
    assert_eq!(page.slug, "three", "the hook has the last word");
    assert!(!page.any_changed());
    assert_eq!(Page::get_by_pk(conn, (1, 2))?, *page);
    Ok(())
}

#[test]
fn if_a_save_fails_the_changes_stay() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut page = page(conn, "One")?;
    page.text = "bad".to_owned();
    let tried = (page.clone().into_inner(), page.before().clone());
    assert!(page.save(conn).is_err());
    assert_eq!((&*page, page.before()), (&tried.0, &tried.1));
    assert_eq!(Page::get_by_pk(conn, (1, 2))?.text, "One");
    page.text = "good".to_owned();
    page.save(conn)?;
    assert_eq!(Page::get_by_pk(conn, (1, 2))?, *page);

    let mut book = book(conn, "a")?;
    let mut other = Book::get_by_pk(conn, book.id)?.track();
    other.reads = 1;
    other.save(conn)?;
    book.title = "b".to_owned();
    let tried = book.clone().into_inner();
    let stale = book.save(conn);
    assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
    assert_eq!((&*book, book.changed_columns()), (&tried, vec!["title"]));
    book.reload(conn)?;
    assert_eq!(
        (book.reads, book.title.as_str(), book.any_changed()),
        (1, "a", false)
    );

    Book::destroy(&book, conn)?;
    book.title = "c".to_owned();
    let gone = book.save(conn);
    assert!(matches!(gone, Err(Error::NotFound { .. })), "{gone:?}");
    Ok(())
}

#[test]
fn the_key_and_what_the_database_writes_is_not_written() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut ann = reader(conn, "Ann")?;
    let bea = reader(conn, "Bea")?;
    ann.level = 8;
    let (done, sent) = statements::all(conn, |conn| ann.save(conn));
    done?;
    assert_eq!(sent, [""; 0]);
    ann.name = "Cy".to_owned();
    ann.save(conn)?;
    assert_eq!((ann.level, ann.any_changed()), (7, false));

    // As with `save` of a plain row, the key says which row is meant.
    ann.id = bea.id;
    assert!(ann.changed(readers::id));
    let (done, sent) = statements::all(conn, |conn| ann.save(conn));
    done?;
    assert_eq!(sent, [""; 0]);
    ann.name = "Dee".to_owned();
    ann.save(conn)?;
    assert_eq!(
        (ann.previous(readers::id), ann.any_changed()),
        (&bea.id, false)
    );
    assert_eq!(Reader::get_by_pk(conn, bea.id)?.name, "Dee");
    Ok(())
}

#[test]
fn other_writes_leave_the_changes() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut ann = reader(conn, "Ann")?;
    ann.name = "Bea".to_owned();
    ann.points = 50;
    let changes = Reader::changes().points(4);
    let (done, sent) = statements::of(conn, |conn| ann.update(conn, changes));
    done?;
    assert_eq!((set(&sent), ann.points), (vec![vec!["points"]], 4));
    assert_eq!(ann.changed_columns(), ["name"]);
    ann.increment(conn, readers::points, 3)?;
    ann.decrement(conn, readers::points, 1)?;
    assert_eq!((ann.points, ann.name.as_str()), (6, "Bea"));
    assert_eq!(ann.changed_columns(), ["name"]);
    ann.update(conn, Reader::changes())?;
    ann.save(conn)?;
    assert_eq!(Reader::get_by_pk(conn, ann.id)?, *ann);
    Ok(())
}

#[test]
fn associations_write_into_the_row() -> Result {
    let conn = &mut connect_to::<Library>();
    let ann = reader(conn, "Ann")?;
    let mut book = book(conn, "a")?;
    book.title = "b".to_owned();
    book.write(conn, |conn, book| book.set_author(conn, &ann))?;
    assert_eq!((book.author_id, book.version), (Some(ann.id), 2));
    assert_eq!(
        (book.title.as_str(), book.changed_columns()),
        ("b", vec!["title"])
    );
    book.save(conn)?;
    assert_eq!(Book::get_by_pk(conn, book.id)?, *book);

    // Outside of it, what the method wrote counts as a change.
    let bea = reader(conn, "Bea")?;
    book.set_author(conn, &bea)?;
    assert!(book.changed(books::author_id));
    book.save(conn)?;
    assert_eq!((book.version, book.any_changed()), (5, false));
    assert_eq!(Book::get_by_pk(conn, book.id)?, *book);
    assert_eq!(bea.count_books(conn)?, 1);

    let refused = book.write(conn, |conn, book| book.set_author(conn, 999));
    assert!(refused.is_err() && !book.any_changed());
    Ok(())
}

#[test]
fn rows_of_a_query_are_tracked_one_by_one() -> Result {
    let conn = &mut connect_to::<Library>();
    for name in ["Ann", "Bea", "Cy"] {
        reader(conn, name)?;
    }
    let rows = Reader::query().order(readers::id).load::<Reader>(conn)?;
    let mut rows: Vec<_> = rows.into_iter().map(Reader::track).collect();
    rows[1].points = 1;
    let (done, sent) = statements::of(conn, |conn| {
        rows.iter_mut().try_for_each(|row| row.save(conn))
    });
    done?;
    assert_eq!(set(&sent), [["points"]]);
    Ok(())
}

#[test]
fn what_is_written_must_be_valid() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut book = book(conn, "a")?;
    book.title = String::new();
    book.reads = 5;
    let (refused, sent) = statements::all(conn, |conn| book.save(conn));
    assert!(matches!(refused, Err(Error::Invalid(_))), "{refused:?}");
    assert_eq!(
        (sent.len(), book.changed_columns()),
        (0, vec!["title", "reads"])
    );
    book.save_only(conn, books::reads)?;
    assert_eq!((book.version, book.changed_columns()), (2, vec!["title"]));
    Ok(())
}

#[test]
fn several_numbers_are_added_to_in_write() -> Result {
    let conn = &mut connect_to::<Library>();
    let mut book = book(conn, "a")?;
    book.title = "b".to_owned();
    book.write(conn, |conn, book| {
        book.increment_each(conn, ((books::reads, 2),))
    })?;
    assert_eq!((book.reads, book.version, book.title.as_str()), (2, 2, "b"));
    book.save(conn)?;
    assert_eq!(Book::get_by_pk(conn, book.id)?, *book);
    Ok(())
}

/// A model whose rows Diesel makes.
mod made {
    use diesel::prelude::*;
    use orm_core::prelude::*;

    diesel::table! {
        notes (id) {
            id -> Integer,
            text -> Text,
            stars -> Integer,
        }
    }

    #[derive(Model, Queryable, Selectable, Debug, Clone, PartialEq)]
    #[diesel(table_name = notes)]
    #[model(schema = notes, without(queryable, selectable))]
    pub struct Note {
        #[model(primary_key, auto_increment = false)]
        pub id: i32,
        pub text: String,
        pub stars: i32,
        #[diesel(select_expression = notes::stars * 2_i32)]
        pub twice: i32,
    }
}

#[test]
fn rows_that_diesel_makes_are_tracked_too() -> Result {
    let conn = &mut orm_tests::connect();
    sql(
        conn,
        "CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, text VARCHAR(50) NOT NULL, stars INTEGER NOT NULL)",
    );
    sql(conn, "INSERT INTO notes VALUES (1, 'a', 3)");
    let mut note = made::Note::get_by_pk(conn, 1)?.track();
    note.text = "b".to_owned();
    note.stars = 4;
    note.save_only(conn, made::notes::stars)?;
    assert_eq!((note.text.as_str(), note.twice), ("b", 8));
    assert_eq!(note.changed_columns(), ["text"]);
    note.save(conn)?;
    assert_eq!(made::Note::get_by_pk(conn, 1)?, *note);
    Ok(())
}
