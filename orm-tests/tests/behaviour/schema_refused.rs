//! Tables that some backends refuse, and what the error then says.

use crate::support::{Result, sql};
use orm_core::prelude::*;
use orm_core::{Error, SchemaRefused};
use orm_tests::{connect, connect_to};

#[track_caller]
fn refused(result: Result) -> SchemaRefused {
    match result {
        Err(Error::SchemaRefused(refused)) => *refused,
        other => panic!("{other:?}"),
    }
}

mod wide {
    use orm_core::prelude::*;

    /// More than a row of MySQL takes, if each text is in it.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "wides")]
    pub struct Wide {
        #[model(primary_key)]
        pub id: i32,
        #[model(length = 20000)]
        pub novel: String,
        #[model(length = 16000)]
        pub story: Option<String>,
        #[model(length = 3000, default = "it's \\ here")]
        pub poem: String,
        #[model(length = 16, index)]
        pub title: String,
    }

    orm_core::schema! { pub Library { Wide } }
}

#[test]
fn texts_may_be_wider_than_a_row() -> Result {
    use wide::Wide;
    let conn = &mut connect_to::<wide::Library>();
    let wide = |novel: usize, story: usize| {
        let wide = Wide::builder().title("T").novel("ä".repeat(novel));
        wide.story("é".repeat(story))
    };
    let row = Wide::create(conn, wide(20_000, 16_000))?;
    assert_eq!(
        (row.novel.len(), row.poem.as_str()),
        (40_000, "it's \\ here")
    );
    for long in [wide(20_001, 1), wide(1, 16_001)] {
        let error = Wide::create(conn, long).err();
        let Some(Error::CheckViolation(violation)) = error else {
            panic!("{error:?}");
        };
        assert_eq!(violation.model, "Wide");
    }
    assert_eq!(Wide::count(conn)?, 1);
    Ok(())
}

mod charsets {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "countries", charset = "latin1", collate = "latin1_swedish_ci")]
    #[has_many(City, fk = "country_code", as = "cities")]
    pub struct Country {
        #[model(primary_key, length = 3)]
        pub code: String,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "cities")]
    #[belongs_to(Country, fk = "country_code", as = "country")]
    pub struct City {
        #[model(primary_key, length = 3)]
        pub country_code: String,
        pub name: String,
    }

    /// It refers to a key that is one itself.
    #[derive(Model, Debug, Clone, PartialEq)]
    #[model(table = "streets", charset = "utf8mb3")]
    #[belongs_to(City, fk = "city", as = "town")]
    pub struct Street {
        #[model(primary_key)]
        pub id: i32,
        #[model(length = 3)]
        pub city: String,
    }

    orm_core::schema! { pub Atlas { Street, City, Country } }
}

#[test]
fn a_key_has_the_character_set_of_what_it_refers_to() -> Result {
    use charsets::{City, Country, Street};
    let conn = &mut connect_to::<charsets::Atlas>();
    Country::create(conn, Country::builder().code("ch"))?;
    City::create(conn, City::builder().country_code("ch").name("Bern"))?;
    Street::create(conn, Street::builder().city("ch"))?;
    let error = City::create(conn, City::builder().country_code("de").name("Ulm")).err();
    assert!(
        matches!(error, Some(Error::ForeignKeyViolation(_))),
        "{error:?}"
    );
    let row = Country::get_by_pk(conn, "ch")?;
    assert_eq!(row.get_cities(conn)?.len(), 1);
    Ok(())
}

/// JSON has no order, of which PostgreSQL and MySQL tell at the index. SQLite takes it for a text. By its own name
/// it is an error of the compiler.
#[cfg(not(feature = "sqlite"))]
pub mod json {
    use super::*;

    pub mod notes {
        use orm_core::prelude::*;

        pub type Document = diesel::sql_types::Json;

        #[derive(Model, Debug, Clone)]
        #[model(index(id, meta))]
        pub struct Note {
            #[model(primary_key)]
            pub id: i32,
            #[model(sql_type = "crate::schema_refused::json::notes::Document")]
            pub meta: serde_json::Value,
        }

        orm_core::schema! { pub Notes { Note } }
    }

    #[test]
    fn an_index_on_json_names_the_model_and_the_column() {
        let conn = &mut connect();
        let refused = refused(notes::Notes::create_all(conn));
        assert_eq!((refused.model, refused.table), ("Note", "notes"));
        assert!(refused.columns.contains(&"meta"), "{refused:?}");
        assert!(refused.to_string().contains("`Note`"), "{refused}");
        assert_eq!(orm_tests::tables(conn), 0);
    }
}

mod orders {
    use orm_core::prelude::*;

    #[derive(Model, Debug, Clone)]
    #[has_many(Order, fk = "buyer_id", as = "orders")]
    pub struct Buyer {
        #[model(primary_key)]
        pub id: i32,
    }

    #[derive(Model, Debug, Clone)]
    #[belongs_to(Buyer, fk = "buyer_id", as = "buyer")]
    #[belongs_to(Buyer, fk = "payer_id", as = "payer")]
    pub struct Order {
        #[model(primary_key)]
        pub id: i32,
        pub buyer_id: i32,
        pub payer_id: Option<i32>,
    }

    orm_core::schema! { pub Shop { Buyer, Order } }
}

/// SQLite looks at a foreign key when a row is written.
#[cfg(not(feature = "sqlite"))]
#[test]
fn a_key_to_a_table_of_another_shape_names_the_model() {
    let conn = &mut connect();
    sql(conn, "CREATE TABLE buyers (id VARCHAR(20) PRIMARY KEY)");
    let refused = refused(orders::Shop::create_all(conn));
    assert_eq!((refused.model, refused.table), ("Order", "orders"));
    let first = refused.columns.first().copied();
    assert_eq!(first, Some("buyer_id"), "{refused:?}");
    assert!(refused.statement.contains("orders_buyer_id_fkey"));
    assert!(!refused.source.to_string().is_empty());
}

#[test]
fn a_table_that_is_something_else_names_the_model() {
    let conn = &mut connect();
    // The table is a view here, which no index can be on.
    sql(
        conn,
        "CREATE TABLE kept (id INTEGER, buyer_id INTEGER, payer_id INTEGER)",
    );
    sql(conn, "CREATE VIEW orders AS SELECT * FROM kept");
    let result = orders::Shop::create_all(conn);
    if cfg!(feature = "mysql") {
        result.expect("the view is there, and indexes are those of the table");
    } else {
        assert_eq!(refused(result).model, "Order");
        assert_eq!(orm_tests::tables(conn), 1);
    }
}

/// A server says how long a key may be.
#[cfg(feature = "mysql")]
mod long_keys {
    use super::*;

    mod pages {
        use orm_core::prelude::*;

        #[derive(Model, Debug, Clone)]
        #[model(index(id, short))]
        pub struct Page {
            #[model(primary_key, length = 1000)]
            pub url: String,
            pub id: i32,
            #[model(unique)]
            pub short: String,
        }

        orm_core::schema! { pub Pages { Page } }
    }

    #[test]
    fn a_key_that_is_too_long_names_the_model_and_the_column() {
        let conn = &mut connect();
        let refused = refused(pages::Pages::create_all(conn));
        assert_eq!(
            (refused.model, &refused.columns[..]),
            ("Page", &["url"][..])
        );
    }
}
