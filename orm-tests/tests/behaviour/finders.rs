//! Finding or creating, counting while finding, upserting, incrementing and decrementing; and a
//! second, narrower model of a table.

use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, INSERTING, connect_to, statements};

type Result<T = ()> = orm_core::Result<T>;

#[derive(Model, Debug, Clone, PartialEq)]
#[model(unique(country, number))]
#[has_many(Visit, fk = "guest_id", as = "visits")]
pub struct Guest {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub email: String,
    pub name: Option<String>,
    #[model(default = 0)]
    pub points: i32,
    pub balance: Option<f64>,
    #[model(default = "se")]
    pub country: String,
    pub number: Option<i32>,
}

/// What is shown of a guest: fewer columns of the same table (SEED.7, EL.7).
#[derive(Model, Debug, Clone, PartialEq)]
#[model(schema = guests)]
pub struct Badge {
    #[model(primary_key)]
    pub id: i32,
    pub name: Option<String>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Guest, fk = "guest_id", as = "guest", on_delete = "cascade")]
#[belongs_to(Badge, fk = "guest_id", as = "badge")]
pub struct Visit {
    #[model(primary_key)]
    pub id: i32,
    pub guest_id: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Setting {
    #[model(primary_key)]
    pub scope: String,
    #[model(primary_key)]
    pub key: String,
    pub value: String,
}

orm_core::schema! { pub Hotel { Guest, Visit, Setting, #[view] Badge } }

fn hotel() -> Conn {
    connect_to::<Hotel>()
}

fn guest(conn: &mut Conn, email: &str) -> Result<Guest> {
    Guest::create(conn, Guest::builder().email(email))
}

#[test]
fn find_or_create_creates_once() -> Result {
    // FI.4
    let conn = &mut hotel();
    let new = || Guest::builder().email("ann@example.com").name("Ann");
    let filter = guests::email.eq("ann@example.com");
    let (ann, created) = Guest::find_or_create(conn, filter, new())?;
    assert!(created);
    let (again, created) = Guest::find_or_create(conn, filter, new())?;
    assert!(!created);
    assert_eq!(again, ann);
    assert_eq!(Guest::count(conn)?, 1);
    Ok(())
}

#[test]
fn find_or_create_passes_on_a_violation_of_another_row() -> Result {
    // FI.6: the filter finds nothing, and what is created collides with somebody else.
    let conn = &mut hotel();
    guest(conn, "ann@example.com")?;
    let new = Guest::builder().email("ann@example.com");
    let error = Guest::find_or_create(conn, guests::name.eq("Bo"), new).err();
    assert!(matches!(error, Some(Error::UniqueViolation(_))));
    assert_eq!(Guest::count(conn)?, 1);
    Ok(())
}

#[test]
fn find_or_create_within_a_transaction_leaves_it_usable() -> Result {
    let conn = &mut hotel();
    conn.transaction(|conn| {
        guest(conn, "ann@example.com")?;
        let new = Guest::builder().email("ann@example.com");
        let refused = Guest::find_or_create(conn, guests::name.eq("Bo"), new);
        assert!(refused.is_err());
        guest(conn, "bo@example.com")?;
        Ok::<_, Error>(())
    })?;
    assert_eq!(Guest::count(conn)?, 2);
    Ok(())
}

#[test]
fn find_and_count_all_counts_beyond_its_page() -> Result {
    // FI.9
    let conn = &mut hotel();
    for number in 1..=5 {
        let email = format!("{number}@example.com");
        Guest::create(conn, Guest::builder().email(email).number(number))?;
    }
    let filter = guests::number.gt(1);
    let (page, count) = Guest::find_and_count_all(conn, filter, 2, 1)?;
    assert_eq!(count, 4);
    assert_eq!(
        page.iter().map(|guest| guest.number).collect::<Vec<_>>(),
        [Some(3), Some(4)]
    );
    Ok(())
}

#[test]
fn upsert_goes_by_the_primary_key() -> Result {
    let conn = &mut hotel();
    let setting = |value: &str| Setting::builder().scope("ui").key("theme").value(value);
    Setting::upsert(conn, setting("dark"))?;
    let (light, sent) = statements::count(conn, |conn| Setting::upsert(conn, setting("light")));
    assert_eq!(light?.value, "light");
    assert_eq!(sent, INSERTING);
    assert_eq!(Setting::count(conn)?, 1);
    Ok(())
}

#[test]
fn upsert_goes_by_a_unique_column_and_writes_what_is_stated() -> Result {
    // UP.5
    let conn = &mut hotel();
    let new = Guest::builder()
        .email("ann@example.com")
        .name("Ann")
        .points(3);
    let ann = Guest::create(conn, new)?;
    let changed = Guest::upsert(conn, Guest::builder().email("ann@example.com").points(9))?;
    assert_eq!(
        changed,
        Guest {
            points: 9,
            ..ann.clone()
        }
    );
    // NULL is written where it is stated.
    let cleared = Guest::upsert(conn, Guest::builder().email("ann@example.com").name(None))?;
    assert_eq!(cleared.name, None);
    // Nothing but the key: the row comes back as it is.
    let same = Guest::upsert(conn, Guest::builder().email("ann@example.com"))?;
    assert_eq!(same, cleared);
    assert_eq!(Guest::count(conn)?, 1);
    Ok(())
}

#[test]
fn upsert_of_a_new_row_inserts() -> Result {
    let conn = &mut hotel();
    let ann = Guest::upsert(conn, Guest::builder().email("ann@example.com").name("Ann"))?;
    assert_eq!(Guest::find_all(conn)?, [ann]);
    Ok(())
}

#[test]
fn upsert_does_not_hide_a_violation_of_another_key() -> Result {
    let conn = &mut hotel();
    let ann = Guest::builder()
        .email("ann@example.com")
        .country("se")
        .number(1);
    Guest::create(conn, ann)?;
    guest(conn, "bo@example.com")?;
    let bo = Guest::builder()
        .email("bo@example.com")
        .country("se")
        .number(1);
    assert!(matches!(
        Guest::upsert(conn, bo),
        Err(Error::UniqueViolation(_))
    ));
    Ok(())
}

#[test]
fn increment_and_decrement_count_in_the_database() -> Result {
    // MI.13, MI.14
    let conn = &mut hotel();
    let mut ann = guest(conn, "ann@example.com")?;
    let mut stale = ann.clone();
    ann.increment(conn, guests::points, 5)?;
    assert_eq!(ann.points, 5);
    stale.decrement(conn, guests::points, 2)?;
    assert_eq!(stale.points, 3);
    ann.update(conn, Guest::changes().balance(1.5))?;
    ann.increment(conn, guests::balance, 0.25)?;
    assert_eq!((ann.points, ann.balance), (3, Some(1.75)));
    ann.destroy(conn)?;
    let gone = ann.increment(conn, guests::points, 1).err();
    assert_eq!(
        gone.map(|e| e.to_string()).as_deref(),
        Some("no Guest with id = 1 in the database")
    );
    Ok(())
}

#[test]
fn an_include_of_a_narrower_model_reads_fewer_columns() -> Result {
    // SEED.7, EL.7
    let conn = &mut hotel();
    let ann = Guest::create(conn, Guest::builder().email("ann@example.com").name("Ann"))?;
    ann.create_visit(conn, Visit::builder())?;
    let (visits, sent) = statements::of(conn, |conn| {
        Visit::query().include(Visit::badge()).load(conn)
    });
    assert_eq!(visits?[0].badge.name.as_deref(), Some("Ann"));
    assert!(
        sent[1].contains("name") && !sent[1].contains("email"),
        "{}",
        sent[1]
    );
    let both = Visit::query()
        .include(Visit::guest())
        .include(Visit::badge())
        .load(conn)?;
    assert_eq!(both[0].guest.id, both[0].badge.id);
    Ok(())
}
