//! Rows that are found by a unique key: `upsert_by`, `find_or_create_by`, `find_or_build`.

use std::sync::Barrier;
use std::thread;

use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::FoundOrNew::{Found, New};
use orm_core::prelude::*;
use orm_tests::{Conn, Database, INSERTING, connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(unique(country, number))]
pub struct Guest {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 50)]
    pub nick: Option<String>,
    #[model(unique, length = 100)]
    pub email: String,
    #[model(default = "se", length = 2)]
    pub country: String,
    pub number: Option<i32>,
    #[model(default = 0)]
    pub points: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Link {
    #[model(primary_key)]
    pub from: i32,
    #[model(primary_key)]
    pub to: i32,
    #[model(default = 1)]
    pub weight: i32,
}

orm_core::schema! { Hotel { Guest, Link } }

/// A hotel with guest 1, who is `ann`.
fn hotel() -> Conn {
    let mut conn = connect_to::<Hotel>();
    let ann = Guest::builder().email("ann").nick("a".to_owned()).number(1);
    Guest::create(&mut conn, ann).expect("a guest is created");
    conn
}

/// The columns of a key that a row does not state.
fn missing<T: std::fmt::Debug>(result: Result<T>) -> String {
    match result {
        Err(Error::MissingKey { model, key, .. }) => format!("{model}: {key}"),
        other => panic!("{other:?}"),
    }
}

#[cfg(feature = "postgres")]
#[test]
fn an_upsert_tells_whether_it_created_the_row() -> Result {
    let conn = &mut hotel();
    let new = |email: &str| Guest::builder().email(email).points(7);
    let (told, sent) = statements::of(conn, |conn| {
        Guest::upsert_telling(conn, guests::email, new("ann"))
    });
    let (ann, created) = told?;
    assert_eq!((ann.id, ann.points, created), (1, 7, false));
    assert_eq!(sent.len(), 1, "{sent:#?}");
    let again = Guest::upsert_telling(conn, guests::email, new("ann"))?;
    assert_eq!(again, (ann, false), "nothing changes");
    let (bob, created) = Guest::upsert_telling(conn, guests::email, new("bob"))?;
    assert_eq!((&*bob.email, created), ("bob", true));
    let edge = Link::builder().from(1).to(2);
    let key = (links::from, links::to);
    assert!(Link::upsert_telling(conn, key, edge.clone())?.1);
    assert!(!Link::upsert_telling(conn, key, edge)?.1);
    let taken = Guest::upsert_telling(conn, guests::email, new("cid").nick("a".to_owned()));
    assert!(matches!(taken, Err(Error::UniqueViolation(_))), "{taken:?}");
    Ok(())
}

#[test]
fn upsert_goes_by_the_key_that_is_named() -> Result {
    // QB.22 `conflictAttributes`
    let conn = &mut hotel();
    // By the email, though the nick, which stands before it, is stated, too.
    let new = || Guest::builder().email("ann").nick("b".to_owned()).points(3);
    for _ in 0..2 {
        let (ann, sent) =
            statements::count(conn, |conn| Guest::upsert_by(conn, guests::email, new()));
        let ann = ann?;
        assert_eq!((ann.id, ann.nick.as_deref(), ann.points), (1, Some("b"), 3));
        assert_eq!((ann.number, sent), (Some(1), INSERTING));
    }
    let country = Guest::builder().country("se").number(1).email("anna");
    let ann = Guest::upsert_by(conn, (guests::country, guests::number), country)?;
    assert_eq!((ann.id, ann.email.as_str(), ann.points), (1, "anna", 3));
    // The primary key stays.
    let moved = Guest::builder().id(9).email("anna").points(4);
    assert_eq!(Guest::upsert_by(conn, guests::email, moved)?.id, 1);
    let bob = Guest::upsert_by(conn, guests::email, Guest::builder().email("bob"))?;
    assert_eq!((bob.email.as_str(), Guest::count(conn)?), ("bob", 2));
    let by_id = Guest::builder().id(1).email("ann").points(5);
    assert_eq!(Guest::upsert_by(conn, guests::id, by_id)?.email, "ann");
    Ok(())
}

#[test]
fn a_row_that_states_its_key_alone_comes_back() -> Result {
    let conn = &mut hotel();
    let ann = Guest::upsert_by(conn, guests::email, Guest::builder().email("ann"))?;
    assert_eq!((ann.id, ann.nick.as_deref()), (1, Some("a")));
    let link = || Link::builder().from(1).to(2);
    for weight in [1, 1, 7] {
        let new = link().weight(weight);
        assert_eq!(
            Link::upsert_by(conn, (links::from, links::to), new)?.weight,
            weight
        );
    }
    assert_eq!(
        Link::upsert_by(conn, (links::from, links::to), link())?.weight,
        7
    );
    assert_eq!(Link::count(conn)?, 1);
    Ok(())
}

#[test]
fn a_key_that_is_not_stated_is_an_error_of_its_own() -> Result {
    let conn = &mut hotel();
    let new = || Guest::builder().email("new");
    let (_, sent) = statements::count(conn, |conn| {
        let by_nick = Guest::upsert_by(conn, guests::nick, new());
        assert_eq!(missing(by_nick), "Guest: nick");
        let null = Guest::upsert_by(conn, guests::nick, new().nick(None));
        assert_eq!(missing(null), "Guest: nick");
        let part = Guest::upsert_by(conn, (guests::country, guests::number), new().number(1));
        assert_eq!(missing(part), "Guest: country");
        let found = Guest::find_or_create_by(conn, guests::id, new());
        assert_eq!(missing(found), "Guest: id");
    });
    assert_eq!((sent, Guest::count(conn)?), (0, 1));
    let error = Guest::upsert_by(conn, guests::nick, new()).unwrap_err();
    let text = "a new row of Guest has no nick, by which it is to be found: set it on the builder";
    assert_eq!(error.to_string(), text);
    Ok(())
}

#[test]
fn another_key_that_is_taken_is_an_error() -> Result {
    // FI.6
    let conn = &mut hotel();
    let new = || Guest::builder().email("bob").nick("a".to_owned());
    let refused = [
        Guest::upsert_by(conn, guests::email, new()).map(drop),
        Guest::find_or_create_by(conn, guests::email, new()).map(drop),
    ];
    for refused in refused {
        let Err(Error::UniqueViolation(violation)) = refused else {
            panic!("{refused:?}");
        };
        assert_eq!(violation.columns, ["nick"]);
    }
    assert_eq!(Guest::count(conn)?, 1);
    Ok(())
}

#[test]
fn a_row_is_found_by_its_key_or_created() -> Result {
    // FI.4, FI.5
    let conn = &mut hotel();
    let ann = || Guest::builder().email("ann").points(9);
    let (found, sent) = statements::count(conn, |conn| {
        Guest::find_or_create_by(conn, guests::email, ann())
    });
    let (found, created) = found?;
    assert_eq!((found.id, found.points, created, sent), (1, 0, false, 1));
    let bob = || Guest::builder().email("bob").country("no").number(7);
    let (bob_row, created) = Guest::find_or_create_by(conn, guests::email, bob())?;
    assert_eq!((bob_row.email.as_str(), created), ("bob", true));
    let key = (guests::country, guests::number);
    let other = bob().email("other");
    assert_eq!(
        Guest::find_or_create_by(conn, key, other)?,
        (bob_row, false)
    );
    // A taken key does not end the transaction around it.
    conn.transaction(|conn| -> Result {
        let new = Guest::builder().email("cid").nick("a".to_owned());
        assert!(Guest::find_or_create_by(conn, guests::email, new).is_err());
        Guest::find_or_create_by(conn, guests::email, Guest::builder().email("cid")).map(drop)
    })?;
    assert_eq!(Guest::count(conn)?, 3);
    Ok(())
}

#[test]
fn a_row_is_found_or_stays_a_builder() -> Result {
    // FI.7
    let conn = &mut hotel();
    let new = |email: &str| Guest::builder().email(email);
    let found = Guest::find_or_build(conn, guests::email.eq("ann"), new("ann"))?;
    assert!(matches!(found, Found(ann) if ann.id == 1));
    let (built, sent) = statements::count(conn, |conn| {
        Guest::find_or_build(conn, guests::email.eq("bob"), new("bob"))
    });
    let New(builder) = built? else {
        panic!("there is no bob");
    };
    assert_eq!((sent, Guest::count(conn)?), (1, 1));
    assert_eq!(Guest::create(conn, builder.points(2))?.points, 2);
    Ok(())
}

/// Runs the same work on several connections that start at once.
fn race<T: Send>(
    database: &Database,
    threads: usize,
    work: impl Fn(&mut Conn) -> T + Sync,
) -> Vec<T> {
    let start = Barrier::new(threads);
    let run = || {
        let mut conn = database.connect();
        start.wait();
        work(&mut conn)
    };
    thread::scope(|scope| {
        let all: Vec<_> = (0..threads).map(|_| scope.spawn(run)).collect();
        all.into_iter()
            .map(|one| one.join().expect("no panic"))
            .collect()
    })
}

const THREADS: usize = 32;

#[test]
fn of_many_that_find_or_create_one_creates_and_all_get_it() -> Result {
    // FI.5
    let database = Database::new();
    Hotel::create_all(&mut database.connect())?;
    for round in 0..5 {
        let new = || {
            Guest::builder()
                .email(format!("new{round}"))
                .country("se")
                .number(round)
        };
        let got = race(&database, THREADS, |conn| {
            Guest::find_or_create_by(conn, guests::email, new())
        });
        let got = got.into_iter().collect::<Result<Vec<_>>>()?;
        assert_eq!(got.iter().filter(|(_, created)| *created).count(), 1);
        assert!(got.iter().all(|(guest, _)| *guest == got[0].0));
        let by_filter = race(&database, THREADS, |conn| {
            let email = format!("more{round}");
            let new = Guest::builder().email(email.clone());
            Guest::find_or_create(conn, guests::email.eq(email), new)
        });
        let got = by_filter.into_iter().collect::<Result<Vec<_>>>()?;
        assert_eq!(got.iter().filter(|(_, created)| *created).count(), 1);
    }
    assert_eq!(Guest::count(&mut database.connect())?, 10);
    Ok(())
}

#[test]
fn of_many_that_upsert_all_write_one_row() -> Result {
    let database = Database::new();
    Hotel::create_all(&mut database.connect())?;
    let got = race(&database, THREADS, |conn| {
        Guest::upsert_by(conn, guests::email, Guest::builder().email("ann").points(3))
    });
    let got = got.into_iter().collect::<Result<Vec<_>>>()?;
    assert!(got.iter().all(|guest| *guest == got[0]));
    assert_eq!(Guest::count(&mut database.connect())?, 1);
    Ok(())
}

/// A transaction of SQLite that has read can no longer write once another has written.
#[cfg(any(feature = "postgres", feature = "mysql"))]
#[test]
fn in_transactions_that_have_read_before_all_get_the_row() -> Result {
    let database = Database::new();
    Hotel::create_all(&mut database.connect())?;
    let all_have_read = Barrier::new(THREADS);
    let got = race(&database, THREADS, |conn| {
        conn.transaction(|conn| -> Result<_> {
            assert_eq!(Guest::count(conn)?, 0);
            all_have_read.wait();
            Guest::find_or_create_by(conn, guests::email, Guest::builder().email("new"))
        })
    });
    let got = got.into_iter().collect::<Result<Vec<_>>>()?;
    assert_eq!(got.iter().filter(|(_, created)| *created).count(), 1);
    assert!(got.iter().all(|(guest, _)| *guest == got[0].0));
    Ok(())
}

#[test]
fn an_error_of_the_filter_is_no_new_row() {
    let conn = &mut hotel();
    sql(conn, "DROP TABLE guests");
    let new = || Guest::builder().email("x");
    assert!(Guest::find_or_create_by(conn, guests::email, new()).is_err());
    assert!(Guest::find_or_build(conn, guests::email.eq("x"), new()).is_err());
}
