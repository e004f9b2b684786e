//! Foreign keys: what they refuse, and what happens to a row when the row that it refers to is
//! deleted.

use crate::support::Result;
use orm_core::prelude::*;
use orm_core::{Error, Violation};
use orm_tests::{Conn, connect_to};
use owned::*;

mod owned {
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
}

/// The owner 2, who will go, and the default owner 1.
fn owned() -> Result<Conn> {
    let mut conn = connect_to::<Owned>();
    Owner::bulk_create(&mut conn, [1, 2].map(|code| Owner::builder().code(code)))?;
    Ok(conn)
}

fn refused(result: Result<()>) -> Box<Violation> {
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

// InnoDB refuses for SET DEFAULT.
#[cfg(not(feature = "mysql"))]
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
    // The database's words follow in the chain, once.
    let words = violation.message.clone();
    let shown = orm_tests::chain(&Error::UniqueViolation(violation));
    assert_eq!(shown, format!("unique violation: Owner.code: {words}"));
    Ok(())
}

mod sides {
    use orm_core::prelude::*;

    /// What either side of an association says holds; what the holder of the key says goes first.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Pet, fk = "owner_id", as = "pets", on_delete = "cascade")]
    #[has_one(Car, fk = "owner_id", as = "car", on_delete = "cascade")]
    #[has_many(House, fk = "owner_id", as = "houses")]
    #[belongs_to_many(Club, through = Membership, fk = "member", other_key = "club", as = "clubs")]
    pub struct Person {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Person, fk = "owner_id", as = "owner")]
    pub struct Pet {
        #[model(primary_key)]
        pub id: i32,
        pub owner_id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Person, fk = "owner_id", as = "owner", on_delete = "restrict")]
    pub struct Car {
        #[model(primary_key)]
        pub id: i32,
        pub owner_id: i32,
    }

    /// It does not name its owner at all.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct House {
        #[model(primary_key)]
        pub id: i32,
        pub owner_id: Option<i32>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Club {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Membership {
        #[model(primary_key)]
        pub member: i32,
        #[model(primary_key)]
        pub club: i32,
    }

    orm_core::schema! { pub Town { Person, Pet, Car, House, Club, Membership } }
}

#[test]
fn either_side_may_say_what_happens() -> Result {
    use sides::{Car, Person, Pet, Town};
    let conn = &mut connect_to::<Town>();
    let ann = Person::create(conn, Person::builder())?;
    ann.create_pet(conn, Pet::builder())?;
    let car = ann.create_car(conn, Car::builder())?;
    refused(ann.destroy(conn));
    assert_eq!(Pet::count(conn)?, 1);
    car.destroy(conn)?;
    ann.destroy(conn)?;
    assert_eq!(Pet::count(conn)?, 0);
    Ok(())
}

#[test]
fn one_side_alone_makes_the_key() -> Result {
    // AC.2, AC.7
    use sides::{Club, House, Membership, Person, Town};
    let conn = &mut connect_to::<Town>();
    let ann = Person::create(conn, Person::builder())?;
    let house = ann.create_house(conn, House::builder())?;
    let club = ann.create_club(conn, Club::builder())?;
    refused(House::create(conn, House::builder().owner_id(9)).map(drop));
    refused(Membership::create(conn, Membership::builder().member(9).club(club.id)).map(drop));
    ann.destroy(conn)?;
    assert_eq!(House::get_by_pk(conn, house.id)?.owner_id, None);
    assert_eq!((Membership::count(conn)?, Club::count(conn)?), (0, 1));
    Ok(())
}
