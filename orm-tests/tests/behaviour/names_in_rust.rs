//! Database names that are not possible in Rust or in Diesel, and names of ours that would collide with
//! others.

use crate::support::Result;
use diesel::prelude::*;
use names::*;
use orm_core::prelude::*;
use orm_tests::connect_to;

#[allow(non_snake_case, reason = "`pens_left` and `pens__left` must not meet")]
mod names {
    use orm_core::prelude::*;

    // Names of columns in scope do not mean them in what the derive emits.
    #[allow(unused_imports)]
    use self::years::dsl::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "2024", module = "years")]
    pub struct Year {
        #[model(primary_key)]
        pub id: i32,
        #[model(column = "columns")]
        pub column_count: i32,
        #[model(column = "star")]
        pub is_star: bool,
        #[model(column = "table", length = 20)]
        pub table_name: String,
        #[model(column = "Integer")]
        pub integer: Option<i32>,
        pub r#type: i32,
        pub row: i32,
        pub value: i32,
        pub slot: Option<i32>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "my table")]
    #[has_many(
        Pen,
        fk = "desk_id",
        as = "pens_left",
        singular = "pen_left",
        marker = "LeftPens"
    )]
    #[has_many(
        Pen,
        fk = "desk_id",
        as = "pens__left",
        singular = "other",
        marker = "OtherPens"
    )]
    pub struct Desk {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "type")]
    pub struct Pen {
        #[model(primary_key)]
        pub id: i32,
        pub desk_id: i32,
    }

    /// The marker would have this name.
    #[allow(dead_code)]
    pub struct DeskPensLeft;

    orm_core::schema! { pub Names { Year, Desk, Pen } }
}

#[test]
fn a_table_of_any_name_has_a_module() -> Result {
    let conn = &mut connect_to::<Names>();
    let new = Year::builder()
        .column_count(3)
        .is_star(true)
        .table_name("t");
    let year = Year::create(conn, new.r#type(1).row(2).value(3).integer(7))?;
    let same = years::column_count.eq(3).and(years::is_star.eq(true));
    let same = same
        .and(years::table_name.eq("t"))
        .and(years::integer.eq(7));
    assert_eq!(Year::find_one(conn, same)?, Some(year));
    Ok(())
}

#[test]
fn a_marker_may_be_named() -> Result {
    let conn = &mut connect_to::<Names>();
    let desk = Desk::create(conn, Desk::builder())?;
    let pen = desk.create_pen_left(conn, Pen::builder())?;
    assert_eq!(r#type::table.count().get_result::<i64>(conn)?, 1);
    let query = || Desk::query().filter(my_table::id.eq(desk.id));
    let desks: Vec<Loaded<Desk, (LeftPens, OtherPens)>> = query()
        .include(Desk::pens_left())
        .include(Desk::pens__left())
        .load(conn)?;
    assert_eq!(desks[0].pens_left, [pen.clone()]);
    assert_eq!(desks[0].pens__left, [pen]);
    Ok(())
}
