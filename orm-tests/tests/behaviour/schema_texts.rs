//! Texts in definitions mean the same, whatever the session's setting for backslashes.

use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{COMMENTS, Conn, comments, connect};
use paths::*;

mod paths {
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum Side {
        #[model(rename = "a\\b'c\"d")]
        Left,
        #[model(rename = "a\\\\n%")]
        Right,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(comment = "it's \\ and \\' here")]
    pub struct Path {
        #[model(primary_key)]
        pub id: i32,
        #[model(default = "C:\\new\\'dir'\\", comment = "a \\b")]
        pub dir: String,
        #[model(default = Side::Left)]
        pub side: Side,
    }

    orm_core::schema! { pub Paths { Path } }
}

/// Ways to set the session, the usual one first.
fn sessions() -> Vec<&'static str> {
    if cfg!(feature = "mysql") {
        vec![
            "SET sql_mode = 'STRICT_TRANS_TABLES'",
            "SET sql_mode = 'STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES'",
            "SET sql_mode = 'NO_BACKSLASH_ESCAPES,ANSI_QUOTES'",
        ]
    } else if cfg!(feature = "postgres") {
        vec![
            "SET standard_conforming_strings = on",
            "SET standard_conforming_strings = off; SET escape_string_warning = off",
            "SET standard_conforming_strings = off; SET backslash_quote = off",
        ]
    } else {
        vec!["SELECT 1"]
    }
}

#[track_caller]
fn means_what_it_says(conn: &mut Conn) -> Result {
    let path = Path::create(conn, Path::builder())?;
    assert_eq!(path.dir, "C:\\new\\'dir'\\");
    assert_eq!(path.side, Side::Left);
    let path = Path::create(conn, Path::builder().side(Side::Right))?;
    assert_eq!(Path::get_by_pk(conn, path.id)?, path);
    let other = diesel::sql_query("UPDATE paths SET side = 'ab'");
    let error = Error::from(other.execute(conn).expect_err("no such side"));
    assert!(matches!(error, Error::CheckViolation(_)), "{error:?}");
    if COMMENTS {
        let said = comments(conn, "paths");
        assert_eq!(said, ["it's \\ and \\' here", "", "a \\b", ""]);
    }
    Ok(())
}

#[test]
fn texts_are_those_of_the_model_in_any_session() -> Result {
    for creating in sessions() {
        for using in sessions() {
            let conn = &mut connect();
            sql(conn, creating);
            Paths::create_all(conn)?;
            sql(conn, using);
            means_what_it_says(conn)?;
            Paths::create_all(conn)?;
            Paths::drop_all(conn)?;
        }
    }
    Ok(())
}

#[cfg(feature = "mysql")]
#[test]
fn the_session_is_as_it_was() -> Result {
    let mode = "SELECT @@sql_mode AS t";
    for session in sessions() {
        let conn = &mut connect();
        sql(conn, session);
        let before = orm_tests::texts(conn, mode);
        Paths::create_all(conn)?;
        assert_eq!(orm_tests::texts(conn, mode), before);
        Paths::drop_all(conn)?;
        sql(
            conn,
            "CREATE TABLE other (id INTEGER); CREATE VIEW paths AS SELECT * FROM other",
        );
        let _ = Paths::drop_all(conn);
        assert_eq!(orm_tests::texts(conn, mode), before);
    }
    Ok(())
}
