//! Every field type, written and read back.

use crate::support::Result;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};

mod every {
    use super::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
    #[model(rename_all = "kebab-case")]
    pub enum Phase {
        NotYet,
        InFlight,
        #[model(rename = "DONE!")]
        Landed,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Sample {
        #[model(primary_key)]
        pub id: i32,
        pub small: i16,
        pub int: i32,
        pub big: i64,
        pub float: f32,
        pub double: f64,
        pub truth: bool,
        pub text: String,
        pub bytes: Vec<u8>,
        pub day: NaiveDate,
        pub time: NaiveTime,
        pub at: NaiveDateTime,
        pub utc: DateTime<Utc>,
        pub phase: Phase,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Perhaps {
        #[model(primary_key)]
        pub id: i32,
        pub small: Option<i16>,
        pub int: Option<i32>,
        pub big: Option<i64>,
        pub float: Option<f32>,
        pub double: Option<f64>,
        pub truth: Option<bool>,
        pub text: Option<String>,
        pub bytes: Option<Vec<u8>>,
        pub day: Option<NaiveDate>,
        pub time: Option<NaiveTime>,
        pub at: Option<NaiveDateTime>,
        pub utc: Option<DateTime<Utc>>,
        pub phase: Option<Phase>,
    }

    orm_core::schema! { pub Every { Sample, Perhaps } }
}
use every::{Every, NewPerhaps, NewSample, Perhaps, Phase, Sample};

fn day() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 2, 28).expect("a day")
}

fn time() -> NaiveTime {
    NaiveTime::from_hms_micro_opt(23, 59, 59, 123_456).expect("a time")
}

fn sample() -> NewSample {
    NewSample {
        id: None,
        small: 1,
        int: 2,
        big: 3,
        float: 0.5,
        double: 0.25,
        truth: true,
        text: "four".into(),
        bytes: vec![0, 255],
        day: day(),
        time: time(),
        at: day().and_time(time()),
        utc: day().and_time(time()).and_utc(),
        phase: Phase::InFlight,
    }
}

fn perhaps() -> NewPerhaps {
    let some = sample();
    NewPerhaps {
        id: None,
        small: Some(some.small),
        int: Some(some.int),
        big: Some(some.big),
        float: Some(some.float),
        double: Some(some.double),
        truth: Some(some.truth),
        text: Some(some.text),
        bytes: Some(some.bytes),
        day: Some(some.day),
        time: Some(some.time),
        at: Some(some.at),
        utc: Some(some.utc),
        phase: Some(some.phase),
    }
}

/// Writes it in all ways, and reads it back.
fn round_trip(conn: &mut Conn, new: NewSample) -> Result<Sample> {
    let created = Sample::create(conn, new)?;
    assert_eq!(Sample::get_by_pk(conn, created.id)?, created);
    let mut other = Sample::create(conn, sample())?;
    other = Sample {
        id: other.id,
        ..created.clone()
    };
    other.save(conn)?;
    let saved = Sample::get_by_pk(conn, other.id)?;
    assert_eq!(
        Sample {
            id: created.id,
            ..saved
        },
        created
    );
    Ok(created)
}

#[test]
fn every_type_comes_back_as_it_went() -> Result {
    // MB.12, MB.13, MB.15
    let conn = &mut connect_to::<Every>();
    let stored = round_trip(conn, sample())?;
    let new = sample();
    assert_eq!((stored.small, stored.int, stored.big), (1, 2, 3));
    assert_eq!(
        (stored.float, stored.double, stored.truth),
        (0.5, 0.25, true)
    );
    assert_eq!((stored.text.as_str(), stored.bytes), ("four", vec![0, 255]));
    assert_eq!((stored.day, stored.time), (new.day, new.time));
    assert_eq!((stored.at, stored.phase), (new.at, Phase::InFlight));
    assert_eq!(stored.utc, new.utc);
    Ok(())
}

#[test]
fn extreme_values_come_back_as_they_went() -> Result {
    let conn = &mut connect_to::<Every>();
    let first = NaiveDate::from_ymd_opt(1, 1, 1).expect("a day");
    let last = NaiveDate::from_ymd_opt(9999, 12, 31).expect("a day");
    let least = NewSample {
        small: i16::MIN,
        int: i32::MIN,
        big: i64::MIN,
        float: f32::MIN,
        double: f64::MIN_POSITIVE,
        truth: false,
        text: String::new(),
        bytes: vec![],
        day: first,
        time: NaiveTime::MIN,
        at: first.and_time(NaiveTime::MIN),
        utc: Utc
            .with_ymd_and_hms(1, 1, 1, 0, 0, 0)
            .single()
            .expect("a moment"),
        ..sample()
    };
    let stored = round_trip(conn, least.clone())?;
    assert_eq!(
        (stored.small, stored.int, stored.big),
        (i16::MIN, i32::MIN, i64::MIN)
    );
    assert_eq!((stored.float, stored.double), (f32::MIN, f64::MIN_POSITIVE));
    assert_eq!((stored.text.as_str(), stored.bytes.len()), ("", 0));
    assert_eq!((stored.day, stored.at), (least.day, least.at));
    assert_eq!(stored.utc, least.utc);
    let most = NewSample {
        small: i16::MAX,
        int: i32::MAX,
        big: i64::MAX,
        float: f32::MAX,
        double: f64::MAX,
        text: "'\"\\; -- é 🦀\n\t".repeat(10_000),
        bytes: (0..=255).cycle().take(1_000_000).collect(),
        day: last,
        at: last.and_time(time()),
        utc: last.and_time(time()).and_utc(),
        ..sample()
    };
    let stored = round_trip(conn, most.clone())?;
    assert_eq!(
        (stored.small, stored.int, stored.big),
        (i16::MAX, i32::MAX, i64::MAX)
    );
    assert_eq!((stored.float, stored.double), (f32::MAX, f64::MAX));
    assert!(stored.text == most.text && stored.bytes == most.bytes);
    assert_eq!((stored.day, stored.at), (most.day, most.at));
    assert_eq!(stored.utc, most.utc);
    Ok(())
}

#[test]
fn every_type_may_be_null() -> Result {
    let conn = &mut connect_to::<Every>();
    let some = Perhaps::create(conn, perhaps())?;
    let expected = perhaps();
    assert_eq!(
        (some.small, some.int, some.big),
        (expected.small, expected.int, expected.big)
    );
    assert_eq!(
        (some.float, some.double, some.truth),
        (expected.float, expected.double, expected.truth)
    );
    assert_eq!((&some.text, &some.bytes), (&expected.text, &expected.bytes));
    assert_eq!(
        (some.day, some.time, some.at),
        (expected.day, expected.time, expected.at)
    );
    assert_eq!(some.phase, expected.phase);
    assert_eq!(some.utc, expected.utc);
    assert_eq!(Perhaps::get_by_pk(conn, some.id)?, some);
    let mut none = Perhaps::create(conn, Perhaps::builder())?;
    let empty = Perhaps {
        id: none.id,
        small: None,
        int: None,
        big: None,
        float: None,
        double: None,
        truth: None,
        text: None,
        bytes: None,
        day: None,
        time: None,
        at: None,
        utc: None,
        phase: None,
    };
    assert_eq!(
        (&none, Perhaps::get_by_pk(conn, none.id)?),
        (&empty, empty.clone())
    );
    none = Perhaps {
        id: none.id,
        ..some.clone()
    };
    none.save(conn)?;
    assert_eq!(Perhaps::get_by_pk(conn, none.id)?, none);
    let mut some = some;
    some = Perhaps {
        id: some.id,
        ..empty
    };
    some.save(conn)?;
    assert_eq!(Perhaps::get_by_pk(conn, some.id)?, some);
    Ok(())
}

#[test]
fn times_compare_in_the_database_as_in_rust() -> Result {
    let conn = &mut connect_to::<Every>();
    let mut moments: Vec<DateTime<Utc>> = (0..5)
        .map(|n| {
            Utc.timestamp_micros(1_700_000_000_000_000 + n * 500_500)
                .single()
                .expect("a moment")
        })
        .collect();
    for at in moments.iter().rev() {
        Sample::create(
            conn,
            NewSample {
                utc: *at,
                at: at.naive_utc(),
                ..sample()
            },
        )?;
    }
    moments.sort();
    let at: Vec<NaiveDateTime> = Sample::query()
        .order(every::samples::at.asc())
        .select(every::samples::at)
        .load(conn)?;
    assert_eq!(
        at,
        moments.iter().map(DateTime::naive_utc).collect::<Vec<_>>()
    );
    assert_eq!(
        Sample::count_where(conn, every::samples::at.eq(moments[1].naive_utc()))?,
        1
    );
    {
        let utc: Vec<DateTime<Utc>> = Sample::query()
            .order(every::samples::utc.asc())
            .select(every::samples::utc)
            .load(conn)?;
        assert_eq!(utc, moments);
        assert_eq!(
            Sample::count_where(conn, every::samples::utc.gt(moments[2]))?,
            2
        );
    }
    Ok(())
}
