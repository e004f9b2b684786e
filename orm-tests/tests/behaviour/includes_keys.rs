//! How an include queries the rows of its keys.

use crate::support::Result;
use crate::support::blog::*;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::statements;

/// The posts of these users, as the statement that reads them and its binds.
fn posts_of(conn: &mut orm_tests::Conn, users: &[i32]) -> Result<(String, String)> {
    let (rows, mut sent) = statements::of(conn, |conn| {
        let of_users = User::query().filter(users::id.eq_any(users));
        of_users.include(User::posts()).load(conn)
    });
    assert_eq!((rows?.len(), sent.len()), (users.len(), 2));
    let statement = sent.remove(1);
    let parts = statement.split_once(" -- binds: ");
    let (text, binds) = parts.unwrap_or((&statement, ""));
    Ok((text.to_owned(), binds.to_owned()))
}

// MySQL has neither arrays nor, in all versions, tables of JSON.
#[cfg(not(feature = "mysql"))]
#[test]
fn the_text_does_not_depend_on_the_number_of_keys() -> Result {
    let conn = &mut seeded();
    // So it stays prepared.
    assert_eq!(posts_of(conn, &[1, 3])?.0, posts_of(conn, &[1, 2, 4])?.0);
    Ok(())
}

/// Short lists are filled up to a few lengths, so that their texts stay prepared.
#[cfg(feature = "mysql")]
#[test]
fn short_lists_of_keys_share_their_texts() -> Result {
    let conn = &mut seeded();
    let new = (0..9).map(|number| User::builder().first_name("U").email(format!("{number}@x")));
    User::bulk_create(conn, new)?;
    let (three, binds) = posts_of(conn, &[1, 2, 4])?;
    assert_eq!(binds, "[1, 2, 4, 4]");
    let (four, _) = posts_of(conn, &[1, 2, 3, 9])?;
    let (five, binds) = posts_of(conn, &[1, 2, 3, 4, 9])?;
    assert_eq!(binds, "[1, 2, 3, 4, 9, 9, 9, 9]");
    assert_eq!(three, four);
    assert_ne!(four, five);
    Ok(())
}

/// Keys without a gap are a range, whose text depends on nothing, and which is no list to look through.
#[cfg(not(feature = "postgres"))]
#[test]
fn keys_without_a_gap_are_a_range() -> Result {
    let conn = &mut seeded();
    let (two, binds) = posts_of(conn, &[3, 2])?;
    assert_eq!(binds, "[2, 3]");
    assert!(!two.contains(" IN "), "{two}");
    let (all, binds) = posts_of(conn, &[1, 2, 3, 4])?;
    assert_eq!((all, binds.as_str()), (two, "[1, 4]"));
    let (one, binds) = posts_of(conn, &[3])?;
    assert!(one.contains(" = "), "{one}");
    assert_eq!(binds, "[3]");
    Ok(())
}

/// More keys than MySQL can bind, without a gap and with many.
#[test]
fn there_may_be_more_keys_than_can_be_bound() -> Result {
    const MANY: i32 = 66_000;
    let (all, most) = if cfg!(feature = "mysql") {
        (3, 2)
    } else {
        (1, 1)
    };
    let conn = &mut empty();
    let new = (0..MANY).map(|number| {
        let user = User::builder().first_name("U");
        user.email(format!("{number}@example.com"))
    });
    User::bulk_create(conn, new)?;
    let (users, sent) =
        statements::count(conn, |conn| User::query().include(User::posts()).load(conn));
    assert_eq!((users?.len(), sent), (66_000, 1 + all));
    let (users, sent) = statements::count(conn, |conn| {
        let users = User::query().filter(users::email.not_like("%0@example.com"));
        users.include(User::posts()).load(conn)
    });
    assert_eq!((users?.len(), sent), (59_400, 1 + most));
    Ok(())
}

/// The planner finds the rows of a range by the index on the foreign key, even where another index
/// would give them in the order that is asked for.
#[cfg(not(any(feature = "postgres", feature = "mysql")))]
#[test]
fn a_range_is_found_by_the_index_on_the_foreign_key() -> Result {
    use diesel::connection::SimpleConnection;

    let conn = &mut seeded();
    conn.batch_execute("CREATE INDEX by_title ON posts (title)")?;
    let users = User::query();
    let posts = User::posts()
        .filter(posts::title.ne("Rust"))
        .order(posts::title.asc());
    let (rows, sent) = statements::of(conn, |conn| users.include(posts).load(conn));
    assert_eq!(rows?.len(), 4);
    let (sql, _) = sent[1].split_once(" -- binds").expect("binds");
    let sql = sql.replacen('?', "'Rust'", 1).replacen('?', "1", 1);
    let explain = format!("EXPLAIN QUERY PLAN {}", sql.replacen('?', "4", 1));
    let steps: Vec<Step> = diesel::sql_query(explain).load(conn)?;
    let plan: String = steps.into_iter().map(|step| step.detail).collect();
    assert!(plan.contains("author_id>? AND author_id<?"), "{plan}");
    Ok(())
}

#[cfg(not(any(feature = "postgres", feature = "mysql")))]
#[derive(QueryableByName)]
struct Step {
    #[diesel(sql_type = diesel::sql_types::Text)]
    detail: String,
}
