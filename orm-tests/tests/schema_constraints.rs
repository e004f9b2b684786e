//! What the database refuses, and what it does of itself.

mod support;

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Utc};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, Violation};
use orm_tests::{Conn, connect_to};
use parts::*;
use support::{Result, sql};

mod parts {
    use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, Utc};
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Owner {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique)]
        pub code: i32,
    }

    macro_rules! owned {
        ($($name:ident $type:ty, $action:literal)*) => {
            $(
                #[derive(Model, Debug, Clone, PartialEq)]
                #[belongs_to(Owner, fk = "owner", target_key = "code", as = "holder", on_delete = $action, on_update = $action)]
                pub struct $name {
                    #[model(primary_key)]
                    pub id: i32,
                    #[model(default = 1)]
                    pub owner: $type,
                }
            )*
        };
    }

    owned! {
        Cascaded i32, "cascade"
        Restricted i32, "restrict"
        Nulled Option<i32>, "set_null"
        Defaulted i32, "set_default"
        Kept i32, "no_action"
    }

    orm_core::schema! { pub Owned { Owner, Cascaded, Restricted, Nulled, Defaulted, Kept } }

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
        #[model(default = now)]
        pub utc: DateTime<Utc>,
    }

    orm_core::schema! { pub Parts { Part } }
}

/// The owner 2, who will go, and the default owner 1.
fn owned() -> Result<Conn> {
    let mut conn = connect_to::<Owned>();
    Owner::bulk_create(&mut conn, [1, 2].map(|code| Owner::builder().code(code)))?;
    Ok(conn)
}

fn refused(result: Result<()>) -> Violation {
    match result {
        Err(Error::ForeignKeyViolation(violation)) => violation,
        other => panic!("{other:?}"),
    }
}

#[test]
fn cascade_takes_the_row_along() -> Result {
    // SEED.21
    let conn = &mut owned()?;
    Cascaded::create(conn, Cascaded::builder().owner(2))?;
    let mut owner = Owner::get_by_pk(conn, 2)?;
    owner.update(conn, Owner::changes().code(20))?;
    assert_eq!(Cascaded::get_by_pk(conn, 1)?.owner, 20);
    owner.destroy(conn)?;
    assert_eq!(Cascaded::count(conn)?, 0);
    Ok(())
}

#[test]
fn set_null_and_set_default_unlink_the_row() -> Result {
    // SEED.21
    let conn = &mut owned()?;
    Nulled::bulk_create(conn, [2, 2].map(|owner| Nulled::builder().owner(owner)))?;
    Defaulted::create(conn, Defaulted::builder().owner(2))?;
    let mut owner = Owner::get_by_pk(conn, 2)?;
    owner.update(conn, Owner::changes().code(20))?;
    let nulled: Vec<_> = Nulled::find_all(conn)?
        .into_iter()
        .map(|row| row.owner)
        .collect();
    assert_eq!(nulled, [None, None]);
    assert_eq!(Defaulted::get_by_pk(conn, 1)?.owner, 1);
    Nulled::create(conn, Nulled::builder().owner(20))?;
    Defaulted::create(conn, Defaulted::builder().owner(20))?;
    owner.destroy(conn)?;
    assert_eq!(Nulled::get_by_pk(conn, 3)?.owner, None);
    assert_eq!(Defaulted::get_by_pk(conn, 2)?.owner, 1);
    Ok(())
}

#[test]
fn restrict_and_no_action_refuse() -> Result {
    // SEED.21
    let conn = &mut owned()?;
    let mut owner = Owner::get_by_pk(conn, 2)?;
    let row = Restricted::create(conn, Restricted::builder().owner(2))?;
    assert_eq!(refused(owner.destroy(conn)).model, "Owner");
    refused(owner.update(conn, Owner::changes().code(20)));
    row.destroy(conn)?;
    let row = Kept::create(conn, Kept::builder().owner(2))?;
    refused(owner.destroy(conn));
    refused(owner.update(conn, Owner::changes().code(20)));
    row.destroy(conn)?;
    owner.update(conn, Owner::changes().code(20))?;
    owner.destroy(conn)?;
    assert_eq!(Owner::count(conn)?, 1);
    Ok(())
}

#[test]
fn a_key_that_leads_nowhere_is_refused() -> Result {
    // VC.19
    let conn = &mut owned()?;
    let error = Kept::create(conn, Kept::builder().owner(9));
    assert_eq!(refused(error.map(drop)).model, "Kept");
    let error = Kept::bulk_create(conn, [1, 9].map(|owner| Kept::builder().owner(owner)));
    assert_eq!(refused(error.map(drop)).model, "Kept");
    assert_eq!(Kept::count(conn)?, 0);
    Ok(())
}

#[test]
fn a_value_that_must_be_unique_is_refused() -> Result {
    // VC.3, MB.18
    let conn = &mut owned()?;
    let error = Owner::create(conn, Owner::builder().code(1)).err();
    let Some(Error::UniqueViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(violation.model, "Owner");
    assert_eq!(violation.table.as_deref(), Some("owners"));
    assert_eq!(violation.columns, ["code"]);
    let shown = Error::UniqueViolation(violation).to_string();
    assert!(shown.starts_with("unique violation: Owner: "), "{shown}");
    Ok(())
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
    assert_eq!(
        (violation.model, violation.columns),
        ("Part", vec!["a".into(), "b".into()])
    );
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
    let (past, future) = (date(1990).expect("a day"), date(2990).expect("a day"));
    let part = |a| Part::builder().a(a);
    let new = [
        part(1).at(future).utc(future.and_utc()),
        part(2),
        part(3).at(past).utc(past.and_utc()),
    ];
    Part::bulk_create(conn, new)?;
    let by_at: Vec<i32> = parts::parts::table
        .order(parts::parts::at)
        .select(parts::parts::a)
        .load(conn)?;
    let by_utc: Vec<i32> = parts::parts::table
        .order(parts::parts::utc)
        .select(parts::parts::a)
        .load(conn)?;
    assert_eq!((by_at, by_utc), (vec![3, 2, 1], vec![3, 2, 1]));
    let later = Part::find_where(
        conn,
        parts::parts::utc.gt(Utc::now() - chrono::Duration::hours(1)),
    )?;
    assert_eq!(later.len(), 2);
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
    assert_eq!(
        (violation.table.as_deref(), violation.columns),
        (Some("parts"), vec!["text".into()])
    );
    Ok(())
}

#[test]
fn a_not_null_violation_names_the_model() -> Result {
    let conn = &mut connect_to::<Parts>();
    sql(
        conn,
        "DROP TABLE parts;
         CREATE TABLE parts (id INTEGER PRIMARY KEY, a INTEGER NOT NULL, b INTEGER NOT NULL,
                             code TEXT, size TEXT, int INTEGER, float DOUBLE, whole FLOAT,
                             flag BOOLEAN, text TEXT, empty TEXT, day DATE, time TIME,
                             at TIMESTAMP, utc TIMESTAMP)",
    );
    let error = Part::create(conn, Part::builder().a(1)).err();
    let Some(Error::NotNullViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(
        (violation.model, violation.columns),
        ("Part", vec!["b".to_owned()])
    );
    Ok(())
}
