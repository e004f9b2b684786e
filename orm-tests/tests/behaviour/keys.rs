//! Keys of every type, in associations and includes.

use crate::support::Result;
use chrono::NaiveDate;
use diesel::prelude::*;
use orm_core::prelude::*;
use orm_tests::connect_to;

/// A parent and a child over a key of a type, and a test that includes them.
macro_rules! keyed {
    ($name:ident, $type:ty, $keys:expr) => {
        mod $name {
            use orm_core::prelude::*;

            #[derive(Model, Debug, Clone, PartialEq)]
            #[has_many(Child, fk = "parent_key", as = "children")]
            #[belongs_to_many(Parent, through = Pair, fk = "one", other_key = "two", as = "others")]
            pub struct Parent {
                #[model(primary_key)]
                pub key: $type,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            #[belongs_to(Parent, fk = "parent_key", as = "parent")]
            pub struct Child {
                #[model(primary_key)]
                pub id: i32,
                pub parent_key: Option<$type>,
            }

            #[derive(Model, Debug, Clone, PartialEq)]
            pub struct Pair {
                #[model(primary_key)]
                pub one: $type,
                #[model(primary_key)]
                pub two: $type,
            }

            orm_core::schema! { pub Family { Parent, Child, Pair } }
        }

        #[test]
        fn $name() -> Result {
            use $name::{Child, Family, Parent, children, parents};
            let conn = &mut connect_to::<Family>();
            let keys: Vec<$type> = $keys.into();
            let new = keys.iter().map(|key| Parent::builder().key(key.clone()));
            let made = Parent::bulk_create(conn, new)?;
            for parent in &made {
                parent.create_children(conn, [Child::builder(), Child::builder()])?;
                parent.set_others(conn, &made)?;
                parent.remove_other(conn, parent)?;
                assert!(!parent.has_other(conn, parent)?);
            }
            Child::create(conn, Child::builder())?;
            let parents = Parent::query()
                .order(parents::key.asc())
                .include(Parent::children().order(children::id.desc()).limit(1))
                .include(Parent::others().count())
                .load(conn)?;
            assert_eq!(parents.len(), keys.len());
            for parent in &parents {
                assert_eq!(parent.children.len(), 1, "{:?}", parent.key);
                assert_eq!(parent.children[0].parent_key.as_ref(), Some(&parent.key));
                assert_eq!(parent.others + 1, i64::try_from(keys.len()).unwrap_or(0));
            }
            let children = Child::query()
                .include(Child::parent().include(Parent::others().order(parents::key.asc())))
                .load(conn)?;
            assert_eq!(children.len(), 2 * keys.len() + 1);
            for child in &children {
                let parent = child.parent.as_ref();
                assert_eq!(parent.map(|parent| &parent.key), child.parent_key.as_ref());
                assert_eq!(
                    parent.map_or(keys.len() - 1, |p| p.others.len()),
                    keys.len() - 1
                );
            }
            Ok(())
        }
    };
}

/// Gap: MySQL generates a key where 0 is inserted.
const ZERO: i8 = if cfg!(feature = "mysql") { 7 } else { 0 };
/// MySQL and MariaDB share no collation that tells spaces at the end apart.
const SPACE_AT_END: &str = if cfg!(feature = "mysql") { "a b" } else { "a " };

keyed!(
    small_integers,
    i16,
    [i16::MIN, -1, ZERO.into(), 1, i16::MAX]
);
keyed!(integers, i32, [i32::MIN, -1, ZERO.into(), 1, i32::MAX]);
keyed!(
    big_integers,
    i64,
    [i64::MIN, -1, ZERO.into(), 1, i64::MAX - 1, i64::MAX]
);
keyed!(
    texts,
    String,
    [
        "",
        "1",
        "01",
        "a",
        "A",
        SPACE_AT_END,
        "ä",
        "\u{7f}",
        "\u{1}"
    ]
    .map(String::from)
);
keyed!(truths, bool, [true, false]);
keyed!(
    bytes,
    Vec<u8>,
    [vec![], vec![0], vec![0, 0], b"abc".to_vec()]
);
keyed!(
    days,
    chrono::NaiveDate,
    (1..9)
        .filter_map(|d| NaiveDate::from_ymd_opt(2026, 1, d))
        .collect::<Vec<_>>()
);
