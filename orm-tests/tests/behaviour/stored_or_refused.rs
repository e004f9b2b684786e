//! Either memory holds what is stored, or nothing was written.

use crate::support::Result;
#[cfg(not(feature = "mysql"))]
use crate::support::sql;
use orm_core::prelude::*;
use orm_core::{Error, Json};
use orm_tests::{Conn, connect_to, statements};

pub mod own {
    use diesel::backend::Backend;
    use diesel::deserialize::{self, FromSql, FromSqlRow};
    use diesel::expression::AsExpression;
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Integer;
    use orm_core::Json;
    use orm_core::prelude::*;

    /// It writes any number, and reads those up to 100.
    #[derive(Debug, Clone, Copy, PartialEq, FromSqlRow, AsExpression)]
    #[diesel(sql_type = Integer)]
    pub struct Percent(pub i32);

    impl<DB: Backend> ToSql<Integer, DB> for Percent
    where
        i32: ToSql<Integer, DB>,
    {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
            self.0.to_sql(out)
        }
    }

    impl<DB: Backend> FromSql<Integer, DB> for Percent
    where
        i32: FromSql<Integer, DB>,
    {
        fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
            match i32::from_sql(bytes)? {
                number @ 0..=100 => Ok(Self(number)),
                number => Err(format!("{number} is more than a hundred").into()),
            }
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Discount {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub code: String,
        #[model(sql_type = "Integer")]
        pub percent: Percent,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Measure {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub code: String,
        pub value: Json<f64>,
        pub tree: Option<serde_json::Value>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Plain {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub code: String,
        pub value: f64,
        pub note: Option<String>,
    }

    orm_core::schema! { pub App { Discount, Measure, Plain } }
}
use own::{App, Discount, Measure, NewDiscount, Percent, Plain, discounts};

fn discount(code: &str, percent: i32) -> NewDiscount {
    NewDiscount {
        id: None,
        code: code.to_owned(),
        percent: Percent(percent),
    }
}

fn is_column<T: std::fmt::Debug>(result: Result<T>) {
    let is_column = matches!(
        result,
        Err(Error::Column {
            model: "Discount",
            column: "percent",
            ..
        })
    );
    assert!(is_column, "{result:?}");
}

/// What each call leaves, outside of a transaction and within one that goes on.
fn each(conn: &mut Conn, call: impl Fn(&mut Conn) -> Result) -> Result {
    use diesel::Connection as _;

    Discount::bulk_create(conn, [discount("a", 10), discount("b", 20)])?;
    let before = Discount::find_all(conn)?;
    call(conn)?;
    assert_eq!(Discount::find_all(conn)?, before);
    conn.transaction(|conn| {
        call(conn)?;
        assert_eq!(Discount::find_all(conn)?, before);
        Ok::<_, Error>(())
    })?;
    assert_eq!(Discount::find_all(conn)?, before);
    Ok(())
}

#[test]
fn a_row_that_its_type_cannot_read_again_is_not_created() -> Result {
    let conn = &mut connect_to::<App>();
    each(conn, |conn| {
        is_column(Discount::create(conn, discount("c", 101)));
        is_column(Discount::bulk_create(conn, [discount("c", 101)]));
        is_column(Discount::bulk_create(
            conn,
            [discount("c", 1), discount("d", 101)],
        ));
        let many = (0..100).map(|number| discount(&format!("n{number}"), number + 50));
        is_column(Discount::bulk_create(conn, many));
        Ok(())
    })
}

#[test]
fn a_row_that_its_type_cannot_read_again_is_not_changed() -> Result {
    let conn = &mut connect_to::<App>();
    each(conn, |conn| {
        let mut first = Discount::get_by_pk(conn, 1)?;
        let before = first.clone();
        is_column(Discount::upsert(conn, discount("a", 101)));
        is_column(Discount::upsert(conn, discount("e", 101)));
        is_column(first.update(conn, Discount::changes().percent(Percent(-1))));
        assert_eq!(first, before);
        is_column(first.increment(conn, discounts::percent, 91));
        assert_eq!(first, before);
        first.percent = Percent(102);
        is_column(first.save(conn));
        Ok(())
    })
}

#[test]
fn what_can_be_read_is_written() -> Result {
    let conn = &mut connect_to::<App>();
    let mut row = Discount::create(conn, discount("a", 10))?;
    row.update(conn, Discount::changes().percent(Percent(20)))?;
    row.increment(conn, discounts::percent, 5)?;
    assert_eq!(row.percent, Percent(25));
    row.percent = Percent(30);
    row.save(conn)?;
    assert_eq!(
        Discount::upsert(conn, discount("a", 40))?.percent,
        Percent(40)
    );
    row.reload(conn)?;
    assert_eq!((row.percent, Discount::count(conn)?), (Percent(40), 1));
    Ok(())
}

/// As JSON has no such numbers, serde writes `null` for them.
#[test]
fn json_that_its_type_cannot_read_again_is_refused() -> Result {
    let conn = &mut connect_to::<App>();
    let new = |code: &str, value| Measure::builder().code(code).value(Json(value));
    let mut first = Measure::create(conn, new("a", 1.5))?;
    let before = first.clone();
    for value in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        assert!(Measure::create(conn, new("b", value)).is_err());
        assert!(Measure::bulk_create(conn, [new("b", 1.0), new("c", value)]).is_err());
        let many = (0..40).map(|n| new(&format!("n{n}"), if n == 30 { value } else { 1.0 }));
        assert!(Measure::bulk_create(conn, many).is_err());
        assert!(Measure::upsert(conn, new("a", value)).is_err());
        assert!(
            first
                .update(conn, Measure::changes().value(Json(value)))
                .is_err()
        );
        assert_eq!(first, before);
        let mut other = first.clone();
        other.value = Json(value);
        assert!(other.save(conn).is_err());
    }
    assert_eq!(Measure::find_all(conn)?, [before]);
    let error = Measure::create(conn, new("b", f64::NAN)).map_err(|error| error.to_string());
    let error = error.err().unwrap_or_default();
    assert!(
        error.contains("could not be read again from its JSON"),
        "{error}"
    );
    Ok(())
}

#[test]
fn json_that_is_nested_too_deeply_to_be_read_is_refused() -> Result {
    let conn = &mut connect_to::<App>();
    let nested =
        |depth: usize| (0..depth).fold(serde_json::json!(1), |value, _| serde_json::json!([value]));
    let new = |code: &str, depth| {
        let measure = Measure::builder().code(code).value(Json(1.0));
        measure.tree(nested(depth))
    };
    let deep = Measure::create(conn, new("a", 20))?;
    for depth in [128, 129, 300] {
        let refused = Measure::create(conn, new("b", depth));
        assert!(refused.is_err(), "{depth}");
    }
    if let Ok(row) = Measure::create(conn, new("c", 127)) {
        assert_eq!(Measure::get_by_pk(conn, row.id)?, row);
        row.destroy(conn)?;
    }
    assert_eq!(Measure::find_all(conn)?, [deep]);
    Ok(())
}

/// A model without a type that may refuse pays nothing.
#[cfg(not(feature = "mysql"))]
#[test]
fn ordinary_models_send_one_statement() -> Result {
    let conn = &mut connect_to::<App>();
    let new = |code: &str| Plain::builder().code(code).value(1.5).note("x");
    Plain::create(conn, new("warm"))?;
    let (row, sent) = statements::all(conn, |conn| Plain::create(conn, new("a")));
    let mut row = row?;
    let expected = if cfg!(feature = "sqlite") { 2 } else { 1 };
    assert_eq!(sent.len(), expected, "{sent:?}");
    let (done, sent) = statements::all(conn, |conn| Plain::upsert(conn, new("a")));
    assert_eq!((done?.id, sent.len()), (row.id, 1), "{sent:?}");
    let changes = Plain::changes().value(2.5).note("y").code("b");
    let (done, sent) = statements::all(conn, |conn| row.update(conn, changes));
    assert_eq!((done?, sent.len()), ((), 1), "{sent:?}");
    assert!(!sent[0].contains("RETURNING"), "{sent:?}");
    let (done, sent) = statements::all(conn, |conn| row.save(conn));
    assert_eq!((done?, sent.len()), ((), 1), "{sent:?}");
    assert!(!sent[0].contains("RETURNING"), "{sent:?}");
    let two = ["c", "d"].map(new);
    let (done, sent) = statements::all(conn, |conn| Plain::bulk_create(conn, two));
    let expected = if cfg!(feature = "sqlite") { 3 } else { 1 };
    assert_eq!((done?.len(), sent.len()), (2, expected), "{sent:?}");
    Ok(())
}

#[cfg(feature = "mysql")]
#[test]
fn ordinary_models_send_one_statement() -> Result {
    let conn = &mut connect_to::<App>();
    let mut row = Plain::create(conn, Plain::builder().code("a").value(1.5))?;
    let changes = Plain::changes().value(2.5).note("y").code("b");
    let (done, sent) = statements::all(conn, |conn| row.update(conn, changes));
    assert_eq!((done?, sent.len()), ((), 1), "{sent:?}");
    let (done, sent) = statements::all(conn, |conn| row.save(conn));
    assert_eq!((done?, sent.len()), ((), 1), "{sent:?}");
    Ok(())
}

/// Moments of years that are not written with four digits.
#[test]
fn moments_of_other_years_come_back_or_are_not_written() -> Result {
    use chrono::NaiveDate;

    mod days {
        use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
        use orm_core::prelude::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Day {
            #[model(primary_key)]
            pub id: i32,
            pub day: Option<NaiveDate>,
            pub at: Option<NaiveDateTime>,
            pub utc: Option<DateTime<Utc>>,
        }
        orm_core::schema! { pub Days { Day } }
    }
    use days::{Day, Days};

    let conn = &mut connect_to::<Days>();
    let dates = [-262_143, -5_000, -1, 0, 1, 9_999, 10_000, 262_142];
    for date in dates.map(|year| NaiveDate::from_ymd_opt(year, 2, 3)) {
        let moment = date.and_then(|date| date.and_hms_nano_opt(23, 59, 59, 1_500_000_000));
        for new in [
            Day::builder().day(date),
            Day::builder().at(moment),
            Day::builder().utc(moment.map(|moment| moment.and_utc())),
        ] {
            let before = Day::count(conn)?;
            match Day::create(conn, new.clone()) {
                Ok(row) => assert_eq!(Day::get_by_pk(conn, row.id)?, row),
                Err(_) => assert_eq!(Day::count(conn)?, before),
            }
            let before = Day::find_all(conn)?;
            if Day::bulk_create(conn, [new.clone(), new]).is_err() {
                assert_eq!(Day::find_all(conn)?, before);
            }
        }
        let mut row = Day::create(conn, Day::builder())?;
        let changes = Day::changes().day(date).at(moment);
        let _ = row.update(conn, changes);
        assert_eq!(Day::get_by_pk(conn, row.id)?, row);
    }
    Ok(())
}

/// The database skips rows whose value is negative.
#[cfg(not(feature = "mysql"))]
fn skip_negative(conn: &mut Conn) {
    #[cfg(feature = "sqlite")]
    sql(
        conn,
        "CREATE TRIGGER skips BEFORE INSERT ON plains WHEN NEW.value < 0
         BEGIN SELECT RAISE(IGNORE); END",
    );
    #[cfg(feature = "postgres")]
    sql(
        conn,
        "CREATE FUNCTION skips() RETURNS trigger LANGUAGE plpgsql AS
         'BEGIN IF NEW.value < 0 THEN RETURN NULL; END IF; RETURN NEW; END';
         CREATE TRIGGER skips BEFORE INSERT ON plains FOR EACH ROW EXECUTE FUNCTION skips()",
    );
}

#[cfg(not(feature = "mysql"))]
#[test]
fn rows_that_a_trigger_skips_are_an_error_and_none_is_written() -> Result {
    use diesel::Connection as _;

    let conn = &mut connect_to::<App>();
    skip_negative(conn);
    let new = |number: i32, value: f64| Plain::builder().code(format!("n{number}")).value(value);
    for (count, bad) in [
        (1, 0),
        (2, 0),
        (3, 1),
        (16, 15),
        (17, 3),
        (64, 63),
        (300, 299),
    ] {
        let rows = || (0..count).map(|n| new(n, if n == bad { -1.0 } else { 1.0 }));
        let skipped = Plain::bulk_create(conn, rows()).map(drop);
        assert!(
            matches!(skipped, Err(Error::NotFound { model: "Plain", .. })),
            "{count}: {skipped:?}"
        );
        assert_eq!(Plain::count(conn)?, 0, "{count}");
        let all = Plain::bulk_create(conn, (0..count).map(|n| new(n, -1.0)));
        assert!(all.is_err(), "{count}");
        // The caller's own transaction ends, or goes on without them.
        let within = conn.transaction(|conn| {
            let skipped = Plain::bulk_create(conn, rows());
            assert!(skipped.is_err(), "{count}");
            Plain::count(conn)
        });
        assert_eq!(within.unwrap_or(0), 0, "{count}");
        let good = Plain::bulk_create(conn, (0..count).map(|n| new(n, f64::from(n))))?;
        for (number, row) in (0..).zip(&good) {
            assert_eq!(
                (&row.code, row.value),
                (&format!("n{number}"), f64::from(number))
            );
            assert_eq!(&Plain::get_by_pk(conn, row.id)?, row);
        }
        sql(conn, "DELETE FROM plains");
    }
    let message = Plain::bulk_create(conn, [new(1, 1.0), new(2, -1.0)]).map_err(|e| e.to_string());
    assert_eq!(
        message.err().as_deref(),
        Some(
            "no Plain with the values of 1 of 2 new rows, which the database skipped, in the database"
        )
    );
    Ok(())
}

/// Tables that exist already.
mod adopted {
    use super::*;
    use orm_tests::connect;

    diesel::table! {
        offers (id) {
            id -> Integer,
            percent -> Integer,
            state -> Text,
        }
    }

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum State {
        Open,
        Closed,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = offers)]
    pub struct Offer {
        #[model(primary_key)]
        pub id: i32,
        pub percent: Percent,
        #[model(default)]
        pub state: State,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = offers)]
    pub struct Stated {
        #[model(primary_key)]
        pub id: i32,
        pub percent: i32,
        pub state: State,
    }

    fn offers() -> Conn {
        let mut conn = connect();
        crate::support::sql(
            &mut conn,
            "CREATE TABLE offers (id INTEGER NOT NULL PRIMARY KEY, percent INTEGER NOT NULL,
             state VARCHAR(9) NOT NULL DEFAULT 'unknown')",
        );
        conn
    }

    /// Neither what the type refuses, nor a default of the database that the enum does not know.
    #[test]
    fn a_row_that_cannot_be_read_again_is_not_created() -> Result {
        let conn = &mut offers();
        let new = |id, percent| Offer::builder().id(id).percent(Percent(percent));
        let first = Offer::create(conn, new(1, 5).state(State::Open))?;
        for refused in [
            Offer::create(conn, new(2, 101).state(State::Open)).map(drop),
            Offer::create(conn, new(2, 5)).map(drop),
            Offer::bulk_create(conn, [new(2, 5), new(3, 5)]).map(drop),
            Offer::upsert(conn, new(1, 102).state(State::Closed)).map(drop),
            first
                .clone()
                .update(conn, Offer::changes().percent(Percent(103))),
        ] {
            assert!(refused.is_err());
            assert_eq!(Offer::find_all(conn)?, std::slice::from_ref(&first));
        }
        Ok(())
    }

    /// An enum of ours reads what it wrote.
    #[cfg(not(feature = "mysql"))]
    #[test]
    fn an_enum_that_is_stated_costs_nothing() -> Result {
        let conn = &mut offers();
        let new = Stated::builder().id(1).percent(5).state(State::Open);
        let (row, sent) = statements::all(conn, |conn| Stated::create(conn, new));
        row?;
        assert_eq!(sent.len(), 1, "{sent:?}");
        Ok(())
    }
}
