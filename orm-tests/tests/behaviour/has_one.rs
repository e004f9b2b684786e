//! The methods of a one-to-one association, on the side with the `has_one`.

use crate::support::blog::*;
use crate::support::{Result, watch, written};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

mod fleet {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_one(Ship, fk = "captain_id", as = "ship")]
    pub struct Captain {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Captain, fk = "captain_id", as = "captain")]
    pub struct Ship {
        #[model(primary_key)]
        pub id: i32,
        #[model(length = 50)]
        pub name: String,
        pub captain_id: Option<i32>,
    }

    orm_core::schema! { pub Fleet { Captain, Ship } }
}
use fleet::{Captain, Fleet, Ship, ships};

/// Two captains and three ships, the first of the first captain.
fn fleet() -> Result<Conn> {
    let mut conn = connect_to::<Fleet>();
    Captain::bulk_create(&mut conn, [Captain::builder(), Captain::builder()])?;
    let ship =
        |(name, captain): (&str, Option<i32>)| Ship::builder().name(name).captain_id(captain);
    let ships = [("Argo", Some(1)), ("Beagle", None), ("Pequod", None)];
    Ship::bulk_create(&mut conn, ships.map(ship))?;
    Ok(conn)
}

/// Whose each ship is.
fn captains(conn: &mut Conn) -> Result<Vec<Option<i32>>> {
    let captains = ships::table
        .order(ships::id.asc())
        .select(ships::captain_id);
    Ok(captains.load(conn)?)
}

fn captain(conn: &mut Conn, id: i32) -> Result<Captain> {
    Captain::get_by_pk(conn, id)
}

#[test]
fn get_and_has_tell_what_is_linked() -> Result {
    // AC.20, SEED.28
    let conn = &mut fleet()?;
    let first = captain(conn, 1)?;
    let second = captain(conn, 2)?;
    assert_eq!(
        first.get_ship(conn)?.map(|ship| ship.name),
        Some("Argo".into())
    );
    assert_eq!(second.get_ship(conn)?, None);
    assert_eq!(
        (first.has_ship(conn)?, second.has_ship(conn)?),
        (true, false)
    );
    Ok(())
}

#[test]
fn set_unlinks_the_old_row() -> Result {
    let conn = &mut fleet()?;
    let first = captain(conn, 1)?;
    let beagle = Ship::get_by_pk(conn, 2)?;
    first.set_ship(conn, &beagle)?;
    assert_eq!(captains(conn)?, [None, Some(1), None]);
    first.set_ship(conn, 3)?;
    assert_eq!(captains(conn)?, [None, None, Some(1)]);
    Ok(())
}

#[test]
fn set_takes_a_row_from_another() -> Result {
    let conn = &mut fleet()?;
    let argo = Ship::query()
        .filter(ships::id.eq(1))
        .include(Ship::captain())
        .first(conn)?;
    captain(conn, 2)?.set_ship(conn, &argo)?;
    assert_eq!(captains(conn)?, [Some(2), None, None]);
    Ok(())
}

#[test]
fn set_to_none_unlinks() -> Result {
    // AC.23
    let conn = &mut fleet()?;
    captain(conn, 1)?.set_ship(conn, None)?;
    assert_eq!(captains(conn)?, [None, None, None]);
    let beagle = Ship::get_by_pk(conn, 2)?;
    captain(conn, 1)?.set_ship(conn, Some(&beagle))?;
    assert_eq!(captains(conn)?, [None, Some(1), None]);
    Ok(())
}

#[test]
fn set_to_what_is_linked_writes_nothing() -> Result {
    let conn = &mut fleet()?;
    watch(conn, "ships", "x.id");
    captain(conn, 1)?.set_ship(conn, 1)?;
    assert_eq!(written(conn), [] as [&str; 0]);
    captain(conn, 2)?.set_ship(conn, None)?;
    assert_eq!(written(conn), [] as [&str; 0]);
    captain(conn, 1)?.set_ship(conn, 2)?;
    assert_eq!(written(conn), ["UPDATE 1", "UPDATE 2"]);
    Ok(())
}

#[test]
fn set_to_one_that_does_not_exist_changes_nothing() -> Result {
    let conn = &mut fleet()?;
    let error = captain(conn, 1)?.set_ship(conn, 9).err();
    assert!(
        matches!(&error, Some(Error::NotFound { model: "Ship", key, .. }) if key == "id = 9"),
        "{error:?}"
    );
    assert_eq!(captains(conn)?, [Some(1), None, None]);
    Ok(())
}

#[test]
fn create_unlinks_the_old_row() -> Result {
    // the documented result of 0.10
    let conn = &mut fleet()?;
    let first = captain(conn, 1)?;
    let ship = first.create_ship(conn, Ship::builder().name("Endeavour"))?;
    assert_eq!((ship.id, ship.captain_id), (4, Some(1)));
    assert_eq!(first.get_ship(conn)?, Some(ship));
    assert_eq!(captains(conn)?, [None, None, None, Some(1)]);
    Ok(())
}

#[test]
fn set_takes_a_fixed_number_of_statements() -> Result {
    let conn = &mut fleet()?;
    let first = captain(conn, 1)?;
    let (done, sent) = statements::count(conn, |conn| first.set_ship(conn, 2));
    assert_eq!((done?, sent), ((), 4));
    Ok(())
}

#[test]
fn what_cannot_be_unlinked_is_not_replaced() -> Result {
    let conn = &mut seeded();
    let ann = User::get_by_pk(conn, 1)?;
    let before = UserProfile::find_all(conn)?;
    for error in [
        ann.create_profile(conn, UserProfile::builder().bio("new"))
            .err(),
        ann.set_profile(conn, 2).err(),
    ] {
        assert!(
            matches!(
                error,
                Some(Error::AlreadyLinked {
                    model: "User",
                    association: "profile",
                    target: "UserProfile",
                    ..
                })
            ),
            "{error:?}"
        );
    }
    assert_eq!(UserProfile::find_all(conn)?, before);
    Ok(())
}

#[test]
fn what_cannot_be_unlinked_can_be_moved() -> Result {
    let conn = &mut seeded();
    let cid = User::get_by_pk(conn, 3)?;
    cid.set_profile(conn, 1)?;
    assert_eq!(cid.get_profile(conn)?.map(|p| p.id), Some(1));
    assert!(!User::get_by_pk(conn, 1)?.has_profile(conn)?);
    // The one that is linked may be set again.
    cid.set_profile(conn, 1)?;
    Ok(())
}

#[test]
fn create_fills_the_key_in() -> Result {
    // SEED.30
    let conn = &mut seeded();
    let dan = User::get_by_pk(conn, 4)?;
    let profile = dan.create_profile(conn, UserProfile::builder().bio("Passionate blogger"))?;
    assert_eq!(
        (profile.user_id, profile.bio.as_deref()),
        (4, Some("Passionate blogger"))
    );
    dan.destroy(conn)?;
    let error = dan.create_profile(conn, UserProfile::builder()).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(_))));
    Ok(())
}

#[test]
fn a_failed_create_leaves_the_old_link() -> Result {
    // SEED.31
    let conn = &mut fleet()?;
    crate::support::sql(conn, "CREATE UNIQUE INDEX one_name ON ships (name)");
    let first = captain(conn, 1)?;
    let error = first
        .create_ship(conn, Ship::builder().name("Pequod"))
        .err();
    let Some(Error::UniqueViolation(violation)) = error else {
        panic!("{error:?}");
    };
    // The model does not know of the index: MySQL names it, and others its columns.
    let index = violation.constraint.as_deref() == Some("one_name");
    assert!(index || violation.columns == ["name"], "{violation:?}");
    assert_eq!(captains(conn)?, [Some(1), None, None]);
    Ok(())
}
