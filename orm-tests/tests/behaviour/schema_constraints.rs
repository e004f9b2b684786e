//! What the database refuses, and which values it fills in.

use crate::support::{Result, sql};
use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Utc};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{GENERATED_KEY, connect_to, quote};
use parts::*;

mod parts {
    #[cfg(not(feature = "mysql"))]
    use chrono::{DateTime, Utc};
    use chrono::{NaiveDate, NaiveDateTime, NaiveTime};
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum Size {
        Small,
        Large,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(unique(a, b), index(b, size))]
    pub struct Part {
        #[model(primary_key)]
        pub id: i32,
        pub a: i32,
        pub b: Option<i32>,
        #[model(length = 3)]
        pub code: Option<String>,
        #[model(default = Size::Large)]
        pub size: Size,
        #[model(default = -3)]
        pub int: i64,
        #[model(default = 2.5)]
        pub float: f64,
        #[model(default = 4)]
        pub whole: f32,
        #[model(default = true)]
        pub flag: bool,
        #[model(default = "it's")]
        pub text: String,
        #[model(default)]
        pub empty: String,
        #[model(default = now)]
        pub day: NaiveDate,
        #[model(default = now)]
        pub time: NaiveTime,
        #[model(default = now)]
        pub at: NaiveDateTime,
        // Diesel has no type for it on MySQL.
        #[cfg(not(feature = "mysql"))]
        #[model(default = now)]
        pub utc: DateTime<Utc>,
    }

    orm_core::schema! { pub Parts { Part } }
}

#[test]
fn values_that_must_be_unique_together_are_refused() -> Result {
    // MB.18, IX.1
    let conn = &mut connect_to::<Parts>();
    let part = |a, b: Option<i32>| Part::builder().a(a).b(b);
    let new = [
        part(1, Some(1)),
        part(1, Some(2)),
        part(2, Some(1)),
        part(1, None),
        part(1, None),
    ];
    Part::bulk_create(conn, new)?;
    let error = Part::create(conn, part(1, Some(2))).err();
    let Some(Error::UniqueViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(violation.model, "Part");
    assert_eq!(violation.columns, ["a", "b"]);
    Ok(())
}

#[test]
fn defaults_fill_what_is_left_out() -> Result {
    // MB.11, SEED.9, SEED.10
    let conn = &mut connect_to::<Parts>();
    let before = Utc::now() - chrono::Duration::seconds(1);
    let part = Part::create(conn, Part::builder().a(1))?;
    let after = Utc::now() + chrono::Duration::seconds(1);
    assert_eq!((part.size, part.int, part.flag), (Size::Large, -3, true));
    assert_eq!((part.float, part.whole), (2.5, 4.0));
    assert_eq!((part.text.as_str(), part.empty.as_str()), ("it's", ""));
    #[cfg(not(feature = "mysql"))]
    assert!(before < part.utc && part.utc < after, "{}", part.utc);
    assert!(
        before.naive_utc() < part.at && part.at < after.naive_utc(),
        "{}",
        part.at
    );
    let moment: NaiveDateTime = part.day.and_time(part.time);
    assert!(
        before.naive_utc() < moment + chrono::Duration::seconds(1),
        "{moment}"
    );
    assert!(moment < after.naive_utc(), "{moment}");
    Ok(())
}

#[test]
fn a_moment_by_default_sorts_among_moments_that_are_stated() -> Result {
    let conn = &mut connect_to::<Parts>();
    let date = |year| NaiveDate::from_ymd_opt(year, 1, 1).map(|day| day.and_time(NaiveTime::MIN));
    // Gap: Diesel binds the type of the field as a TIMESTAMP of MySQL, which ends in 2038.
    let future = if cfg!(feature = "mysql") { 2037 } else { 2990 };
    let (past, future) = (date(1990).expect("a day"), date(future).expect("a day"));
    let part = |a| Part::builder().a(a);
    let new = [part(1).at(future), part(2), part(3).at(past)];
    #[cfg(not(feature = "mysql"))]
    let new = {
        let [late, now, early] = new;
        [late.utc(future.and_utc()), now, early.utc(past.and_utc())]
    };
    Part::bulk_create(conn, new)?;
    let by_at: Vec<i32> = parts::parts::table
        .order(parts::parts::at)
        .select(parts::parts::a)
        .load(conn)?;
    assert_eq!(by_at, [3, 2, 1]);
    let hour_ago = Utc::now() - chrono::Duration::hours(1);
    let later = Part::find_where(conn, parts::parts::at.gt(hour_ago.naive_utc()))?;
    assert_eq!(later.len(), 2);
    #[cfg(not(feature = "mysql"))]
    {
        let by_utc: Vec<i32> = parts::parts::table
            .order(parts::parts::utc)
            .select(parts::parts::a)
            .load(conn)?;
        assert_eq!(by_utc, [3, 2, 1]);
        let later = Part::find_where(conn, parts::parts::utc.gt(hour_ago))?;
        assert_eq!(later.len(), 2);
    }
    Ok(())
}

#[test]
fn a_text_that_is_too_long_is_refused() -> Result {
    let conn = &mut connect_to::<Parts>();
    let part = |code: &str| Part::builder().a(1).code(code);
    assert_eq!(
        Part::create(conn, part("äöü"))?.code.as_deref(),
        Some("äöü")
    );
    let error = Part::create(conn, part("four")).err();
    assert!(
        matches!(&error, Some(Error::CheckViolation(v)) if v.model == "Part"),
        "{error:?}"
    );
    let mut stored = Part::get_by_pk(conn, 1)?;
    let error = stored.update(conn, Part::changes().code("four")).err();
    assert!(
        matches!(&error, Some(Error::CheckViolation(v)) if v.model == "Part"),
        "{error:?}"
    );
    assert_eq!(Part::count(conn)?, 1);
    Ok(())
}

#[test]
fn a_text_that_is_no_variant_is_refused() {
    // SEED.9
    let conn = &mut connect_to::<Parts>();
    let insert = |size: &str| format!("INSERT INTO parts (a, size) VALUES (1, '{size}')");
    sql(conn, &insert("small"));
    let error: Error = diesel::sql_query(insert("huge"))
        .execute(conn)
        .expect_err("refused")
        .into();
    assert!(
        matches!(&error, Error::CheckViolation(v) if v.model.is_empty()),
        "{error:?}"
    );
}

#[test]
fn null_where_a_value_must_be_is_refused() -> Result {
    // MB.17
    let conn = &mut connect_to::<Parts>();
    Part::create(conn, Part::builder().a(1))?;
    let update = diesel::sql_query("UPDATE parts SET text = NULL");
    let error: Error = update.execute(conn).expect_err("refused").into();
    let Error::NotNullViolation(violation) = error else {
        panic!("{error:?}");
    };
    assert_eq!(violation.columns, ["text"]);
    Ok(())
}

#[test]
fn a_not_null_violation_names_the_model() -> Result {
    let conn = &mut connect_to::<Parts>();
    sql(conn, "DROP TABLE parts");
    let nullable = [
        "code", "size", "int", "float", "whole", "flag", "text", "empty", "day", "time", "at",
        "utc",
    ];
    let nullable = nullable.map(|name| format!("{} TEXT", quote(name)));
    let create = format!(
        "CREATE TABLE parts (id {GENERATED_KEY}, a INTEGER NOT NULL, b INTEGER NOT NULL, {})",
        nullable.join(", ")
    );
    sql(conn, &create);
    let error = Part::create(conn, Part::builder().a(1)).err();
    let Some(Error::NotNullViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (violation.model, violation.columns),
        ("Part", vec!["b".to_owned()])
    );
    assert_eq!(violation.table.as_deref(), Some("parts"));
    Ok(())
}
