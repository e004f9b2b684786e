//! Names of indexes and constraints: each has a name of its own, on every backend.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Backend, connect, connect_to};

mod joined {
    use orm_core::prelude::*;

    /// All that joined names can be of: of one table and of two.
    #[derive(Model, Debug, Clone)]
    #[model(index(day, hour), unique(hour, day), index(day, hour))]
    #[belongs_to(Part, fk = "b_c", as = "part")]
    pub struct Slot {
        #[model(primary_key)]
        pub id: i32,
        pub day: i32,
        pub hour: i32,
        #[model(index)]
        pub day_hour: i32,
        #[model(unique)]
        pub hour_day: i32,
        pub b_c: i32,
    }

    #[derive(Model, Debug, Clone)]
    #[model(table = "slots_b")]
    #[belongs_to(Part, fk = "c", as = "part")]
    pub struct Half {
        #[model(primary_key)]
        pub id: i32,
        pub c: i32,
    }

    /// A table that is named as an index would be.
    #[derive(Model, Debug, Clone)]
    #[model(table = "parts_kind_idx")]
    pub struct Part {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone)]
    #[model(table = "parts")]
    pub struct Kind {
        #[model(primary_key)]
        pub id: i32,
        #[model(index)]
        pub kind: i32,
    }

    orm_core::schema! { pub Calendar { Kind, Part, Slot, Half } }

    /// The same, from behind.
    pub struct Again;

    impl orm_core::Schema for Again {
        const MODELS: &'static [orm_core::__private::ModelMeta] = {
            let [a, b, c, d] = [0, 1, 2, 3];
            let all = <Calendar as orm_core::Schema>::MODELS;
            &[all[d], all[c], all[b], all[a]]
        };
    }
}

/// Lines of a script that name something, each with the name.
fn named(script: &str) -> Vec<String> {
    let script = script.replace(['`', '"'], "");
    let name = |line: &str| {
        let line = line.trim();
        let begin = ["CONSTRAINT ", "INDEX ", "CREATE INDEX IF NOT EXISTS "];
        let rest = begin.iter().find_map(|begin| line.strip_prefix(begin))?;
        rest.split(' ').next().map(str::to_owned)
    };
    let mut names: Vec<_> = script.lines().filter_map(name).collect();
    names.sort();
    names
}

#[test]
fn names_that_would_be_joined_to_one_are_told_apart() -> Result {
    let conn = &mut connect_to::<joined::Calendar>();
    assert_eq!(orm_tests::tables(conn), 4);
    assert_eq!(orm_tests::indexes(conn), 5);
    let names = named(&joined::Calendar::create_sql::<Backend>());
    let mut distinct = names.clone();
    distinct.dedup();
    assert_eq!(names, distinct);
    // Whatever the order of the models.
    assert_eq!(names, named(&joined::Again::create_sql::<Backend>()));
    joined::Again::create_all(conn)?;
    assert_eq!(orm_tests::indexes(conn), 5);
    Ok(())
}

#[test]
fn errors_tell_columns_whatever_the_name() -> Result {
    use joined::{Part, Slot, slots};
    let conn = &mut connect_to::<joined::Calendar>();
    let part = Part::create(conn, Part::builder())?;
    let slot = |hour, hour_day| {
        let slot = Slot::builder().day(1).hour(hour).day_hour(1);
        slot.hour_day(hour_day).b_c(part.id)
    };
    Slot::create(conn, slot(1, 1))?;
    let columns = |result: Result<Slot>| match result {
        Err(Error::UniqueViolation(violation)) => violation.columns,
        other => panic!("{other:?}"),
    };
    assert_eq!(columns(Slot::create(conn, slot(1, 2))), ["hour", "day"]);
    assert_eq!(columns(Slot::create(conn, slot(2, 1))), ["hour_day"]);
    let slots: i64 = slots::table.count().get_result(conn)?;
    assert_eq!(slots, 1);
    Ok(())
}

mod long {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[model(
        table = "a_table_with_a_name_that_is_longer_than_most",
        unique(a_column_that_has_a_long_name_too, b),
        unique(a_column_that_has_a_long_name_too, c),
        index(a_column_that_has_a_long_name_too, d),
        index(a_column_that_has_a_long_name_too, a_column_that_has_a_long_name_two)
    )]
    #[belongs_to(Long, fk = "a_column_that_has_a_long_name_two", as = "other")]
    pub struct Long {
        #[model(primary_key)]
        pub id: i32,
        pub a_column_that_has_a_long_name_too: i32,
        #[model(unique)]
        pub a_column_that_has_a_long_name_two: i32,
        pub b: i32,
        pub c: i32,
        pub d: i32,
    }

    orm_core::schema! { pub Longs { Long } }
}

#[test]
fn names_are_short_enough_and_differ() -> Result {
    use long::Long;
    let conn = &mut connect_to::<long::Longs>();
    assert_eq!(orm_tests::indexes(conn), 2);
    for name in named(&long::Longs::create_sql::<Backend>()) {
        assert!(name.len() <= 63, "{name}");
        assert!(
            name.starts_with("a_table_with_a_name_that_is_longer"),
            "{name}"
        );
    }
    let new = |a, b, c, two| {
        let new = Long::builder()
            .a_column_that_has_a_long_name_too(a)
            .b(b)
            .c(c)
            .d(0);
        new.a_column_that_has_a_long_name_two(two).id(two)
    };
    Long::create(conn, new(1, 1, 1, 1))?;
    let columns = |result: Result<Long>| match result {
        Err(Error::UniqueViolation(violation)) => violation.columns,
        other => panic!("{other:?}"),
    };
    let too = "a_column_that_has_a_long_name_too";
    let two = "a_column_that_has_a_long_name_two";
    assert_eq!(columns(Long::create(conn, new(1, 1, 2, 2))), [too, "b"]);
    assert_eq!(columns(Long::create(conn, new(1, 2, 1, 2))), [too, "c"]);
    assert_eq!(columns(Long::create(conn, new(2, 2, 2, 1).id(2))), [two]);
    Ok(())
}

mod taken {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[model(table = "cards")]
    pub struct Card {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone)]
    #[model(table = "cards_pkey")]
    pub struct Key {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone)]
    #[model(table = "Cards", module = "upper")]
    pub struct Upper {
        #[model(primary_key)]
        pub id: i32,
    }

    orm_core::schema! { pub Beside { Card, Key } }
    orm_core::schema! { pub Cases { Card2, Upper } }

    #[derive(Model, Debug, Clone)]
    #[model(table = "cards", module = "cards_2")]
    pub struct Card2 {
        #[model(primary_key)]
        pub id: i32,
    }
}

#[test]
fn what_cannot_have_names_of_its_own_is_an_error_before_the_first_statement() -> Result {
    let conn = &mut connect();
    let told = |result: Result| match result {
        Err(Error::NameCollision {
            name,
            first,
            second,
            ..
        }) => Some(format!("{name}: {first}, {second}")),
        Ok(()) => None,
        other => panic!("{other:?}"),
    };
    let beside = told(taken::Beside::create_all(conn));
    let expected = "cards_pkey: the table of `Key`, the index of the primary key of `Card`";
    match cfg!(feature = "postgres") {
        true => assert_eq!(beside.as_deref(), Some(expected)),
        false => assert_eq!(beside, None),
    }
    let tables = if cfg!(feature = "postgres") { 0 } else { 2 };
    assert_eq!(orm_tests::tables(conn), tables);
    taken::Beside::drop_all(conn)?;
    let cases = told(taken::Cases::create_all(conn));
    let expected = "Cards: the table of `Card2`, the table of `Upper`";
    match cfg!(feature = "postgres") {
        true => assert_eq!(cases, None),
        false => assert_eq!(cases.as_deref(), Some(expected)),
    }
    Ok(())
}
