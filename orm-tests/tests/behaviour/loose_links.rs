//! Junctions that the ORM did not create, with NULL, duplicate or dangling links.

use crate::support::{Result, number, sql};
use diesel::prelude::*;
use orm_core::NONE;
use orm_core::prelude::*;
use orm_tests::{Conn, GENERATED_KEY, connect};

mod schema {
    diesel::table! {
        links (id) {
            id -> Integer,
            left_id -> Nullable<Integer>,
            right_id -> Nullable<Integer>,
            note -> Text,
        }
    }
}

mod sides {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Right, through = Link, fk = "left_id", other_key = "right_id", as = "rights")]
    pub struct Left {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Left, through = Link, fk = "right_id", other_key = "left_id", as = "lefts")]
    pub struct Right {
        #[model(primary_key)]
        pub id: i32,
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = super::schema::links)]
    pub struct Link {
        #[model(primary_key)]
        pub id: i32,
        pub left_id: Option<i32>,
        pub right_id: Option<i32>,
        #[model(default)]
        pub note: String,
    }

    orm_core::schema! { pub Sides { Left, Right, #[adopted] Link } }
}
use sides::{Left, Link, Right, Sides, lefts, rights};

/// Two lefts and three rights. The first left: 1 twice, 2, NULL, and 9, which is not there.
fn sides() -> Result<Conn> {
    let mut conn = connect();
    Sides::create_all(&mut conn)?;
    let links = format!(
        "CREATE TABLE links (id {GENERATED_KEY}, left_id INTEGER, right_id INTEGER,
                             note VARCHAR(99) NOT NULL DEFAULT '')"
    );
    sql(&mut conn, &links);
    sql(
        &mut conn,
        "INSERT INTO lefts VALUES (1), (2);
         INSERT INTO rights VALUES (1, 'a'), (2, 'b'), (3, 'c');
         INSERT INTO links (left_id, right_id, note)
         VALUES (1, 1, 'x'), (1, 1, 'y'), (1, 2, ''), (1, NULL, ''), (1, 9, ''), (NULL, 3, '');",
    );
    Ok(conn)
}

#[test]
fn an_include_gives_one_row_for_each_link_that_leads_somewhere() -> Result {
    let conn = &mut sides()?;
    let rows = Left::query()
        .order(lefts::id.asc())
        .include(Left::rights().order(rights::name.asc()))
        .load(conn)?;
    let mut notes: Vec<(i32, &str)> = rows[0]
        .rights
        .iter()
        .map(|right| (right.id, right.through.note.as_str()))
        .collect();
    notes.sort_unstable();
    assert_eq!(notes, [(1, "x"), (1, "y"), (2, "")]);
    assert_eq!(rows[1].rights.len(), 0);
    let rows = Right::query()
        .order(rights::id.asc())
        .include(Right::lefts().without_through())
        .load(conn)?;
    let sizes: Vec<usize> = rows.iter().map(|right| right.lefts.len()).collect();
    assert_eq!(sizes, [2, 1, 0]);
    Ok(())
}

#[test]
fn a_count_and_a_limit_see_the_rows_that_an_include_gives() -> Result {
    let conn = &mut sides()?;
    let rows = Left::query()
        .order(lefts::id.asc())
        .include(Left::rights().count())
        .load(conn)?;
    let counts: Vec<i64> = rows.iter().map(|left| left.rights).collect();
    assert_eq!(counts, [3, 0]);
    let rows = Left::query()
        .order(lefts::id.asc())
        .include(Left::rights().order(rights::name.desc()).limit(2))
        .load(conn)?;
    let ids: Vec<i32> = rows[0].rights.iter().map(|right| right.id).collect();
    assert_eq!(ids, [2, 1]);
    Ok(())
}

#[test]
fn required_asks_for_a_link_that_leads_somewhere() -> Result {
    let conn = &mut sides()?;
    sql(conn, "DELETE FROM links WHERE right_id IN (1, 2)");
    let rows = Left::query()
        .include(Left::rights().required())
        .load(conn)?;
    assert_eq!(rows.len(), 0);
    let rows = Right::query()
        .include(Right::lefts().required())
        .load(conn)?;
    assert_eq!(rows.len(), 0);
    Ok(())
}

#[test]
fn getters_give_each_row_once() -> Result {
    let conn = &mut sides()?;
    let left = Left::get_by_pk(conn, 1)?;
    let ids: Vec<i32> = left
        .get_rights(conn)?
        .iter()
        .map(|right| right.id)
        .collect();
    assert_eq!(ids, [1, 2]);
    assert!(left.has_rights(conn, [1, 2])?);
    assert!(!left.has_right(conn, 3)?);
    Ok(())
}

#[test]
fn set_leaves_links_that_lead_to_no_key_alone() -> Result {
    let conn = &mut sides()?;
    let left = Left::get_by_pk(conn, 1)?;
    left.set_rights(conn, [2, 3])?;
    let ids: Vec<i32> = left
        .get_rights(conn)?
        .iter()
        .map(|right| right.id)
        .collect();
    assert_eq!(ids, [2, 3]);
    left.set_rights(conn, NONE)?;
    assert_eq!(left.get_rights(conn)?, []);
    assert_eq!(number(conn, "SELECT COUNT(*) FROM links"), 2);
    assert_eq!(Link::count(conn)?, 2);
    Ok(())
}
