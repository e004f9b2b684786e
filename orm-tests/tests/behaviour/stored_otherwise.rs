//! Keys whose Rust type is a number and whose column holds texts: the SQL type decides.

use crate::support::{Result, sql};
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};
use own::*;

mod own {
    use diesel::deserialize::{self, FromSql};
    use diesel::query_builder::QueryId;
    use diesel::serialize::{self, IsNull, Output, ToSql};
    use diesel::sql_types::{SqlType, Text};
    use orm_core::prelude::*;
    use orm_core::{ColumnKind, DdlType};
    use orm_tests::Backend;

    /// A number, written in digits.
    #[derive(Debug, Clone, Copy, SqlType, QueryId)]
    #[diesel(sqlite_type(name = "Text"), mysql_type(name = "String"))]
    #[diesel(postgres_type(oid = 25, array_oid = 1009))]
    pub struct Digits;

    impl DdlType for Digits {
        const KIND: ColumnKind = match cfg!(feature = "mysql") {
            true => ColumnKind::Other("VARCHAR(40)"),
            false => ColumnKind::Other("TEXT"),
        };
    }

    impl ToSql<Digits, Backend> for i64 {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Backend>) -> serialize::Result {
            #[cfg(feature = "sqlite")]
            out.set_value(self.to_string());
            #[cfg(not(feature = "sqlite"))]
            std::io::Write::write_all(out, self.to_string().as_bytes())?;
            Ok(IsNull::No)
        }
    }

    impl FromSql<Digits, Backend> for i64 {
        fn from_sql(
            bytes: <Backend as diesel::backend::Backend>::RawValue<'_>,
        ) -> deserialize::Result<Self> {
            let digits = <String as FromSql<Text, Backend>>::from_sql(bytes)?;
            Ok(digits.parse()?)
        }
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[has_many(Entry, fk = "ledger", as = "entries")]
    #[belongs_to_many(Tag, through = Marked, fk = "ledger", other_key = "tag", as = "tags")]
    pub struct Ledger {
        #[model(primary_key, sql_type = "crate::stored_otherwise::own::Digits")]
        pub number: i64,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    #[belongs_to(Ledger, fk = "ledger", as = "of")]
    pub struct Entry {
        #[model(primary_key)]
        pub id: i32,
        #[model(sql_type = "crate::stored_otherwise::own::Digits")]
        pub ledger: i64,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Tag {
        #[model(primary_key, sql_type = "crate::stored_otherwise::own::Digits")]
        pub number: i64,
    }

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Marked {
        #[model(primary_key, sql_type = "crate::stored_otherwise::own::Digits")]
        pub ledger: i64,
        #[model(primary_key, sql_type = "crate::stored_otherwise::own::Digits")]
        pub tag: i64,
    }

    orm_core::schema! { pub Office { Ledger, Entry, Tag, Marked } }
}

/// Ledgers of these numbers with an entry each.
fn office(numbers: impl Iterator<Item = i64>) -> Result<Conn> {
    let mut conn = connect_to::<Office>();
    let ledgers: Vec<_> = numbers
        .map(|number| Ledger::builder().number(number))
        .collect();
    for ledger in Ledger::bulk_create(&mut conn, ledgers)? {
        ledger.create_entry(&mut conn, Entry::builder())?;
    }
    Ok(conn)
}

/// As texts, `10` comes before `9`, so no row is between the two.
#[test]
fn numbers_that_are_stored_as_texts_are_no_range() -> Result {
    let conn = &mut office([9, 10].into_iter())?;
    let ledgers = Ledger::query().include(Ledger::entries()).load(conn)?;
    assert!(ledgers.iter().all(|ledger| ledger.entries.len() == 1));
    let ledgers = Ledger::query().include(Ledger::entries().limit(1));
    let ledgers = ledgers.load(conn)?;
    assert!(ledgers.iter().all(|ledger| ledger.entries.len() == 1));
    let ledgers = Ledger::query().include(Ledger::entries().count());
    assert!(ledgers.load(conn)?.iter().all(|ledger| ledger.entries == 1));
    let entries = Entry::query().include(Entry::of()).load(conn)?;
    assert!(entries.iter().all(|entry| entry.of.number == entry.ledger));
    Ok(())
}

#[test]
fn links_to_them_are_found() -> Result {
    let conn = &mut office([9, 10].into_iter())?;
    Tag::bulk_create(conn, [9, 10].map(|number| Tag::builder().number(number)))?;
    let nine = Ledger::get_by_pk(conn, 9)?;
    nine.set_tags(conn, [9, 10])?;
    assert!(nine.has_tags(conn, [9, 10])?);
    let ledgers = Ledger::query().include(Ledger::tags()).load(conn)?;
    let sizes = ledgers.iter().map(|ledger| ledger.tags.len());
    assert_eq!(sizes.sum::<usize>(), 2);
    let ledgers = Ledger::query()
        .include(Ledger::tags().limit(1))
        .load(conn)?;
    let sizes = ledgers.iter().map(|ledger| ledger.tags.len());
    assert_eq!(sizes.sum::<usize>(), 1);
    nine.remove_tags(conn, [9, 10])?;
    assert_eq!(nine.count_tags(conn)?, 0);
    Ok(())
}

/// More than one statement can bind, and too many for a list of JSON numbers to be right.
#[test]
fn there_may_be_more_of_them_than_can_be_bound() -> Result {
    let conn = &mut office(std::iter::empty())?;
    sql(
        conn,
        "INSERT INTO ledgers (number)
         WITH RECURSIVE n(i) AS (SELECT 10000 UNION ALL SELECT i + 2 FROM n WHERE i < 89998)
         SELECT i FROM n;
         INSERT INTO entries (ledger) SELECT number FROM ledgers;",
    );
    let ledgers = Ledger::query().include(Ledger::entries()).load(conn)?;
    assert_eq!(ledgers.len(), 40_000);
    assert!(ledgers.iter().all(|ledger| ledger.entries.len() == 1));
    let ledgers = Ledger::query().include(Ledger::entries().count());
    assert!(ledgers.load(conn)?.iter().all(|ledger| ledger.entries == 1));
    Ok(())
}
