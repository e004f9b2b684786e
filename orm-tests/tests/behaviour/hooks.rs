//! Hooks: which run, in which order, what they may change, and what an error of theirs undoes.

use crate::support::Result;
use diesel::Connection as _;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{ByFilter, Connection, Dialect, Error, HookedBy, Hooks, NONE, Values};
use orm_tests::{Conn, connect_to, statements};

type Db = <Conn as diesel::Connection>::Backend;

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Task, fk = "owner_id", as = "tasks")]
#[belongs_to_many(Task, through = Watch, as = "interests", fk = "user_id", other_key = "task_id")]
#[model(hooks)]
pub struct User {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 50)]
    pub name: String,
    #[model(default = 0)]
    pub level: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(User, fk = "owner_id", as = "owner")]
#[model(hooks(Log, Limits))]
pub struct Task {
    #[model(primary_key)]
    pub id: i32,
    pub owner_id: Option<i32>,
    #[model(length = 50)]
    pub title: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(hooks(Log))]
pub struct Watch {
    #[model(primary_key)]
    pub user_id: i32,
    #[model(primary_key)]
    pub task_id: i32,
    #[model(default = 0)]
    pub weight: i32,
}

/// What happened, in the database: what is undone is undone here, too.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Entry {
    #[model(primary_key)]
    pub id: i32,
    #[model(length = 200)]
    pub text: String,
}

/// It is shown alike whatever it is.
#[derive(ModelEnum, Clone, Copy, PartialEq)]
pub enum Secret {
    Odd,
    Even,
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("***")
    }
}

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Room, fk = "door_id", as = "rooms")]
#[model(hooks)]
pub struct Door {
    #[model(primary_key)]
    pub id: i32,
    pub floor: i32,
    pub secret: Secret,
}

impl Hooks<Door, Db> for Door {
    const BY_FILTER: ByFilter = ByFilter::Each;

    fn before_update(
        _: &mut impl Connection<Backend = Db>,
        row: &Door,
        changes: &mut Values<Door>,
    ) -> orm_core::Result<()> {
        let secret = if row.id % 2 == 0 {
            Secret::Even
        } else {
            Secret::Odd
        };
        changes.set(doors::secret, secret);
        Ok(())
    }
}

/// Its hooks write a row, and take out what the change says of the wing.
#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Door, fk = "door_id", as = "door")]
#[model(hooks)]
pub struct Room {
    #[model(primary_key)]
    pub id: i32,
    pub door_id: Option<i32>,
    pub wing: i32,
    #[model(default = 0)]
    pub beds: i32,
    #[model(unique)]
    pub number: i32,
}

impl Hooks<Room, Db> for Room {
    const BY_FILTER: ByFilter = ByFilter::Statement;

    fn before_update(
        _: &mut impl Connection<Backend = Db>,
        _: &Room,
        changes: &mut Values<Room>,
    ) -> orm_core::Result<()> {
        changes.unset(rooms::wing);
        Ok(())
    }

    fn before_update_where(
        conn: &mut impl Connection<Backend = Db>,
        changes: &mut Values<Room>,
    ) -> orm_core::Result<()> {
        note(conn, "changing rooms".to_owned())?;
        changes.unset(rooms::wing);
        Ok(())
    }
}

orm_core::schema! { Work { User, Task, Watch, Entry, Door, Room } }

/// Its own hooks: they change values, read, write rows of another model and of its own, and refuse.
impl Hooks<User, Db> for User {
    const BY_FILTER: ByFilter = ByFilter::Statement;

    fn before_create(
        conn: &mut impl Connection<Backend = Db>,
        new: &mut Values<User>,
    ) -> orm_core::Result<()> {
        let name = new.get(users::name).cloned().unwrap_or_default();
        if name.ends_with('+') {
            // A row of its own model: no second one of that.
            User::create(conn, User::builder().name(name.replace('+', "2")))?;
        }
        new.set(users::name, name.trim());
        if new.get(users::level).is_none() {
            let level = i32::try_from(User::count(conn)?).unwrap_or_default();
            new.set(users::level, level);
        }
        Ok(())
    }

    fn after_create(conn: &mut impl Connection<Backend = Db>, row: &User) -> orm_core::Result<()> {
        note(conn, format!("created {}", row.name))?;
        let mail = format!("welcome, {}", row.name);
        orm_core::after_commit(conn, || MAILS.with_borrow_mut(|mails| mails.push(mail)))?;
        refuse(&row.name)
    }

    fn after_update(
        conn: &mut impl Connection<Backend = Db>,
        old: &User,
        now: &User,
    ) -> orm_core::Result<()> {
        note(conn, format!("{} -> {}", old.name, now.name))?;
        refuse(&now.name)
    }

    fn before_destroy(
        conn: &mut impl Connection<Backend = Db>,
        row: &User,
    ) -> orm_core::Result<()> {
        note(conn, format!("destroying {}", row.name))
    }

    fn after_destroy(_: &mut impl Connection<Backend = Db>, row: &User) -> orm_core::Result<()> {
        refuse(&row.name)
    }

    fn after_upsert(conn: &mut impl Connection<Backend = Db>, row: &User) -> orm_core::Result<()> {
        note(conn, format!("upserted {}", row.name))
    }
}

fn note(conn: &mut impl Connection<Backend = Db>, text: String) -> orm_core::Result<()> {
    Entry::create(conn, Entry::builder().text(text)).map(drop)
}

fn refuse(name: &str) -> orm_core::Result<()> {
    match name.contains("bad") {
        true => Err(Error::Database(diesel::result::Error::RollbackTransaction)),
        false => Ok(()),
    }
}

thread_local! {
    /// What was sent after a commit.
    static MAILS: std::cell::RefCell<Vec<String>> = const { std::cell::RefCell::new(Vec::new()) };
}

/// The mails since the last call.
fn mails() -> Vec<String> {
    MAILS.with_borrow_mut(std::mem::take)
}

/// Hooks that several models share.
pub struct Log;

impl<M: Model + HookedBy<Log>> Hooks<M, Db> for Log {
    const BY_FILTER: ByFilter = ByFilter::Each;

    fn before_save(
        conn: &mut impl Connection<Backend = Db>,
        values: &mut Values<M>,
    ) -> orm_core::Result<()> {
        let given = format!("{values:?}").matches("Some(").count() > 0;
        note(conn, format!("saving a {} with values: {given}", M::NAME))
    }

    fn after_save(conn: &mut impl Connection<Backend = Db>, _: &M) -> orm_core::Result<()> {
        note(conn, format!("saved a {}", M::NAME))
    }

    fn before_destroy(conn: &mut impl Connection<Backend = Db>, _: &M) -> orm_core::Result<()> {
        note(conn, format!("destroying a {}", M::NAME))
    }
}

/// Hooks for any backend.
pub struct Limits;

impl<DB: Dialect> Hooks<Task, DB> for Limits {
    const BY_FILTER: ByFilter = ByFilter::Statement;

    fn before_update(
        _: &mut impl Connection<Backend = DB>,
        row: &Task,
        changes: &mut Values<Task>,
    ) -> orm_core::Result<()> {
        if row.title == "pinned" {
            changes.set(tasks::title, "pinned, and changed");
        }
        Ok(())
    }
}

/// What was noted since the last call.
fn notes(conn: &mut Conn) -> Result<Vec<String>> {
    let texts = entries::table
        .order(entries::id)
        .select(entries::text)
        .load(conn)?;
    diesel::delete(entries::table).execute(conn)?;
    Ok(texts)
}

#[test]
fn a_hook_changes_values_and_writes_other_rows() -> Result {
    let conn = &mut connect_to::<Work>();
    let ann = User::create(conn, User::builder().name(" Ann "))?;
    assert_eq!((ann.name.as_str(), ann.level), ("Ann", 0));
    let two = User::bulk_create(
        conn,
        [
            User::builder().name("Bo"),
            User::builder().name("Cy").level(7),
        ],
    )?;
    assert_eq!((two[0].level, two[1].level), (1, 7));
    assert_eq!(notes(conn)?, ["created Ann", "created Bo", "created Cy"]);
    let dee = User::create(conn, User::builder().name("Dee+"))?;
    assert_eq!(dee.name, "Dee+");
    assert_eq!(notes(conn)?, ["created Dee2", "created Dee+"]);
    assert_eq!(User::count(conn)?, 5);
    Ok(())
}

#[test]
fn an_error_of_a_hook_undoes_the_write() -> Result {
    let conn = &mut connect_to::<Work>();
    let created = User::create(conn, User::builder().name("bad"));
    assert!(created.is_err(), "{created:?}");
    let created = User::bulk_create(conn, ["Ann", "bad", "Cy"].map(|n| User::builder().name(n)));
    assert!(created.is_err(), "{created:?}");
    assert_eq!(User::count(conn)?, 0);

    let mut ann = User::create(conn, User::builder().name("Ann"))?;
    let before = ann.clone();
    assert!(ann.update(conn, User::changes().name("bad")).is_err());
    assert_eq!(ann, before);
    ann.name = "bad".to_owned();
    assert!(ann.save(conn).is_err());
    assert_eq!(User::find_all(conn)?, [before.clone()]);
    diesel::update(users::table)
        .set(users::name.eq("bad"))
        .execute(conn)?;
    assert!(ann.destroy(conn).is_err());
    assert_eq!(User::count(conn)?, 1);
    assert_eq!(notes(conn)?, ["created Ann"]);
    Ok(())
}

#[test]
fn a_hook_waits_for_the_commit() -> Result {
    let conn = &mut connect_to::<Work>();
    User::create(conn, User::builder().name("Ann"))?;
    assert_eq!(mails(), ["welcome, Ann"]);
    assert!(User::create(conn, User::builder().name("bad")).is_err());
    assert_eq!(mails(), [""; 0]);
    orm_core::transaction(conn).run(|conn| -> orm_core::Result<()> {
        User::bulk_create(conn, ["Bo", "Cy"].map(|name| User::builder().name(name)))?;
        assert_eq!(mails(), [""; 0]);
        assert!(User::create(conn, User::builder().name("bad")).is_err());
        Ok(())
    })?;
    assert_eq!(mails(), ["welcome, Bo", "welcome, Cy"]);
    let refused = conn.transaction(|conn| User::create(conn, User::builder().name("Dee")));
    assert!(
        matches!(refused, Err(Error::NotOurTransaction)),
        "{refused:?}"
    );
    assert_eq!((User::count(conn)?, mails().len()), (3, 0));
    Ok(())
}

#[test]
fn a_change_has_the_row_before_it() -> Result {
    let conn = &mut connect_to::<Work>();
    let mut ann = User::create(conn, User::builder().name("Ann"))?;
    ann.update(conn, User::changes().name("Bo"))?;
    ann.name = "Cy".to_owned();
    ann.save(conn)?;
    ann.increment(conn, users::level, 5)?;
    let same = User::upsert(conn, User::builder().name("Cy").level(9))?;
    assert_eq!((same.id, same.level), (ann.id, 9));
    ann.destroy(conn)?;
    let expected = [
        "created Ann",
        "Ann -> Bo",
        "Bo -> Cy",
        "Cy -> Cy",
        "upserted Cy",
        "destroying Cy",
    ];
    assert_eq!(notes(conn)?, expected);
    Ok(())
}

#[test]
fn the_hooks_of_links_run() -> Result {
    let conn = &mut connect_to::<Work>();
    let ann = User::create(conn, User::builder().name("Ann"))?;
    notes(conn)?;
    let task = ann.create_task(conn, Task::builder().title("a"))?;
    let saved = ["saving a Task with values: true", "saved a Task"];
    assert_eq!(notes(conn)?, saved);
    ann.remove_task(conn, &task)?;
    assert_eq!(notes(conn)?, saved);
    ann.add_tasks(conn, [&task])?;
    assert_eq!(notes(conn)?, saved);
    ann.set_tasks(conn, NONE)?;
    assert_eq!(notes(conn)?, saved);
    assert_eq!(Task::get_by_pk(conn, task.id)?.owner_id, None);

    ann.add_interests(conn, [&task])?;
    let saved = ["saving a Watch with values: true", "saved a Watch"];
    assert_eq!(notes(conn)?, saved);
    ann.add_interests(conn, [&task])?;
    assert_eq!(notes(conn)?, [""; 0], "the link is there");
    ann.add_interests_with(conn, [&task], Watch::builder().weight(3))?;
    assert_eq!(notes(conn)?, saved);
    assert_eq!(Watch::find_all(conn)?[0].weight, 3);
    ann.set_interests(conn, NONE)?;
    assert_eq!(notes(conn)?, ["destroying a Watch"]);
    assert_eq!(Watch::count(conn)?, 0);
    Ok(())
}

#[test]
fn rows_that_are_written_together_share_a_statement_if_no_hook_changes_them() -> Result {
    let conn = &mut connect_to::<Work>();
    let ann = User::create(conn, User::builder().name("Ann"))?;
    let titles = ["a", "pinned", "b", "c"];
    let tasks = Task::bulk_create(conn, titles.map(|title| Task::builder().title(title)))?;
    let (done, updates) = statements::all(conn, |conn| ann.add_tasks(conn, &tasks));
    done?;
    let updates = updates.iter().filter(|sql| sql.starts_with("UPDATE"));
    assert_eq!(updates.count(), 2);
    let mut tasks: Vec<String> = ann
        .get_tasks(conn)?
        .into_iter()
        .map(|task| task.title)
        .collect();
    tasks.sort();
    assert_eq!(tasks, ["a", "b", "c", "pinned, and changed"]);
    Ok(())
}

#[test]
fn what_a_hook_makes_of_each_row_is_written_even_if_it_is_shown_alike() -> Result {
    let conn = &mut connect_to::<Work>();
    let door = || Door::builder().floor(1).secret(Secret::Even);
    Door::bulk_create(conn, [door(), door(), door(), door()])?;
    assert_eq!(
        Door::rows(doors::floor.eq(1)).update(conn, Door::changes().floor(2))?,
        4
    );
    for door in Door::find_all(conn)? {
        let expected = if door.id % 2 == 0 {
            Secret::Even
        } else {
            Secret::Odd
        };
        assert!(door.secret == expected && door.floor == 2, "{door:?}");
    }
    Ok(())
}

fn two_rooms(conn: &mut Conn) -> Result<Vec<Room>> {
    let room = |number| Room::builder().wing(1).number(number);
    Room::bulk_create(conn, [room(1), room(2)])
}

#[test]
fn what_a_hook_takes_out_stays_as_it_is() -> Result {
    let conn = &mut connect_to::<Work>();
    let mut rooms = two_rooms(conn)?;
    rooms[0].update(conn, Room::changes().wing(9))?;
    rooms[0].update(conn, Room::changes().wing(9).beds(2))?;
    assert_eq!((rooms[0].wing, rooms[0].beds), (1, 2));
    assert_eq!(Room::all_rows().update(conn, Room::changes().wing(9))?, 0);
    assert_eq!(
        Room::all_rows().update(conn, Room::changes().wing(9).beds(3))?,
        2
    );
    let stored = Room::find_all(conn)?;
    assert!(
        stored.iter().all(|room| room.wing == 1 && room.beds == 3),
        "{stored:?}"
    );
    Ok(())
}

#[test]
fn what_a_hook_of_many_rows_wrote_is_undone_with_the_statement() -> Result {
    let conn = &mut connect_to::<Work>();
    let door = Door::create(conn, Door::builder().floor(1).secret(Secret::Odd))?;
    let rooms = two_rooms(conn)?;
    let taken = Room::all_rows().update(conn, Room::changes().number(7));
    assert!(matches!(taken, Err(Error::UniqueViolation(_))), "{taken:?}");
    assert_eq!(notes(conn)?, [""; 0]);
    let set = Room::all_rows().set(conn, rooms::number.eq(7));
    assert!(matches!(set, Err(Error::UniqueViolation(_))), "{set:?}");
    assert_eq!(notes(conn)?, [""; 0]);
    door.add_rooms(conn, &rooms)?;
    door.remove_rooms(conn, &rooms)?;
    assert_eq!(notes(conn)?, ["changing rooms", "changing rooms"]);
    let missing = door.add_rooms(conn, [rooms[0].id, 99]);
    assert!(
        matches!(missing, Err(Error::NotFound { .. })),
        "{missing:?}"
    );
    assert_eq!(notes(conn)?, [""; 0]);
    Ok(())
}

#[test]
fn a_call_can_leave_them_out() -> Result {
    let conn = &mut connect_to::<Work>();
    let quiet = User::without_hooks;
    let mut ann = quiet().create(conn, User::builder().name(" bad "))?;
    assert_eq!(ann.name, " bad ");
    quiet().update(conn, &mut ann, User::changes().name("bad"))?;
    ann.level = 3;
    quiet().save(conn, &mut ann)?;
    quiet().upsert(conn, User::builder().name("bad").level(4))?;
    quiet().bulk_create(conn, [User::builder().name("bad+")])?;
    quiet().destroy(conn, &ann)?;
    assert_eq!(
        (User::count(conn)?, Entry::count(conn)?, mails().len()),
        (1, 0, 0)
    );
    Ok(())
}

#[test]
fn a_model_without_hooks_runs_the_statements_that_it_ran_before() -> Result {
    let conn = &mut connect_to::<Work>();
    let (entry, sent) =
        statements::all(conn, |conn| Entry::create(conn, Entry::builder().text("a")));
    let mut entry = entry?;
    let expected = if cfg!(feature = "postgres") { 1 } else { 2 };
    assert_eq!(sent.len(), expected, "{sent:?}");
    assert!(!sent.iter().any(|sql| sql == "BEGIN"), "{sent:?}");
    let (done, sent) = statements::all(conn, |conn| entry.update(conn, Entry::changes().text("b")));
    done?;
    assert_eq!(sent.len(), 1, "{sent:?}");
    let (done, sent) = statements::all(conn, |conn| entry.destroy(conn));
    done?;
    assert_eq!(sent.len(), 1, "{sent:?}");
    Ok(())
}

/// The database deletes rows without hooks. A hook of the parent can destroy them before.
mod children {
    use super::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Book, fk = "shelf_id", as = "books")]
    #[model(hooks)]
    pub struct Shelf {
        #[model(primary_key)]
        pub id: i32,
        #[model(default = false)]
        pub quiet: bool,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Shelf, fk = "shelf_id", as = "shelf", on_delete = "cascade")]
    #[model(hooks)]
    pub struct Book {
        #[model(primary_key)]
        pub id: i32,
        pub shelf_id: i32,
        #[model(length = 20)]
        pub title: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Loss {
        #[model(primary_key)]
        pub id: i32,
        #[model(length = 20)]
        pub title: String,
    }

    orm_core::schema! { Library { Shelf, Book, Loss } }

    impl Hooks<Shelf, Db> for Shelf {
        const BY_FILTER: ByFilter = ByFilter::Each;

        fn before_destroy(
            conn: &mut impl Connection<Backend = Db>,
            shelf: &Shelf,
        ) -> orm_core::Result<()> {
            if !shelf.quiet {
                Book::rows(books::shelf_id.eq(shelf.id)).destroy(conn)?;
            }
            Ok(())
        }
    }

    impl Hooks<Book, Db> for Book {
        const BY_FILTER: ByFilter = ByFilter::Each;

        fn after_destroy(
            conn: &mut impl Connection<Backend = Db>,
            book: &Book,
        ) -> orm_core::Result<()> {
            Loss::create(conn, Loss::builder().title(&*book.title)).map(drop)
        }
    }

    #[test]
    fn hooks_of_rows_that_go_with_another() -> Result {
        // HK.26, HK.27
        let conn = &mut connect_to::<Library>();
        let books = || ["Emma", "Ulysses"].map(|title| Book::builder().title(title));
        let loud = Shelf::create(conn, Shelf::builder().with_books(books()))?.into_model();
        let quiet = Shelf::builder().quiet(true).with_books(books());
        let quiet = Shelf::create(conn, quiet)?.into_model();
        quiet.destroy(conn)?;
        assert_eq!((Book::count(conn)?, Loss::count(conn)?), (2, 0));
        loud.destroy(conn)?;
        assert_eq!((Book::count(conn)?, Loss::count(conn)?), (0, 2));
        Ok(())
    }
}
