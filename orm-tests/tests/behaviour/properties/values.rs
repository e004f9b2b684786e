//! Properties: a value of any type, on every way into the database, comes back as it went, or nothing is written.
//!
//! What a database is known to change, it changes on every way alike (`when_stored`), and memory shows it.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Debug;

#[cfg(not(feature = "sqlite"))]
use bigdecimal::BigDecimal;
use chrono::{DateTime, NaiveDate, NaiveDateTime, NaiveTime, TimeDelta, Timelike, Utc};
use diesel::prelude::*;
use orm_core::Json;
use orm_core::prelude::*;
use orm_tests::{Conn, connect_to};
use proptest::prelude::*;
use serde_json::Value as AnyJson;
use uuid::Uuid;

use crate::support::{Result, sql};

/// How many pairs of values each type is tried with.
const CASES: u32 = 48;

/// The ways into the database that a value has taken.
type Taken = BTreeSet<&'static str>;

/// Runs a property of two values on one connection. Each way must be taken by at least one value: a call that always
/// fails leaves every row as it was.
fn check<S: orm_core::Schema, T: Debug + Clone>(
    values: impl Strategy<Value = T>,
    ways: &[&'static str],
    test: impl Fn(&mut Conn, &mut Taken, T, T) -> Result,
) {
    let taken = RefCell::new(Taken::new());
    let conn = RefCell::new(connect_to::<S>());
    let pairs = prop::collection::vec(values, 2);
    let mut runner = proptest::test_runner::TestRunner::new(ProptestConfig {
        cases: CASES,
        failure_persistence: None,
        ..ProptestConfig::default()
    });
    let outcome = runner.run(&pairs, |pair| {
        let (mut conn, mut taken) = (conn.borrow_mut(), taken.borrow_mut());
        let done = test(&mut conn, &mut taken, pair[0].clone(), pair[1].clone());
        done.map_err(|error| TestCaseError::fail(error.to_string()))
    });
    if let Err(error) = outcome {
        panic!("{error}");
    }
    assert_eq!(taken.into_inner(), Taken::from_iter(ways.iter().copied()));
}

/// How a value is shown: NaN is then equal to itself, and zero not to the one below zero.
fn shown(value: &impl Debug) -> String {
    format!("{value:?}")
}

#[track_caller]
fn same(left: &impl Debug, right: &impl Debug, way: &str) {
    assert_eq!(shown(left), shown(right), "{way}");
}

/// What the documentation says that a database makes of a value.
trait WhenStored: Sized + Debug {
    fn when_stored(self) -> Self {
        self
    }

    /// How it is shown, if it is the same as others that are shown otherwise.
    fn shown(&self) -> String {
        shown(self)
    }
}

macro_rules! kept {
    ($($type:ty),+ $(,)?) => { $(impl WhenStored for $type {})+ };
}

kept!(
    i16,
    i32,
    i64,
    bool,
    String,
    Vec<u8>,
    NaiveDate,
    Uuid,
    AnyJson,
    Kind
);

/// JSON has no infinity and no NaN: serde writes `null`, which an `Option` reads as `None`, and others refuse.
impl WhenStored for Json<Vec<(String, Option<f64>)>> {
    fn when_stored(self) -> Self {
        let finite = |value: Option<f64>| value.filter(|value| value.is_finite());
        Self(
            self.0
                .into_iter()
                .map(|(name, value)| (name, finite(value)))
                .collect(),
        )
    }
}

impl WhenStored for f64 {
    fn when_stored(self) -> Self {
        // Neither SQLite nor MySQL keeps the sign of a zero.
        match cfg!(feature = "postgres") {
            true => self,
            false => self + 0.0,
        }
    }
}

impl WhenStored for f32 {
    fn when_stored(self) -> Self {
        match cfg!(feature = "postgres") {
            true => self,
            false => self + 0.0,
        }
    }
}

/// Servers keep microseconds; SQLite, whose moments are texts, what chrono has. To PostgreSQL a leap second is the
/// next one; MySQL refuses it.
fn in_microseconds<T: Timelike + Copy + std::ops::Add<TimeDelta, Output = T>>(value: T) -> T {
    if cfg!(feature = "sqlite") {
        return value;
    }
    let nanosecond = value.nanosecond();
    let whole = value.with_nanosecond(nanosecond % 1_000_000_000 / 1_000 * 1_000);
    let leap = TimeDelta::seconds((nanosecond / 1_000_000_000).into());
    whole.map_or(value, |whole| whole + leap)
}

impl WhenStored for NaiveTime {
    fn when_stored(self) -> Self {
        in_microseconds(self)
    }
}

impl WhenStored for NaiveDateTime {
    fn when_stored(self) -> Self {
        // PostgreSQL counts the microseconds from this moment on.
        let first = NaiveDate::from_ymd_opt(2000, 1, 1).map(|day| day.and_time(NaiveTime::MIN));
        let whole = in_microseconds(self);
        let is_up = cfg!(feature = "postgres") && first.is_some_and(|first| whole < first);
        if is_up && !self.nanosecond().is_multiple_of(1_000) {
            whole + TimeDelta::microseconds(1)
        } else {
            whole
        }
    }
}

impl WhenStored for DateTime<Utc> {
    fn when_stored(self) -> Self {
        self.naive_utc().when_stored().and_utc()
    }
}

#[cfg(not(feature = "sqlite"))]
impl WhenStored for BigDecimal {
    fn shown(&self) -> String {
        self.normalized().to_string()
    }
}

#[derive(ModelEnum, Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    Draft,
    InReview,
    #[model(rename = "out, 'now'")]
    Out,
}

/// A model with a column of the type: what each call gives is what a later read gives, and what was sent; a call that
/// fails leaves the row as it was.
macro_rules! values {
    ($name:ident: $type:ty, $values:expr $(, $compared:ident)?) => {
        mod $name {
            use super::*;

            mod own {
                use super::*;

                #[derive(Model, Debug, Clone)]
                pub struct Item {
                    #[model(primary_key)]
                    pub id: i32,
                    #[model(unique)]
                    pub code: i32,
                    pub value: $type,
                    pub maybe: Option<$type>,
                }

                orm_core::schema! { pub Own { Item } }
            }
            use own::{Item, NewItem, Own, items};

            fn stored(conn: &mut Conn, code: i32) -> Result<Option<Item>> {
                Item::find_one(conn, items::code.eq(code))
            }

            /// The row is what was sent, or as it was before.
            fn whole(
                conn: &mut Conn,
                taken: &mut Taken,
                way: &'static str,
                given: Result<Item>,
                before: Option<&Item>,
                (code, value): (i32, &$type),
            ) -> Result<bool> {
                match (given, stored(conn, code)?) {
                    (Ok(row), found) => {
                        let sent = value.clone().when_stored().shown();
                        assert_eq!(row.value.shown(), sent, "{way}");
                        assert_eq!(row.maybe.as_ref().map(WhenStored::shown), Some(sent), "{way}");
                        same(&Some(row), &found, way);
                        taken.insert(way);
                        Ok(true)
                    }
                    (Err(_), found) => {
                        same(&before, &found.as_ref(), way);
                        Ok(false)
                    }
                }
            }

            #[test]
            fn come_back_or_are_not_written() {
                let ways = ["create", "bulk_create", "upsert, new", "upsert", "update", "save"];
                check::<Own, $type>($values, &ways, |conn, taken, first, second| {
                    let new = |code, value: &$type| NewItem {
                        id: None,
                        code,
                        value: value.clone(),
                        maybe: Some(value.clone()),
                    };
                    sql(conn, "DELETE FROM items");

                    let row = Item::create(conn, new(1, &first));
                    let created = whole(conn, taken, "create", row, None, (1, &first))?;

                    let rows = Item::bulk_create(conn, [new(2, &second), new(3, &first)]);
                    let both = rows.is_ok();
                    let mut rows = rows.unwrap_or_default().into_iter();
                    for (code, value) in [(2, &second), (3, &first)] {
                        let row = rows.next().ok_or(orm_core::Error::Database(
                            diesel::result::Error::NotFound,
                        ));
                        assert_eq!(both, whole(conn, taken, "bulk_create", row, None, (code, value))?);
                    }
                    assert!(!both || created, "bulk_create takes what create refuses");

                    let row = Item::upsert(conn, new(4, &second));
                    whole(conn, taken, "upsert, new", row, None, (4, &second))?;
                    if created {
                        let before = stored(conn, 1)?;
                        let row = Item::upsert(conn, new(1, &second));
                        whole(conn, taken, "upsert", row, before.as_ref(), (1, &second))?;
                    }

                    if let Some(mut row) = stored(conn, 3)? {
                        let before = row.clone();
                        let changes = Item::changes().value(second.clone()).maybe(second.clone());
                        let done = row.update(conn, changes).map(|()| row.clone());
                        let failed = done.is_err();
                        whole(conn, taken, "update", done, Some(&before), (3, &second))?;
                        if failed {
                            same(&row, &before, "update leaves the row in memory");
                        }

                        let before = stored(conn, 3)?;
                        row.value = first.clone();
                        row.maybe = Some(first.clone());
                        let done = row.save(conn).map(|()| row.clone());
                        whole(conn, taken, "save", done, before.as_ref(), (3, &first))?;
                    }

                    $(
                        // A value that was read finds its row.
                        for row in Item::find_all(conn)? {
                            if shown(&row.value) != "NaN" {
                                let found = Item::find_where(conn, items::value.$compared(row.value.clone()))?;
                                let found: Vec<_> = found.iter().map(|found| found.id).collect();
                                assert!(found.contains(&row.id), "a filter by {:?}", row.value);
                            }
                        }
                    )?
                    Ok(())
                });
            }
        }
    };
}

/// The type as a key: the value finds its row, and the rows that refer to it.
macro_rules! keys {
    ($name:ident: $type:ty, $values:expr) => {
        mod $name {
            use super::*;

            mod own {
                use super::*;

                #[derive(Model, Debug, Clone, PartialEq)]
                #[has_many(Leaf, fk = "node_key", as = "leaves")]
                #[belongs_to_many(Node, through = Edge, fk = "from_key", other_key = "to_key", as = "heirs")]
                pub struct Node {
                    #[model(primary_key, auto_increment = false)]
                    pub key: $type,
                    pub label: i32,
                }

                #[derive(Model, Debug, Clone, PartialEq)]
                #[belongs_to(Node, fk = "node_key", as = "node")]
                pub struct Leaf {
                    #[model(primary_key)]
                    pub id: i32,
                    pub node_key: $type,
                }

                #[derive(Model, Debug, Clone, PartialEq)]
                #[belongs_to(Node, fk = "from_key", as = "from")]
                #[belongs_to(Node, fk = "to_key", as = "to")]
                pub struct Edge {
                    #[model(primary_key)]
                    pub from_key: $type,
                    #[model(primary_key)]
                    pub to_key: $type,
                }

                orm_core::schema! { pub Own { Node, Leaf, Edge } }
            }
            use own::{Leaf, Node, Own, leaves, nodes};

            #[test]
            fn find_their_rows() {
                check::<Own, $type>($values, &["one key", "two keys"], |conn, taken, first, second| {
                    for table in ["edges", "leaves", "nodes"] {
                        sql(conn, &format!("DELETE FROM {table}"));
                    }
                    let new = |key: &$type, label| Node::builder().key(key.clone()).label(label);
                    let created = Node::create(conn, new(&first, 1));
                    let Ok(mut node) = created else {
                        assert_eq!(Node::count(conn)?, 0);
                        return Ok(());
                    };
                    same(&node.key, &first.clone().when_stored(), "create");
                    assert_eq!(Node::get_by_pk(conn, node.key.clone())?, node);

                    let leaf = node.create_leaf(conn, Leaf::builder())?;
                    assert_eq!(leaf.node_key, node.key);
                    assert_eq!(node.get_leaves(conn)?, std::slice::from_ref(&leaf));
                    assert_eq!(leaf.get_node(conn)?, node);
                    let loaded = nodes::table.include(Node::leaves()).load(conn)?;
                    assert_eq!((loaded.len(), &loaded[0].leaves), (1, &vec![leaf.clone()]));
                    let loaded = leaves::table.include(Leaf::node()).load(conn)?;
                    assert_eq!(loaded[0].node, node);

                    node.update(conn, Node::changes().label(2))?;
                    assert_eq!(Node::get_by_pk(conn, node.key.clone())?.label, 2);

                    // A second one, of another key or refused.
                    if let Ok(other) = Node::create(conn, new(&second, 3)) {
                        assert_eq!(other.key, second.when_stored());
                        node.set_heirs(conn, [&other, &node])?;
                        assert_eq!(node.count_heirs(conn)?, 2);
                        assert!(node.has_heir(conn, &other)?);
                        let mut heirs: Vec<_> = node.get_heirs(conn)?;
                        heirs.sort_by_key(|node| node.label);
                        assert_eq!(heirs, [node.clone(), other.clone()]);
                        let loaded = nodes::table
                            .order(nodes::label)
                            .include(Node::heirs())
                            .load(conn)?;
                        let counts: Vec<_> = loaded.iter().map(|node| node.heirs.len()).collect();
                        assert_eq!(counts, [2, 0]);
                        node.remove_heir(conn, &other)?;
                        node.remove_heir(conn, &node.clone())?;
                        assert_eq!(node.count_heirs(conn)?, 0);
                        other.destroy(conn)?;
                        taken.insert("two keys");
                    }
                    assert_eq!(Node::count(conn)?, 1);
                    leaf.destroy(conn)?;
                    node.destroy(conn)?;
                    assert_eq!(Node::count(conn)?, 0);
                    taken.insert("one key");
                    Ok(())
                });
            }
        }
    };
}

fn text() -> impl Strategy<Value = String> {
    let letter = prop_oneof![
        4 => any::<char>(),
        2 => prop::sample::select(vec!['a', 'A', 'ä', 'ß', '1', '0', '.', '-', ' ', '\u{301}']),
        1 => prop::sample::select(vec!['\'', '"', '\\', '%', '\0', '\n', '\t', '\u{feff}', '?', '`', '$']),
    ];
    let random = prop::collection::vec(letter, 0..30).prop_map(String::from_iter);
    let edges = [
        "", " ", "0", "1e3", "NULL", "null", "{}", "\0", "a ", "0x1f", "infinity", "NaN",
    ];
    prop_oneof![
        random,
        prop::sample::select(edges.to_vec()).prop_map(str::to_owned)
    ]
}

/// Texts that are a key on every backend: at most 255 letters, without NUL, and not alike but for spaces at the end.
fn key_text() -> impl Strategy<Value = String> {
    text().prop_map(|text| format!("{}.", text.replace('\0', "")))
}

fn edges<T: Debug + Clone + 'static>(edges: Vec<T>) -> impl Strategy<Value = T> {
    prop::sample::select(edges)
}

fn double() -> impl Strategy<Value = f64> {
    let odd = vec![
        0.0,
        -0.0,
        f64::MIN,
        f64::MAX,
        f64::MIN_POSITIVE,
        5e-324,
        f64::EPSILON,
        f64::INFINITY,
        f64::NEG_INFINITY,
        f64::NAN,
        9_007_199_254_740_993.0,
        0.1,
    ];
    prop_oneof![proptest::num::f64::ANY.prop_map(quiet), edges(odd)]
}

/// There are many NaN, of which nobody keeps which one it is.
fn quiet(value: f64) -> f64 {
    if value.is_nan() { f64::NAN } else { value }
}

fn float() -> impl Strategy<Value = f32> {
    let odd = vec![
        0.0,
        -0.0,
        f32::MIN,
        f32::MAX,
        f32::MIN_POSITIVE,
        1e-45,
        f32::INFINITY,
        f32::NAN,
        0.1,
        16_777_217.0,
    ];
    let any =
        proptest::num::f32::ANY.prop_map(|value| if value.is_nan() { f32::NAN } else { value });
    prop_oneof![any, edges(odd)]
}

/// Days of all years that chrono knows, those that databases know more often.
fn day() -> impl Strategy<Value = NaiveDate> {
    let in_range = |first: NaiveDate, last: NaiveDate| {
        (0..=(last - first).num_days()).prop_map(move |days| first + TimeDelta::days(days))
    };
    let year = |year| NaiveDate::from_ymd_opt(year, 1, 1).expect("a year");
    let odd = [
        (-1, 12, 31),
        (0, 1, 1),
        (1, 1, 1),
        (1582, 10, 10),
        (1900, 2, 28),
        (2024, 2, 29),
        (9999, 12, 31),
        (10_000, 1, 1),
        (65_536, 1, 1),
        (67_561, 6, 1),
    ];
    let odd = odd.map(|(y, m, d)| NaiveDate::from_ymd_opt(y, m, d).expect("a day"));
    prop_oneof![
        4 => in_range(year(1), year(9999)),
        1 => in_range(NaiveDate::MIN, NaiveDate::MAX),
        2 => edges([odd.as_slice(), &[NaiveDate::MIN, NaiveDate::MAX]].concat()),
    ]
}

/// Times to the nanosecond, in a leap second as well.
fn time() -> impl Strategy<Value = NaiveTime> {
    let nanos = prop_oneof![
        edges(vec![0, 1, 499, 500, 999, 1_000, 999_999_499, 999_999_999]),
        (0..1_000_000_u32).prop_map(|micros| micros * 1_000),
        0..1_000_000_000_u32,
    ];
    let seconds = prop_oneof![0..86_400_u32, edges(vec![0, 1, 86_398, 86_399])];
    (seconds, nanos, prop::bool::weighted(0.1)).prop_map(|(seconds, nanos, leap)| {
        let (seconds, nanos) = match leap {
            true => (seconds / 60 * 60 + 59, nanos + 1_000_000_000),
            false => (seconds, nanos),
        };
        NaiveTime::from_num_seconds_from_midnight_opt(seconds, nanos).expect("a time")
    })
}

fn moment() -> impl Strategy<Value = NaiveDateTime> {
    let leap = NaiveTime::from_hms_milli_opt(23, 59, 59, 1_000).expect("a leap second");
    prop_oneof![
        15 => (day(), time()).prop_map(|(day, time)| day.and_time(time)),
        // The second behind it is no moment.
        1 => Just(NaiveDate::MAX.and_time(leap)),
    ]
}

fn json() -> impl Strategy<Value = AnyJson> {
    let leaf = prop_oneof![
        Just(AnyJson::Null),
        any::<bool>().prop_map(AnyJson::from),
        any::<i64>().prop_map(AnyJson::from),
        any::<u64>().prop_map(AnyJson::from),
        (-1e15..1e15).prop_map(AnyJson::from),
        text().prop_map(AnyJson::from),
    ];
    leaf.prop_recursive(4, 24, 4, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(AnyJson::from),
            prop::collection::btree_map(text(), inner, 0..4)
                .prop_map(|entries| AnyJson::Object(entries.into_iter().collect())),
        ]
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    edges(vec![Kind::Draft, Kind::InReview, Kind::Out])
}

fn bytes() -> impl Strategy<Value = Vec<u8>> {
    prop::collection::vec(any::<u8>(), 0..60)
}

values!(small_integers: i16, any::<i16>(), eq);
values!(integers: i32, prop_oneof![any::<i32>(), edges(vec![0, i32::MIN, i32::MAX])], eq);
values!(big_integers: i64, prop_oneof![any::<i64>(), edges(vec![0, i64::MIN, i64::MAX])], eq);
values!(booleans: bool, any::<bool>(), eq);
values!(doubles: f64, double(), eq);
values!(floats: f32, float(), eq);
values!(texts: String, text(), eq);
values!(binaries: Vec<u8>, bytes(), eq);
values!(days: NaiveDate, day(), eq);
values!(times: NaiveTime, time(), eq);
values!(moments: NaiveDateTime, moment());
values!(moments_in_utc: DateTime<Utc>, moment().prop_map(|moment| moment.and_utc()));
values!(uuids: Uuid, any::<u128>().prop_map(Uuid::from_u128));
values!(enums: Kind, kind(), eq);
values!(any_json: serde_json::Value, json());
values!(typed_json: Json<Vec<(String, Option<f64>)>>, {
    prop::collection::vec((text(), prop::option::of(double())), 0..4).prop_map(Json)
});
#[cfg(not(feature = "sqlite"))]
values!(decimals: BigDecimal, {
    (any::<i64>(), -4..30_i64).prop_map(|(digits, scale)| BigDecimal::new(digits.into(), scale))
});

keys!(keys_of_small_integers: i16, any::<i16>());
keys!(keys_of_integers: i32, prop_oneof![any::<i32>(), edges(vec![0, 1, -1, i32::MIN, i32::MAX])]);
keys!(keys_of_big_integers: i64, prop_oneof![any::<i64>(), edges(vec![0, 1, -1, i64::MIN, i64::MAX])]);
keys!(keys_of_texts: String, key_text());
keys!(keys_of_binaries: Vec<u8>, bytes());
keys!(keys_of_days: NaiveDate, day());
keys!(keys_of_moments: NaiveDateTime, moment());
keys!(keys_of_uuids: Uuid, any::<u128>().prop_map(Uuid::from_u128));
keys!(keys_of_enums: Kind, kind());
