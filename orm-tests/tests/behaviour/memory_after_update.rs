//! After `update` and `save`, memory holds what is stored. If nothing can round or cut values, no further
//! statement is sent.

use crate::support::Result;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use orm_core::Json;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

mod events {
    use super::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Event {
        #[model(primary_key)]
        pub id: i32,
        #[model(length = 5)]
        pub code: String,
        pub text: String,
        pub count: i64,
        pub single: f32,
        pub double: Option<f64>,
        pub day: NaiveDate,
        pub time: NaiveTime,
        pub at: NaiveDateTime,
        pub utc: Option<DateTime<Utc>>,
        pub rest: Json<Rest>,
    }

    /// What is not written is not read again.
    #[derive(Debug, Clone, PartialEq, Default, serde::Serialize, serde::Deserialize)]
    pub struct Rest {
        pub kept: i32,
        #[serde(skip)]
        pub forgotten: i32,
    }

    orm_core::schema! { pub Events { Event } }
}
use events::{Event, Events, NewEvent, Rest};

fn moment(nanosecond: u32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2024, 2, 29).unwrap_or_default();
    day.and_time(time(nanosecond))
}

fn time(nanosecond: u32) -> NaiveTime {
    NaiveTime::from_hms_nano_opt(12, 34, 56, nanosecond).unwrap_or_default()
}

fn event(conn: &mut Conn) -> Result<Event> {
    Event::create(
        conn,
        NewEvent {
            id: None,
            code: "a".into(),
            text: "b".into(),
            count: 1,
            single: 0.5,
            double: None,
            day: NaiveDate::default(),
            time: NaiveTime::default(),
            at: NaiveDateTime::default(),
            utc: None,
            rest: Json::default(),
        },
    )
}

/// In memory is what is stored; gives the statements that were sent.
fn updated(conn: &mut Conn, changes: events::EventChanges) -> Result<Vec<String>> {
    let mut event = event(conn)?;
    let (done, sent) = statements::all(conn, |conn| event.update(conn, changes.clone()));
    done?;
    assert_eq!(Event::get_by_pk(conn, event.id)?, event, "{changes:?}");
    Ok(sent)
}

#[test]
fn what_is_rounded_or_cut_is_so_in_memory() -> Result {
    let conn = &mut connect_to::<Events>();
    let rest = Rest {
        kept: 1,
        forgotten: 2,
    };
    for changes in [
        Event::changes().at(moment(123_456_789)),
        Event::changes().at(moment(999_999_999)).text("x"),
        Event::changes().at(moment(1_500_000_000)),
        Event::changes().utc(moment(1).and_utc()),
        Event::changes().time(time(123_456_789)),
        Event::changes().time(time(1_999_999_999)),
        Event::changes().single(0.1).double(0.1),
        Event::changes().single(-0.0).double(-0.0),
        Event::changes()
            .single(f32::MIN_POSITIVE)
            .double(f64::MIN_POSITIVE),
        Event::changes().code("abcde"),
        Event::changes().rest(Json(rest)),
        Event::changes().day(NaiveDate::from_ymd_opt(9_999, 12, 31).unwrap_or_default()),
    ] {
        updated(conn, changes)?;
    }
    // MySQL has no such numbers; SQLite has no NaN, and it is NULL there.
    for float in [f64::NAN, f64::INFINITY] {
        let mut event = event(conn)?;
        let _ = event.update(conn, Event::changes().double(float));
        let stored = Event::get_by_pk(conn, event.id)?;
        assert_eq!(format!("{event:?}"), format!("{stored:?}"));
    }
    Ok(())
}

#[test]
fn save_takes_what_is_stored_as_well() -> Result {
    let conn = &mut connect_to::<Events>();
    let mut event = event(conn)?;
    event.at = moment(123_456_789);
    event.time = time(1_999_999_999);
    event.utc = Some(moment(5).and_utc());
    event.double = Some(-0.0);
    event.rest.forgotten = 7;
    event.text = "changed".into();
    event.save(conn)?;
    assert_eq!(Event::get_by_pk(conn, event.id)?, event);
    assert_eq!((event.text.as_str(), event.rest.forgotten), ("changed", 0));
    Ok(())
}

/// Only what may differ is taken from the database: the rest of the row is as it was in memory.
#[test]
fn columns_that_were_not_changed_stay_as_they_are_in_memory() -> Result {
    let conn = &mut connect_to::<Events>();
    let mut one = event(conn)?;
    let mut other = Event::get_by_pk(conn, one.id)?;
    other.update(conn, Event::changes().text("of another"))?;
    one.update(conn, Event::changes().at(moment(1_999)).count(9))?;
    assert_eq!((one.text.as_str(), one.count), ("b", 9));
    one.reload(conn)?;
    assert_eq!(one.text, "of another");
    Ok(())
}

#[test]
fn what_cannot_be_rounded_is_one_plain_update() -> Result {
    let conn = &mut connect_to::<Events>();
    for changes in [
        Event::changes()
            .count(7)
            .text("ä long text  ")
            .code("ab de"),
        Event::changes().single(0.1).double(0.3),
        Event::changes().day(NaiveDate::from_ymd_opt(2024, 2, 29).unwrap_or_default()),
        Event::changes()
            .at(moment(123_456_000))
            .utc(moment(0).and_utc()),
    ] {
        let sent = updated(conn, changes)?;
        assert_eq!(sent.len(), 1, "{sent:?}");
        assert!(!sent[0].contains("RETURNING"), "{sent:?}");
    }
    Ok(())
}

/// Where it is rounded, PostgreSQL and SQLite say so in the statement itself.
#[test]
fn what_can_be_rounded_is_asked_for() -> Result {
    let conn = &mut connect_to::<Events>();
    let sent = updated(conn, Event::changes().time(time(1)))?;
    let expected = match () {
        () if cfg!(feature = "postgres") => 1,
        () if cfg!(feature = "sqlite") => 3,
        () => 4,
    };
    assert_eq!(sent.len(), expected, "{sent:?}");
    Ok(())
}

/// In a transaction of the caller's, MySQL needs none of its own.
#[cfg(feature = "mysql")]
#[test]
fn in_a_transaction_one_select_is_enough() -> Result {
    use diesel::Connection as _;

    let conn = &mut connect_to::<Events>();
    let mut event = event(conn)?;
    conn.transaction(|conn| {
        let changes = Event::changes().at(moment(1));
        let (done, sent) = statements::all(conn, |conn| event.update(conn, changes));
        assert_eq!(sent.len(), 2, "{sent:?}");
        done
    })?;
    assert_eq!(Event::get_by_pk(conn, event.id)?, event);
    Ok(())
}

/// A SQL mode that is not strict cuts texts.
#[cfg(feature = "mysql")]
#[test]
fn a_text_that_is_too_long_is_cut_in_memory_as_well() -> Result {
    let conn = &mut connect_to::<Events>();
    crate::support::sql(conn, "SET SESSION sql_mode = ''");
    let mut event = event(conn)?;
    event.update(conn, Event::changes().code("abcdefg").text("x"))?;
    assert_eq!((event.code.as_str(), event.text.as_str()), ("abcde", "x"));
    event.code = "hijklmn".into();
    event.save(conn)?;
    assert_eq!(event.code, "hijkl");
    assert_eq!(Event::get_by_pk(conn, event.id)?, event);
    Ok(())
}

/// `VARCHAR(5)` takes a longer text if what is too much are spaces.
#[cfg(feature = "postgres")]
#[test]
fn spaces_that_are_cut_are_cut_in_memory_as_well() -> Result {
    let conn = &mut connect_to::<Events>();
    let mut event = event(conn)?;
    event.update(conn, Event::changes().code("abc      "))?;
    assert_eq!(event.code, "abc  ");
    assert_eq!(Event::get_by_pk(conn, event.id)?, event);
    Ok(())
}

#[cfg(not(feature = "sqlite"))]
mod decimals {
    use super::*;
    use bigdecimal::BigDecimal;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Price {
        #[model(primary_key)]
        pub id: i32,
        #[model(precision = 8, scale = 2)]
        pub amount: BigDecimal,
    }

    orm_core::schema! { Prices { Price } }

    #[test]
    fn decimals_have_as_many_digits_as_the_column() -> Result {
        let conn = &mut connect_to::<Prices>();
        let number = |text: &str| text.parse::<BigDecimal>().unwrap_or_default();
        let mut price = Price::create(conn, Price::builder().amount(number("1.005")))?;
        assert_eq!(Price::get_by_pk(conn, price.id)?, price);
        price.update(conn, Price::changes().amount(number("2.34567")))?;
        assert_eq!(price.amount, number("2.35"));
        price.amount = number("7.891");
        price.save(conn)?;
        assert_eq!(price.amount.to_string(), "7.89");
        assert_eq!(Price::get_by_pk(conn, price.id)?, price);
        Ok(())
    }
}

/// Tables of which only Diesel's `table!` is known.
mod adopted {
    use super::*;
    use crate::support::sql;

    diesel::table! {
        notes (id) {
            id -> Integer,
            code -> Text,
            at -> Timestamp,
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = notes)]
    pub struct Note {
        #[model(primary_key)]
        pub id: i32,
        pub code: String,
        pub at: NaiveDateTime,
    }

    #[test]
    fn an_adopted_column_pads_strips_and_rounds_as_it_likes() -> Result {
        let conn = &mut orm_tests::connect();
        let kinds = match () {
            () if cfg!(feature = "sqlite") => "code NUMERIC NOT NULL, at TEXT NOT NULL",
            () if cfg!(feature = "postgres") => "code CHAR(6) NOT NULL, at TIMESTAMP(0) NOT NULL",
            () => "code CHAR(6) NOT NULL, at DATETIME NOT NULL",
        };
        sql(
            conn,
            &format!("CREATE TABLE notes (id INTEGER NOT NULL PRIMARY KEY, {kinds})"),
        );
        let new = Note::builder().id(1).code("a").at(NaiveDateTime::default());
        let mut note = Note::create(conn, new)?;
        for code in ["007", "1e3", "b ", " 12 ", "abc"] {
            note.update(conn, Note::changes().code(code).at(moment(600_000_000)))?;
            assert_eq!(Note::get_by_pk(conn, 1)?, note, "{code}");
            note.code = format!(" {code}");
            note.save(conn)?;
            assert_eq!(Note::get_by_pk(conn, 1)?, note, "{code}");
        }
        Ok(())
    }
}

/// What a field computes from a column follows the column.
mod computed {
    use crate::support::{Result, sql};
    use diesel::prelude::*;
    use orm_core::prelude::*;

    diesel::table! {
        bills (id) { id -> Integer, net -> Integer, text -> Text }
    }

    #[derive(Model, Queryable, Selectable, Debug, Clone, PartialEq)]
    #[diesel(table_name = bills)]
    #[model(schema = bills, without(queryable, selectable))]
    pub struct Bill {
        #[model(primary_key)]
        pub id: i32,
        pub net: i32,
        #[diesel(select_expression = bills::net * 2_i32)]
        pub gross: i32,
        pub text: String,
    }

    #[test]
    fn it_is_fresh_after_update_and_save() -> Result {
        let conn = &mut orm_tests::connect();
        let text = if cfg!(feature = "mysql") {
            "VARCHAR(9)"
        } else {
            "TEXT"
        };
        sql(
            conn,
            &format!(
                "CREATE TABLE bills (id INTEGER NOT NULL PRIMARY KEY, net INTEGER NOT NULL,
                 text {text} NOT NULL)"
            ),
        );
        let mut bill = Bill::create(conn, Bill::builder().id(1).net(5).text("a"))?;
        assert_eq!(bill.gross, 10);
        bill.update(conn, Bill::changes().net(7))?;
        assert_eq!((bill.net, bill.gross), (7, 14));
        bill.net = 8;
        bill.save(conn)?;
        assert_eq!((bill.gross, bill.text.as_str()), (16, "a"));
        let many = (2..40).map(|id| Bill::builder().id(id).net(id).text("b"));
        let many = Bill::bulk_create(conn, many)?;
        assert!(many.iter().all(|bill| bill.gross == 2 * bill.id));
        Ok(())
    }
}
