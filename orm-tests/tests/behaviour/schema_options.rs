//! Comments, collations, and MySQL's options for a table besides its columns.

use crate::support::Result;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::{Backend, COMMENTS, collation, comments, connect_to};

mod library {
    use orm_core::prelude::*;

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Default)]
    pub enum Shelf {
        #[default]
        Open,
        Closed,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(engine = "MyISAM", charset = "latin1", collate = "latin1_general_ci")]
    #[model(comment = r"what the library has; it's \ all")]
    pub struct Book {
        #[model(primary_key, comment = "generated")]
        pub id: i32,
        #[cfg_attr(feature = "sqlite", model(collate = "NOCASE"))]
        #[cfg_attr(
            all(feature = "postgres", not(feature = "sqlite")),
            model(collate = "C")
        )]
        #[cfg_attr(
            not(any(feature = "sqlite", feature = "postgres")),
            model(collate = "latin1_bin")
        )]
        #[model(unique, length = 50, comment = "as on the cover")]
        pub title: String,
        #[model(default, comment = "where it stands")]
        pub shelf: Shelf,
        pub year: Option<i32>,
    }

    orm_core::schema! { pub Library { Book } }
}

use library::{Book, Library, books};

#[test]
fn comments_are_in_the_catalogue() -> Result {
    // MB.23, DS.9
    let conn = &mut connect_to::<Library>();
    let told = [
        r"what the library has; it's \ all",
        "generated",
        "as on the cover",
        "where it stands",
        "",
    ];
    match COMMENTS {
        true => assert_eq!(comments(conn, "books"), told),
        false => assert!(!Library::create_sql::<Backend>().contains("cover")),
    }
    Library::create_all(conn)
}

#[test]
fn a_column_has_the_collation_that_is_stated() -> Result {
    // DT.18
    let conn = &mut connect_to::<Library>();
    let expected = match () {
        () if cfg!(feature = "sqlite") => "NOCASE",
        () if cfg!(feature = "postgres") => "C",
        () => "latin1_bin",
    };
    assert_eq!(collation(conn, "books", "title"), expected);
    for title in ["b", "A", "C"] {
        Book::create(conn, Book::builder().title(title))?;
    }
    let sorted: Vec<String> = books::table
        .order(books::title.asc())
        .select(books::title)
        .load(conn)?;
    let ignores_case = expected == "NOCASE";
    let in_order = if ignores_case {
        ["A", "b", "C"]
    } else {
        ["A", "C", "b"]
    };
    assert_eq!(sorted, in_order);
    let found = Book::count_where(conn, books::title.eq("B"))?;
    assert_eq!(found, i64::from(ignores_case));
    // What is unique is so by the collation.
    let again = Book::create(conn, Book::builder().title("B"));
    assert_eq!(again.is_err(), ignores_case, "{again:?}");
    Ok(())
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
#[test]
fn a_table_has_the_engine_and_the_charset_that_are_stated() {
    // DS.9
    let conn = &mut connect_to::<Library>();
    let [engine, of_table] = orm_tests::table_options(conn, "books");
    assert_eq!(
        (&engine[..], &of_table[..]),
        ("MyISAM", "latin1_general_ci")
    );
    assert_eq!(collation(conn, "books", "shelf"), "latin1_general_ci");
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
#[test]
fn foreign_keys_are_checked_again_where_a_table_could_not_be_created() {
    mod wrong {
        use orm_core::prelude::*;

        #[derive(Model, Debug, Clone)]
        #[model(charset = "latin1", collate = "utf8mb4_bin")]
        pub struct Mixed {
            #[model(primary_key)]
            pub id: i32,
        }

        orm_core::schema! { pub Wrong { Mixed } }
    }

    let conn = &mut orm_tests::connect();
    assert!(wrong::Wrong::create_all(conn).is_err());
    assert_eq!(orm_tests::number(conn, "@@FOREIGN_KEY_CHECKS"), 1);
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
mod defaults {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[model(charset = "latin1")]
    pub struct Latin {
        #[model(primary_key)]
        pub id: i32,
        #[model(default = r"a\b'c")]
        pub text: String,
    }

    #[derive(Model, Debug, Clone)]
    #[model(collate = "utf8mb4_general_ci")]
    pub struct Loose {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone)]
    pub struct Plain {
        #[model(primary_key)]
        pub id: i32,
    }

    orm_core::schema! { pub All { Latin, Loose, Plain } }
}

#[cfg(not(any(feature = "sqlite", feature = "postgres")))]
#[test]
fn what_is_not_stated_of_a_table_compares_texts_as_rust_does() -> Result {
    let conn = &mut connect_to::<defaults::All>();
    let latin = defaults::Latin::create(conn, defaults::Latin::builder())?;
    assert_eq!(latin.text, r"a\b'c");
    let options = ["latins", "looses", "plains"].map(|t| orm_tests::table_options(conn, t));
    let collations = options.each_ref().map(|[_, collation]| collation.as_str());
    assert_eq!(
        collations,
        ["latin1_bin", "utf8mb4_general_ci", "utf8mb4_bin"]
    );
    assert!(options.iter().all(|[engine, _]| engine == "InnoDB"));
    Ok(())
}
