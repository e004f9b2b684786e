//! Keys that are equal to the database but not in Rust. The getter, include, count, limit, `required`, `has`,
//! `set` and `remove` all give the database's answer.

use std::collections::BTreeMap;

use crate::support::{Result, sql};
use adopted::*;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Conn, connect, statements};
use proptest::collection::{btree_set, vec};
use proptest::prelude::*;

mod schema {
    diesel::table! {
        countries (name) {
            name -> Text,
        }
    }

    diesel::table! {
        cities (id) {
            id -> Integer,
            country -> Nullable<Text>,
            size -> Integer,
        }
    }

    diesel::table! {
        tags (name) {
            name -> Text,
            owner -> Nullable<Text>,
        }
    }

    diesel::table! {
        country_tags (country, tag) {
            country -> Text,
            tag -> Text,
            weight -> Integer,
        }
    }

    diesel::allow_tables_to_appear_in_same_query!(countries, cities, tags, country_tags);
}

/// Of these nobody knows how their columns compare.
mod adopted {
    use super::schema;
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::countries)]
    #[has_many(City, fk = "country", as = "cities")]
    #[has_many(Tag, fk = "owner", as = "owned_tags")]
    #[belongs_to_many(Tag, through = CountryTag, fk = "country", other_key = "tag", as = "tags")]
    pub struct Country {
        #[model(primary_key)]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::cities)]
    #[belongs_to(Country, fk = "country", as = "in_country")]
    pub struct City {
        #[model(primary_key)]
        pub id: i32,
        pub country: Option<String>,
        pub size: i32,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::tags)]
    #[belongs_to_many(Country, through = CountryTag, fk = "tag", other_key = "country", as = "countries")]
    pub struct Tag {
        #[model(primary_key)]
        pub name: String,
        pub owner: Option<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(schema = schema::country_tags)]
    pub struct CountryTag {
        #[model(primary_key)]
        pub country: String,
        #[model(primary_key)]
        pub tag: String,
        #[model(default = 1)]
        pub weight: i32,
    }
}

/// Tables of our own, which state how a column compares.
mod own {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Book, fk = "author", as = "books")]
    #[has_one(Desk, fk = "author", as = "desk")]
    #[has_one(Seat, fk = "author", as = "seat")]
    #[belongs_to_many(Genre, through = AuthorGenre, fk = "author", other_key = "genre", as = "genres")]
    pub struct Author {
        #[model(primary_key)]
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Author, fk = "author", as = "writer")]
    pub struct Book {
        #[model(primary_key)]
        pub id: i32,
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub author: String,
        pub title: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Desk {
        #[model(primary_key)]
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub place: String,
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub author: Option<String>,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Seat {
        #[model(primary_key)]
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub place: String,
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub author: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Genre {
        #[model(primary_key)]
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub name: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct AuthorGenre {
        #[model(primary_key)]
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub author: String,
        #[model(primary_key)]
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(feature = "postgres", model(collate = "any_case"))]
        #[cfg_attr(feature = "mysql", model(collate = "utf8mb4_general_ci"))]
        pub genre: String,
        #[model(default = 1)]
        pub weight: i32,
    }

    orm_core::schema! { pub Library { Author, Book, Desk, Seat, Genre, AuthorGenre } }
}

/// Creates what tests call `any_case`, a collation without case, where a program has to.
fn create_any_case(conn: &mut Conn) {
    if cfg!(feature = "postgres") {
        sql(
            conn,
            "CREATE COLLATION any_case (provider = icu, locale = 'und-u-ks-level2', deterministic = false)",
        );
    }
}

mod stated {
    use super::own::*;
    use super::*;

    fn library() -> Result<Conn> {
        let mut conn = connect();
        create_any_case(&mut conn);
        Library::create_all(&mut conn)?;
        for name in ["Ann", "bob", "Cy"] {
            Author::create(&mut conn, Author::builder().name(name))?;
        }
        let book = |author, title| Book::builder().author(author).title(title);
        let books = [("ANN", "d"), ("ann", "b"), ("Ann", "c"), ("Bob", "a")];
        Book::bulk_create(&mut conn, books.map(|(author, title)| book(author, title)))?;
        for name in ["Rust", "sql"] {
            Genre::create(&mut conn, Genre::builder().name(name))?;
        }
        Ok(conn)
    }

    fn titles(books: &[Book]) -> String {
        books.iter().map(|book| book.title.as_str()).collect()
    }

    #[test]
    fn includes_give_what_getters_do() -> Result {
        let conn = &mut library()?;
        let query = || Author::query().order(authors::name.asc());
        let (rows, sent) = statements::count(conn, |conn| {
            query()
                .include(Author::books().order(books::title.asc()))
                .load(conn)
        });
        let all: Vec<String> = rows?.iter().map(|author| titles(&author.books)).collect();
        assert_eq!(
            (all, sent),
            (["bcd", "a", ""].map(String::from).to_vec(), 2)
        );
        let rows = query().include(Author::books()).load(conn)?;
        assert_eq!(rows[0].books.len(), 3);
        assert_eq!(rows[0].get_books(conn)?.len(), 3);
        let first = Author::books().order(books::title.desc()).limit(2);
        let rows = query().include(first).load(conn)?;
        assert_eq!(titles(&rows[0].books), "dc");
        let rows = query().include(Author::books().count()).load(conn)?;
        assert_eq!((rows[0].books, rows[1].books, rows[2].books), (3, 1, 0));
        let rows = query().include(Author::books().required()).load(conn)?;
        assert_eq!(rows.len(), 2);
        Ok(())
    }

    #[test]
    fn an_owner_is_found_however_its_key_is_spelled() -> Result {
        let conn = &mut library()?;
        let (books, sent) = statements::count(conn, |conn| {
            let query = Book::query().order(books::title.asc());
            query
                .include(Book::writer().include(Author::books().count()))
                .load(conn)
        });
        let books = books?;
        let owners: Vec<&str> = books.iter().map(|book| book.writer.name.as_str()).collect();
        assert_eq!((owners, sent), (vec!["bob", "Ann", "Ann", "Ann"], 3));
        assert_eq!(books[1].writer.books, 3);
        assert_eq!(Book::get_by_pk(conn, 1)?.get_writer(conn)?.name, "Ann");
        Ok(())
    }

    fn genres(conn: &mut Conn) -> Result<Vec<(String, i32)>> {
        let links = AuthorGenre::query().order(author_genres::genre.asc());
        let links: Vec<AuthorGenre> = links.load(conn)?;
        Ok(links
            .into_iter()
            .map(|link| (link.genre, link.weight))
            .collect())
    }

    #[test]
    fn a_link_stays_however_it_is_named() -> Result {
        let conn = &mut library()?;
        let ann = Author::get_by_pk(conn, "Ann".to_owned())?;
        ann.add_genre_with(conn, "Rust", AuthorGenre::builder().weight(7))?;
        assert!(ann.has_genres(conn, ["RUST"])?);
        assert!(ann.has_genres(conn, ["Rust", "rust"])?);
        assert!(!ann.has_genres(conn, ["Rust", "sql"])?);
        assert!(!ann.has_genres(conn, ["Rust", "rust", "SQL"])?);
        ann.set_genres(conn, ["rust", "SQL", "Sql"])?;
        assert!(ann.has_genres(conn, ["RUST", "Rust", "sql"])?);
        let links = genres(conn)?;
        assert_eq!(
            (links[0].0.as_str(), links[0].1, links.len()),
            ("Rust", 7, 2)
        );
        ann.set_genres_with(conn, ["rust", "RUST"], AuthorGenre::builder().weight(8))?;
        assert_eq!(genres(conn)?, [("Rust".to_owned(), 8)]);
        ann.add_genres(conn, ["rust", "SQL", "sql"])?;
        assert_eq!((genres(conn)?.len(), ann.count_genres(conn)?), (2, 2));
        ann.add_genres_with(conn, ["SQL", "sql"], AuthorGenre::builder().weight(9))?;
        assert_eq!(genres(conn)?[1].1, 9);
        let rows = Author::query()
            .filter(authors::name.eq("Ann"))
            .include(Author::genres().order(genres::name.desc()))
            .load(conn)?;
        let linked: Vec<(&str, i32)> = rows[0]
            .genres
            .iter()
            .map(|genre| (genre.name.as_str(), genre.through.weight))
            .collect();
        assert_eq!(linked, [("sql", 9), ("Rust", 8)]);
        ann.remove_genres(conn, ["RUST", "rust"])?;
        assert_eq!(genres(conn)?.len(), 1);
        Ok(())
    }

    #[test]
    fn rows_that_are_linked_stay_as_they_are() -> Result {
        let conn = &mut library()?;
        for place in ["Hall", "attic"] {
            Desk::create(conn, Desk::builder().place(place))?;
        }
        let ann = Author::get_by_pk(conn, "Ann".to_owned())?;
        ann.set_desk(conn, "hall")?;
        ann.set_desk(conn, "HALL")?;
        assert_eq!(
            ann.get_desk(conn)?.map(|desk| desk.place),
            Some("Hall".to_owned())
        );
        ann.set_desk(conn, "ATTIC")?;
        let rows = Author::query().include(Author::desk()).load(conn)?;
        let desks: Vec<_> = rows.iter().filter_map(|row| row.desk.as_ref()).collect();
        assert_eq!((desks.len(), desks[0].place.as_str()), (1, "attic"));
        ann.set_desk(conn, None)?;
        assert_eq!(ann.get_desk(conn)?, None);
        // It can be linked to no other one.
        ann.create_seat(conn, Seat::builder().place("Hall"))?;
        ann.set_seat(conn, "HALL")?;
        Ok(())
    }

    #[test]
    fn ten_thousand_parents_stay_fast() -> Result {
        let conn = &mut library()?;
        let name = |number: i32| format!("number {number}");
        let new = (0..10_000).map(|number| Author::builder().name(name(number)));
        Author::bulk_create(conn, new)?;
        let new = (0..20_000).map(|number| {
            let author = name(number % 10_000).to_uppercase();
            Book::builder().author(author).title(format!("{number}"))
        });
        Book::bulk_create(conn, new)?;
        let query = || Author::query().filter(authors::name.gt("number"));
        let begun = std::time::Instant::now();
        let (rows, sent) =
            statements::count(conn, |conn| query().include(Author::books()).load(conn));
        assert!(rows?.iter().all(|author| author.books.len() == 2));
        assert_eq!(sent, 2);
        let books = || Author::books().order(books::id.desc());
        let rows = query().include(books()).load(conn)?;
        assert!(
            rows.iter()
                .all(|author| author.books[0].id > author.books[1].id)
        );
        let rows = query().include(books().limit(1)).load(conn)?;
        assert!(rows.iter().all(|author| author.books.len() == 1));
        let rows = query().include(Author::books().count()).load(conn)?;
        assert!(rows.iter().all(|author| author.books == 2));
        // Each key compared with each row would take minutes.
        assert!(begun.elapsed().as_secs() < 20, "{:?}", begun.elapsed());
        Ok(())
    }
}

#[cfg(all(feature = "postgres", not(feature = "sqlite")))]
mod without_case {
    use super::*;
    use own::*;

    mod own {
        use orm_core::prelude::*;

        #[derive(Model, Debug, Clone, PartialEq)]
        #[has_many(Letter, fk = "from", as = "letters")]
        pub struct Writer {
            #[model(primary_key, sql_type = "Citext")]
            pub name: String,
        }

        #[derive(Model, Debug, Clone, PartialEq)]
        #[belongs_to(Writer, fk = "from", as = "writer")]
        pub struct Letter {
            #[model(primary_key)]
            pub id: i32,
            #[model(sql_type = "Citext")]
            pub from: String,
        }

        orm_core::schema! { pub Post { Writer, Letter } }
    }

    /// A type that an extension adds.
    #[test]
    fn a_type_may_compare_by_itself() -> Result {
        let conn = &mut connect();
        sql(
            conn,
            "SELECT pg_advisory_lock(1); CREATE EXTENSION IF NOT EXISTS citext SCHEMA public; \
             SELECT pg_advisory_unlock(1), set_config('search_path', current_schema() || ', public', false)",
        );
        Post::create_all(conn)?;
        let ann = Writer::create(conn, Writer::builder().name("Ann".to_owned()))?;
        for from in ["ANN", "ann"] {
            Letter::create(conn, Letter::builder().from(from.to_owned()))?;
        }
        assert_eq!(ann.count_letters(conn)?, 2);
        let writers = Writer::query().include(Writer::letters()).load(conn)?;
        assert_eq!(writers[0].letters.len(), 2);
        let newest = Writer::letters().order(letters::id.desc()).limit(1);
        let writers = Writer::query().include(newest).load(conn)?;
        assert_eq!(writers[0].letters[0].id, 2);
        let letters = Letter::query().include(Letter::writer()).load(conn)?;
        assert!(letters.iter().all(|letter| letter.writer == ann));
        Ok(())
    }
}

/// How a column may compare: its type and collation.
const COLUMNS: &[&str] = if cfg!(feature = "sqlite") {
    &["TEXT", "TEXT COLLATE NOCASE", "TEXT COLLATE RTRIM"]
} else if cfg!(feature = "postgres") {
    &[
        "TEXT",
        "TEXT COLLATE any_case",
        "VARCHAR(20) COLLATE \"C\"",
        "TEXT COLLATE any_accent",
    ]
} else {
    &[
        "VARCHAR(20) COLLATE utf8mb4_bin",
        "VARCHAR(20) COLLATE utf8mb4_general_ci",
        "VARCHAR(255) COLLATE utf8mb4_unicode_ci",
        "VARCHAR(20) CHARACTER SET latin1 COLLATE latin1_general_ci",
        "VARCHAR(20) COLLATE utf8mb4_nopad_bin",
    ]
};

/// Texts of which each is equal to another one somewhere.
const NAMES: &[&str] = &["a", "A", "a ", "á", "Á", "b", "B", "b ", "ab", "Ab"];

/// Columns of these types for the names of countries, where cities refer to them, and where links do; and for
/// those of tags, and where links refer to them.
fn empty(types: [&str; 5], unique: bool) -> Conn {
    let mut conn = connect();
    create_any_case(&mut conn);
    if cfg!(feature = "postgres") {
        sql(
            &mut conn,
            "CREATE COLLATION any_accent (provider = icu, locale = 'und-u-ks-level1', deterministic = false)",
        );
    }
    let [country, in_country, of_country, tag, of_tag] = types;
    let (key, pair) = match unique {
        true => (", PRIMARY KEY (name)", ", PRIMARY KEY (country, tag)"),
        false => ("", ""),
    };
    let generated = orm_tests::GENERATED_KEY;
    sql(
        &mut conn,
        &format!(
            "CREATE TABLE countries (name {country} NOT NULL {key});
             CREATE TABLE cities (id {generated}, country {in_country}, size INTEGER NOT NULL);
             CREATE TABLE tags (name {tag} NOT NULL, owner {in_country} {key});
             CREATE TABLE country_tags (
                 country {of_country} NOT NULL, tag {of_tag} NOT NULL, weight INTEGER NOT NULL DEFAULT 1 {pair}
             );"
        ),
    );
    conn
}

/// Types of columns. Only SQLite compares columns of two collations.
fn types() -> impl Strategy<Value = [&'static str; 5]> {
    let one = || proptest::sample::select(COLUMNS);
    (one(), one(), one(), one(), one()).prop_map(|(a, b, c, d, e)| match cfg!(feature = "sqlite") {
        true => [a, b, c, d, e],
        false => [a, a, a, d, d],
    })
}

fn names() -> impl Strategy<Value = Vec<&'static str>> {
    let names = btree_set(proptest::sample::select(NAMES), 0..NAMES.len());
    names.prop_map(|names| names.into_iter().collect())
}

/// Inserts tags but for those whose names are there.
fn create_tags(conn: &mut Conn, names: &[&str]) -> Result {
    for name in names {
        if Tag::find_by_pk(conn, *name)?.is_none() {
            Tag::create(conn, Tag::builder().name(*name))?;
        }
    }
    Ok(())
}

fn ids(cities: &[City]) -> Vec<i32> {
    cities.iter().map(|city| city.id).collect()
}

fn sorted<T: Ord>(mut all: Vec<T>) -> Vec<T> {
    all.sort();
    all
}

/// What includes of cities give is what getters do.
fn check_cities(conn: &mut Conn, required: bool) -> Result {
    let query = || Country::query().order(schema::countries::name.asc());
    let size = schema::cities::size;
    let id = schema::cities::id;
    let mut expected: BTreeMap<String, Vec<City>> = BTreeMap::new();
    for country in query().load::<Country>(conn)? {
        let mut cities = country.get_cities(conn)?;
        cities.sort_by_key(|city| (-city.size, city.id));
        expected.insert(country.name, cities);
    }
    for row in query().include(Country::cities()).load(conn)? {
        assert_eq!(sorted(ids(&row.cities)), sorted(ids(&expected[&row.name])));
    }
    let by_size = || Country::cities().order(size.desc()).then_order_by(id.asc());
    for row in query().include(by_size()).load(conn)? {
        assert_eq!(row.cities, expected[&row.name]);
    }
    for row in query().include(by_size().offset(1).limit(2)).load(conn)? {
        let cities = expected[&row.name].iter().skip(1).take(2).cloned();
        assert_eq!(row.cities, cities.collect::<Vec<_>>());
    }
    let large = || by_size().filter(size.gt(4));
    for row in query().include(large().limit(1)).load(conn)? {
        let cities = expected[&row.name]
            .iter()
            .filter(|city| city.size > 4)
            .take(1);
        assert_eq!(row.cities, cities.cloned().collect::<Vec<_>>());
    }
    for row in query().include(Country::cities().count()).load(conn)? {
        assert_eq!(row.cities, expected[&row.name].len() as i64);
    }
    for row in query()
        .include(Country::cities().include(City::in_country()))
        .load(conn)?
    {
        assert_eq!(
            sorted(row.cities.iter().map(|city| city.id).collect()),
            sorted(ids(&expected[&row.name]))
        );
        for city in &row.cities {
            let owner = (**city).get_in_country(conn)?.is_some();
            assert_eq!(city.in_country.is_some(), owner);
        }
    }
    if required {
        let rows = query().include(Country::cities().required()).load(conn)?;
        let left: Vec<_> = rows.iter().map(|row| row.name.clone()).collect();
        let with = expected.iter().filter(|(_, cities)| !cities.is_empty());
        let with: Vec<_> = with.map(|(name, _)| name.clone()).collect();
        assert_eq!(sorted(left), with);
        let cities = City::query()
            .include(City::in_country().required())
            .load(conn)?;
        let mut with = 0;
        for city in City::find_all(conn)? {
            with += usize::from(city.get_in_country(conn)?.is_some());
        }
        assert_eq!(cities.len(), with);
    }
    Ok(())
}

/// What includes of tags give is what getters do, but that it comes once per link.
fn check_tags(conn: &mut Conn) -> Result {
    let query = || Country::query().order(schema::countries::name.asc());
    let name = schema::tags::name;
    let mut expected: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for country in query().load::<Country>(conn)? {
        let tags = country.get_tags(conn)?.into_iter();
        assert_eq!(country.count_tags(conn)?, tags.len() as i64);
        expected.insert(country.name, sorted(tags.map(|tag| tag.name).collect()));
    }
    let mut links = BTreeMap::new();
    for row in query().include(Country::tags()).load(conn)? {
        let mut tags = sorted(row.tags.iter().map(|tag| tag.name.clone()).collect());
        links.insert(row.name.clone(), tags.len());
        tags.dedup();
        assert_eq!(tags, expected[&row.name]);
    }
    for row in query()
        .include(Country::tags().order(name.desc()))
        .load(conn)?
    {
        assert_eq!(row.tags.len(), links[&row.name]);
    }
    for row in query()
        .include(Country::tags().order(name.desc()).limit(1))
        .load(conn)?
    {
        assert_eq!(row.tags.len(), links[&row.name].min(1));
        assert!(
            row.tags
                .iter()
                .all(|tag| expected[&row.name].contains(&tag.name))
        );
    }
    for row in query().include(Country::tags().count()).load(conn)? {
        assert_eq!(row.tags, links[&row.name] as i64);
    }
    let rows = query().include(Country::tags().required()).load(conn)?;
    let left = rows.iter().filter(|row| !expected[&row.name].is_empty());
    let with = expected.values().filter(|tags| !tags.is_empty());
    assert_eq!(
        (left.count(), rows.len()),
        (with.clone().count(), with.count())
    );
    Ok(())
}

/// A change of the tags of a country.
#[derive(Debug, Clone)]
enum Change {
    Add(Vec<&'static str>),
    AddWith(Vec<&'static str>, i32),
    Set(Vec<&'static str>),
    SetWith(Vec<&'static str>, i32),
    Remove(Vec<&'static str>),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let names = || vec(proptest::sample::select(NAMES), 0..5);
    let change = prop_oneof![
        names().prop_map(Change::Add),
        (names(), 2..9).prop_map(|(names, weight)| Change::AddWith(names, weight)),
        names().prop_map(Change::Set),
        (names(), 2..9).prop_map(|(names, weight)| Change::SetWith(names, weight)),
        names().prop_map(Change::Remove),
    ];
    vec(change, 0..6)
}

/// The names of the tags that the database finds by these.
fn stored(conn: &mut Conn, names: &[&'static str]) -> Result<(Vec<&'static str>, Vec<String>)> {
    let mut known = (Vec::new(), Vec::new());
    for name in names {
        if let Some(tag) = Tag::find_by_pk(conn, *name)? {
            known.0.push(*name);
            known.1.push(tag.name);
        }
    }
    Ok(known)
}

/// The weights of the links of a country, by the names of their tags.
fn weights(conn: &mut Conn) -> Result<BTreeMap<String, i32>> {
    let mut weights = BTreeMap::new();
    for link in CountryTag::find_all(conn)? {
        let tag = Tag::get_by_pk(conn, link.tag)?;
        assert_eq!(weights.insert(tag.name, link.weight), None);
    }
    Ok(weights)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn includes_give_what_getters_do(
        types in types(),
        countries in names(),
        cities in vec((proptest::option::of(proptest::sample::select(NAMES)), 0..9), 0..12),
        tags in names(),
        links in btree_set((proptest::sample::select(NAMES), proptest::sample::select(NAMES)), 0..12),
    ) {
        let conn = &mut empty(types, false);
        for name in &countries {
            sql(conn, &format!("INSERT INTO countries VALUES ('{name}')"));
        }
        let new = cities.iter().map(|(country, size)| {
            City::builder().country(country.map(String::from)).size(*size)
        });
        City::bulk_create(conn, new)?;
        create_tags(conn, &tags)?;
        for (country, tag) in links {
            sql(conn, &format!("INSERT INTO country_tags (country, tag) VALUES ('{country}', '{tag}')"));
        }
        check_cities(conn, true)?;
        check_tags(conn)?;
    }

    #[test]
    fn links_are_written_as_the_database_compares(
        types in types(),
        tags in names(),
        changes in changes(),
    ) {
        let [country, _, _, tag, _] = types;
        let conn = &mut empty([country, country, country, tag, tag], true);
        create_tags(conn, &tags)?;
        let country = Country::create(conn, Country::builder().name("a"))?;
        let mut expected = BTreeMap::new();
        for change in changes {
            let with = |weight| CountryTag::builder().weight(weight);
            let (Change::Add(names) | Change::AddWith(names, _) | Change::Set(names) | Change::SetWith(names, _)
                | Change::Remove(names)) = &change;
            let (names, stored) = stored(conn, names)?;
            if let Change::Set(_) | Change::SetWith(..) = change {
                expected.retain(|tag, _| stored.contains(tag));
            }
            match change {
                Change::Add(_) => country.add_tags(conn, names.clone())?,
                Change::AddWith(_, weight) => country.add_tags_with(conn, names.clone(), with(weight))?,
                Change::Set(_) => country.set_tags(conn, names.clone())?,
                Change::SetWith(_, weight) => country.set_tags_with(conn, names.clone(), with(weight))?,
                Change::Remove(_) => country.remove_tags(conn, names.clone())?,
            }
            for tag in stored {
                match change {
                    Change::Add(_) | Change::Set(_) => _ = expected.entry(tag).or_insert(1),
                    Change::AddWith(_, weight) | Change::SetWith(_, weight) => _ = expected.insert(tag, weight),
                    Change::Remove(_) => _ = expected.remove(&tag),
                }
            }
            prop_assert_eq!(&weights(conn)?, &expected);
            for name in NAMES {
                let tag = Tag::find_by_pk(conn, *name)?;
                let linked = tag.is_some_and(|tag| expected.contains_key(&tag.name));
                prop_assert_eq!(country.has_tags(conn, [*name, *name])?, linked);
            }
            prop_assert!(country.has_tags(conn, names.clone())? || names.iter().any(|name| !country.has_tag(conn, *name).unwrap()));
            check_tags(conn)?;
        }
    }

    #[test]
    fn rows_are_linked_as_the_database_compares(types in types(), tags in names(), changes in changes()) {
        let [country, _, _, tag, _] = types;
        let conn = &mut empty([country, country, country, tag, tag], true);
        create_tags(conn, &tags)?;
        let country = Country::create(conn, Country::builder().name("a"))?;
        let mut expected: Vec<String> = Vec::new();
        for change in changes {
            let (Change::Add(names) | Change::AddWith(names, _) | Change::Set(names) | Change::SetWith(names, _)
                | Change::Remove(names)) = &change;
            let (names, stored) = stored(conn, names)?;
            match change {
                Change::Add(_) | Change::AddWith(..) => {
                    country.add_owned_tags(conn, names.clone())?;
                    expected.extend(stored);
                }
                Change::Set(_) | Change::SetWith(..) => {
                    country.set_owned_tags(conn, names.clone())?;
                    expected = stored;
                }
                Change::Remove(_) => {
                    country.remove_owned_tags(conn, names.clone())?;
                    expected.retain(|tag| !stored.contains(tag));
                }
            }
            expected.sort();
            expected.dedup();
            let owned = country.get_owned_tags(conn)?.into_iter();
            prop_assert_eq!(&sorted(owned.map(|tag| tag.name).collect::<Vec<_>>()), &expected);
            for name in NAMES {
                let tag = Tag::find_by_pk(conn, *name)?;
                let linked = tag.is_some_and(|tag| expected.contains(&tag.name));
                prop_assert_eq!(country.has_owned_tags(conn, [*name, *name])?, linked);
            }
            prop_assert!(country.has_owned_tags(conn, names.clone())? || matches!(change, Change::Remove(_)));
        }
    }
}
