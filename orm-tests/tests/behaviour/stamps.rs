//! What a write makes itself: `created_at`, `updated_at` and the version, on each way of writing.

use crate::support::Result;
use chrono::{DateTime, NaiveDateTime, SubsecRound, TimeDelta, Utc};
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_core::{Error, NONE};
use orm_tests::{Conn, connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[has_many(Note, fk = "writer_id", as = "notes")]
pub struct Writer {
    #[model(primary_key)]
    pub id: i32,
    #[model(unique, length = 50)]
    pub name: String,
    #[model(default = 0)]
    pub points: i32,
    #[model(created_at)]
    pub joined: NaiveDateTime,
    #[model(updated_at)]
    pub changed: NaiveDateTime,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Writer, fk = "writer_id", as = "writer")]
#[belongs_to_many(Topic, through = About, as = "topics")]
pub struct Note {
    #[model(primary_key)]
    pub id: i32,
    pub writer_id: Option<i32>,
    #[model(unique, length = 50)]
    pub text: String,
    #[model(default = 0)]
    pub reads: i32,
    #[model(created_at)]
    pub created_at: DateTime<Utc>,
    #[model(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[model(version)]
    pub version: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct Topic {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
pub struct About {
    #[model(primary_key)]
    pub note_id: i32,
    #[model(primary_key)]
    pub topic_id: i32,
    #[model(default = 0)]
    pub place: i32,
    #[model(updated_at)]
    pub updated_at: DateTime<Utc>,
    #[model(version)]
    pub version: i64,
}

orm_core::schema! { Notes { Writer, Note, Topic, About } }

/// Now, as it is stored.
fn now() -> DateTime<Utc> {
    Utc::now().trunc_subsecs(6)
}

fn long_ago() -> DateTime<Utc> {
    now() - TimeDelta::days(1000)
}

/// A note that was written long ago, and its version.
fn old_note(conn: &mut Conn, text: &str) -> Result<Note> {
    let long_ago = long_ago();
    let note = Note::builder()
        .text(text)
        .created_at(long_ago)
        .updated_at(long_ago);
    Note::create(conn, note)
}

#[track_caller]
fn is_stored(conn: &mut Conn, note: &Note) {
    assert_eq!(Note::get_by_pk(conn, note.id).as_ref().ok(), Some(note));
}

#[test]
fn a_new_row_knows_when_it_was_made_and_is_not_read_for_it() -> Result {
    let conn = &mut connect_to::<Notes>();
    let before = now();
    let (note, sent) = statements::all(conn, |conn| {
        Note::create(conn, Note::builder().text("a").reads(0))
    });
    let note = note?;
    assert_eq!((note.created_at, note.version), (note.updated_at, 1));
    assert!(before <= note.created_at && note.created_at <= now());
    is_stored(conn, &note);
    let (_, as_before) = statements::all(conn, |conn| Topic::create(conn, Topic::builder()));
    assert_eq!(sent.len(), as_before.len(), "{sent:?}");

    let writer = Writer::create(conn, Writer::builder().name("Ann"))?;
    assert_eq!(writer, Writer::get_by_pk(conn, writer.id)?);
    Ok(())
}

#[test]
fn rows_that_are_created_together_have_one_moment() -> Result {
    let conn = &mut connect_to::<Notes>();
    let stated = long_ago();
    let notes = Note::bulk_create(
        conn,
        [
            Note::builder().text("a"),
            Note::builder().text("b"),
            Note::builder().text("c").created_at(stated),
        ],
    )?;
    assert_eq!(notes[0].created_at, notes[1].created_at);
    assert_eq!(notes[2].created_at, stated);
    assert_eq!(notes[0].created_at, notes[2].updated_at);
    for note in &notes {
        is_stored(conn, note);
    }
    Ok(())
}

#[test]
fn each_change_of_a_row_is_told_here_and_in_the_database() -> Result {
    let conn = &mut connect_to::<Notes>();
    let mut note = old_note(conn, "a")?;
    let made = note.created_at;
    let before = now();
    let (done, sent) = statements::all(conn, |conn| note.update(conn, Note::changes().text("b")));
    done?;
    assert_eq!(sent.len(), 1, "{sent:?}");
    assert_eq!((note.text.as_str(), note.version), ("b", 2));
    assert!(before <= note.updated_at);
    is_stored(conn, &note);

    let stated = long_ago();
    note.update(conn, Note::changes().updated_at(stated))?;
    assert_eq!((note.updated_at, note.version), (stated, 3));
    is_stored(conn, &note);

    note.text.push('!');
    note.save(conn)?;
    assert!(before <= note.updated_at);
    assert_eq!((note.created_at, note.version), (made, 4));
    is_stored(conn, &note);

    note.update(conn, Note::changes().updated_at(stated))?;
    note.increment(conn, notes::reads, 5)?;
    assert!(before <= note.updated_at);
    assert_eq!((note.reads, note.version), (5, 6));
    is_stored(conn, &note);

    note.update(conn, Note::changes())?;
    assert_eq!(note.version, 6, "nothing changed");
    Ok(())
}

#[test]
fn links_change_the_rows_that_hold_them() -> Result {
    let conn = &mut connect_to::<Notes>();
    let ann = Writer::create(conn, Writer::builder().name("Ann"))?;
    let mut note = old_note(conn, "a")?;
    let before = now();
    note.set_writer(conn, &ann)?;
    assert_eq!((note.writer_id, note.version), (Some(ann.id), 2));
    assert!(before <= note.updated_at);
    is_stored(conn, &note);

    for (step, version) in [(0, 3), (1, 4), (2, 5), (3, 6)] {
        note.update(conn, Note::changes().updated_at(long_ago()))?;
        diesel::update(notes::table)
            .set(notes::version.eq(version - 1))
            .execute(conn)?;
        match step {
            0 => ann.remove_note(conn, &note)?,
            1 => ann.add_note(conn, &note)?,
            2 => ann.set_notes(conn, NONE)?,
            _ => ann.set_notes(conn, [&note])?,
        }
        note.reload(conn)?;
        assert!(before <= note.updated_at, "step {step}");
        assert_eq!(note.version, version, "step {step}");
    }
    let made = ann.create_note(conn, Note::builder().text("b"))?;
    assert!(before <= made.created_at);
    Ok(())
}

#[test]
fn links_in_a_junction_are_stamped_too() -> Result {
    let conn = &mut connect_to::<Notes>();
    let note = old_note(conn, "a")?;
    Topic::bulk_create(conn, [Topic::builder(), Topic::builder()])?;
    let before = now();
    note.add_topics(conn, [1, 2])?;
    let links = About::find_all(conn)?;
    assert!(
        links
            .iter()
            .all(|link| before <= link.updated_at && link.version == 1)
    );
    diesel::update(abouts::table)
        .set(abouts::updated_at.eq(long_ago()))
        .execute(conn)?;
    note.add_topics(conn, [1, 2])?;
    assert!(
        About::find_all(conn)?.iter().all(|link| link.version == 1),
        "they stay"
    );
    note.add_topics_with(conn, [1, 2], About::builder().place(7))?;
    let links = About::find_all(conn)?;
    assert!(
        links
            .iter()
            .all(|link| before <= link.updated_at && link.version == 2),
        "{links:?}"
    );
    Ok(())
}

#[test]
fn an_upsert_changes_or_creates() -> Result {
    let conn = &mut connect_to::<Notes>();
    let old = old_note(conn, "a")?;
    let before = now();
    let same = Note::upsert(conn, Note::builder().text("a").reads(9))?;
    assert_eq!((same.id, same.reads, same.version), (old.id, 9, 2));
    assert_eq!(same.created_at, old.created_at);
    assert!(before <= same.updated_at);
    is_stored(conn, &same);

    let as_it_is = Note::upsert(conn, Note::builder().text("a"))?;
    assert_eq!(as_it_is, same, "nothing is stated but the key");

    let new = Note::upsert(conn, Note::builder().text("b"))?;
    assert_eq!((new.version, new.created_at), (1, new.updated_at));
    Ok(())
}

#[test]
fn a_row_that_somebody_changed_is_stale() -> Result {
    let conn = &mut connect_to::<Notes>();
    let mut mine = old_note(conn, "a")?;
    let mut theirs = mine.clone();
    theirs.update(conn, Note::changes().text("theirs"))?;

    let before = mine.clone();
    let refused: [(&str, orm_core::Result<()>); 4] = [
        ("update", mine.update(conn, Note::changes().text("mine"))),
        ("save", mine.save(conn)),
        ("set_writer", mine.set_writer(conn, None::<&Writer>)),
        ("destroy", mine.destroy(conn)),
    ];
    for (name, result) in refused {
        let Err(Error::Stale { model, key, .. }) = result else {
            panic!("{name} gives {result:?}");
        };
        assert_eq!((model, key), ("Note", format!("id = {}", before.id)));
    }
    assert_eq!(mine, before, "memory stays as it was");
    is_stored(conn, &theirs);

    mine.increment(conn, notes::reads, 1)?;
    assert_eq!(
        (mine.text.as_str(), mine.reads, mine.version),
        ("theirs", 1, 3)
    );
    let stale = theirs.update(conn, Note::changes().text("late"));
    assert!(matches!(stale, Err(Error::Stale { .. })), "{stale:?}");

    theirs.reload(conn)?;
    theirs.destroy(conn)?;
    let gone = theirs.update(conn, Note::changes().text("gone"));
    assert!(
        matches!(gone, Err(Error::NotFound { model: "Note", .. })),
        "{gone:?}"
    );
    Ok(())
}

#[test]
fn a_stale_row_in_a_transaction_leaves_the_transaction_as_it_was() -> Result {
    let conn = &mut connect_to::<Notes>();
    let mut mine = old_note(conn, "a")?;
    mine.clone().update(conn, Note::changes().text("theirs"))?;
    conn.transaction(|conn| {
        Note::create(conn, Note::builder().text("b"))?;
        assert!(mine.update(conn, Note::changes().text("mine")).is_err());
        Note::create(conn, Note::builder().text("c"))?;
        Ok::<_, Error>(())
    })?;
    assert_eq!(Note::count(conn)?, 3);
    Ok(())
}

#[test]
fn a_version_that_cannot_grow_is_an_error() -> Result {
    let conn = &mut connect_to::<Notes>();
    let mut note = old_note(conn, "a")?;
    diesel::update(notes::table)
        .set(notes::version.eq(i32::MAX))
        .execute(conn)?;
    note.reload(conn)?;
    let before = note.clone();
    let refused = note.update(conn, Note::changes().text("b"));
    assert!(
        matches!(refused, Err(Error::CheckViolation(_))),
        "{refused:?}"
    );
    assert_eq!(note, before);
    is_stored(conn, &note);
    Ok(())
}
