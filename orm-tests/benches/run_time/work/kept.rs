//! Rows with rules, moments and a version, which a model keeps, beside code by hand that does the same.

use chrono::{NaiveDateTime, Utc};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::Conn;

use super::sorted;
use crate::harness::Work;
use crate::models;
use crate::stage::Stage;

pub fn works() -> Vec<Work<Stage>> {
    vec![create_one(), create_many(), change()]
}

/// The same table, with types of Diesel's alone.
mod table {
    diesel::table! {
        memos (id) {
            id -> Integer,
            title -> Text,
            email -> Text,
            pages -> Integer,
            written_at -> Timestamp,
            changed_at -> Timestamp,
            version -> Integer,
        }
    }
}

use table::memos;

#[derive(Queryable, Debug)]
struct Memo {
    id: i32,
    title: String,
    email: String,
    pages: i32,
    written_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    version: i32,
}

#[derive(Insertable)]
#[diesel(table_name = memos)]
struct NewMemo {
    title: String,
    email: String,
    pages: i32,
    written_at: NaiveDateTime,
    changed_at: NaiveDateTime,
    version: i32,
}

fn title(number: i32) -> String {
    format!("memo {number}")
}

fn mail(number: i32) -> String {
    format!("reader{number}@example.org")
}

/// Now, as precisely as all databases store it.
fn now() -> NaiveDateTime {
    use chrono::SubsecRound as _;
    Utc::now().naive_utc().trunc_subsecs(6)
}

fn is_title(title: &str) -> bool {
    (1..=100).contains(&title.chars().count())
}

fn is_email(text: &str) -> bool {
    let is_plain = |part: &str| !part.is_empty() && !part.contains(char::is_whitespace);
    match text.split_once('@') {
        Some((name, host)) => is_plain(name) && is_plain(host) && host.contains('.'),
        None => false,
    }
}

/// What hand-written code checks before it sends the row.
fn new(number: i32) -> NewMemo {
    let (title, email, now) = (title(number), mail(number), now());
    assert!(is_title(&title) && is_email(&email));
    NewMemo {
        title,
        email,
        pages: 3,
        written_at: now,
        changed_at: now,
        version: 1,
    }
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn insert(conn: &mut Conn, new: &[NewMemo]) -> QueryResult<Vec<Memo>> {
    diesel::insert_into(memos::table)
        .values(new)
        .get_results(conn)
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
fn insert_one(conn: &mut Conn, new: NewMemo) -> QueryResult<Memo> {
    diesel::insert_into(memos::table)
        .values(new)
        .get_result(conn)
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
diesel::define_sql_function! { fn last_insert_id() -> diesel::sql_types::Integer }

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
fn insert(conn: &mut Conn, new: &[NewMemo]) -> QueryResult<Vec<Memo>> {
    diesel::insert_into(memos::table)
        .values(new)
        .execute(conn)?;
    let first: i32 = diesel::select(last_insert_id()).get_result(conn)?;
    let end = first.saturating_add_unsigned(new.len() as u32);
    memos::table
        .filter(memos::id.ge(first).and(memos::id.lt(end)))
        .order(memos::id)
        .load(conn)
}

/// Everything is known but the key.
#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
fn insert_one(conn: &mut Conn, new: NewMemo) -> QueryResult<Memo> {
    diesel::insert_into(memos::table)
        .values(&new)
        .execute(conn)?;
    let id = diesel::select(last_insert_id()).get_result(conn)?;
    let NewMemo {
        title,
        email,
        pages,
        written_at,
        changed_at,
        version,
    } = new;
    Ok(Memo {
        id,
        title,
        email,
        pages,
        written_at,
        changed_at,
        version,
    })
}

fn builder(number: i32) -> models::NewMemo {
    models::NewMemo {
        id: None,
        title: title(number),
        email: mail(number),
        pages: 3,
        written_at: None,
        changed_at: None,
        version: None,
    }
}

/// What is shown: the rest goes on, or is another each time.
type Shown = (String, String, i32, bool);

fn shown(memo: Memo) -> Shown {
    let is_new = memo.id > 0 && memo.written_at == memo.changed_at && memo.version == 1;
    (memo.title, memo.email, memo.pages, is_new)
}

fn shown_ours(memo: models::Memo) -> Shown {
    let is_new = memo.id > 0 && memo.written_at == memo.changed_at && memo.version == 1;
    (memo.title, memo.email, memo.pages, is_new)
}

fn writing(name: &'static str, reset: &'static str) -> Work<Stage> {
    let reset = move |stage: &mut Stage| {
        stage
            .conn
            .batch_execute(reset)
            .expect("the memos are reset");
    };
    Work {
        name,
        variants: Vec::new(),
        reset: Box::new(reset),
        repeats: true,
    }
}

fn create_one() -> Work<Stage> {
    let name = "create one with rules, moments and a version";
    let by_hand = |stage: &mut Stage| insert_one(&mut stage.conn, new(1)).expect("a memo");
    let ours =
        |stage: &mut Stage| models::Memo::create(&mut stage.conn, builder(1)).expect("a memo");
    let show = |memo| format!("{:?}", shown(memo));
    let show_ours = |memo| format!("{:?}", shown_ours(memo));
    writing(name, "DELETE FROM memos")
        .idiom(by_hand, show)
        .ours(ours, show_ours)
}

fn create_many() -> Work<Stage> {
    let name = "bulk create 100 with rules, moments and a version";
    let by_hand = |stage: &mut Stage| {
        let new: Vec<NewMemo> = (0..100).map(new).collect();
        insert(&mut stage.conn, &new).expect("memos")
    };
    let ours = |stage: &mut Stage| {
        models::Memo::bulk_create(&mut stage.conn, (0..100).map(builder)).expect("memos")
    };
    let show = |memos: Vec<Memo>| format!("{:?}", sorted(memos.into_iter().map(shown)));
    let show_ours =
        |memos: Vec<models::Memo>| format!("{:?}", sorted(memos.into_iter().map(shown_ours)));
    writing(name, "DELETE FROM memos")
        .idiom(by_hand, show)
        .ours(ours, show_ours)
}

/// Reads a memo, and writes a new title if nobody else has changed it since.
fn change() -> Work<Stage> {
    let mut number = 0;
    let by_hand = move |stage: &mut Stage| {
        number += 1;
        let conn = &mut stage.conn;
        let mut memo: Memo = memos::table.find(1).get_result(conn).expect("a memo");
        let (title, now) = (title(number), now());
        assert!(is_title(&title));
        let is_ours = memos::table.find(1).filter(memos::version.eq(memo.version));
        let changed = diesel::update(is_ours)
            .set((
                memos::title.eq(&title),
                memos::changed_at.eq(now),
                memos::version.eq(memo.version + 1),
            ))
            .execute(conn)
            .expect("a memo is changed");
        assert_eq!(changed, 1);
        memo.title = title;
        memo.changed_at = now;
        memo.version += 1;
        memo
    };
    let mut number = 0;
    let ours = move |stage: &mut Stage| {
        number += 1;
        let conn = &mut stage.conn;
        let mut memo = models::Memo::get_by_pk(conn, 1).expect("a memo");
        let changes = models::Memo::changes().title(title(number));
        memo.update(conn, changes).expect("a memo is changed");
        memo
    };
    let reset = "DELETE FROM memos; INSERT INTO memos (id, title, email, pages, written_at, changed_at, version)
        VALUES (1, 'first', 'reader@example.org', 3, '2026-01-01 00:00:00', '2026-01-01 00:00:00', 1)";
    let name = "read and change one with rules, moments and a version";
    let show = |memo: Memo| format!("{:?}", (memo.version, shown(memo)));
    let show_ours = |memo: models::Memo| format!("{:?}", (memo.version, shown_ours(memo)));
    writing(name, reset)
        .idiom(by_hand, show)
        .ours(ours, show_ours)
}
