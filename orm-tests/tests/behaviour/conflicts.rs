//! Which unique key a write goes by, and what happens if another one is taken.

use crate::support::{Result, number, sql};
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, INSERTING, connect_to, statements};

/// Nullable unique columns, alone and in a key of several, stand before the one that is stated.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(unique(country, number))]
pub struct Guest {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique)]
    pub nick: Option<String>,
    #[model(unique, length = 100)]
    pub email: String,
    #[model(default = "se", length = 2)]
    pub country: String,
    pub number: Option<i32>,
    #[model(default = 0)]
    pub points: i32,
}

/// The key of several columns is the only one beside the primary key, and a part of it can be NULL.
#[derive(Model, Debug, Clone, PartialEq)]
#[model(unique(floor, number))]
pub struct Room {
    #[model(primary_key)]
    pub id: i32,
    pub floor: Option<i32>,
    #[model(default = 1)]
    pub number: i32,
    pub beds: i32,
}

/// A further key that the database fills.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Locker {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 20, default = "none")]
    pub owner: String,
    #[model(unique)]
    pub door: i32,
    #[model(default = 0)]
    pub opened: i32,
}

orm_core::schema! { Hotel { Guest, Room, Locker } }

fn hotel() -> Conn {
    connect_to::<Hotel>()
}

/// The columns of a unique key that was taken.
fn taken<T: std::fmt::Debug>(result: Result<T>) -> Vec<String> {
    match result {
        Err(Error::UniqueViolation(violation)) => violation.columns,
        other => panic!("{other:?}"),
    }
}

#[test]
fn upsert_goes_by_the_column_that_is_stated() -> Result {
    let conn = &mut hotel();
    for points in [1, 2] {
        let (ann, sent) = statements::count(conn, |conn| {
            Guest::upsert(conn, Guest::builder().email("ann").points(points))
        });
        let ann = ann?;
        assert_eq!((ann.id, ann.points, sent), (1, points, INSERTING));
        assert_eq!(Guest::find_all(conn)?, [ann]);
    }
    Ok(())
}

#[test]
fn null_is_no_key_where_it_is_stated() -> Result {
    let conn = &mut hotel();
    for points in [1, 2] {
        let new = Guest::builder().nick(None).email("ann").number(None);
        let ann = Guest::upsert(conn, new.country("se").points(points))?;
        assert_eq!((ann.id, ann.points), (1, points));
    }
    // Where it is a value, the first key is the one.
    let changes = Guest::changes().nick("a".to_owned());
    Guest::get_by_pk(conn, 1)?.update(conn, changes)?;
    let moved = Guest::builder().nick("a".to_owned()).email("new");
    assert_eq!(Guest::upsert(conn, moved)?.email, "new");
    assert_eq!(Guest::count(conn)?, 1);
    Ok(())
}

#[test]
fn a_key_of_several_columns_is_stated_with_all_of_them() -> Result {
    let conn = &mut hotel();
    let room = || Room::builder().floor(3).number(7);
    for beds in [1, 2] {
        let seven = Room::upsert(conn, room().beds(beds))?;
        assert_eq!((seven.id, seven.beds), (1, beds));
    }
    // One that is left out, be it NULL or a default, makes no key: it is an insert.
    for floor in [None, Some(4)] {
        Room::upsert(conn, Room::builder().floor(floor).beds(1))?;
    }
    for _ in 0..2 {
        Room::upsert(conn, Room::builder().number(7).beds(1))?;
        Room::upsert(conn, Room::builder().floor(None).number(7).beds(1))?;
    }
    assert_eq!(Room::count(conn)?, 7);
    let fourth = Room::upsert(conn, Room::builder().floor(4).beds(9));
    assert_eq!(taken(fourth), ["floor", "number"]);
    assert_eq!(number(conn, "SELECT MAX(beds) FROM rooms"), 2);
    Ok(())
}

/// Two guests, of whom the second has the lower nick, email and number.
fn two(conn: &mut Conn) -> Result<[Guest; 2]> {
    let guest = |name: &str, number| {
        let new = Guest::builder().email(name).nick(name.to_owned());
        new.number(number)
    };
    let ann = Guest::create(conn, guest("x", 9))?;
    let bo = Guest::create(conn, guest("b", 1))?;
    Ok([ann, bo])
}

#[test]
fn upsert_leaves_strangers_alone() -> Result {
    let conn = &mut hotel();
    let both = two(conn)?;
    let new = || Guest::builder().points(7);
    // By the primary key, of a row that is there and of a new one.
    for id in [1, 5] {
        let taken = taken(Guest::upsert(conn, new().id(id).email("b")));
        assert_eq!(taken, ["email"]);
    }
    // By the nick, while the email or the number is another's.
    for nick in ["x", "new"] {
        let nick = || new().nick(nick.to_owned());
        assert_eq!(taken(Guest::upsert(conn, nick().email("b"))), ["email"]);
        let number = nick().email("free").country("se").number(1);
        assert_eq!(taken(Guest::upsert(conn, number)), ["country", "number"]);
    }
    // By the email, while the number is another's.
    for email in ["x", "new"] {
        let number = new().email(email).number(1);
        let number = Guest::upsert(conn, number.country("se"));
        assert_eq!(taken(number), ["country", "number"]);
    }
    assert_eq!(Guest::find_all(conn)?, both);
    Ok(())
}

#[test]
fn upsert_in_a_transaction_leaves_it_usable_where_the_database_does() -> Result {
    use diesel::Connection as _;

    let conn = &mut hotel();
    two(conn)?;
    conn.transaction(|conn| {
        let clash = conn.transaction(|conn| {
            let new = Guest::builder().nick("x".to_owned()).email("b");
            Guest::upsert(conn, new)
        });
        assert_eq!(taken(clash), ["email"]);
        let new = Guest::builder().nick("x".to_owned()).email("y").points(3);
        Guest::upsert(conn, new).map(drop)
    })?;
    assert_eq!(number(conn, "SELECT points FROM guests WHERE id = 1"), 3);
    Ok(())
}

/// What the database fills in is not what the row is found by, nor written into a row that is there.
#[test]
fn a_key_that_is_left_to_its_default_matters_for_new_rows_alone() -> Result {
    let conn = &mut hotel();
    let locker = |door| Locker::builder().door(door);
    Locker::upsert(conn, locker(1))?;
    Locker::create(conn, locker(2).owner("bo"))?;
    let second = Locker::upsert(conn, locker(2).opened(5))?;
    assert_eq!((second.owner.as_str(), second.opened), ("bo", 5));
    assert_eq!(taken(Locker::upsert(conn, locker(3))), ["owner"]);
    assert_eq!(Locker::count(conn)?, 2);
    Ok(())
}

#[test]
fn upserts_at_once_make_one_row() -> Result {
    use orm_tests::Database;
    use std::{sync::Barrier, thread};

    let database = Database::new();
    Hotel::create_all(&mut database.connect())?;
    let start = Barrier::new(4);
    let upsert = |number| {
        let mut conn = database.connect();
        start.wait();
        for points in 0..25 {
            let new = Guest::builder().email("ann").number(number);
            match Guest::upsert(&mut conn, new.points(points)) {
                Err(error) if !error.is_retryable() => return Err(error),
                Err(_) => {}
                Ok(guest) => assert_eq!(guest.email, "ann"),
            }
        }
        Ok(())
    };
    let upsert = &upsert;
    thread::scope(|scope| {
        let all: Vec<_> = (0..4).map(|n| scope.spawn(move || upsert(n))).collect();
        let mut all = all.into_iter().map(|one| one.join().expect("no panic"));
        all.try_for_each(|one| one)
    })?;
    let guests = Guest::find_all(&mut database.connect())?;
    assert_eq!(guests.len(), 1, "{guests:?}");
    Ok(())
}

mod links {
    use super::*;
    use orm_tests::{GENERATED_KEY, connect, quote};

    mod schema {
        diesel::table! {
            picks (id) {
                id -> Integer,
                list_id -> Integer,
                song_id -> Integer,
                place -> Integer,
                note -> Text,
            }
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to_many(Song, through = Track, as = "songs")]
    #[belongs_to_many(Song, through = Pick, as = "picks", fk = "list_id", other_key = "song_id")]
    pub struct List {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Song {
        #[model(primary_key)]
        pub id: i32,
        #[model(unique, length = 50)]
        pub title: String,
    }

    /// The pair is unique, and so is a place on a list.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(unique(list_id, place))]
    pub struct Track {
        #[model(primary_key)]
        pub id: i32,
        pub list_id: i32,
        pub song_id: i32,
        #[model(default = 0)]
        pub place: i32,
        #[model(default = "", length = 50)]
        pub note: String,
    }

    /// The same in a table that is not ours, and of whose keys the model says nothing.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::picks)]
    pub struct Pick {
        #[model(primary_key)]
        pub id: i32,
        pub list_id: i32,
        pub song_id: i32,
        #[model(default)]
        pub place: i32,
        #[model(default)]
        pub note: String,
    }

    orm_core::schema! { Music { List, Song, Track, #[adopted] Pick } }

    /// Two lists and three songs; on the first list song 2 is at the default place, and song 1 at 5.
    fn music() -> Result<(Conn, List)> {
        let mut conn = connect();
        Music::create_all(&mut conn)?;
        let picks = format!(
            "CREATE TABLE picks (id {GENERATED_KEY}, list_id INTEGER NOT NULL, song_id INTEGER NOT NULL,
                                 place INTEGER NOT NULL DEFAULT 0, note VARCHAR(50) NOT NULL DEFAULT '',
                                 UNIQUE (list_id, place), UNIQUE (list_id, song_id))"
        );
        sql(&mut conn, &picks);
        let list = List::create(&mut conn, List::builder())?;
        Song::bulk_create(
            &mut conn,
            ["a", "b", "c"].map(|title| Song::builder().title(title)),
        )?;
        for table in ["tracks", "picks"] {
            let links = format!(
                "INSERT INTO {} (list_id, song_id, place, note) VALUES (1, 2, 0, 'two'), (1, 1, 5, 'one')",
                quote(table)
            );
            sql(&mut conn, &links);
        }
        Ok((conn, list))
    }

    #[test]
    fn links_leave_strangers_alone() -> Result {
        let (conn, list) = &mut music()?;
        let place = |place| Track::builder().place(place).note("new");
        let before = Track::find_all(conn)?;
        let refused = |result: Result, conn: &mut Conn| -> Result {
            assert_eq!(taken(result), ["list_id", "place"]);
            assert_eq!(Track::find_all(conn)?, before);
            Ok(())
        };
        // A new link at a place that is taken, alone and among others; a link that is there moves to one.
        refused(list.add_song(conn, 3), conn)?;
        refused(list.add_songs(conn, [1, 2, 3]), conn)?;
        refused(list.add_song_with(conn, 3, place(5)), conn)?;
        refused(list.add_song_with(conn, 2, place(5)), conn)?;
        refused(list.add_songs_with(conn, [1, 3], place(5)), conn)?;
        refused(list.set_songs(conn, [2, 3]), conn)?;
        refused(list.set_songs_with(conn, [1, 2], place(9)), conn)?;
        refused(
            list.create_song(conn, Song::builder().title("d")).map(drop),
            conn,
        )?;
        let new = Song::builder().title("d");
        refused(list.create_song_with(conn, new, place(5)).map(drop), conn)?;
        assert_eq!(Song::count(conn)?, 3);
        Ok(())
    }

    #[test]
    fn links_of_a_table_that_says_nothing_leave_strangers_alone() -> Result {
        let (conn, list) = &mut music()?;
        let place = |place| Pick::builder().place(place).note("new");
        let before = Pick::find_all(conn)?;
        let refused = |result: Result, conn: &mut Conn| -> Result {
            assert!(
                matches!(result, Err(Error::UniqueViolation(_))),
                "{result:?}"
            );
            assert_eq!(Pick::find_all(conn)?, before);
            Ok(())
        };
        refused(list.add_pick(conn, 3), conn)?;
        refused(list.add_picks(conn, [1, 2, 3]), conn)?;
        refused(list.add_pick_with(conn, 3, place(5)), conn)?;
        refused(list.add_picks_with(conn, [1, 3], place(5)), conn)?;
        refused(list.set_picks(conn, [2, 3]), conn)?;
        refused(list.set_picks_with(conn, [1, 2], place(9)), conn)?;
        refused(
            list.create_pick(conn, Song::builder().title("d")).map(drop),
            conn,
        )?;
        Ok(())
    }

    #[test]
    fn links_that_can_be_made_are_made() -> Result {
        let (conn, list) = &mut music()?;
        for _ in 0..2 {
            list.add_songs(conn, [1, 2])?;
            list.add_picks(conn, [1, 2])?;
            list.add_song_with(conn, 3, Track::builder().place(7).note("new"))?;
            list.add_pick_with(conn, 3, Pick::builder().place(7).note("new"))?;
        }
        list.add_song_with(conn, 1, Track::builder().note("one again"))?;
        list.add_picks_with(conn, [1], Pick::builder().note("one again"))?;
        for table in ["tracks", "picks"] {
            let sql = |what: &str| format!("SELECT {what} FROM {}", quote(table));
            assert_eq!(number(conn, &sql("COUNT(*)")), 3);
            let all = sql("COUNT(*)") + " WHERE (song_id = 1 AND place = 5 AND note = 'one again')
                OR (song_id = 2 AND place = 0 AND note = 'two') OR (song_id = 3 AND place = 7 AND note = 'new')";
            assert_eq!(number(conn, &all), 3);
        }
        Ok(())
    }

    /// The links of a junction whose default place is taken: only a link that is new takes it.
    #[test]
    fn a_link_that_is_there_takes_its_columns_whatever_new_ones_would_meet() -> Result {
        let (conn, list) = &mut music()?;
        list.add_songs_with(conn, [1, 2], Track::builder().note("both"))?;
        assert_eq!(
            number(conn, "SELECT COUNT(*) FROM tracks WHERE note = 'both'"),
            2
        );
        Ok(())
    }
}
