//! Tables whose names do not follow our conventions.

use crate::support::{Result, number, sql};
use diesel::prelude::*;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to, continue_ids, quote, statements};

mod chinook {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "Artist", rename_all = "PascalCase")]
    #[has_many(Album, fk = "artist_id", as = "albums")]
    pub struct Artist {
        #[model(primary_key)]
        pub artist_id: i32,
        pub name: Option<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "Albums", unique(title, artist_id))]
    #[belongs_to(Artist, fk = "artist_id", as = "artist")]
    #[belongs_to_many(Playlist, through = Listed, fk = "album", other_key = "playlist", as = "playlists")]
    pub struct Album {
        #[model(primary_key, column = "AlbumId")]
        pub id: i32,
        #[model(column = "Title", length = 160)]
        pub title: String,
        #[model(column = "ArtistId")]
        pub artist_id: i32,
        #[model(column = "year of release", default = 2000, index)]
        pub year: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "play-list", rename_all = "kebab-case")]
    #[belongs_to_many(Album, through = Listed, fk = "playlist", other_key = "album", as = "albums")]
    pub struct Playlist {
        #[model(primary_key)]
        pub list_key: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(rename_all = "SCREAMING_SNAKE_CASE")]
    pub struct Listed {
        #[model(primary_key)]
        pub album: i32,
        #[model(primary_key)]
        pub playlist: String,
        #[model(column = "order", default)]
        pub r#type: i32,
    }

    orm_core::schema! { pub Chinook { Artist, Album, Playlist, Listed } }
}
use chinook::{Album, Artist, Chinook, Listed, Playlist, albums, artist};

/// SQL with names between backticks, as the database quotes them.
fn quoted(sql: &str) -> String {
    let parts = sql.split('`').enumerate();
    parts
        .map(|(position, part)| match position % 2 {
            0 => part.to_owned(),
            _ => quote(part),
        })
        .collect()
}

/// Two artists, three albums, two lists.
fn chinook() -> Result<Conn> {
    let mut conn = connect_to::<Chinook>();
    let rows = quoted(
        "INSERT INTO `Artist` (`ArtistId`, `Name`) VALUES (1, 'AC/DC'), (2, NULL);
         INSERT INTO `Albums` (`AlbumId`, `Title`, `ArtistId`, `year of release`)
         VALUES (10, 'Rock', 1, 1981), (11, 'Let', 1, 1977), (12, 'Quiet', 2, 1999);
         INSERT INTO `play-list` (`list-key`) VALUES ('road'), ('home');",
    );
    sql(&mut conn, &rows);
    continue_ids(&mut conn, "Albums", "AlbumId");
    Ok(conn)
}

#[test]
fn columns_have_the_names_that_are_stated() -> Result {
    // LG.1, LG.2, MB.21
    let conn = &mut chinook()?;
    let albums = Album::find_where(conn, albums::year.lt(1990).and(albums::title.like("R%")))?;
    assert_eq!((albums.len(), albums[0].id, albums[0].year), (1, 10, 1981));
    let mut new = Album::create(conn, Album::builder().title("New").artist_id(2))?;
    assert_eq!((new.id, new.year), (13, 2000));
    let (done, sent) = statements::of(conn, |conn| new.update(conn, Album::changes().year(2001)));
    done?;
    assert!(
        sent[0]
            .replace('"', "`")
            .starts_with("UPDATE `Albums` SET `year of release` = ")
    );
    let year = quoted("SELECT `year of release` FROM `Albums` WHERE `AlbumId` = 13");
    assert_eq!(number(conn, &year), 2001);
    new.year = 2002;
    new.save(conn)?;
    assert_eq!(Album::get_by_pk(conn, 13)?.year, 2002);
    new.destroy(conn)?;
    assert_eq!(Album::count(conn)?, 3);
    Ok(())
}

#[test]
fn associations_go_over_such_columns() -> Result {
    // LG.5
    let conn = &mut chinook()?;
    let acdc = Artist::get_by_pk(conn, 1)?;
    assert_eq!(acdc.count_albums(conn)?, 2);
    let album = acdc.create_album(conn, Album::builder().title("Third"))?;
    assert_eq!(album.get_artist(conn)?, acdc);
    let artists = Artist::query()
        .order(artist::artist_id.asc())
        .include(
            Artist::albums()
                .order(albums::year.asc())
                .limit(2)
                .include(Album::artist()),
        )
        .load(conn)?;
    let ids: Vec<Vec<i32>> = artists
        .iter()
        .map(|artist| artist.albums.iter().map(|album| album.id).collect())
        .collect();
    assert_eq!(ids, [vec![11, 10], vec![12]]);
    assert_eq!(artists[1].albums[0].artist.name, None);
    let late = Album::query()
        .include(Album::artist().filter(artist::name.is_null()).required())
        .load(conn)?;
    assert_eq!(late.iter().map(|album| album.id).collect::<Vec<_>>(), [12]);
    Ok(())
}

#[test]
fn links_go_over_such_columns() -> Result {
    // LG.5, AC.30
    let conn = &mut chinook()?;
    let rock = Album::get_by_pk(conn, 10)?;
    rock.add_playlists(conn, ["road", "home"])?;
    rock.add_playlist_with(conn, "home", Listed::builder().r#type(3))?;
    let home = Playlist::get_by_pk(conn, "home")?;
    home.set_albums(conn, [10, 12])?;
    assert!(home.has_albums(conn, [10, 12])?);
    let lists = Playlist::query()
        .order(chinook::play_list::list_key.asc())
        .include(Playlist::albums().order(albums::id.desc()).limit(5))
        .load(conn)?;
    let rows: Vec<Vec<(i32, i32)>> = lists
        .iter()
        .map(|list| {
            list.albums
                .iter()
                .map(|a| (a.id, a.through.r#type))
                .collect()
        })
        .collect();
    assert_eq!(rows, [vec![(12, 0), (10, 3)], vec![(10, 0)]]);
    let counted = Album::query()
        .order(albums::id.asc())
        .include(Album::playlists().count())
        .load(conn)?;
    let counts: Vec<i64> = counted.iter().map(|album| album.playlists).collect();
    assert_eq!(counts, [2, 0, 1]);
    rock.remove_playlist(conn, "home")?;
    assert_eq!(rock.get_playlists(conn)?.len(), 1);
    Ok(())
}

#[test]
fn violations_name_the_columns_of_the_database() -> Result {
    let conn = &mut chinook()?;
    let again = Album::builder().title("Rock").artist_id(1);
    let error = Album::create(conn, again).err();
    let Some(Error::UniqueViolation(violation)) = error else {
        panic!("{error:?}");
    };
    assert_eq!(violation.model, "Album");
    assert_eq!(violation.table.as_deref(), Some("Albums"));
    assert_eq!(violation.columns, ["Title", "ArtistId"]);
    Ok(())
}

#[test]
fn a_missing_row_is_named_by_the_field() -> Result {
    let conn = &mut chinook()?;
    let error = Artist::get_by_pk(conn, 9)
        .err()
        .map(|error| error.to_string());
    assert_eq!(
        error.as_deref(),
        Some("no Artist with artist_id = 9 in the database")
    );
    Ok(())
}

#[test]
fn joins_are_diesels() -> Result {
    let conn = &mut chinook()?;
    let rows: Vec<(Option<String>, i32)> = artist::table
        .inner_join(albums::table.on(albums::artist_id.eq(artist::artist_id)))
        .filter(albums::year.gt(1980))
        .order(albums::id.asc())
        .select((artist::name, albums::year))
        .load(conn)?;
    assert_eq!(rows, [(Some("AC/DC".into()), 1981), (None, 1999)]);
    Ok(())
}
