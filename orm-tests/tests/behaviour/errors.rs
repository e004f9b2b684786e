//! The same errors on every backend.

use crate::support::{Result, sql};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, Violation};
use orm_tests::{Conn, Database, GENERATED_KEY, IMPATIENT, NAMES_FOREIGN_KEYS, connect_to};
use team::*;

mod team {
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq)]
    pub enum Kind {
        Guest,
        Host,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Member, fk = "team_id", as = "members")]
    #[belongs_to_many(Prize, through = Win, fk = "team_id", other_key = "prize_id", as = "prizes")]
    pub struct Team {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(unique(team_id, seat), unique(seat, nick))]
    #[belongs_to(Team, fk = "team_id", as = "team")]
    pub struct Member {
        #[model(primary_key)]
        pub id: i32,
        pub team_id: i32,
        pub seat: i32,
        #[model(unique)]
        pub email: String,
        #[model(length = 5)]
        pub nick: Option<String>,
        #[model(default = Kind::Guest)]
        pub kind: Kind,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Prize {
        #[model(primary_key)]
        pub id: i32,
    }

    /// Its two keys are unique together, which only the model of the team says.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Win {
        #[model(primary_key)]
        pub id: i32,
        pub prize_id: i32,
        pub team_id: i32,
    }

    orm_core::schema! { pub League { Team, Member, Prize, Win } }

    /// Its table is written by hand.
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Rating {
        #[model(primary_key)]
        pub id: i32,
        pub stars: Option<i32>,
    }
}

/// A team with a member, and a prize.
fn fill(conn: &mut Conn) -> Result<(Team, Member)> {
    let team = Team::create(conn, Team::builder())?;
    let member = Member::builder().seat(1).email("ann").nick("A");
    let member = team.create_member(conn, member)?;
    Prize::create(conn, Prize::builder())?;
    Ok((team, member))
}

#[track_caller]
fn unique<T: std::fmt::Debug>(result: Result<T>) -> Box<Violation> {
    match result {
        Err(Error::UniqueViolation(violation)) => violation,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn foreign_key<T: std::fmt::Debug>(result: Result<T>) -> Box<Violation> {
    match result {
        Err(Error::ForeignKeyViolation(violation)) => violation,
        other => panic!("{other:?}"),
    }
}

#[track_caller]
fn check<T: std::fmt::Debug>(result: Result<T>) -> Box<Violation> {
    match result {
        Err(Error::CheckViolation(violation)) => violation,
        other => panic!("{other:?}"),
    }
}

/// Model, table and columns.
fn told(violation: &Violation) -> (&str, Option<&str>, Vec<&str>) {
    let columns = violation.columns.iter().map(String::as_str).collect();
    (violation.model, violation.table.as_deref(), columns)
}

#[test]
fn unique_values_are_told_by_table_and_columns() -> Result {
    let conn = &mut connect_to::<League>();
    let (team, ann) = fill(conn)?;
    let new = || Member::builder().seat(2).email("bo");
    let email = unique(team.create_member(conn, new().email("ann")));
    assert_eq!(told(&email), ("Member", Some("members"), vec!["email"]));
    let seat = unique(team.create_member(conn, new().seat(1)));
    let columns = vec!["team_id", "seat"];
    assert_eq!(told(&seat), ("Member", Some("members"), columns));
    let other = Team::create(conn, Team::builder())?;
    let nick = unique(other.create_member(conn, new().seat(1).nick("A")));
    let columns = vec!["seat", "nick"];
    assert_eq!(told(&nick), ("Member", Some("members"), columns));
    let key = unique(team.create_member(conn, new().id(ann.id)));
    assert_eq!(told(&key), ("Member", Some("members"), vec!["id"]));
    let mut bo = team.create_member(conn, new())?;
    let changed = unique(bo.update(conn, Member::changes().email("ann")));
    assert_eq!(told(&changed), ("Member", Some("members"), vec!["email"]));
    // Values that look like the rest of the message.
    bo.update(conn, Member::changes().email("' for key 'nick'"))?;
    let email = unique(
        ann.clone()
            .update(conn, Member::changes().email("' for key 'nick'")),
    );
    assert_eq!(told(&email), ("Member", Some("members"), vec!["email"]));
    Ok(())
}

#[test]
fn the_pair_of_a_junction_is_told_by_its_columns() -> Result {
    let conn = &mut connect_to::<League>();
    let (team, _) = fill(conn)?;
    team.add_prize(conn, 1)?;
    let again = unique(Win::create(conn, Win::builder().team_id(1).prize_id(1)));
    let columns = vec!["team_id", "prize_id"];
    assert_eq!(told(&again), ("Win", Some("wins"), columns));
    Ok(())
}

#[test]
fn a_plain_statement_names_no_model() -> Result {
    let conn = &mut connect_to::<League>();
    fill(conn)?;
    let insert = "INSERT INTO members (team_id, seat, email) VALUES (1, 2, 'ann')";
    let result = diesel::sql_query(insert).execute(conn);
    let violation = unique(result.map_err(Error::from));
    assert_eq!(violation.model, "");
    // SQLite names the columns, PostgreSQL both, MySQL the index.
    let named = violation.constraint.as_deref().unwrap_or_default();
    let column = violation.columns.first().map(String::as_str);
    assert!(named == "email" || column == Some("email"), "{violation:?}");
    Ok(())
}

#[test]
fn foreign_keys_are_told_by_table_constraint_and_column() -> Result {
    let conn = &mut connect_to::<League>();
    let (team, ann) = fill(conn)?;
    let nowhere = Member::builder().team_id(9).seat(2).email("bo");
    let nowhere = foreign_key(Member::create(conn, nowhere));
    let changed = foreign_key(ann.clone().update(conn, Member::changes().team_id(9)));
    let kept = foreign_key(team.destroy(conn));
    let models = [&nowhere, &changed, &kept].map(|violation| violation.model);
    assert_eq!(models, ["Member", "Member", "Team"]);
    // The table that has the constraint, whichever end was written.
    for violation in [nowhere, changed, kept] {
        let (_, table, columns) = told(&violation);
        let told = (table, violation.constraint.as_deref(), columns);
        if NAMES_FOREIGN_KEYS {
            let name = Some("members_team_id_fkey");
            assert_eq!(told, (Some("members"), name, vec!["team_id"]));
        } else {
            assert_eq!(told, (None, None, vec![]));
        }
    }
    Ok(())
}

#[test]
fn checks_are_told_by_constraint_and_column() -> Result {
    let conn = &mut connect_to::<League>();
    let (_, mut ann) = fill(conn)?;
    let create = format!(
        "CREATE TABLE ratings (id {GENERATED_KEY}, stars INTEGER,
         CONSTRAINT ratings_stars_check CHECK (stars < 6))"
    );
    sql(conn, &create);
    let stars = check(Rating::create(conn, Rating::builder().stars(6)));
    assert_eq!(told(&stars), ("Rating", Some("ratings"), vec!["stars"]));
    assert_eq!(stars.constraint.as_deref(), Some("ratings_stars_check"));
    let long = check(ann.update(conn, Member::changes().nick("Annabel")));
    assert_eq!(long.model, "Member");
    let update = diesel::sql_query("UPDATE members SET kind = 'boss'");
    let kind = check(update.execute(conn).map_err(Error::from));
    assert_eq!(kind.model, "");
    assert!(kind.constraint.is_some(), "{kind:?}");
    Ok(())
}

#[test]
fn null_is_told_by_table_and_column() -> Result {
    let conn = &mut connect_to::<League>();
    fill(conn)?;
    let create = format!("CREATE TABLE ratings (id {GENERATED_KEY}, stars INTEGER NOT NULL)");
    sql(conn, &create);
    let null = |error: Error| match error {
        Error::NotNullViolation(violation) => violation,
        other => panic!("{other:?}"),
    };
    // A value that is NULL, and one that is missing.
    for builder in [Rating::builder().stars(None), Rating::builder()] {
        let violation = Rating::create(conn, builder).map_err(null).err();
        let told = violation.as_deref().map(told);
        assert_eq!(told, Some(("Rating", Some("ratings"), vec!["stars"])));
    }
    Ok(())
}

#[test]
fn a_row_that_is_locked_is_told_and_can_be_tried_again() -> Result {
    let database = Database::new();
    let (one, two) = (&mut database.connect(), &mut database.connect());
    League::create_all(one)?;
    let (_, ann) = fill(one)?;
    sql(two, IMPATIENT);
    one.transaction(|one: &mut Conn| -> Result {
        ann.clone().update(one, Member::changes().seat(5))?;
        let change = Member::changes().seat(6);
        let error = two.transaction(|two: &mut Conn| ann.clone().update(two, change));
        let error = error.expect_err("the row is locked");
        assert!(matches!(error, Error::LockTimeout(_)), "{error:?}");
        assert!(error.is_retryable());
        assert!(
            orm_tests::chain(&error).starts_with("lock timeout: "),
            "{error}"
        );
        Ok(())
    })?;
    let change = Member::changes().seat(6);
    two.transaction(|two: &mut Conn| ann.clone().update(two, change))?;
    assert_eq!(Member::get_by_pk(one, ann.id)?.seat, 6);
    Ok(())
}

#[test]
fn what_fails_again_is_not_tried_again() -> Result {
    let conn = &mut connect_to::<League>();
    let (team, _) = fill(conn)?;
    let again = Member::builder().seat(2).email("ann");
    let unique = team.create_member(conn, again).expect_err("it is taken");
    let syntax = diesel::sql_query("SELEKT 1").execute(conn);
    let syntax = Error::from(syntax.expect_err("it is no SQL"));
    assert!(matches!(syntax, Error::Database(_)), "{syntax:?}");
    let missing = Team::get_by_pk(conn, 99).expect_err("there is none");
    for error in [unique, syntax, missing] {
        assert!(!error.is_retryable(), "{error:?}");
    }
    Ok(())
}
