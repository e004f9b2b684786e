//! Writes by a filter, bulk options and upserts by a key of models with hooks, `updated_at` and a version.

use crate::support::Result;
use chrono::{DateTime, Utc};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{ByFilter, Connection, Dialect, Error, HookedBy, Hooks, Values};
use orm_tests::{Conn, connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(hooks(Log))]
pub struct Card {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 50)]
    pub name: String,
    #[model(default = 0)]
    pub points: i32,
    #[model(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[model(version)]
    pub version: i32,
}

/// The same table without hooks for each row.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Plain {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 50)]
    pub name: String,
    #[model(default = 0)]
    pub points: i32,
    #[model(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[model(version)]
    pub version: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Line {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 200)]
    pub text: String,
}

orm_core::schema! { Deck { Card, Plain, Line } }

pub struct Log;

impl<DB: Dialect> Hooks<Card, DB> for Log
where
    Card: HookedBy<Log>,
    Line: orm_core::Model,
{
    const BY_FILTER: ByFilter = ByFilter::Each;

    fn before_upsert(
        _: &mut impl Connection<Backend = DB>,
        new: &mut Values<Card>,
    ) -> orm_core::Result<()> {
        let name = new.get(cards::name).map(|name| name.to_lowercase());
        new.set(cards::name, name.unwrap_or_default());
        Ok(())
    }

    fn before_create(
        _: &mut impl Connection<Backend = DB>,
        new: &mut Values<Card>,
    ) -> orm_core::Result<()> {
        new.set(cards::points, new.get(cards::points).copied().unwrap_or(1));
        Ok(())
    }

    fn after_create(_: &mut impl Connection<Backend = DB>, row: &Card) -> orm_core::Result<()> {
        log(format!("created {}", row.name))
    }

    fn after_upsert(_: &mut impl Connection<Backend = DB>, row: &Card) -> orm_core::Result<()> {
        log(format!("upserted {}", row.name))
    }

    fn after_update(
        _: &mut impl Connection<Backend = DB>,
        old: &Card,
        now: &Card,
    ) -> orm_core::Result<()> {
        log(format!("{} {} -> {}", old.name, old.points, now.points))
    }

    fn after_destroy(_: &mut impl Connection<Backend = DB>, row: &Card) -> orm_core::Result<()> {
        log(format!("destroyed {}", row.name))
    }
}

thread_local! {
    static LOG: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

fn log(text: String) -> orm_core::Result<()> {
    let is_bad = text.contains("bad");
    LOG.with_borrow_mut(|log| log.push(text));
    match is_bad {
        true => Err(Error::Database(diesel::result::Error::RollbackTransaction)),
        false => Ok(()),
    }
}

/// What the hooks told since the last call, sorted.
fn told() -> Vec<String> {
    let mut log = LOG.with_borrow_mut(std::mem::take);
    log.sort();
    log
}

fn deck() -> Conn {
    let mut conn = connect_to::<Deck>();
    let new = ["a", "b", "c"].map(|name| Card::builder().name(name).points(1));
    Card::bulk_create(&mut conn, new).expect("cards are created");
    let new = ["a", "b", "c"].map(|name| Plain::builder().name(name).points(1));
    Plain::bulk_create(&mut conn, new).expect("rows are created");
    told();
    conn
}

#[test]
fn hooks_of_each_row_run_around_writes_by_a_filter() -> Result {
    let conn = &mut deck();
    let some = || Card::rows(cards::name.ne("c"));
    assert_eq!(some().update(conn, Card::changes().points(5))?, 2);
    assert_eq!(told(), ["a 1 -> 5", "b 1 -> 5"]);
    assert_eq!(some().set(conn, cards::points.eq(cards::points * 2))?, 2);
    assert_eq!(told(), ["a 5 -> 10", "b 5 -> 10"]);
    assert_eq!(some().increment(conn, cards::points, 1)?, 2);
    assert_eq!(told(), ["a 10 -> 11", "b 10 -> 11"]);
    let raised = cards::version.eq(4);
    assert_eq!(Card::count_where(conn, raised)?, 2);
    assert_eq!(some().destroy(conn)?, 2);
    assert_eq!(told(), ["destroyed a", "destroyed b"]);
    assert_eq!(Card::count(conn)?, 1);
    assert_eq!(
        Card::rows(cards::id.eq(99)).increment(conn, cards::points, 1)?,
        0
    );
    Ok(())
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
#[test]
fn rows_come_back_behind_their_hooks() -> Result {
    let conn = &mut deck();
    let some = || Card::rows(cards::name.ne("c")).returning();
    let rows = some().update(conn, Card::changes().points(5))?;
    assert!(rows.iter().all(|row| (row.points, row.version) == (5, 2)));
    let rows = some().increment(conn, cards::points, 1)?;
    assert!(rows.iter().all(|row| (row.points, row.version) == (6, 3)));
    assert_eq!(told().len(), 4);
    assert_eq!(some().destroy(conn)?.len(), 2);
    assert_eq!(told(), ["destroyed a", "destroyed b"]);
    let rows = ["c", "d"].map(|name| Card::builder().name(name));
    assert_eq!(
        Card::inserting(rows).ignore_taken().create(conn)?[0].points,
        1
    );
    assert_eq!(told(), ["created d"]);
    Ok(())
}

#[test]
fn hooks_run_around_bulk_options_and_upserts_by_a_key() -> Result {
    let conn = &mut deck();
    let rows = ["c", "d", "e"].map(|name| Card::builder().name(name));
    assert_eq!(Card::inserting(rows).ignore_taken().execute(conn)?, 2);
    assert_eq!(told(), ["created d", "created e"]);
    // What a hook sets is what the key is.
    let rows = ["D", "F"].map(|name| Card::builder().name(name).points(7));
    let rows = Card::inserting(rows)
        .on_taken(cards::name)
        .update(cards::points);
    let rows = rows.create(conn)?;
    assert_eq!(
        (rows[0].name.as_str(), rows[0].points, rows[0].version),
        ("d", 7, 2)
    );
    assert_eq!(told(), ["upserted d", "upserted f"]);
    let row = Card::upsert_by(conn, cards::name, Card::builder().name("D").points(8))?;
    assert_eq!((row.points, row.version), (8, 3));
    assert_eq!(told(), ["upserted d"]);
    // An error of a hook undoes all.
    let rows = ["g", "bad"].map(|name| Card::builder().name(name));
    assert!(
        Card::inserting(rows.clone())
            .ignore_taken()
            .execute(conn)
            .is_err()
    );
    let rows = Card::inserting(rows)
        .on_taken(cards::name)
        .update(cards::points);
    assert!(rows.create(conn).is_err());
    assert_eq!(Card::count_where(conn, cards::name.eq("g"))?, 0);
    Ok(())
}

#[test]
fn moments_and_versions_are_written_by_a_filter() -> Result {
    let conn = &mut deck();
    let before = Plain::find_all(conn)?;
    let then: DateTime<Utc> = "2020-01-01T00:00:00Z".parse().expect("a moment");
    diesel::update(plains::table)
        .set(plains::updated_at.eq(then))
        .execute(conn)?;
    let all = Plain::all_rows;
    let stamped = |conn: &mut Conn| -> Result<i64> {
        let count = Plain::count_where(conn, plains::updated_at.ne(then))?;
        diesel::update(plains::table)
            .set(plains::updated_at.eq(then))
            .execute(conn)?;
        Ok(count)
    };
    let (changed, sent) =
        statements::count(conn, |conn| all().update(conn, Plain::changes().points(2)));
    assert_eq!((changed?, sent, stamped(conn)?), (3, 1, 3));
    all().set(conn, plains::points.eq(plains::points + 1))?;
    assert_eq!(stamped(conn)?, 3);
    all().increment(conn, plains::points, 1)?;
    assert_eq!(stamped(conn)?, 3);
    // Stated, it is what is stated.
    all().update(conn, Plain::changes().points(9).updated_at(then))?;
    all().set(conn, (plains::points.eq(1), plains::updated_at.eq(then)))?;
    assert_eq!(stamped(conn)?, 0);
    let rows = ["a", "z"].map(|name| Plain::builder().name(name).points(3));
    let rows = Plain::inserting(rows)
        .on_taken(plains::name)
        .update(plains::points);
    let rows = rows.create(conn)?;
    assert_eq!(
        (rows[0].version, rows[0].id, stamped(conn)?),
        (7, before[0].id, 2)
    );
    Plain::upsert_by(conn, plains::name, Plain::builder().name("a").points(4))?;
    assert_eq!(stamped(conn)?, 1);
    // Who holds a row from before notices.
    let mut held = before[1].clone();
    let stale = held.update(conn, Plain::changes().points(1));
    assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");
    Ok(())
}
