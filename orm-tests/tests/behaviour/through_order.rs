//! Many-to-many includes in the order of a column of the junction.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, statements};

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Song, through = Track, as = "songs")]
pub struct Album {
    #[model(primary_key)]
    pub id: i32,
    pub title: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to_many(Album, through = Track, as = "albums")]
#[belongs_to_many(Song, through = Cover, fk = "of_id", other_key = "by_id", as = "covers")]
pub struct Song {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[belongs_to(Album)]
#[belongs_to(Song)]
pub struct Track {
    #[model(primary_key)]
    pub album_id: i32,
    #[model(primary_key)]
    pub song_id: i32,
    pub disc: i32,
    pub position: i32,
}

/// A junction with a key of its own.
#[derive(Model, Debug, Clone, PartialEq)]
pub struct Cover {
    #[model(primary_key)]
    pub id: i32,
    pub of_id: i32,
    pub by_id: i32,
    pub year: i32,
}

// The tables once more, as somebody else declared them: of such nothing is known of indexes.

#[derive(Model, Debug, Clone, PartialEq)]
#[model(schema = albums)]
#[belongs_to_many(OldSong, through = OldTrack, fk = "album_id", other_key = "song_id", as = "songs")]
pub struct OldAlbum {
    #[model(primary_key)]
    pub id: i32,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(schema = songs)]
pub struct OldSong {
    #[model(primary_key)]
    pub id: i32,
    pub name: String,
}

#[derive(Model, Debug, Clone, PartialEq)]
#[model(schema = tracks)]
pub struct OldTrack {
    #[model(primary_key)]
    pub album_id: i32,
    #[model(primary_key)]
    pub song_id: i32,
    pub position: i32,
}

orm_core::schema! {
    App {
        Album, Song, Track, Cover,
        #[view] OldAlbum, #[view] OldSong, #[view] OldTrack,
    }
}

/// One: on disc 1 c, a, d, and on disc 2 b at the first place. Two: b, a. Three: nothing.
fn filled() -> orm_core::Result<Conn> {
    let mut conn = connect_to::<App>();
    let db = &mut conn;
    let albums = ["One", "Two", "Three"].map(|title| Album::builder().title(title));
    Album::bulk_create(db, albums)?;
    let songs = ["a", "b", "c", "d"].map(|name| Song::builder().name(name));
    Song::bulk_create(db, songs)?;
    let track = |album, disc, position, song| {
        let track = Track::builder().album_id(album).song_id(song);
        track.disc(disc).position(position)
    };
    let tracks = [
        track(1, 1, 2, 1),
        track(1, 2, 1, 2),
        track(1, 1, 1, 3),
        track(1, 1, 3, 4),
        track(2, 1, 2, 1),
        track(2, 1, 1, 2),
    ];
    Track::bulk_create(db, tracks)?;
    Ok(conn)
}

/// The names of the songs of each album, by the album's key.
macro_rules! songs {
    ($conn:expr, $album:ident, $loader:expr) => {{
        let albums = $album::query().order(albums::id.asc()).include($loader);
        let mut names = Vec::new();
        for album in albums.load($conn)? {
            let songs = album.songs.iter().map(|song| song.name.as_str());
            names.push(songs.collect::<String>());
        }
        names
    }};
    ($conn:expr, $loader:expr) => {
        songs!($conn, Album, $loader)
    };
}

#[test]
fn by_one_column_or_several_up_and_down() -> Result {
    let conn = &mut filled()?;
    let by = Album::songs().through_order((tracks::disc.asc(), tracks::position.asc()));
    assert_eq!(songs!(conn, by), ["cadb", "ba", ""]);
    let by = Album::songs().through_order((tracks::disc.desc(), tracks::position.desc()));
    assert_eq!(songs!(conn, by), ["bdac", "ab", ""]);
    let by = Album::songs()
        .filter(songs::id.ne(2))
        .through_order(tracks::position.desc());
    assert_eq!(songs!(conn, by), ["dac", "a", ""]);
    Ok(())
}

#[test]
fn the_last_order_counts() -> Result {
    let conn = &mut filled()?;
    let by = Album::songs()
        .through_order(tracks::position.asc())
        .through_order((tracks::disc.desc(), tracks::position.asc()));
    assert_eq!(songs!(conn, by), ["bcad", "ba", ""]);
    Ok(())
}

#[test]
fn the_first_of_each_parent() -> Result {
    let conn = &mut filled()?;
    let order = (tracks::disc.asc(), tracks::position.asc());
    let by = Album::songs().through_order(order).limit(2);
    assert_eq!(songs!(conn, by), ["ca", "ba", ""]);
    let by = Album::songs().limit(2).offset(1).through_order(order);
    assert_eq!(songs!(conn, by), ["ad", "a", ""]);
    let order = (tracks::disc.desc(), tracks::position.desc());
    let by = Album::songs().offset(1).through_order(order);
    assert_eq!(songs!(conn, by), ["dac", "b", ""]);
    let by = Album::songs().through_order(order).limit(0);
    assert_eq!(songs!(conn, by), ["", "", ""]);
    Ok(())
}

#[test]
fn what_a_filter_leaves_out_does_not_count() -> Result {
    let conn = &mut filled()?;
    let order = (tracks::disc.asc(), tracks::position.asc());
    let by = Album::songs().filter(songs::name.ne("c"));
    let by = by.through_order(order).limit(2);
    assert_eq!(songs!(conn, by), ["ad", "ba", ""]);
    let by = Album::songs().through_filter(tracks::position.gt(1));
    let by = by.through_order(order).limit(1);
    assert_eq!(songs!(conn, by), ["a", "a", ""]);
    Ok(())
}

#[test]
fn of_tables_of_which_nothing_is_known() -> Result {
    let conn = &mut filled()?;
    let order = (tracks::position.asc(), tracks::song_id.desc());
    let by = OldAlbum::songs().through_order(order);
    assert_eq!(songs!(conn, OldAlbum, by), ["cbad", "ba", ""]);
    let by = OldAlbum::songs().through_order(order).limit(2);
    assert_eq!(songs!(conn, OldAlbum, by), ["cb", "ba", ""]);
    Ok(())
}

#[test]
fn with_other_options() -> Result {
    let conn = &mut filled()?;
    let order = (tracks::disc.asc(), tracks::position.asc());
    let by = Album::songs().through_order(order).limit(1);
    let by = by.include(Song::albums()).required();
    let albums = Album::query()
        .order(albums::id.asc())
        .include(by)
        .load(conn)?;
    let first = |album: &Loaded<Album, AlbumSongs<SongAlbums>>| {
        let song = &album.songs[0];
        (song.name.clone(), song.through.position, song.albums.len())
    };
    let first: Vec<_> = albums.iter().map(first).collect();
    assert_eq!(first, [("c".into(), 1, 1), ("b".into(), 1, 2)]);
    let by = Album::songs().through_order(order).without_through();
    assert_eq!(songs!(conn, by), ["cadb", "ba", ""]);
    Ok(())
}

#[test]
fn over_a_junction_with_a_key_of_its_own() -> Result {
    let conn = &mut filled()?;
    for (of, by, year) in [(1, 2, 1990), (1, 3, 1970), (1, 4, 1980), (2, 1, 2000)] {
        let cover = Cover::builder().of_id(of).by_id(by).year(year);
        Cover::create(conn, cover)?;
    }
    let names = |songs: Vec<Loaded<Song, SongCovers>>| {
        let names = |song: &Loaded<Song, SongCovers>| {
            let covers = song.covers.iter().map(|cover| cover.name.as_str());
            covers.collect::<String>()
        };
        songs.iter().map(names).collect::<Vec<_>>()
    };
    let by = Song::covers().through_order(covers::year.asc());
    let songs = Song::query().order(songs::id.asc()).include(by);
    assert_eq!(names(songs.load(conn)?), ["cdb", "a", "", ""]);
    let by = Song::covers().through_order(covers::year.desc()).limit(2);
    let songs = Song::query().order(songs::id.asc()).include(by);
    assert_eq!(names(songs.load(conn)?), ["bd", "a", "", ""]);
    Ok(())
}

#[test]
fn it_takes_two_statements() -> Result {
    let conn = &mut filled()?;
    for limit in [None, Some(1)] {
        let (found, sent) = statements::count(conn, |conn| {
            let by = Album::songs().through_order(tracks::position.asc());
            match limit {
                None => Album::query().include(by).load(conn).map(|rows| rows.len()),
                Some(limit) => {
                    let by = by.limit(limit);
                    Album::query().include(by).load(conn).map(|rows| rows.len())
                }
            }
        });
        assert_eq!((found?, sent), (3, 3));
    }
    Ok(())
}

#[test]
fn a_query_tells_what_it_would_send() {
    let by = Album::songs().through_order(tracks::position.asc());
    let text = Album::query().include(by).debug::<Conn>();
    let links = text.lines().nth(1).unwrap_or_default();
    assert!(links.contains("ORDER BY"), "{text}");
    assert_eq!(text.lines().count(), 3, "{text}");
    let by = Album::songs()
        .through_order(tracks::position.asc())
        .limit(1);
    let text = Album::query().include(by).debug::<Conn>();
    assert_eq!(text.lines().count(), 3, "{text}");
}
