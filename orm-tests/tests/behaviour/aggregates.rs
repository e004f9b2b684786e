//! What rows add up to: `max`, `min`, `sum`, `avg`, `count_by`, of a model and of rows by a filter.

use crate::support::Result;
use chrono::{NaiveDate, NaiveDateTime};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Book,
    Map,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Sale {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 20)]
    pub title: String,
    pub kind: Option<Kind>,
    pub pieces: i16,
    pub cents: i32,
    pub points: Option<i64>,
    pub weight: f32,
    pub price: f64,
    pub sold: NaiveDateTime,
    pub on_day: Option<NaiveDate>,
    /// A word of SQL.
    pub order: i32,
}

orm_core::schema! { pub Books { Sale } }

fn at(day: u32) -> NaiveDateTime {
    let day = NaiveDate::from_ymd_opt(2026, 1, day).expect("a day");
    day.and_hms_opt(12, 0, 0).expect("noon")
}

/// Three sales: two books, of which one was given away, and something of no kind.
fn books() -> Conn {
    let mut conn = connect_to::<Books>();
    let sale = |title: &str, kind: Option<Kind>, pieces: i16, points: Option<i64>, day: u32| {
        Sale::builder()
            .title(title)
            .kind(kind)
            .pieces(pieces)
            .cents(2_000_000_000)
            .points(points)
            .weight(0.5)
            .price(f64::from(pieces) * 1.5)
            .sold(at(day))
            .on_day(points.map(|_| at(day).date()))
            .order(1)
    };
    let sales = [
        sale("Emma", Some(Kind::Book), 2, Some(7), 3),
        sale("Ulysses", Some(Kind::Book), 1, None, 9),
        sale("Atlas", None, 4, Some(-9), 1),
    ];
    Sale::bulk_create(&mut conn, sales).expect("sales are created");
    conn
}

#[test]
fn the_greatest_and_the_least_have_the_type_of_the_column() -> Result {
    // QB.26 `max`, `min`
    let conn = &mut books();
    assert_eq!(Sale::max(conn, sales::title)?.as_deref(), Some("Ulysses"));
    assert_eq!(Sale::min(conn, sales::title)?.as_deref(), Some("Atlas"));
    assert_eq!(Sale::max(conn, sales::pieces)?, Some(4_i16));
    assert_eq!(Sale::min(conn, sales::cents)?, Some(2_000_000_000));
    assert_eq!(Sale::max(conn, sales::weight)?, Some(0.5_f32));
    assert_eq!(Sale::min(conn, sales::price)?, Some(1.5));
    assert_eq!(Sale::max(conn, sales::sold)?, Some(at(9)));
    assert_eq!(Sale::max(conn, sales::order)?, Some(1));
    assert_eq!(Sale::max(conn, sales::kind)?, Some(Kind::Book));
    // Of a column that can be NULL it is no option in an option.
    assert_eq!(Sale::max(conn, sales::points)?, Some(7_i64));
    assert_eq!(Sale::min(conn, sales::points)?, Some(-9));
    assert_eq!(Sale::min(conn, sales::on_day)?, Some(at(1).date()));
    let (max, sent) = statements::of(conn, |conn| Sale::max(conn, sales::id));
    assert_eq!((max?, sent.len()), (Some(3), 1));
    Ok(())
}

#[test]
fn sums_and_averages_have_one_type_on_all_backends() -> Result {
    // QB.26 `sum`
    let conn = &mut books();
    assert_eq!(Sale::sum(conn, sales::pieces)?, Some(7_i64));
    assert_eq!(Sale::sum(conn, sales::cents)?, Some(6_000_000_000));
    assert_eq!(Sale::sum(conn, sales::points)?, Some(-2));
    assert_eq!(Sale::sum(conn, sales::weight)?, Some(1.5_f64));
    assert_eq!(Sale::sum(conn, sales::price)?, Some(10.5));
    assert_eq!(Sale::avg(conn, sales::pieces)?, Some(7.0 / 3.0));
    assert_eq!(Sale::avg(conn, sales::points)?, Some(-1.0));
    assert_eq!(Sale::avg(conn, sales::price)?, Some(3.5));
    assert_eq!(Sale::avg(conn, sales::weight)?, Some(0.5));
    Ok(())
}

#[test]
fn of_some_rows_only() -> Result {
    let conn = &mut books();
    let books = || Sale::rows(sales::kind.eq(Kind::Book));
    assert_eq!(books().count(conn)?, 2);
    assert_eq!(Sale::all_rows().count(conn)?, 3);
    assert_eq!(books().max(conn, sales::title)?.as_deref(), Some("Ulysses"));
    assert_eq!(books().min(conn, sales::sold)?, Some(at(3)));
    assert_eq!(books().sum(conn, sales::pieces)?, Some(3));
    assert_eq!(books().avg(conn, sales::points)?, Some(7.0));
    assert_eq!(
        books().count_by(conn, sales::kind)?,
        [(Some(Kind::Book), 2)]
    );
    Ok(())
}

#[test]
fn of_no_rows_there_is_nothing() -> Result {
    let conn = &mut connect_to::<Books>();
    assert_eq!(Sale::max(conn, sales::title)?, None);
    assert_eq!(Sale::min(conn, sales::points)?, None);
    assert_eq!(Sale::sum(conn, sales::cents)?, None);
    assert_eq!(Sale::sum(conn, sales::price)?, None);
    assert_eq!(Sale::avg(conn, sales::cents)?, None);
    assert_eq!(Sale::count_by(conn, sales::kind)?, []);
    assert_eq!(Sale::all_rows().count(conn)?, 0);
    Ok(())
}

#[test]
fn rows_are_counted_by_value() -> Result {
    // QB.25 `count` with `group`
    let conn = &mut books();
    let mut kinds = Sale::count_by(conn, sales::kind)?;
    kinds.sort();
    assert_eq!(kinds, [(None, 1), (Some(Kind::Book), 2)]);
    let (mut orders, sent) = statements::of(conn, |conn| Sale::count_by(conn, sales::order));
    orders.as_mut().expect("counts").sort_unstable();
    assert_eq!((orders?, sent.len()), (vec![(1, 3)], 1));
    Ok(())
}

#[test]
fn a_sum_that_is_too_large_is_an_error() -> Result {
    let conn = &mut books();
    Sale::all_rows().set(conn, sales::points.eq(i64::MAX))?;
    let sum = Sale::sum(conn, sales::points);
    // SQLite notices it while it adds.
    let is_told = match &sum {
        Err(Error::Column { column, .. }) => *column == "points",
        Err(Error::Database(_)) => cfg!(feature = "sqlite"),
        _ => false,
    };
    assert!(is_told, "{sum:?}");
    assert_eq!(Sale::max(conn, sales::points)?, Some(i64::MAX));
    Ok(())
}
