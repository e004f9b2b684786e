//! The database spells defaults as bound values are spelled. So a query finds a row by the value that was
//! read from it, and sorts it correctly.

use crate::support::Result;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
use diesel::prelude::*;
use model::*;
use orm_core::Json;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};
use serde_json::Value;
use uuid::Uuid;

mod model {
    use super::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum Wind {
        North,
        #[model(rename = "south wind")]
        South,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Number {
        #[model(primary_key)]
        pub id: i32,
        #[model(default = -32_768)]
        pub small: i16,
        #[model(default = 0x7fff_ffff)]
        pub whole: i32,
        #[model(default = -9_223_372_036_854_775_808)]
        pub least: i64,
        #[model(default = 9007199254740993i64)]
        pub odd: i64,
        #[model(default = 0.1)]
        pub float: f32,
        #[model(default = 16777217)]
        pub rounded: f32,
        #[model(default = 0.1)]
        pub double: f64,
        #[model(default = -1.5e-7)]
        pub tiny: f64,
        #[model(default = 9007199254740993)]
        pub large: f64,
        #[model(default = true)]
        pub flag: bool,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Moment {
        #[model(primary_key)]
        pub id: i32,
        #[model(default = "2026-01-31")]
        pub date: NaiveDate,
        #[model(default = "08:15")]
        pub time: NaiveTime,
        #[model(default = "08:15:30.2500")]
        pub fraction: NaiveTime,
        #[model(default = "2026-01-31T08:15")]
        pub at: NaiveDateTime,
        #[model(default = "2026-01-31 08:15:30.1234567")]
        pub exact: NaiveDateTime,
        #[model(default = "2026-02-28T23:30:00.5-02:00")]
        pub utc: DateTime<Utc>,
        #[model(default = "2026-02-28")]
        pub midnight: DateTime<Utc>,
        #[model(default = "2026-01-31 08:15:00.000")]
        pub maybe: Option<NaiveDateTime>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Moving {
        #[model(primary_key)]
        pub id: i32,
        #[model(default = now)]
        pub date: NaiveDate,
        #[model(default = now)]
        pub time: NaiveTime,
        #[model(default = now)]
        pub at: NaiveDateTime,
        #[model(default = "CURRENT_TIMESTAMP")]
        pub utc: DateTime<Utc>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Text {
        #[model(primary_key)]
        pub id: i32,
        #[model(default = "CURRENT_TIMESTAMP")]
        pub text: String,
        #[model(default = "south wind")]
        pub wind: Wind,
        #[model(default = Wind::North)]
        pub other: Wind,
        #[model(default = "{67E55044-10B1-426F-9247-BB680E5FE0C8}")]
        pub uuid: Uuid,
        #[model(default = "67e5504410b1426f9247bb680e5fe0c8")]
        pub maybe: Option<Uuid>,
        #[model(default = r#"{ "b": [1, 2.50], "a": "\u00e4'\\" }"#)]
        pub value: Value,
        #[model(default = " [ 1 ,  2 ] ")]
        pub list: Json<Vec<i64>>,
    }

    orm_core::schema! { pub Defaults { Number, Moment, Moving, Text } }
}

/// The row that has the default and one that was given the same value: both are found by it, and neither is
/// before or behind it.
macro_rules! is_as_bound {
    ($conn:ident, $model:ident, $table:ident: $($column:ident = $value:expr),+ $(,)?) => {$(
        let conn: &mut Conn = $conn;
        let by_default = $model::create(conn, $model::builder())?;
        let value = by_default.$column.clone();
        let what = stringify!($table.$column);
        assert_eq!(value, $value, "{what}");
        let bound = $model::create(conn, $model::builder().$column(value.clone()))?;
        assert_eq!(bound.$column, value, "{what}");
        let filter = $table::id.ge(by_default.id).and($table::$column.eq(value.clone()));
        let found: Vec<i32> = $model::find_where(conn, filter)?.iter().map(|row| row.id).collect();
        assert_eq!(found, [by_default.id, bound.id], "{what}");
        let apart = $table::$column.lt(value.clone()).or($table::$column.gt(value));
        assert_eq!($model::count_where(conn, apart)?, 0, "{what}");
        let sorted: Vec<$model> = $model::query()
            .filter($table::id.ge(by_default.id))
            .order(($table::$column.desc(), $table::id.desc()))
            .load(conn)?;
        assert_eq!(sorted, [bound, by_default], "{what}");
    )+};
}

#[test]
fn numbers_keep_their_digits() -> Result {
    let conn = &mut connect_to::<Defaults>();
    is_as_bound! { conn, Number, numbers:
        small = i16::MIN,
        whole = i32::MAX,
        least = i64::MIN,
        odd = 9_007_199_254_740_993,
        float = 0.1,
        rounded = 16_777_216.0,
        double = 0.1,
        tiny = -1.5e-7,
        large = 9_007_199_254_740_992.0,
        flag = true,
    }
    Ok(())
}

fn day(day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 1, day).expect("January has the day")
}

fn quarter_past_eight() -> NaiveTime {
    NaiveTime::from_hms_opt(8, 15, 0).expect("it is a time")
}

#[test]
fn moments_are_spelled_as_bound_ones() -> Result {
    let conn = &mut connect_to::<Defaults>();
    let at = day(31).and_time(quarter_past_eight());
    let nanoseconds = if cfg!(feature = "sqlite") { 700 } else { 0 };
    let seconds = |seconds: i64, micro: i64| {
        at + chrono::TimeDelta::microseconds(seconds * 1_000_000 + micro)
    };
    let exact = seconds(30, 123_456) + chrono::TimeDelta::nanoseconds(nanoseconds);
    let utc =
        NaiveDate::from_ymd_opt(2026, 3, 1).and_then(|day| day.and_hms_milli_opt(1, 30, 0, 500));
    let midnight = NaiveDate::from_ymd_opt(2026, 2, 28).and_then(|day| day.and_hms_opt(0, 0, 0));
    is_as_bound! { conn, Moment, moments:
        date = day(31),
        time = quarter_past_eight(),
        fraction = seconds(30, 250_000).time(),
        at = at,
        exact = exact,
        utc = utc.expect("it is a moment").and_utc(),
        midnight = midnight.expect("it is a moment").and_utc(),
        maybe = Some(at),
    }
    // The database sorts it among others.
    let before = Moment::create(conn, Moment::builder().at(seconds(0, -1)))?;
    let after = Moment::create(conn, Moment::builder().at(seconds(0, 1)))?;
    let by_at: Vec<Moment> = Moment::query().order(moments::at).load(conn)?;
    assert_eq!(by_at.first(), Some(&before));
    assert_eq!(by_at.last(), Some(&after));
    Ok(())
}

#[test]
fn now_is_spelled_as_a_bound_moment() -> Result {
    let conn = &mut connect_to::<Defaults>();
    for _ in 0..20 {
        let row = Moving::create(conn, Moving::builder())?;
        let same = (movings::date.eq(row.date).and(movings::time.eq(row.time)))
            .and(movings::at.eq(row.at).and(movings::utc.eq(row.utc)));
        assert_eq!(Moving::find_where(conn, same)?.last(), Some(&row));
        let after = movings::at.gt(row.at).or(movings::utc.gt(row.utc));
        assert_eq!(Moving::count_where(conn, after)?, 0);
    }
    Ok(())
}

/// The hour strikes too seldom to wait for it.
#[cfg(feature = "sqlite")]
#[test]
fn a_whole_second_has_no_fraction() -> Result {
    let conn = &mut connect_to::<Defaults>();
    let sql = Defaults::create_sql::<diesel::sqlite::Sqlite>();
    let default_of = |column: &str| {
        let table = sql.split("`movings`").nth(1).unwrap_or_default();
        let line = table.lines().find(|line| line.contains(column));
        let default = line.and_then(|line| line.split(" DEFAULT ").nth(1));
        default.unwrap_or_default().trim_end_matches(',').to_owned()
    };
    for (fraction, at) in [("", ""), (".000", ""), (".001", ".001"), (".250", ".250")] {
        for (column, offset) in [("`at`", ""), ("`utc`", "+00:00")] {
            let fixed = format!("'2026-01-31 08:15:30{fraction}'");
            let default = default_of(column).replace("'now'", &fixed);
            let text = orm_tests::texts(conn, &format!("SELECT {default} AS t")).concat();
            assert_eq!(text, format!("2026-01-31 08:15:30{at}{offset}"));
        }
    }
    Ok(())
}

#[test]
fn texts_are_spelled_as_bound_ones() -> Result {
    let conn = &mut connect_to::<Defaults>();
    let uuid = Uuid::from_u128(0x67e5_5044_10b1_426f_9247_bb68_0e5f_e0c8);
    is_as_bound! { conn, Text, texts:
        text = "CURRENT_TIMESTAMP",
        wind = Wind::South,
        other = Wind::North,
        uuid = uuid,
        maybe = Some(uuid),
    }
    Ok(())
}

#[test]
fn json_is_spelled_as_bound_json() -> Result {
    let conn = &mut connect_to::<Defaults>();
    let row = Text::create(conn, Text::builder())?;
    assert_eq!(row.value, serde_json::json!({ "a": "ä'\\", "b": [1, 2.5] }));
    assert_eq!(row.list.0, [1, 2]);
    // PostgreSQL compares no JSON.
    #[cfg(not(feature = "postgres"))]
    {
        let same = texts::value.eq(row.value.clone());
        assert_eq!(Text::find_where(conn, same)?, [row.clone()]);
        let same = texts::list.eq(row.list.clone());
        assert_eq!(Text::find_where(conn, same)?, [row]);
    }
    Ok(())
}

#[cfg(not(feature = "sqlite"))]
mod decimals {
    use std::str::FromStr;

    use super::*;
    use bigdecimal::BigDecimal;
    use shop::*;

    mod shop {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Price {
            #[model(primary_key)]
            pub id: i32,
            #[model(
                default = 12345678901234567890.12345678901234567890,
                precision = 40,
                scale = 20
            )]
            pub exact: BigDecimal,
            #[model(default = 1e23, precision = 30, scale = 2)]
            pub large: BigDecimal,
            #[model(default = "-19.90", precision = 12, scale = 2)]
            pub text: BigDecimal,
            #[model(default = 123_456_789_012_345_678_901_234_567_890, precision = 30)]
            pub whole: Option<BigDecimal>,
        }

        orm_core::schema! { pub Shop { Price } }
    }

    #[test]
    fn decimals_keep_their_digits() -> Result {
        let conn = &mut connect_to::<Shop>();
        let decimal = |text| BigDecimal::from_str(text).expect("a decimal");
        is_as_bound! { conn, Price, prices:
            exact = decimal("12345678901234567890.12345678901234567890"),
            large = decimal("100000000000000000000000"),
            text = decimal("-19.9"),
            whole = Some(decimal("123456789012345678901234567890")),
        }
        Ok(())
    }
}

#[cfg(feature = "mysql")]
mod unsigned {
    use super::*;
    use meter::*;

    mod meter {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Counter {
            #[model(primary_key)]
            pub id: i32,
            #[model(default = 65_535u16)]
            pub small: u16,
            #[model(default = 18_446_744_073_709_551_615)]
            pub large: u64,
        }

        orm_core::schema! { pub Counters { Counter } }
    }

    #[cfg(not(any(feature = "sqlite", feature = "postgres")))]
    #[test]
    fn the_largest_number_is_a_default() -> Result {
        let conn = &mut connect_to::<Counters>();
        is_as_bound! { conn, Counter, counters: small = u16::MAX, large = u64::MAX }
        Ok(())
    }
}

#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
mod of_postgres {
    use super::*;
    use binary::*;

    mod binary {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Document {
            #[model(primary_key)]
            pub id: i32,
            #[model(sql_type = "Jsonb", default = r#"{"b": 1.50, "a" :null}"#)]
            pub value: Value,
            #[model(default = "{2,1}")]
            pub numbers: Vec<i32>,
        }

        orm_core::schema! { pub Binary { Document } }
    }

    #[test]
    fn jsonb_and_arrays_are_found_by_their_value() -> Result {
        let conn = &mut connect_to::<Binary>();
        is_as_bound! { conn, Document, documents:
            value = serde_json::json!({ "a": null, "b": 1.5 }),
            numbers = vec![2, 1],
        }
        Ok(())
    }
}

#[cfg(feature = "sqlite")]
mod of_sqlite {
    use super::*;
    use binary::*;

    mod binary {
        use super::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        pub struct Document {
            #[model(primary_key)]
            pub id: i32,
            #[model(sql_type = "Jsonb", default = r#"{"b": [1, -2.50, "x"], "a" :null}"#)]
            pub value: Value,
        }

        orm_core::schema! { pub Binary { Document } }
    }

    #[test]
    fn jsonb_is_found_by_its_value() -> Result {
        let conn = &mut connect_to::<Binary>();
        let value = serde_json::json!({ "a": null, "b": [1, -2.5, "x"] });
        is_as_bound! { conn, Document, documents: value = value }
        Ok(())
    }
}
