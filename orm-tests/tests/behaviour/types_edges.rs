//! Values at the limits of their types: they come back unchanged, or they cause an error.

use std::cell::RefCell;

use crate::support::Result;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Utc};
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};
use proptest::prelude::*;
use uuid::Uuid;

mod edges {
    use super::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Edge {
        #[model(primary_key)]
        pub id: i32,
        pub text: Option<String>,
        pub bytes: Option<Vec<u8>>,
        pub big: Option<i64>,
        pub int: Option<i32>,
        pub small: Option<i16>,
        pub double: Option<f64>,
        pub float: Option<f32>,
        pub day: Option<NaiveDate>,
        pub time: Option<NaiveTime>,
        pub at: Option<NaiveDateTime>,
        pub utc: Option<DateTime<Utc>>,
        pub uuid: Option<Uuid>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Named {
        #[model(primary_key)]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Measure {
        #[model(primary_key)]
        pub id: i32,
        pub value: f64,
    }

    orm_core::schema! { pub Edges { Edge, Named, Measure } }
}
use edges::{Edge, Edges, Measure, Named, NewEdge};

fn edge() -> NewEdge {
    NewEdge {
        id: None,
        text: None,
        bytes: None,
        big: None,
        int: None,
        small: None,
        double: None,
        float: None,
        day: None,
        time: None,
        at: None,
        utc: None,
        uuid: None,
    }
}

/// Runs a property on one connection.
fn check<S: Strategy>(values: S, test: impl Fn(&mut Conn, S::Value) -> Result)
where
    S::Value: std::fmt::Debug,
{
    let conn = RefCell::new(connect_to::<Edges>());
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: 96,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&values, |value| {
        let done = test(&mut conn.borrow_mut(), value);
        done.map_err(|error| TestCaseError::fail(error.to_string()))
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
}

/// Writes a row and reads it again.
fn there_and_back(conn: &mut Conn, new: NewEdge) -> orm_core::Result<Edge> {
    let created = Edge::create(conn, new)?;
    assert_eq!(Edge::get_by_pk(conn, created.id)?, created);
    Ok(created)
}

/// Letters of every plane, beside those that SQL, JSON and C give a meaning to.
fn text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        any::<char>().prop_filter("NUL has a test of its own", |letter| *letter != '\0'),
        (0..17_u32, 0..0x1_0000_u32).prop_filter_map("no surrogate", |(plane, low)| {
            char::from_u32(plane << 16 | low).filter(|letter| *letter != '\0')
        }),
        prop::sample::select(vec![
            '\'', '"', '\\', '%', '_', '\u{1}', '\n', ' ', '\u{feff}', '?'
        ]),
    ];
    prop::collection::vec(letter, 0..40).prop_map(String::from_iter)
}

#[test]
fn texts_of_every_plane_come_back() {
    check(text(), |conn, text| {
        let new = NewEdge {
            text: Some(text.clone()),
            ..edge()
        };
        assert_eq!(there_and_back(conn, new)?.text, Some(text));
        Ok(())
    });
}

#[test]
fn texts_are_keys_whatever_their_letters() {
    // Spaces at the end are none to MySQL's comparison, so they have no place in a key there.
    let name = text().prop_map(|text| format!("{text}."));
    check(prop::collection::hash_set(name, 1..6), |conn, names| {
        let mut names: Vec<String> = names.into_iter().collect();
        Named::bulk_create(
            conn,
            names
                .iter()
                .map(|name| Named::builder().name(name.as_str())),
        )?;
        for name in &names {
            assert_eq!(&Named::get_by_pk(conn, name.clone())?.name, name);
        }
        let mut stored: Vec<String> = Named::find_all(conn)?.into_iter().map(|n| n.name).collect();
        stored.sort();
        names.sort();
        assert_eq!(stored, names);
        for name in Named::find_all(conn)? {
            name.destroy(conn)?;
        }
        Ok(())
    });
}

#[test]
fn a_text_with_nul_is_whole_or_an_error() {
    let around = ("[a-z]{0,3}", "[a-z]{0,3}");
    check(around, |conn, (before, after)| {
        let text = format!("{before}\0{after}");
        let new = NewEdge {
            text: Some(text.clone()),
            ..edge()
        };
        match there_and_back(conn, new) {
            // PostgreSQL has no such texts.
            Err(_) if cfg!(feature = "postgres") => {}
            Err(error) => return Err(error),
            Ok(row) => assert_eq!(row.text, Some(text)),
        }
        Ok(())
    });
}

#[test]
fn a_very_long_text_comes_back() -> Result {
    let conn = &mut connect_to::<Edges>();
    let text = "é🦀\u{10ffff}'".repeat(400_000);
    let bytes: Vec<u8> = (0..=u8::MAX).cycle().take(4_000_000).collect();
    let new = NewEdge {
        text: Some(text.clone()),
        bytes: Some(bytes.clone()),
        ..edge()
    };
    let row = there_and_back(conn, new)?;
    assert!(row.text == Some(text) && row.bytes == Some(bytes));
    Ok(())
}

#[test]
fn bytes_and_integers_come_back() {
    let integers = (any::<i64>(), any::<i32>(), any::<i16>(), any::<u128>());
    let bytes = prop::collection::vec(any::<u8>(), 0..200);
    check(
        (integers, bytes),
        |conn, ((big, int, small, uuid), bytes)| {
            let new = NewEdge {
                bytes: Some(bytes),
                big: Some(big),
                int: Some(int),
                small: Some(small),
                uuid: Some(Uuid::from_u128(uuid)),
                ..edge()
            };
            let row = there_and_back(conn, new.clone())?;
            assert_eq!((row.big, row.int, row.small), (new.big, new.int, new.small));
            assert_eq!((row.bytes, row.uuid), (new.bytes, new.uuid));
            Ok(())
        },
    );
}

#[test]
fn finite_numbers_come_back() {
    use proptest::num::{f32, f64};

    let double = f64::NORMAL | f64::SUBNORMAL | f64::ZERO | f64::POSITIVE | f64::NEGATIVE;
    let float = f32::NORMAL | f32::SUBNORMAL | f32::ZERO | f32::POSITIVE | f32::NEGATIVE;
    check((double, float), |conn, (double, float)| {
        let new = NewEdge {
            double: Some(double),
            float: Some(float),
            ..edge()
        };
        let row = there_and_back(conn, new)?;
        assert_eq!((row.double, row.float), (Some(double), Some(float)));
        Ok(())
    });
}

#[test]
fn what_is_no_number_is_told_for_each_backend() -> Result {
    let conn = &mut connect_to::<Edges>();
    let store = |conn: &mut Conn, value| Measure::create(conn, Measure::builder().value(value));
    for infinite in [f64::INFINITY, f64::NEG_INFINITY] {
        let stored = store(conn, infinite);
        match cfg!(feature = "mysql") {
            // MySQL has no infinities.
            true => assert!(stored.is_err(), "{stored:?}"),
            false => assert_eq!(stored?.value, infinite),
        }
    }
    let stored = store(conn, f64::NAN);
    if cfg!(feature = "sqlite") {
        // To SQLite it is NULL.
        assert!(
            matches!(stored, Err(Error::NotNullViolation(_))),
            "{stored:?}"
        );
        let none = Edge::create(
            conn,
            NewEdge {
                double: Some(f64::NAN),
                ..edge()
            },
        )?;
        assert_eq!(none.double, None);
    } else if cfg!(feature = "mysql") {
        assert!(stored.is_err(), "{stored:?}");
    } else {
        assert!(stored?.value.is_nan());
    }
    Ok(())
}

fn moment(years: std::ops::RangeInclusive<i32>) -> impl Strategy<Value = NaiveDateTime> {
    let first = NaiveDate::from_ymd_opt(*years.start(), 1, 1).unwrap_or(NaiveDate::MIN);
    let last = NaiveDate::from_ymd_opt(*years.end(), 12, 31).unwrap_or(NaiveDate::MAX);
    let micros = 0..86_400_000_000_i64;
    (0..=(last - first).num_days(), micros).prop_map(move |(days, micros)| {
        (first + TimeDelta::days(days)).and_time(NaiveTime::MIN) + TimeDelta::microseconds(micros)
    })
}

fn at(moment: NaiveDateTime) -> NewEdge {
    NewEdge {
        day: Some(moment.date()),
        time: Some(moment.time()),
        at: Some(moment),
        utc: Some(moment.and_utc()),
        ..edge()
    }
}

#[test]
fn moments_of_ten_thousand_years_come_back() {
    check(moment(1..=9999), |conn, moment| {
        let (row, new) = (there_and_back(conn, at(moment))?, at(moment));
        assert_eq!((row.day, row.time), (new.day, new.time));
        assert_eq!((row.at, row.utc), (new.at, new.utc));
        Ok(())
    });
}

#[test]
fn moments_of_other_years_come_back_or_are_an_error() {
    let years = prop_oneof![moment(-20_000..=0), moment(10_000..=260_000)];
    check(years, |conn, moment| {
        let new = at(moment);
        let (day, naive) = (edge(), edge());
        if let Ok(row) = there_and_back(
            conn,
            NewEdge {
                day: new.day,
                ..day
            },
        ) {
            assert_eq!(row.day, new.day);
        }
        if let Ok(row) = there_and_back(
            conn,
            NewEdge {
                at: new.at,
                ..naive
            },
        ) {
            assert_eq!(row.at, new.at);
        }
        if let Ok(row) = there_and_back(
            conn,
            NewEdge {
                utc: new.utc,
                ..edge()
            },
        ) {
            assert_eq!(row.utc, new.utc);
        }
        Ok(())
    });
}
