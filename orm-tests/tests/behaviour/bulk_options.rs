//! Many new rows of which some unique keys are taken.

use crate::support::{Result, number, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(unique(country, number))]
pub struct Guest {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 100)]
    pub email: String,
    #[model(default = "se", length = 2)]
    pub country: String,
    pub number: Option<i32>,
    #[model(default = 5)]
    pub points: i32,
    pub note: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Folder, fk = "parent_id", as = "parent")]
pub struct Folder {
    #[model(primary_key, auto_increment = false)]
    pub id: i32,
    pub parent_id: Option<i32>,
}

orm_core::schema! { Hotel { Guest, Folder } }

/// A hotel with guest 1, who is `ann` and has the number 1.
fn hotel() -> Conn {
    let mut conn = connect_to::<Hotel>();
    let ann = Guest::builder()
        .email("ann")
        .number(1)
        .note("old".to_owned());
    Guest::create(&mut conn, ann).expect("a guest is created");
    conn
}

fn emails(conn: &mut Conn) -> Vec<String> {
    let query = guests::table.order(guests::email).select(guests::email);
    query.load(conn).expect("emails are read")
}

#[test]
fn rows_whose_keys_are_taken_are_left_out() -> Result {
    // QB.22
    let conn = &mut hotel();
    let rows = [
        Guest::builder().email("ann").points(9),
        Guest::builder().email("bob").points(1),
        // By the other key.
        Guest::builder().email("cid").number(1).points(1),
        // By an earlier one of these.
        Guest::builder().email("bob").points(2),
        Guest::builder().email("dan").points(1),
    ];
    let written = Guest::inserting(rows).ignore_taken().execute(conn)?;
    assert_eq!(written, 2);
    assert_eq!(emails(conn), ["ann", "bob", "dan"]);
    let ann = Guest::get_by_pk(conn, 1)?;
    assert_eq!((ann.points, ann.note.as_deref()), (5, Some("old")));
    let all = || ["ann", "bob"].map(|email| Guest::builder().email(email));
    assert_eq!(Guest::inserting(all()).ignore_taken().execute(conn)?, 0);
    let (written, sent) = statements::count(conn, |conn| {
        let none = Vec::from(all()).into_iter().take(0);
        Guest::inserting(none).ignore_taken().execute(conn)
    });
    assert_eq!((written?, sent), (0, 0));
    Ok(())
}

#[test]
fn other_errors_are_none_that_are_ignored() -> Result {
    let conn = &mut hotel();
    let folders = [(1, None), (2, Some(77))];
    let new = |(id, parent): (i32, Option<i32>)| Folder::builder().id(id).parent_id(parent);
    let refused = Folder::inserting(folders.map(new))
        .ignore_taken()
        .execute(conn);
    assert!(
        matches!(refused, Err(Error::ForeignKeyViolation(_))),
        "{refused:?}"
    );
    assert_eq!(Folder::count(conn)?, 0);
    // Parents are written first.
    let folders = [(3, Some(2)), (2, Some(1)), (1, None)];
    assert_eq!(
        Folder::inserting(folders.map(new))
            .ignore_taken()
            .execute(conn)?,
        3
    );
    let folders = [(4, Some(5)), (3, None), (5, Some(1))];
    assert_eq!(
        Folder::inserting(folders.map(new))
            .ignore_taken()
            .execute(conn)?,
        2
    );
    Ok(())
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
#[test]
fn those_that_were_written_come_back() -> Result {
    let conn = &mut hotel();
    let rows = ["x", "ann", "y", "x"].map(|email| Guest::builder().email(email));
    let written = Guest::inserting(rows).ignore_taken().create(conn)?;
    let names: Vec<&str> = written.iter().map(|guest| guest.email.as_str()).collect();
    assert_eq!(names, ["x", "y"]);
    assert_eq!(written[1], Guest::get_by_pk(conn, written[1].id)?);
    let one = Guest::inserting([Guest::builder().email("x")]).ignore_taken();
    assert!(one.create(conn)?.is_empty());
    let many = (0..1000).map(|n| Guest::builder().email(format!("{}", n / 2)));
    assert_eq!(
        Guest::inserting(many).ignore_taken().create(conn)?.len(),
        500
    );
    Ok(())
}

#[test]
fn rows_that_are_there_take_the_columns_that_are_named() -> Result {
    // QB.22
    let conn = &mut hotel();
    let rows = || {
        [
            Guest::builder()
                .email("bob")
                .points(7)
                .note("b".to_owned())
                .number(None),
            Guest::builder()
                .email("ann")
                .points(8)
                .note("a".to_owned())
                .number(None),
        ]
    };
    for _ in 0..2 {
        let guests = Guest::inserting(rows()).on_taken(guests::email);
        let guests = guests.update((guests::points, guests::note)).create(conn)?;
        // In the order of the rows; what is not named stays.
        assert_eq!((guests[1].id, guests[1].number), (1, Some(1)));
        assert_eq!(
            (guests[1].points, guests[1].note.as_deref()),
            (8, Some("a"))
        );
        assert_eq!((guests[0].email.as_str(), guests[0].points), ("bob", 7));
        assert_eq!(Guest::count(conn)?, 2);
        assert_eq!(guests[1], Guest::get_by_pk(conn, 1)?);
    }
    // One column, by a key of several.
    let rows = [1, 2].map(|n| {
        let guest = Guest::builder().email(format!("new{n}")).country("se");
        guest.number(n)
    });
    let guests = Guest::inserting(rows).on_taken((guests::country, guests::number));
    let guests = guests.update(guests::email).create(conn)?;
    assert_eq!((guests[0].id, guests[0].email.as_str()), (1, "new1"));
    assert_eq!(emails(conn), ["bob", "new1", "new2"]);
    Ok(())
}

#[test]
fn a_column_that_is_not_stated_takes_its_default() -> Result {
    let conn = &mut hotel();
    let rows = [
        Guest::builder().email("ann").points(8),
        Guest::builder().email("bob"),
    ];
    let update = || (guests::points, guests::note);
    let guests = Guest::inserting(rows)
        .on_taken(guests::email)
        .update(update());
    assert_eq!(guests.create(conn)?[0].note, None);
    let rows = [Guest::builder().email("ann")];
    let guests = Guest::inserting(rows)
        .on_taken(guests::email)
        .update(update());
    assert_eq!(guests.create(conn)?[0].points, 5);
    // The key and the primary key stay.
    let rows = [Guest::builder().id(77).email("ann").points(1)];
    let guests = Guest::inserting(rows).on_taken(guests::email);
    let guests = guests.update((guests::id, guests::email)).create(conn)?;
    assert_eq!((guests[0].id, guests[0].points), (1, 5));
    Ok(())
}

#[test]
fn a_key_is_stated_and_stated_once() -> Result {
    let conn = &mut hotel();
    let twice = ["bob", "cid", "bob"].map(|email| Guest::builder().email(email));
    let (twice, sent) = statements::count(conn, |conn| {
        let guests = Guest::inserting(twice).on_taken(guests::email);
        guests.update(guests::points).create(conn)
    });
    let error = twice.err().map(|error| error.to_string());
    let expected = "two new rows of Guest have email = \"bob\": leave one of them out";
    assert_eq!((error.as_deref(), sent), (Some(expected), 0));
    let unstated = [Guest::builder().email("bob").country("se").number(None)];
    let guests = Guest::inserting(unstated).on_taken((guests::country, guests::number));
    let error = guests.update(guests::points).create(conn);
    assert!(matches!(error, Err(Error::MissingKey { key, .. }) if key == "number"));
    assert_eq!(Guest::count(conn)?, 1);
    Ok(())
}

#[test]
fn another_key_that_is_taken_is_an_error() -> Result {
    let conn = &mut hotel();
    let rows = || {
        [
            Guest::builder().email("bob").number(2).points(1),
            Guest::builder().email("cid").number(1).points(1),
        ]
    };
    let guests = Guest::inserting(rows()).on_taken(guests::email);
    let refused = guests.update(guests::points).create(conn);
    let Err(Error::UniqueViolation(violation)) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(violation.columns, ["country", "number"]);
    assert_eq!(emails(conn), ["ann"]);
    Ok(())
}

#[test]
fn very_many_rows_go_in_pieces() -> Result {
    let conn = &mut hotel();
    let rows = || {
        let new = |n| Guest::builder().email(format!("{n:05}")).points(n % 7);
        (0..9_000).map(new)
    };
    let guests = Guest::inserting(rows()).create(conn)?;
    assert_eq!((guests.len(), guests[8_999].points), (9_000, 8_999 % 7));
    let again = (4_000..10_000).map(|n| Guest::builder().email(format!("{n:05}")).points(9));
    let guests = Guest::inserting(again).on_taken(guests::email);
    let guests = guests.update(guests::points).create(conn)?;
    assert_eq!(guests.len(), 6_000);
    let names = guests.iter().zip(4_000..);
    assert!(
        names
            .clone()
            .all(|(guest, n)| guest.email == format!("{n:05}"))
    );
    assert!(guests.iter().all(|guest| guest.points == 9));
    assert_eq!(Guest::count(conn)?, 10_001);
    assert_eq!(Guest::inserting(rows()).ignore_taken().execute(conn)?, 0);
    assert_eq!(
        number(conn, "SELECT COUNT(*) FROM guests WHERE points = 9"),
        6_000
    );
    Ok(())
}

#[test]
fn in_a_transaction_it_is_undone_with_it() -> Result {
    let conn = &mut hotel();
    let undone = conn.transaction(|conn| -> Result {
        let rows = ["bob", "ann"].map(|email| Guest::builder().email(email).points(1));
        let guests = Guest::inserting(rows.clone()).on_taken(guests::email);
        guests.update(guests::points).create(conn)?;
        assert_eq!(Guest::inserting(rows).ignore_taken().execute(conn)?, 0);
        Err(diesel::result::Error::RollbackTransaction.into())
    });
    assert!(undone.is_err());
    assert_eq!(
        (Guest::count(conn)?, Guest::get_by_pk(conn, 1)?.points),
        (1, 5)
    );
    sql(conn, "DELETE FROM guests");
    Ok(())
}

/// Rows with a key that is unique among those that are not gone.
#[cfg(not(feature = "mysql"))]
mod partial {
    use diesel::connection::SimpleConnection;
    use diesel::dsl::sql;
    use diesel::prelude::*;
    use diesel::sql_types::Bool;
    use orm_core::prelude::*;
    use orm_core::{Error, Result};
    use orm_tests::{Conn, connect_to, statements};

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Seat {
        #[model(primary_key)]
        pub id: i32,
        #[model(length = 20)]
        pub place: String,
        #[model(default = 0)]
        pub price: i32,
        pub gone: Option<i32>,
        #[model(version)]
        pub version: i32,
    }

    orm_core::schema! { pub Theatre { Seat } }

    /// Seat 1 is gone, seat 2 has taken its place.
    fn theatre() -> Result<Conn> {
        let mut conn = connect_to::<Theatre>();
        conn.batch_execute("CREATE UNIQUE INDEX seats_live ON seats (place) WHERE gone IS NULL")?;
        let seat = || Seat::builder().place("A1");
        Seat::create(&mut conn, seat().gone(7))?;
        Seat::create(&mut conn, seat())?;
        Ok(conn)
    }

    #[test]
    fn the_row_that_the_index_covers_takes_the_columns() -> Result<()> {
        let conn = &mut theatre()?;
        let new = ["A1", "A2"].map(|place| Seat::builder().place(place).price(9));
        let inserting = || Seat::inserting(new.clone());
        let (seats, sent) = statements::of(conn, |conn| {
            let live = inserting().on_taken_where(seats::place, seats::gone.is_null());
            live.update(seats::price).create(conn)
        });
        let seats = seats?;
        assert_eq!((seats[0].id, seats[0].price, seats[0].version), (2, 9, 2));
        assert_eq!((&*seats[1].place, seats[1].version), ("A2", 1));
        assert_eq!(
            sent.iter()
                .filter(|sent| sent.starts_with("INSERT"))
                .count(),
            1
        );
        assert_eq!(Seat::get_by_pk(conn, 1)?.price, 0);

        let text = inserting().on_taken_where(seats::place, sql::<Bool>("gone IS NULL"));
        assert_eq!(text.update(seats::price).create(conn)?[0].version, 3);
        Ok(())
    }

    #[test]
    fn a_condition_that_no_index_has_is_an_error() -> Result<()> {
        let conn = &mut theatre()?;
        let new = [Seat::builder().place("A1").price(9)];
        let bound = Seat::inserting(new.clone()).on_taken_where(seats::place, seats::gone.eq(7));
        let bound = bound.update(seats::price).create(conn);
        let Err(Error::Database(error)) = bound else {
            panic!("{bound:?}")
        };
        assert!(
            error.to_string().contains("cannot have bound values"),
            "{error}"
        );

        let other = Seat::inserting(new).on_taken_where(seats::place, seats::gone.is_not_null());
        let other = other.update(seats::price).create(conn);
        assert!(matches!(other, Err(Error::Database(_))), "{other:?}");
        assert_eq!(Seat::count(conn)?, 2);
        Ok(())
    }
}
