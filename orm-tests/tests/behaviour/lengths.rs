//! `length` holds for every text that can be bound.

use crate::support::Result;
use orm_core::Error;
use orm_core::prelude::*;
use orm_tests::connect_to;
use own::*;

mod own {
    use diesel::backend::Backend;
    use diesel::deserialize::{self, FromSql, FromSqlRow};
    use diesel::expression::AsExpression;
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::{SqlType, Text};
    use orm_core::prelude::*;
    use orm_core::{ColumnKind, DdlType};

    #[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Hash)]
    pub enum Size {
        S,
        Large,
    }

    /// A text of the user's, in a SQL type of the user's.
    #[derive(Debug, Clone, PartialEq, Eq, Hash, FromSqlRow, AsExpression)]
    #[diesel(sql_type = Label)]
    #[diesel(sql_type = Text)]
    pub struct Name(pub String);

    #[derive(Debug, Clone, Copy, SqlType, diesel::query_builder::QueryId)]
    #[diesel(sqlite_type(name = "Text"))]
    #[diesel(postgres_type(name = "text"))]
    #[diesel(mysql_type(name = "String"))]
    pub struct Label;

    impl DdlType for Label {
        const KIND: ColumnKind = ColumnKind::Other("TEXT");
    }

    macro_rules! stored_as {
        ($($sql:ty),+) => {
            $(
                impl<DB: Backend> ToSql<$sql, DB> for Name
                where
                    String: ToSql<Text, DB>,
                {
                    fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, DB>) -> serialize::Result {
                        ToSql::<Text, DB>::to_sql(&self.0, out)
                    }
                }

                impl<DB: Backend> FromSql<$sql, DB> for Name
                where
                    String: FromSql<Text, DB>,
                {
                    fn from_sql(bytes: DB::RawValue<'_>) -> deserialize::Result<Self> {
                        <String as FromSql<Text, DB>>::from_sql(bytes).map(Self)
                    }
                }
            )+
        };
    }
    stored_as!(Text, Label);

    #[derive(Model, Debug, Clone, PartialEq)]
    pub struct Tag {
        #[model(primary_key)]
        pub id: i32,
        #[model(length = 3)]
        pub text: String,
        #[model(length = 3)]
        pub maybe: Option<String>,
        #[model(length = 3)]
        pub size: Size,
        #[model(length = 3, sql_type = "diesel::sql_types::Text")]
        pub newtype: Name,
        #[model(length = 3, sql_type = "crate::lengths::own::Label")]
        pub own: Option<Name>,
    }

    orm_core::schema! { pub Tags { Tag } }
}

#[track_caller]
fn refused(result: Result<Tag>) {
    match result {
        Err(Error::CheckViolation(violation)) => assert_eq!(violation.model, "Tag"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_longer_text_is_refused_whatever_its_type() -> Result {
    let conn = &mut connect_to::<Tags>();
    macro_rules! new {
        () => {{
            let name = || Name("äöü".to_owned());
            let tag = Tag::builder().text("äöü").maybe("äöü");
            tag.size(Size::S).newtype(name()).own(name())
        }};
    }
    let long = || Name("four".to_owned());
    let mut stored = Tag::create(conn, new!())?;
    refused(Tag::create(conn, new!().text("four")));
    refused(Tag::create(conn, new!().maybe("four")));
    refused(Tag::create(conn, new!().size(Size::Large)));
    refused(Tag::create(conn, new!().newtype(long())));
    refused(Tag::create(conn, new!().own(long())));
    let changed = stored.update(conn, Tag::changes().own(long())).err();
    assert!(
        matches!(changed, Some(Error::CheckViolation(_))),
        "{changed:?}"
    );
    assert_eq!(Tag::count(conn)?, 1);
    Ok(())
}

/// PostgreSQL has no such texts.
#[cfg(not(feature = "postgres"))]
#[test]
fn a_text_goes_on_behind_a_nul() -> Result {
    let conn = &mut connect_to::<Tags>();
    macro_rules! new {
        ($text:expr) => {{
            let name = || Name("a".to_owned());
            Tag::builder().text($text).size(Size::S).newtype(name())
        }};
    }
    assert_eq!(Tag::create(conn, new!("a\0b"))?.text, "a\0b");
    assert_eq!(Tag::create(conn, new!("äöü"))?.text, "äöü");
    refused(Tag::create(conn, new!("a\0bc")));
    refused(Tag::create(conn, new!("\0\0\0\0")));
    refused(Tag::create(conn, new!("a\0").maybe("ab\0 and much more")));
    let rows = Tag::find_all(conn)?;
    assert!(rows.iter().all(|tag| tag.maybe.is_none()));
    assert_eq!(rows.len(), 2);
    Ok(())
}
