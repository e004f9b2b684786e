//! A type of the user's own, stored as JSON.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromStaticSqlRow, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::sql_types::Nullable;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A value of any type with serde's traits, stored as JSON.
///
/// ```
/// # mod model {
/// use orm_core::prelude::*;
/// use orm_core::Json;
///
/// #[derive(serde::Serialize, serde::Deserialize, Debug, Clone, PartialEq)]
/// pub struct Address {
///     pub street: String,
///     pub city: String,
/// }
///
/// #[derive(Model, Debug, Clone, PartialEq)]
/// pub struct Customer {
///     #[model(primary_key)]
///     pub id: i32,
///     pub address: Json<Address>,
/// }
/// # orm_core::schema! { pub Shop { Customer } }
/// # }
/// # use model::*; use diesel::prelude::*; use orm_core::prelude::*; use orm_core::Json;
///
/// # fn main() -> orm_core::Result<()> {
/// # let conn = &mut SqliteConnection::establish(":memory:").expect("SQLite opens");
/// # Shop::create_all(conn)?;
/// let address = Address { street: "Main St 1".into(), city: "Bern".into() };
/// let customer = Customer::create(conn, Customer::builder().address(Json(address)))?;
/// assert_eq!(customer.address.city, "Bern");
/// # Ok(()) }
/// ```
///
/// The column is `json` on PostgreSQL, `JSON` on MySQL and a text on SQLite. For `jsonb`, which PostgreSQL
/// can index and compare, write `#[model(sql_type = "Jsonb")]` on the field.
///
/// serde sees the `T` itself.
///
/// `Option<Json<T>>` distinguishes NULL from JSON's `null`: NULL is `None`, and `null` is read as a `T`.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    Default,
    serde::Serialize,
    serde::Deserialize,
)]
#[serde(transparent)]
pub struct Json<T>(pub T);

impl<T> std::ops::Deref for Json<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T> std::ops::DerefMut for Json<T> {
    fn deref_mut(&mut self) -> &mut T {
        &mut self.0
    }
}

impl<T> From<T> for Json<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl<T, ST, DB> Queryable<ST, DB> for Json<T>
where
    DB: Backend,
    Self: FromStaticSqlRow<ST, DB>,
{
    type Row = Self;

    fn build(row: Self) -> deserialize::Result<Self> {
        Ok(row)
    }
}

macro_rules! expressions {
    ($($sql:ty),+ $(,)?) => {
        $(
            impl<T> AsExpression<$sql> for Json<T> {
                type Expression = Bound<$sql, Self>;

                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }

            impl<'a, T> AsExpression<$sql> for &'a Json<T> {
                type Expression = Bound<$sql, Self>;

                fn as_expression(self) -> Self::Expression {
                    Bound::new(self)
                }
            }

            impl<T> AsExpression<Nullable<$sql>> for Json<T> {
                type Expression = Bound<Nullable<$sql>, Option<Self>>;

                fn as_expression(self) -> Self::Expression {
                    Bound::new(Some(self))
                }
            }
        )+
    };
}

expressions!(diesel::sql_types::Json, diesel::sql_types::Jsonb);

/// The type of a JSON field.
pub trait StoredJson {
    /// Spells JSON as a value of this type is written. As a text, one value has many spellings.
    fn spell(text: &str) -> String;
}

impl<T: DeserializeOwned + serde::Serialize> StoredJson for Json<T> {
    fn spell(text: &str) -> String {
        let value = serde_json::from_str::<T>(text);
        let spelled = value.and_then(|value| serde_json::to_string(&value));
        // JSON that is not a `T` can still be written; the first read reports it.
        spelled.unwrap_or_else(|_| text.to_owned())
    }
}

impl StoredJson for serde_json::Value {
    fn spell(text: &str) -> String {
        Json::<Self>::spell(text)
    }
}

type Boxed = Box<dyn std::error::Error + Send + Sync>;

/// The JSON of a value. A value that its type could not read back is refused before anything is written. An
/// example is NaN, for which JSON only has `null`.
fn write<T: Serialize + DeserializeOwned>(value: &T) -> Result<String, Boxed> {
    let json = serde_json::to_string(value)?;
    match serde_json::from_str::<T>(&json) {
        Ok(_) => Ok(json),
        Err(error) => {
            Err(format!("the value could not be read again from its JSON: {error}").into())
        }
    }
}

/// The deepest nesting that can be read (<https://docs.rs/serde_json>, "recursion limit").
const DEEPEST: usize = 127;

/// Refuses a `serde_json::Value` that nobody could read back.
pub(crate) fn check(value: &dyn std::any::Any) -> Result<(), Boxed> {
    let optional = || value.downcast_ref::<Option<Value>>()?.as_ref();
    match value.downcast_ref::<Value>().or_else(optional) {
        Some(value) if depth(value) > DEEPEST => Err(format!(
            "JSON that is nested more than {DEEPEST} times could not be read again"
        )
        .into()),
        _ => Ok(()),
    }
}

/// How deeply the value is nested. Counting stops one level below the deepest readable one.
fn depth(value: &Value) -> usize {
    let mut level = vec![value];
    for depth in 0..=DEEPEST {
        level.retain(|value| value.is_array() || value.is_object());
        if level.is_empty() {
            return depth;
        }
        let arrays = level.iter().filter_map(|value| value.as_array()).flatten();
        let objects = level.iter().filter_map(|value| value.as_object());
        level = arrays
            .chain(objects.flat_map(|object| object.values()))
            .collect();
    }
    DEEPEST + 1
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> Result<Json<T>, Boxed> {
    Ok(Json(serde_json::from_slice(bytes)?))
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use diesel::deserialize::{self, FromSql};
    use diesel::serialize::{self, IsNull, Output, ToSql};
    use diesel::sql_types::{Json, Text};
    use diesel::sqlite::{Sqlite, SqliteValue};
    use serde::{Serialize, de::DeserializeOwned};

    impl<T: Serialize + DeserializeOwned + std::fmt::Debug> ToSql<Json, Sqlite> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            out.set_value(super::write(&self.0)?);
            Ok(IsNull::No)
        }
    }

    impl<T: DeserializeOwned> FromSql<Json, Sqlite> for super::Json<T> {
        fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
            let text = <String as FromSql<Text, Sqlite>>::from_sql(value)?;
            super::read(text.as_bytes())
        }
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use std::io::Write;

    use diesel::deserialize::{self, FromSql};
    use diesel::pg::{Pg, PgValue};
    use diesel::serialize::{self, IsNull, Output, ToSql};
    use diesel::sql_types::{Json, Jsonb};
    use serde::{Serialize, de::DeserializeOwned};

    /// The version that precedes the text
    /// (<https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/jsonb.c>, `jsonb_recv`).
    const JSONB_VERSION: u8 = 1;

    impl<T: Serialize + DeserializeOwned + std::fmt::Debug> ToSql<Json, Pg> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(super::write(&self.0)?.as_bytes())?;
            Ok(IsNull::No)
        }
    }

    impl<T: DeserializeOwned> FromSql<Json, Pg> for super::Json<T> {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            super::read(value.as_bytes())
        }
    }

    impl<T: Serialize + DeserializeOwned + std::fmt::Debug> ToSql<Jsonb, Pg> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(&[JSONB_VERSION])?;
            out.write_all(super::write(&self.0)?.as_bytes())?;
            Ok(IsNull::No)
        }
    }

    impl<T: DeserializeOwned> FromSql<Jsonb, Pg> for super::Json<T> {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            match value.as_bytes() {
                [JSONB_VERSION, text @ ..] => super::read(text),
                _ => Err("the database sends `jsonb` in a version that is not known".into()),
            }
        }
    }
}

#[cfg(feature = "mysql")]
mod mysql {
    use std::io::Write;

    use diesel::deserialize::{self, FromSql};
    use diesel::mysql::{Mysql, MysqlValue};
    use diesel::serialize::{self, IsNull, Output, ToSql};
    use diesel::sql_types::Json;
    use serde::{Serialize, de::DeserializeOwned};

    impl<T: Serialize + DeserializeOwned + std::fmt::Debug> ToSql<Json, Mysql> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
            out.write_all(super::write(&self.0)?.as_bytes())?;
            Ok(IsNull::No)
        }
    }

    impl<T: DeserializeOwned> FromSql<Json, Mysql> for super::Json<T> {
        fn from_sql(value: MysqlValue<'_>) -> deserialize::Result<Self> {
            super::read(value.as_bytes())
        }
    }
}
