//! Numbers that a column or its field cannot hold: they cause an error, and nothing is written.

use crate::support::Result;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

mod meters {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Reading, fk = "meter_id", as = "readings")]
    pub struct Meter {
        #[model(primary_key)]
        pub id: i32,
        pub small: i16,
        pub int: i32,
        pub big: i64,
        pub float: f32,
        pub double: f64,
        pub on: bool,
        pub perhaps: Option<i32>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Meter, fk = "meter_id", as = "meter")]
    pub struct Reading {
        #[model(primary_key)]
        pub id: i32,
        pub meter_id: i32,
        pub value: i16,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Tiny {
        #[model(primary_key)]
        pub id: i16,
    }

    orm_core::schema! { pub Meters { Meter, Reading, Tiny } }
}
use meters::{Meter, Meters, Tiny, meters as columns};

fn meter(conn: &mut Conn) -> Result<Meter> {
    let meter = Meter::builder().small(i16::MAX).int(i32::MAX).big(i64::MAX);
    let meter = meter.float(f32::MAX).double(f64::MAX).on(true);
    Meter::create(conn, meter)
}

/// The row is as it was, in memory and in the database.
fn is_refused(conn: &mut Conn, meter: &Meter, column: &str, result: Result) -> Result {
    match result {
        Err(Error::CheckViolation(violation)) => {
            assert_eq!(
                (violation.model, &violation.columns[..]),
                ("Meter", &[column.to_owned()][..])
            );
        }
        other => panic!("{column}: {other:?}"),
    }
    assert_eq!(&Meter::get_by_pk(conn, meter.id)?, meter, "{column}");
    Ok(())
}

#[test]
fn a_sum_that_does_not_fit_is_an_error_and_writes_nothing() -> Result {
    let conn = &mut connect_to::<Meters>();
    let mut meter = meter(conn)?;
    let before = meter.clone();
    let result = meter.increment(conn, columns::small, 1_i16);
    is_refused(conn, &before, "small", result)?;
    let result = meter.increment(conn, columns::int, 1);
    is_refused(conn, &before, "int", result)?;
    let result = meter.increment(conn, columns::big, 1_i64);
    is_refused(conn, &before, "big", result)?;
    let result = meter.increment(conn, columns::double, f64::MAX);
    is_refused(conn, &before, "double", result)?;
    assert_eq!(meter, before);

    meter.update(
        conn,
        Meter::changes().small(i16::MIN).int(i32::MIN).big(i64::MIN),
    )?;
    let before = meter.clone();
    let result = meter.decrement(conn, columns::small, 1_i16);
    is_refused(conn, &before, "small", result)?;
    let result = meter.decrement(conn, columns::int, 1);
    is_refused(conn, &before, "int", result)?;
    let result = meter.decrement(conn, columns::big, 1_i64);
    is_refused(conn, &before, "big", result)?;
    assert_eq!(meter, before);
    Ok(())
}

#[test]
fn a_sum_up_to_the_edge_fits_and_null_stays_null() -> Result {
    let conn = &mut connect_to::<Meters>();
    let mut meter = meter(conn)?;
    meter.update(
        conn,
        Meter::changes()
            .small(1)
            .int(i32::MAX - 1)
            .big(i64::MIN + 1),
    )?;
    meter.increment(conn, columns::small, i16::MAX - 1)?;
    meter.decrement(conn, columns::big, 1_i64)?;
    meter.increment(conn, columns::perhaps, 5)?;
    let (result, sent) = statements::all(conn, |conn| meter.increment(conn, columns::int, 1));
    result?;
    // PostgreSQL gives the row back at once.
    let expected = if cfg!(feature = "postgres") { 1 } else { 2 };
    assert_eq!(sent.len(), expected, "{sent:?}");
    assert_eq!(
        (meter.small, meter.int, meter.big),
        (i16::MAX, i32::MAX, i64::MIN)
    );
    assert_eq!(meter.perhaps, None);
    meter.destroy(conn)?;
    let gone = meter.increment(conn, columns::int, 1);
    assert!(
        matches!(gone, Err(Error::NotFound { model: "Meter", .. })),
        "{gone:?}"
    );
    Ok(())
}

/// A 32-bit float: SQLite has none, and would keep a sum that nobody can read.
#[test]
fn a_sum_of_floats_does_not_become_infinite() -> Result {
    let conn = &mut connect_to::<Meters>();
    let mut meter = meter(conn)?;
    let before = meter.clone();
    let result = meter.increment(conn, columns::float, f32::MAX);
    is_refused(conn, &before, "float", result)
}

/// A key of 16 bits ends with the 32,767th row.
#[test]
fn a_generated_key_that_does_not_fit_writes_nothing() -> Result {
    let conn = &mut connect_to::<Meters>();
    Tiny::create(conn, Tiny::builder().id(i16::MAX))?;
    orm_tests::continue_ids(conn, "tinies", "id");
    let next = Tiny::create(conn, Tiny::builder());
    assert!(next.is_err(), "{next:?}");
    let two = Tiny::bulk_create(conn, [Tiny::builder(), Tiny::builder()]);
    assert!(two.is_err(), "{two:?}");
    assert_eq!(Tiny::find_all(conn)?, [Tiny { id: i16::MAX }]);
    Ok(())
}

#[cfg(feature = "sqlite")]
mod columns_of_any_type {
    use super::meters::Reading;
    use super::*;
    use crate::support::sql;
    use orm_tests::quote;

    fn set(conn: &mut Conn, column: &str, value: &str) {
        sql(
            conn,
            &format!("UPDATE meters SET {} = {value}", quote(column)),
        );
    }

    /// It is `Error::Column`, whoever asks.
    fn is_unreadable(conn: &mut Conn, column: &str, value: &str) -> Result {
        let mut meter = Meter::get_by_pk(conn, 1)?;
        let mut before = meter.clone();
        set(conn, column, value);
        let all = Meter::find_all(conn).map(drop);
        for result in [all, meter.reload(conn)] {
            match result {
                Err(Error::Column {
                    model: "Meter",
                    column: of,
                    ..
                }) => assert_eq!(of, column),
                other => panic!("{column} = {value}: {other:?}"),
            }
        }
        before.save(conn)
    }

    #[test]
    fn a_value_of_another_type_is_an_error_of_its_column() -> Result {
        let conn = &mut connect_to::<Meters>();
        meter(conn)?;
        for (column, values) in [
            (
                "small",
                &["32768", "-32769", "70000", "1.5", "'abc'", "'1x'", "x'31'"][..],
            ),
            (
                "int",
                &[
                    "2147483648",
                    "9223372036854775807",
                    "0.5",
                    "'abc'",
                    "''",
                    "x'00'",
                ],
            ),
            ("big", &["9.3e18", "-0.25", "'12abc'"]),
            ("float", &["1e39", "'abc'", "x'00'"]),
            ("double", &["'abc'", "'1.5x'", "x'00'"]),
            ("on", &["2", "-1", "0.5", "'true'"]),
            ("perhaps", &["2147483648", "'abc'"]),
        ] {
            for value in values {
                is_unreadable(conn, column, value)?;
            }
        }
        Ok(())
    }

    #[test]
    fn the_message_says_what_is_there_and_what_was_expected() -> Result {
        let conn = &mut connect_to::<Meters>();
        meter(conn)?;
        set(conn, "int", "4294967297");
        let error = Meter::get_by_pk(conn, 1).map_err(|error| orm_tests::chain(&error));
        assert_eq!(
            error.err().as_deref(),
            Some("Meter.int cannot be read: the database holds 4294967297, which is not an i32")
        );
        Ok(())
    }

    #[test]
    fn rows_of_includes_are_checked_too() -> Result {
        let conn = &mut connect_to::<Meters>();
        let meter = meter(conn)?;
        Reading::create(conn, Reading::builder().meter_id(meter.id).value(1))?;
        sql(conn, "UPDATE readings SET value = 65537");
        let read = Meter::query()
            .include(Meter::readings())
            .load(conn)
            .map(drop);
        assert!(
            matches!(
                read,
                Err(Error::Column {
                    model: "Reading",
                    column: "value",
                    ..
                })
            ),
            "{read:?}"
        );
        Ok(())
    }

    mod adopted {
        use orm_core::prelude::*;

        diesel::table! {
            loose (id) { id -> BigInt, number -> Integer, share -> Double, flag -> Bool }
        }

        #[derive(Model, Debug, Clone, PartialEq)]
        #[model(schema = loose)]
        pub struct Loose {
            #[model(primary_key)]
            pub id: i64,
            pub number: i32,
            pub share: f64,
            pub flag: bool,
        }
    }

    /// A column without a type keeps the text or the fraction that a number came as.
    #[test]
    fn the_same_number_in_another_form_is_read() -> Result {
        use adopted::Loose;

        let conn = &mut orm_tests::connect();
        sql(
            conn,
            "CREATE TABLE loose (id INTEGER PRIMARY KEY, number, share, flag)",
        );
        for (number, share) in [
            ("'7'", "3"),
            ("7.0", "'3'"),
            ("7", "3.0"),
            ("'-0007'", "'3e0'"),
        ] {
            sql(
                conn,
                &format!("INSERT OR REPLACE INTO loose VALUES (1, {number}, {share}, 1)"),
            );
            let row = Loose::get_by_pk(conn, 1)?;
            assert_eq!((row.number.abs(), row.share, row.flag), (7, 3.0, true));
        }
        sql(
            conn,
            "INSERT OR REPLACE INTO loose VALUES (1, 7, 9007199254740993, 1)",
        );
        let rounded = Loose::get_by_pk(conn, 1);
        assert!(
            matches!(
                rounded,
                Err(Error::Column {
                    column: "share",
                    ..
                })
            ),
            "{rounded:?}"
        );
        Ok(())
    }
}
