//! Which row gets which key if the database generates the keys.

use std::sync::Barrier;

use orm_core::prelude::*;
use orm_tests::{Conn, Database, connect_to};

mod store {
    use super::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Entry {
        #[model(primary_key)]
        pub id: i64,
        pub name: String,
        #[model(default = 7)]
        pub stock: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Rate {
        #[model(primary_key)]
        pub currency: String,
        #[model(primary_key)]
        pub year: i32,
        pub per_mille: i32,
    }

    orm_core::schema! { pub Store { Entry, Rate } }
}
use store::{Entry, NewEntry, NewRate, Rate, Store};

type Result<T = ()> = orm_core::Result<T>;

fn new(name: String) -> NewEntry {
    NewEntry {
        id: None,
        name,
        stock: None,
    }
}

/// Every row came back with the key under which it stands in the table.
fn stored_as_given(conn: &mut Conn, entries: &[Entry], names: &[String]) -> Result {
    let given: Vec<&String> = entries.iter().map(|entry| &entry.name).collect();
    assert_eq!(given, names.iter().collect::<Vec<_>>());
    for entry in entries {
        assert_eq!(&Entry::get_by_pk(conn, entry.id)?, entry);
    }
    Ok(())
}

#[test]
fn rows_get_their_own_keys_while_others_insert() -> Result {
    let database = Database::new();
    Store::create_all(&mut database.connect())?;
    let (writers, rounds, size) = (4, 15, 20);
    let start = Barrier::new(writers);
    let written: Vec<Result> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..writers)
            .map(|writer| {
                let (database, start) = (&database, &start);
                scope.spawn(move || -> Result {
                    let conn = &mut database.connect();
                    start.wait();
                    for round in 0..rounds {
                        let name = |number| format!("{writer}/{round}/{number}");
                        let names: Vec<String> = (0..size).map(name).collect();
                        let entries = Entry::bulk_create(conn, names.iter().cloned().map(new))?;
                        stored_as_given(conn, &entries, &names)?;
                        let name = format!("{writer}/{round}");
                        let one = Entry::create(conn, new(name.clone()))?;
                        stored_as_given(conn, &[one], &[name])?;
                    }
                    Ok(())
                })
            })
            .collect();
        let join = |thread: std::thread::ScopedJoinHandle<'_, Result>| {
            thread
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        };
        threads.into_iter().map(join).collect()
    });
    written.into_iter().collect::<Result>()?;
    let conn = &mut database.connect();
    let expected = i64::try_from(writers * rounds * (size + 1)).unwrap_or(0);
    assert_eq!(Entry::count(conn)?, expected);
    Ok(())
}

#[test]
fn rows_with_keys_of_their_own_come_back_in_order() -> Result {
    let conn = &mut connect_to::<Store>();
    // More than one statement reads back on MySQL, and no order but that of the list is any.
    let keys: Vec<i64> = (1..=700).map(|n| (n * 389) % 1009 + 1).collect();
    let named = |key: &i64| NewEntry {
        id: Some(*key),
        ..new(format!("n{key}"))
    };
    let entries = Entry::bulk_create(conn, keys.iter().map(named))?;
    let given: Vec<i64> = entries.iter().map(|entry| entry.id).collect();
    assert_eq!(given, keys);
    assert!(
        entries
            .iter()
            .all(|entry| entry.name == format!("n{}", entry.id))
    );
    Ok(())
}

#[test]
fn rows_with_keys_of_several_columns_come_back_in_order() -> Result {
    let conn = &mut connect_to::<Store>();
    let rate = |(currency, year): &(&str, i32)| NewRate {
        currency: (*currency).to_owned(),
        year: *year,
        per_mille: year % 100,
    };
    let keys = [
        ("usd", 2024),
        ("chf", 2026),
        ("usd", 2023),
        ("chf", 2021),
        ("aud", 2024),
    ];
    let rates = Rate::bulk_create(conn, keys.iter().map(rate))?;
    let given: Vec<_> = rates
        .iter()
        .map(|r| (r.currency.as_str(), r.year))
        .collect();
    assert_eq!(given, keys);
    assert!(rates.iter().all(|rate| rate.per_mille == rate.year % 100));
    Ok(())
}

#[cfg(feature = "mysql")]
#[test]
fn rows_get_their_own_keys_where_keys_go_in_steps() -> Result {
    use diesel::connection::SimpleConnection;

    let database = Database::new();
    let (one, two) = (&mut database.connect(), &mut database.connect());
    Store::create_all(one)?;
    let steps = "SET auto_increment_increment = 5, auto_increment_offset = ";
    one.batch_execute(&format!("{steps}2"))?;
    two.batch_execute(&format!("{steps}4"))?;
    for round in 0..5 {
        for (conn, offset) in [(&mut *one, 2), (&mut *two, 4)] {
            let names: Vec<String> = (0..30).map(|n| format!("{offset}/{round}/{n}")).collect();
            let entries = Entry::bulk_create(conn, names.iter().cloned().map(new))?;
            assert!(entries.iter().all(|entry| entry.id % 5 == offset));
            stored_as_given(conn, &entries, &names)?;
        }
    }
    Ok(())
}

#[cfg(feature = "mysql")]
#[test]
fn a_key_of_zero_asks_mysql_for_one_and_is_refused() -> Result {
    let conn = &mut connect_to::<Store>();
    let zero = NewEntry {
        id: Some(0),
        ..new("zero".into())
    };
    // The row would stand under another key than the one that was stated.
    let refused = Entry::create(conn, zero.clone());
    assert!(matches!(refused, Err(orm_core::Error::NotFound { .. })));
    assert!(Entry::bulk_create(conn, [zero, new("one".into())]).is_err());
    assert_eq!(Entry::count(conn)?, 0);
    Ok(())
}
