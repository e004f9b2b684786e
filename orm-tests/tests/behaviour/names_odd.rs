//! Tables and columns with unusual characters in their names, and what errors say about them.

use crate::support::{Result, sql};
use odd::*;
use orm_core::prelude::*;
use orm_core::{Error, Violation};
use orm_tests::{Backend, Conn, NAMES_FOREIGN_KEYS, connect_to};

mod odd {
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum Kind {
        #[model(rename = "`a, b.c`")]
        One,
        Two,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(
        table = "odd, `t'a\".b (x)",
        module = "odd_table",
        unique(comma, quote),
        unique(dot, comma)
    )]
    #[has_many(Leaf, fk = "parent", as = "leaves")]
    pub struct Odd {
        #[model(primary_key, column = "i'd")]
        pub id: i32,
        #[model(column = "a, b.c")]
        pub comma: i32,
        #[model(column = "a, b.c\")=(d")]
        pub quote: i32,
        #[model(column = "odd, `t'a\".b (x).a")]
        pub dot: i32,
        #[model(column = "ä ö'", unique)]
        pub letters: i32,
        #[model(column = "le`ng'th", length = 3)]
        pub short: String,
        #[model(column = "ki`nd, x", default = Kind::One)]
        pub kind: Kind,
        #[model(column = "nu'll.ab`le, x")]
        pub nullable: Option<i32>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "le`af, (`x`)", module = "leaf_table")]
    #[belongs_to(Odd, fk = "parent", as = "tree")]
    pub struct Leaf {
        #[model(primary_key)]
        pub id: i32,
        #[model(column = "pa`rent`) REFERENCES `x, y")]
        pub parent: i32,
    }

    orm_core::schema! { pub Odds { Odd, Leaf } }
}

const TABLE: &str = "odd, `t'a\".b (x)";

/// A row whose values are all different from those of another number.
macro_rules! new {
    ($n:expr) => {
        Odd::builder()
            .comma($n)
            .quote($n)
            .dot($n)
            .letters($n)
            .short("a")
    };
}

fn odd() -> Result<Conn> {
    let mut conn = connect_to::<Odds>();
    Odd::create(&mut conn, new!(1))?;
    Ok(conn)
}

#[track_caller]
fn violation<T: std::fmt::Debug>(result: Result<T>) -> Box<Violation> {
    match result {
        Err(
            Error::UniqueViolation(violation)
            | Error::ForeignKeyViolation(violation)
            | Error::CheckViolation(violation)
            | Error::NotNullViolation(violation),
        ) => violation,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn tells(violation: Box<Violation>, columns: &[&str]) {
    assert_eq!(violation.columns, columns, "{violation:?}");
    assert_eq!(violation.table.as_deref(), Some(TABLE), "{violation:?}");
    assert_eq!(violation.model, "Odd");
}

#[test]
fn unique_values_tell_columns_of_any_letters() -> Result {
    let conn = &mut odd()?;
    let (comma, quote) = ("a, b.c", "a, b.c\")=(d");
    let dot = "odd, `t'a\".b (x).a";
    let taken = violation(Odd::create(conn, new!(2).comma(1).quote(1)));
    tells(taken, &[comma, quote]);
    let taken = violation(Odd::create(conn, new!(2).comma(1).dot(1)));
    tells(taken, &[dot, comma]);
    let taken = violation(Odd::create(conn, new!(2).letters(1)));
    tells(taken, &["ä ö'"]);
    let taken = violation(Odd::create(conn, new!(2).id(1)));
    tells(taken, &["i'd"]);
    Ok(())
}

#[test]
fn checks_tell_columns_of_any_letters() -> Result {
    let conn = &mut odd()?;
    let long = violation(Odd::create(conn, new!(2).short("much longer")));
    // PostgreSQL does not say which text is too long.
    match cfg!(feature = "postgres") {
        true => assert_eq!(long.model, "Odd"),
        false => tells(long, &["le`ng'th"]),
    }
    Ok(())
}

#[test]
fn foreign_keys_tell_columns_of_any_letters() -> Result {
    let conn = &mut odd()?;
    let nowhere = violation(Leaf::create(conn, Leaf::builder().parent(9)));
    let tree = Odd::get_by_pk(conn, 1)?;
    tree.create_leaf(conn, Leaf::builder())?;
    let kept = violation(tree.destroy(conn));
    assert_eq!((nowhere.model, kept.model), ("Leaf", "Odd"));
    for violation in [nowhere, kept] {
        if NAMES_FOREIGN_KEYS {
            assert_eq!(violation.columns, ["pa`rent`) REFERENCES `x, y"]);
            assert_eq!(violation.table.as_deref(), Some("le`af, (`x`)"));
        }
    }
    Ok(())
}

/// The tables, but for what is said otherwise.
fn odd_but(said: &str, otherwise: &str) -> Conn {
    let mut conn = orm_tests::connect();
    let script = Odds::create_sql::<Backend>();
    assert!(script.contains(said), "{script}");
    sql(&mut conn, &script.replace(said, otherwise));
    conn
}

#[test]
fn a_check_of_values_tells_its_column() {
    let conn = &mut odd_but("'two'", "'three'");
    let two = violation(Odd::create(conn, new!(1).kind(Kind::Two)));
    tells(two, &["ki`nd, x"]);
}

#[test]
fn null_tells_its_column() {
    let conn = &mut odd_but(" INTEGER,\n", " INTEGER NOT NULL,\n");
    let null = violation(Odd::create(conn, new!(1)));
    tells(null, &["nu'll.ab`le, x"]);
}
