//! Which statements an insert sends, and that it returns what the database holds.

use crate::support::Result;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
pub enum Grade {
    Fine,
    Poor,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Part {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
    pub note: Option<String>,
    pub weight: Option<f64>,
    pub sold: bool,
    pub grade: Grade,
    pub made: Option<chrono::NaiveDateTime>,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Stamp {
    #[model(primary_key)]
    pub id: i32,
    pub text: String,
    #[model(default = 7)]
    pub number: i32,
}

orm_core::schema! { App { Part, Stamp } }

fn part(number: i32) -> NewPart {
    let made = chrono::DateTime::from_timestamp(i64::from(number), 0);
    NewPart {
        id: None,
        name: format!("part {number}"),
        note: (number % 3 == 0).then(|| format!("note {number}")),
        weight: (number % 2 == 0).then(|| f64::from(number) / 4.0),
        sold: number % 5 == 0,
        grade: if number % 2 == 0 {
            Grade::Fine
        } else {
            Grade::Poor
        },
        made: made.map(|made| made.naive_utc()),
    }
}

/// The rows are as they were stated and as they are read again, in their order.
fn bulk(conn: &mut Conn, count: i32) -> Result<Vec<String>> {
    let (parts, sent) = statements::of(conn, |conn| Part::bulk_create(conn, (0..count).map(part)));
    let parts = parts?;
    assert_eq!(i32::try_from(parts.len()), Ok(count));
    for (number, row) in (0..).zip(&parts) {
        let new = part(number);
        assert_eq!(row.name, new.name);
        assert_eq!(
            (&row.note, row.weight, row.sold),
            (&new.note, new.weight, new.sold)
        );
        assert_eq!((row.grade, row.made), (new.grade, new.made));
        assert_eq!(&Part::get_by_pk(conn, row.id)?, row);
    }
    let texts = sent
        .iter()
        .map(|sql| sql.split(" -- binds").next().unwrap_or(sql).to_owned());
    Ok(texts.collect())
}

#[test]
fn many_rows_come_back_in_their_order() -> Result {
    let conn = &mut connect_to::<App>();
    for count in [1, 2, 16, 17, 100] {
        bulk(conn, count)?;
    }
    Ok(())
}

/// So it stays prepared.
#[cfg(feature = "postgres")]
#[test]
fn many_rows_are_arrays_in_a_text_that_is_always_the_same() -> Result {
    let conn = &mut connect_to::<App>();
    let few = bulk(conn, 17)?;
    assert!(
        few[0].contains(r#") SELECT * FROM unnest($1, $2, $3, $4, $5, $6) AS __orm_rows WHERE "#),
        "{few:?}"
    );
    assert_eq!((few.len(), &few), (1, &bulk(conn, 50)?));
    Ok(())
}

#[cfg(feature = "postgres")]
mod arrays {
    use super::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Poll {
        #[model(primary_key)]
        pub id: i32,
        pub votes: Vec<i32>,
    }

    orm_core::schema! { Polls { Poll } }

    #[test]
    fn rows_with_arrays_are_not_taken_apart() -> Result {
        let conn = &mut connect_to::<Polls>();
        let new = (0..40).map(|number| Poll::builder().votes(vec![number; 3]));
        let polls = Poll::bulk_create(conn, new)?;
        assert_eq!(polls.len(), 40);
        assert_eq!(polls[39].votes, [39, 39, 39]);
        Ok(())
    }
}

/// The connection tells a generated key, and a key that is stated is known. Nothing is read, and no transaction is
/// needed.
#[cfg(feature = "mysql")]
mod not_read {
    use super::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Country {
        #[model(primary_key, length = 2)]
        pub code: String,
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Big {
        #[model(primary_key)]
        pub id: u64,
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Small {
        #[model(primary_key)]
        pub id: i16,
        #[model(default = "-", length = 10)]
        pub name: String,
    }

    orm_core::schema! { Keys { Country, Big, Small } }

    #[test]
    fn a_row_that_comes_back_as_it_is_written() -> Result {
        let conn = &mut connect_to::<Keys>();
        let sweden = || Country::builder().code("se").name("Sweden");
        let (created, sent) = statements::all(conn, |conn| Country::create(conn, sweden()));
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert_eq!(created?, Country::get_by_pk(conn, "se".to_owned())?);
        let again = Country::create(conn, sweden());
        assert!(
            matches!(again, Err(orm_core::Error::UniqueViolation(_))),
            "{again:?}"
        );

        let named = Small::builder().name("x");
        let (created, sent) = statements::all(conn, |conn| Small::create(conn, named));
        assert_eq!(sent.len(), 2, "{sent:?}");
        assert_eq!(created?, Small::get_by_pk(conn, 1_i16)?);
        // What the database fills in is read, and so is a key that Diesel cannot take from that answer.
        let (created, sent) = statements::all(conn, |conn| Small::create(conn, Small::builder()));
        assert_eq!((&*created?.name, sent.len()), ("-", 4), "{sent:?}");
        let big = || Big::builder().name("x");
        let (created, sent) = statements::all(conn, |conn| Big::create(conn, big()));
        assert_eq!((created?.id, sent.len()), (1, 4), "{sent:?}");
        Ok(())
    }

    /// Two connections insert in turn, and each learns its own keys.
    #[test]
    fn each_connection_learns_its_own_key() -> Result {
        let database = orm_tests::Database::new();
        let (one, two) = (&mut database.connect(), &mut database.connect());
        Keys::create_all(one)?;
        for number in 0..5 {
            let mine = Small::create(one, Small::builder().name("one"))?;
            let theirs = Small::create(two, Small::builder().name("two"))?;
            assert_eq!((mine.id, theirs.id), (2 * number + 1, 2 * number + 2));
        }
        Ok(())
    }
}

/// A savepoint would be two statements more. With a key that is stated, it undoes the row that was not found again.
#[cfg(feature = "mysql")]
#[test]
fn in_a_transaction_of_the_callers_there_is_no_savepoint() -> Result {
    use diesel::Connection as _;

    let conn = &mut connect_to::<App>();
    let (created, sent) = statements::all(conn, |conn| Part::create(conn, part(1)));
    assert_eq!((created?.id, sent.len()), (1, 2), "{sent:?}");
    conn.transaction(|conn| {
        let (created, sent) = statements::all(conn, |conn| Part::create(conn, part(2)));
        assert_eq!((created?.id, sent.len()), (2, 2), "{sent:?}");
        let three = (3..6).map(part);
        let (created, sent) = statements::all(conn, |conn| Part::bulk_create(conn, three));
        assert_eq!((created?.len(), sent.len()), (3, 2), "{sent:?}");
        let keyed = || NewPart {
            id: Some(0), // asks MySQL for another
            ..part(6)
        };
        let (created, sent) = statements::all(conn, |conn| Part::create(conn, keyed()));
        assert!(created.is_err());
        assert!(sent[0].starts_with("SAVEPOINT"), "{sent:?}");
        assert_eq!(Part::count(conn)?, 5);
        Ok::<_, orm_core::Error>(())
    })?;
    assert_eq!(Part::count(conn)?, 5);
    Ok(())
}

#[cfg(not(any(feature = "postgres", feature = "mysql")))]
mod rowids {
    use diesel::connection::SimpleConnection;

    use super::*;

    fn create(conn: &mut Conn, new: NewPart) -> Result<(Part, Vec<String>)> {
        let (part, sent) = statements::of(conn, |conn| Part::create(conn, new));
        let part = part?;
        // Printed, as NaN is not equal to itself.
        let read = Part::get_by_pk(conn, part.id)?;
        assert_eq!(format!("{part:?}"), format!("{read:?}"));
        Ok((part, sent))
    }

    #[test]
    fn a_row_that_states_all_is_not_read_back() -> Result {
        let conn = &mut connect_to::<App>();
        let (first, _) = create(conn, part(1))?;
        let (second, sent) = create(conn, part(6))?;
        assert_eq!((first.id, second.id), (1, 2));
        assert_eq!(sent.len(), 2);
        assert!(!sent[0].contains("RETURNING"), "{}", sent[0]);
        assert!(
            sent[1].starts_with("SELECT last_insert_rowid()"),
            "{}",
            sent[1]
        );
        Ok(())
    }

    #[test]
    fn what_sqlite_changes_is_read_back() -> Result {
        let conn = &mut connect_to::<App>();
        for weight in [f64::NAN, -0.0] {
            let new = NewPart {
                weight: Some(weight),
                ..part(1)
            };
            let (_, sent) = create(conn, new)?;
            assert!(sent[0].contains("RETURNING"), "{}", sent[0]);
        }
        let year_10000 =
            chrono::NaiveDate::from_ymd_opt(10_000, 1, 1).and_then(|day| day.and_hms_opt(0, 0, 0));
        let new = NewPart {
            made: year_10000,
            ..part(1)
        };
        let (_, sent) = statements::of(conn, |conn| Part::create(conn, new));
        assert!(sent[0].contains("RETURNING"), "{}", sent[0]);
        Ok(())
    }

    #[test]
    fn what_the_database_fills_is_read_back() -> Result {
        let conn = &mut connect_to::<App>();
        let (stamp, sent) =
            statements::of(conn, |conn| Stamp::create(conn, Stamp::builder().text("a")));
        assert_eq!((stamp?.number, sent.len()), (7, 1));
        let stamp = Stamp::create(conn, Stamp::builder().text("b").number(8).id(40))?;
        assert_eq!((stamp.id, stamp.number), (40, 8));
        Ok(())
    }

    #[test]
    fn the_rows_of_triggers_do_not_count() -> Result {
        let conn = &mut connect_to::<App>();
        conn.batch_execute(
            "CREATE TRIGGER noted AFTER INSERT ON parts BEGIN
                 INSERT INTO stamps (id, text) VALUES (1000 + new.id, new.name);
             END",
        )?;
        let (part, _) = create(conn, part(3))?;
        assert_eq!(part.id, 1);
        assert_eq!(Stamp::get_by_pk(conn, 1001)?.text, part.name);
        Ok(())
    }

    #[test]
    fn a_row_that_a_trigger_ignores_is_not_found() -> Result {
        let conn = &mut connect_to::<App>();
        create(conn, part(1))?;
        conn.batch_execute(
            "CREATE TRIGGER refused BEFORE INSERT ON parts BEGIN SELECT RAISE(IGNORE); END",
        )?;
        let refused = Part::create(conn, part(2));
        assert!(matches!(
            refused,
            Err(orm_core::Error::NotFound { model: "Part", .. })
        ));
        assert_eq!(Part::count(conn)?, 1);
        Ok(())
    }
}
