//! A model with more required columns than fit into one part of the builder's state.

use crate::support::Result;
use orm_core::prelude::*;
use orm_tests::connect_to;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Sheet, fk = "c17", as = "sheets")]
pub struct Binder {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Sheet {
    #[model(primary_key)]
    pub id: i32,
    pub c0: i32,
    pub c1: i32,
    pub c2: i32,
    pub c3: i32,
    pub c4: i32,
    pub c5: i32,
    pub c6: i32,
    pub c7: i32,
    pub c8: i32,
    pub c9: i32,
    pub c10: i32,
    pub c11: i32,
    pub c12: i32,
    pub c13: i32,
    pub c14: i32,
    pub c15: i32,
    pub c16: i32,
    pub c17: i32,
    pub c18: i32,
    pub c19: i32,
}

orm_core::schema! { App { Binder, Sheet } }

#[test]
fn every_one_of_many_required_columns_is_set() -> Result {
    let conn = &mut connect_to::<App>();
    let binder = Binder::create(conn, Binder::builder())?;
    // The key is filled in by the association, wherever it is among the others.
    let sheet = binder.create_sheet(
        conn,
        Sheet::builder()
            .c0(0)
            .c1(1)
            .c2(2)
            .c3(3)
            .c4(4)
            .c5(5)
            .c6(6)
            .c7(7)
            .c8(8)
            .c9(9)
            .c10(10)
            .c11(11)
            .c12(12)
            .c13(13)
            .c14(14)
            .c15(15)
            .c16(16)
            .c18(18)
            .c19(19),
    )?;
    let row = Sheet::get_by_pk(conn, sheet.id)?;
    let values = [
        row.c0, row.c1, row.c2, row.c3, row.c4, row.c5, row.c6, row.c7, row.c8, row.c9, row.c10,
        row.c11, row.c12, row.c13, row.c14, row.c15, row.c16, row.c17, row.c18, row.c19,
    ];
    for (place, value) in values.into_iter().enumerate() {
        let expected = if place == 17 { binder.id } else { place as i32 };
        assert_eq!(value, expected);
    }
    let mut row = row;
    row.update(conn, Sheet::changes().c3(33).c19(-19))?;
    assert_eq!((row.c3, row.c19), (33, -19));
    assert_eq!(Sheet::get_by_pk(conn, row.id)?, row);
    Ok(())
}
