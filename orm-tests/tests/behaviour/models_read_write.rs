//! Finding, changing and deleting rows.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, statements};

fn ids(users: &[User]) -> Vec<i32> {
    users.iter().map(|user| user.id).collect()
}

/// What is said of a user that is gone.
fn gone<T: std::fmt::Debug>(result: Result<T>) {
    match result {
        Err(Error::NotFound { model, key, .. }) => {
            assert_eq!((model, key.as_str()), ("User", "id = 4"))
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn find_by_pk_gives_the_row_or_none() -> Result {
    // FI.2
    let conn = &mut seeded();
    assert_eq!(
        User::find_by_pk(conn, 2)?.map(|u| u.first_name),
        Some("Bob".into())
    );
    assert_eq!(User::find_by_pk(conn, 0)?, None);
    assert_eq!(User::get_by_pk(conn, 3)?.first_name, "Cid");
    Ok(())
}

#[test]
fn find_one_gives_the_first_match_with_a_limit() -> Result {
    // FI.1, FI.3
    let conn = &mut seeded();
    let reader = users::role.eq(Role::Reader);
    let (found, sent) = statements::of(conn, |conn| User::find_one(conn, reader));
    assert!(found?.is_some_and(|user| user.role == Role::Reader));
    assert_eq!(sent.len(), 1);
    assert!(sent[0].contains("LIMIT"), "{sent:?}");
    assert_eq!(User::find_one(conn, users::first_name.eq("Zoe"))?, None);
    Ok(())
}

#[test]
fn find_by_pk_needs_no_limit() -> Result {
    // FI.3
    let conn = &mut seeded();
    let (found, sent) = statements::of(conn, |conn| User::find_by_pk(conn, 1));
    assert!(found?.is_some());
    assert!(!sent[0].contains("LIMIT"), "{sent:?}");
    Ok(())
}

#[test]
fn find_where_and_find_all_give_rows() -> Result {
    // QB.2, QB.6
    let conn = &mut seeded();
    assert_eq!(ids(&User::find_all(conn)?), [1, 2, 3, 4]);
    let found = User::find_where(conn, users::manager_id.eq(1).and(users::id.gt(2)))?;
    assert_eq!(ids(&found), [3]);
    assert_eq!(User::find_where(conn, users::id.eq_any([0; 0]))?, []);
    Ok(())
}

#[test]
fn count_and_exists_ask_the_database() -> Result {
    // QB.28
    let conn = &mut seeded();
    assert_eq!(User::count(conn)?, 4);
    assert_eq!(User::count_where(conn, users::manager_id.is_not_null())?, 3);
    assert_eq!(User::count_where(conn, users::id.gt(9))?, 0);
    assert!(User::exists(conn, users::first_name.eq("Ann"))?);
    let (exists, sent) = statements::of(conn, |conn| User::exists(conn, users::id.eq(9)));
    assert!(!exists?);
    assert!(sent[0].contains("EXISTS"), "{sent:?}");
    Ok(())
}

#[test]
fn query_is_a_plain_diesel_query() -> Result {
    let conn = &mut seeded();
    let names: Vec<(String, Option<i32>)> = User::query()
        .filter(users::id.gt(2))
        .order(users::id.asc())
        .select((users::first_name, users::manager_id))
        .load(conn)?;
    assert_eq!(names, [("Cid".into(), Some(1)), ("Dan".into(), Some(2))]);
    let bob: Option<User> = User::query()
        .filter(users::id.eq(2))
        .first(conn)
        .optional()?;
    assert_eq!(bob.map(|user| user.role), Some(Role::Author));
    Ok(())
}

#[test]
fn update_writes_only_the_columns_that_are_given() -> Result {
    // MI.7
    let conn = &mut seeded();
    let mut bob = User::get_by_pk(conn, 2)?;
    let mut other = bob.clone();
    other.update(conn, User::changes().role(Role::Admin))?;
    let changes = User::changes().first_name("Rob").manager_id(None);
    let (done, sent) = statements::of(conn, |conn| bob.update(conn, changes));
    done?;
    assert_eq!(sent.len(), 1);
    let text = sent[0].replace(['`', '"'], "");
    assert!(text.starts_with("UPDATE users SET first_name = "), "{text}");
    assert!(
        text.contains("manager_id = ") && !text.contains("role"),
        "{text}"
    );
    assert_eq!(
        (bob.first_name.as_str(), bob.manager_id, bob.role),
        ("Rob", None, Role::Author)
    );
    let stored = User::get_by_pk(conn, 2)?;
    assert_eq!(
        (stored.first_name.as_str(), stored.role),
        ("Rob", Role::Admin)
    );
    Ok(())
}

#[test]
fn an_update_of_nothing_sends_nothing() -> Result {
    // MI.12
    let conn = &mut seeded();
    let mut bob = User::get_by_pk(conn, 2)?;
    let (done, sent) = statements::count(conn, |conn| bob.update(conn, User::changes()));
    assert_eq!((done?, sent), ((), 0));
    Ok(())
}

#[test]
fn a_refused_update_leaves_the_value_as_it_was() -> Result {
    let conn = &mut seeded();
    let mut bob = User::get_by_pk(conn, 2)?;
    let before = bob.clone();
    let error = bob
        .update(conn, User::changes().email("ann@example.com"))
        .err();
    assert!(matches!(error, Some(Error::UniqueViolation(v)) if v.model == "User"));
    let error = bob.update(conn, User::changes().manager_id(99)).err();
    assert!(matches!(error, Some(Error::ForeignKeyViolation(v)) if v.model == "User"));
    assert_eq!((&bob, User::get_by_pk(conn, 2)?), (&before, before.clone()));
    Ok(())
}

#[test]
fn save_writes_all_columns_but_the_key() -> Result {
    // MI.2
    let conn = &mut seeded();
    let mut bob = User::get_by_pk(conn, 2)?;
    bob.first_name = "Rob".into();
    bob.role = Role::Admin;
    bob.manager_id = None;
    let (done, sent) = statements::count(conn, |conn| bob.save(conn));
    assert_eq!((done?, sent), ((), 1));
    assert_eq!(User::get_by_pk(conn, 2)?, bob);
    assert_eq!(User::get_by_pk(conn, 3)?.first_name, "Cid");
    Ok(())
}

#[test]
fn reload_reads_the_row_again() -> Result {
    // MI.9
    let conn = &mut seeded();
    let mut bob = User::get_by_pk(conn, 2)?;
    let mut other = bob.clone();
    other.update(conn, User::changes().first_name("Rob"))?;
    assert_eq!(bob.first_name, "Bob");
    bob.reload(conn)?;
    assert_eq!(bob, other);
    Ok(())
}

#[test]
fn destroy_deletes_that_row() -> Result {
    // MI.8
    let conn = &mut seeded();
    User::get_by_pk(conn, 4)?.destroy(conn)?;
    assert_eq!(ids(&User::find_all(conn)?), [1, 2, 3]);
    Ok(())
}

#[test]
fn destroying_what_others_need_is_refused() -> Result {
    let conn = &mut seeded();
    let error = User::get_by_pk(conn, 2)?.destroy(conn).err();
    // Bob's comment refers to him, and says nothing of cascading.
    assert!(matches!(error, Some(Error::ForeignKeyViolation(v)) if v.model == "User"));
    assert_eq!(User::count(conn)?, 4);
    Ok(())
}

#[test]
fn a_row_that_is_gone_is_not_found() -> Result {
    let conn = &mut seeded();
    let mut dan = User::get_by_pk(conn, 4)?;
    dan.destroy(conn)?;
    let before = dan.clone();
    gone(dan.update(conn, User::changes().first_name("D")));
    assert_eq!(dan, before);
    gone(dan.save(conn));
    gone(dan.reload(conn));
    gone(dan.destroy(conn));
    gone(User::get_by_pk(conn, 4));
    assert_eq!(User::count(conn)?, 3);
    Ok(())
}

#[test]
fn a_transaction_takes_everything_and_rolls_it_back() -> Result {
    // SEED.31, TX.2, TX.4, TX.9
    let conn = &mut seeded();
    let failed = conn.transaction(|conn: &mut Conn| -> Result {
        let new = User::builder().first_name("Eve").email("eve@example.com");
        let eve = User::create(conn, new)?;
        eve.create_profile(conn, UserProfile::builder())?;
        eve.create_posts(conn, ["a", "b"].map(|title| Post::builder().title(title)))?;
        assert_eq!(Post::count(conn)?, 7);
        User::get_by_pk(conn, 99).map(drop)
    });
    assert!(matches!(failed, Err(Error::NotFound { .. })));
    let counts = (
        User::count(conn)?,
        UserProfile::count(conn)?,
        Post::count(conn)?,
    );
    assert_eq!(counts, (4, 2, 5));
    Ok(())
}
