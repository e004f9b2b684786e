//! All rows that a filter finds, written at once.

use crate::support::blog::{self, *};
use crate::support::{Result, number, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[model(unique(team, number))]
#[has_many(Goal, fk = "player_id", as = "goals")]
pub struct Player {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 50)]
    pub team: String,
    pub number: i32,
    #[model(default = 0)]
    pub points: i32,
    #[model(default = 1)]
    pub level: i16,
    pub note: Option<String>,
    pub speed: Option<f64>,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Player, fk = "player_id", as = "player", on_delete = "restrict")]
pub struct Goal {
    #[model(primary_key)]
    pub id: i32,
    pub player_id: i32,
}

orm_core::schema! { League { Player, Goal } }

/// Players 1 to 3 of `a`, 4 and 5 of `b`; each has ten times its key as points.
fn league() -> Conn {
    let mut conn = connect_to::<League>();
    let new = |(id, team): (i32, &str)| {
        let player = Player::builder().team(team).number(id);
        player.points(id * 10)
    };
    let rows = [(1, "a"), (2, "a"), (3, "a"), (4, "b"), (5, "b")].map(new);
    Player::bulk_create(&mut conn, rows).expect("players are created");
    conn
}

fn points(conn: &mut Conn) -> Vec<i32> {
    let query = players::table.order(players::id).select(players::points);
    query.load(conn).expect("points are read")
}

#[test]
fn changes_are_one_statement_and_give_the_number_of_rows() -> Result {
    // QB.18
    let conn = &mut league();
    let (changed, sent) = statements::of(conn, |conn| {
        let changes = Player::changes().note("x".to_owned()).level(7);
        Player::rows(players::team.eq("a")).update(conn, changes)
    });
    assert_eq!((changed?, sent.len()), (3, 1));
    let noted = players::note.eq("x").and(players::level.eq(7));
    assert_eq!(Player::count_where(conn, noted)?, 3);
    // NULL is written as any value.
    let changes = Player::changes().note(None);
    assert_eq!(Player::rows(players::id.le(2)).update(conn, changes)?, 2);
    assert_eq!(Player::count_where(conn, players::note.is_not_null())?, 1);
    // Rows that stay as they are count.
    let changes = Player::changes().team("a");
    assert_eq!(
        Player::rows(players::team.eq("a")).update(conn, changes)?,
        3
    );
    Ok(())
}

#[test]
fn nothing_is_sent_if_nothing_is_stated() -> Result {
    let conn = &mut league();
    let (changed, sent) = statements::count(conn, |conn| -> Result<[usize; 2]> {
        Ok([
            Player::all_rows().update(conn, Player::changes())?,
            Player::all_rows().set(conn, None::<diesel::dsl::Eq<players::points, i32>>)?,
        ])
    });
    assert_eq!((changed?, sent), ([0, 0], 0));
    Ok(())
}

#[test]
fn filters_are_whole_whatever_they_are_made_of() -> Result {
    let conn = &mut league();
    let changes = || Player::changes().note("x".to_owned());
    let or = players::id.eq(1).or(players::id.eq(4));
    assert_eq!(Player::rows(or).update(conn, changes())?, 2);
    let text = diesel::dsl::sql::<diesel::sql_types::Bool>("players.id = 1 OR players.id = 2");
    assert_eq!(Player::rows(text).update(conn, changes())?, 2);
    let list = players::id.eq_any(vec![1, 3, 5]);
    assert_eq!(Player::rows(list).update(conn, changes())?, 3);
    let nothing = players::id.eq_any(Vec::<i32>::new());
    assert_eq!(Player::rows(nothing).update(conn, changes())?, 0);
    // A condition that is NULL finds nothing.
    assert_eq!(
        Player::rows(players::speed.gt(1.0)).update(conn, changes())?,
        0
    );
    let boxed: Box<dyn BoxableExpression<players::table, orm_tests::Backend, SqlType = _>> =
        Box::new(players::id.eq(2));
    assert_eq!(Player::rows(boxed).update(conn, changes())?, 1);
    // By the rows of another table.
    sql(conn, "INSERT INTO goals (player_id) VALUES (2), (2), (5)");
    let scored = players::id.eq_any(goals::table.select(goals::player_id));
    assert_eq!(Player::rows(scored).update(conn, changes())?, 2);
    assert_eq!(Player::all_rows().update(conn, changes())?, 5);
    Ok(())
}

#[test]
fn assignments_of_diesel_compute_columns_from_columns() -> Result {
    // QB.33
    let conn = &mut league();
    let a = || Player::rows(players::team.eq("a"));
    assert_eq!(a().set(conn, players::points.eq(players::points + 1))?, 3);
    assert_eq!(points(conn), [11, 21, 31, 40, 50]);
    let both = (
        players::points.eq(players::number * 2),
        players::note.eq(Some("x")),
        Some(players::level.eq(3)),
        None::<diesel::dsl::Eq<players::speed, Option<f64>>>,
    );
    assert_eq!(a().set(conn, both)?, 3);
    assert_eq!(points(conn), [2, 4, 6, 40, 50]);
    assert_eq!(Player::count_where(conn, players::level.eq(3))?, 3);
    Ok(())
}

#[test]
fn several_numbers_are_added_to_at_once() -> Result {
    // QB.30, MI.13, MI.14
    let conn = &mut league();
    let a = || Player::rows(players::team.eq("a"));
    assert_eq!(a().increment(conn, players::points, 5)?, 3);
    assert_eq!(a().decrement(conn, players::points, 4)?, 3);
    assert_eq!(points(conn), [11, 21, 31, 40, 50]);
    let (added, sent) = statements::count(conn, |conn| {
        a().increment_each(conn, ((players::points, -1), (players::level, 2)))
    });
    assert_eq!((added?, sent), (3, 1));
    assert_eq!(a().decrement_each(conn, ((players::points, 10),))?, 3);
    assert_eq!(points(conn), [0, 10, 20, 40, 50]);
    assert_eq!(Player::count_where(conn, players::level.eq(3))?, 3);
    // NULL plus a number is NULL.
    assert_eq!(a().increment(conn, players::speed, 1.5)?, 3);
    assert_eq!(Player::count_where(conn, players::speed.is_null())?, 5);
    // Of one row; it is read again.
    let mut player = Player::get_by_pk(conn, 1)?;
    player.increment_each(conn, ((players::points, 7), (players::level, 1)))?;
    assert_eq!((player.points, player.level), (7, 4));
    player.decrement_each(conn, ((players::level, 3), (players::points, 2)))?;
    assert_eq!((player.points, player.level), (5, 1));
    assert_eq!(Player::get_by_pk(conn, 1)?, player);
    player.destroy(conn)?;
    let gone = player.increment_each(conn, ((players::points, 1),));
    assert!(matches!(gone, Err(Error::NotFound { .. })));
    Ok(())
}

/// The column of a sum that does not fit.
fn misfit<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result {
        Err(Error::CheckViolation(violation)) => violation.columns,
        other => panic!("{other:?}"),
    }
}

#[test]
fn where_one_sum_does_not_fit_no_row_is_changed() -> Result {
    let conn = &mut league();
    let before = points(conn);
    let most = i32::MAX - 25;
    let failed = Player::all_rows().increment(conn, players::points, most);
    assert_eq!(misfit(failed), ["points"]);
    assert_eq!(points(conn), before);
    let failed = Player::all_rows()
        .decrement(conn, players::level, i16::MAX)
        .map(|_| ());
    failed?;
    let failed = Player::all_rows().decrement(conn, players::level, 9);
    assert_eq!(misfit(failed), ["level"]);
    let mut player = Player::get_by_pk(conn, 5)?;
    let failed = player.increment_each(conn, ((players::points, i32::MAX),));
    assert_eq!(misfit(failed), ["points"]);
    assert_eq!((player.points, points(conn)), (50, before.clone()));
    // Within a transaction, which goes on but on PostgreSQL.
    let failed = conn.transaction(|conn| -> Result {
        let both = ((players::level, 1), (players::points, i32::MAX));
        Player::all_rows().increment_each(conn, both).map(drop)
    });
    assert!(
        matches!(failed, Err(Error::CheckViolation(_))),
        "{failed:?}"
    );
    assert_eq!(points(conn), before);
    // What fits, fits to the last.
    Player::rows(players::id.eq(1)).increment(conn, players::points, i32::MAX - 10)?;
    assert_eq!(points(conn)[0], i32::MAX);
    Ok(())
}

#[test]
fn rows_are_deleted_by_a_filter_or_all() -> Result {
    // QB.19
    let conn = &mut league();
    let (gone, sent) = statements::count(conn, |conn| {
        Player::rows(players::points.gt(20)).destroy(conn)
    });
    assert_eq!((gone?, sent), (3, 1));
    assert_eq!(Player::rows(players::id.eq(77)).destroy(conn)?, 0);
    sql(conn, "INSERT INTO goals (player_id) VALUES (2)");
    let refused = Player::all_rows().destroy(conn);
    assert!(matches!(refused, Err(Error::ForeignKeyViolation(_))));
    assert_eq!(Player::count(conn)?, 2);
    Goal::all_rows().destroy(conn)?;
    assert_eq!(Player::all_rows().destroy(conn)?, 2);
    assert_eq!(Player::all_rows().destroy(conn)?, 0);
    Ok(())
}

#[test]
fn a_taken_key_leaves_all_rows_as_they_are() -> Result {
    let conn = &mut league();
    let failed = Player::rows(players::team.eq("a")).update(conn, Player::changes().number(9));
    assert!(
        matches!(failed, Err(Error::UniqueViolation(_))),
        "{failed:?}"
    );
    assert_eq!(Player::count_where(conn, players::number.eq(9))?, 0);
    Ok(())
}

#[test]
fn links_and_enums_are_written_as_by_other_calls() -> Result {
    let conn = &mut blog::seeded();
    let drafts = Post::rows(posts::status.eq(Status::Draft));
    let at = Post::changes()
        .published_at(day(3))
        .status(Status::Published);
    assert_eq!(drafts.update(conn, at)?, 2);
    assert_eq!(Post::count_where(conn, posts::status.eq(Status::Draft))?, 0);
    // Whom the filter of an association finds.
    let rust = Tag::find_all(conn)?.remove(0);
    assert!(rust.count_posts(conn)? > 0);
    let gone = PostTag::rows(post_tags::tag_id.eq(rust.id)).destroy(conn)?;
    assert!(gone > 0);
    assert_eq!(rust.count_posts(conn)?, 0);
    Ok(())
}

#[cfg(any(feature = "sqlite", feature = "postgres"))]
#[test]
fn written_rows_come_back() -> Result {
    // QB.18, MI.15
    let conn = &mut league();
    let a = || Player::rows(players::team.eq("a")).returning();
    let (rows, sent) = statements::count(conn, |conn| {
        a().update(conn, Player::changes().note("x".to_owned()))
    });
    let mut rows = rows?;
    rows.sort_by_key(|row| row.id);
    assert_eq!((rows.len(), sent), (3, 1));
    assert_eq!(rows, Player::find_where(conn, players::team.eq("a"))?);
    assert!(rows.iter().all(|row| row.note.as_deref() == Some("x")));
    let rows = a().set(conn, players::points.eq(players::points * 2))?;
    assert_eq!(rows.iter().map(|row| row.points).sum::<i32>(), 120);
    let rows = a().increment(conn, players::points, 1)?;
    assert_eq!(rows.iter().map(|row| row.points).sum::<i32>(), 123);
    let rows = a().increment_each(conn, ((players::level, 1), (players::points, -1)))?;
    assert_eq!(rows.iter().map(|row| row.level).sum::<i16>(), 6);
    assert_eq!(
        misfit(a().increment(conn, players::points, i32::MAX)),
        ["points"]
    );
    assert!(a().update(conn, Player::changes())?.is_empty());
    let rows = a().destroy(conn)?;
    assert_eq!((rows.len(), Player::count(conn)?), (3, 2));
    assert_eq!(Player::all_rows().returning().destroy(conn)?.len(), 2);
    Ok(())
}

#[cfg(feature = "sqlite")]
#[test]
fn rows_come_back_as_triggers_left_them() -> Result {
    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Page {
        #[model(primary_key)]
        pub id: i32,
        pub text: String,
        #[model(read_only, default = 0)]
        pub length: i32,
    }
    orm_core::schema! { Book { Page } }

    let conn = &mut connect_to::<Book>();
    for verb in ["INSERT", "UPDATE OF text"] {
        let name = verb.len();
        sql(
            conn,
            &format!(
                "CREATE TRIGGER t{name} AFTER {verb} ON pages BEGIN \
                 UPDATE pages SET length = length(NEW.text) WHERE id = NEW.id; END"
            ),
        );
    }
    let rows = (0..200).map(|n| Page::builder().text(format!("{n}")));
    let created = Page::inserting(rows).ignore_taken().create(conn)?;
    assert_eq!((created.len(), created[199].length), (200, 3));
    let changes = Page::changes().text("four");
    let rows = Page::all_rows().returning().update(conn, changes)?;
    assert_eq!(rows.len(), 200);
    assert!(rows.iter().all(|row| row.length == 4));
    Ok(())
}

#[test]
fn a_table_is_emptied() -> Result {
    // QB.19
    let conn = &mut connect_to::<Words>();
    let add = |conn: &mut Conn| Word::create(conn, Word::builder().text("x")).map(|word| word.id);
    assert_eq!((add(conn)?, add(conn)?), (1, 2));
    Word::truncate(conn)?;
    assert_eq!(Word::count(conn)?, 0);
    let next = add(conn)?;
    assert_eq!(
        next,
        if cfg!(feature = "mysql") && !cfg!(feature = "sqlite") {
            1
        } else {
            3
        }
    );
    Word::truncating().restart().execute(conn)?;
    assert_eq!(
        (number(conn, "SELECT COUNT(*) FROM words"), add(conn)?),
        (0, 1)
    );
    Ok(())
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Word {
    #[model(primary_key)]
    pub id: i32,
    pub text: String,
}

orm_core::schema! { Words { Word } }

#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
#[test]
fn tables_that_refer_are_emptied_too() -> Result {
    let conn = &mut league();
    sql(conn, "INSERT INTO goals (player_id) VALUES (2)");
    assert!(Player::truncate(conn).is_err());
    Player::truncating().cascade().restart().execute(conn)?;
    assert_eq!((Player::count(conn)?, Goal::count(conn)?), (0, 0));
    let new = Player::builder().team("a").number(1);
    assert_eq!(Player::create(conn, new)?.id, 1);
    Ok(())
}
