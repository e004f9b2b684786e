//! A type of the user's, stored as JSON.

use diesel::backend::Backend;
use diesel::deserialize::{self, FromStaticSqlRow, Queryable};
use diesel::expression::AsExpression;
use diesel::internal::derives::as_expression::Bound;
use diesel::sql_types::Nullable;
use serde::de::DeserializeOwned;

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
/// The column is `json` on PostgreSQL, `JSON` on MySQL and a text on SQLite. For `jsonb`, which
/// PostgreSQL can index and compare, write `#[model(sql_type = "Jsonb")]` on the field.
///
/// To serde it is the `T` itself.
///
/// `Option<Json<T>>` keeps NULL and JSON's `null` apart: NULL is `None`, and `null` is read as a `T`.
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

/// A type that a field of JSON has.
pub trait StoredJson {
    /// JSON as a value of this type is written: in a text one value has many spellings.
    fn spell(text: &str) -> String;
}

impl<T: DeserializeOwned + serde::Serialize> StoredJson for Json<T> {
    fn spell(text: &str) -> String {
        let value = serde_json::from_str::<T>(text);
        let spelled = value.and_then(|value| serde_json::to_string(&value));
        // What is no `T` can be written, and the first read says so.
        spelled.unwrap_or_else(|_| text.to_owned())
    }
}

impl StoredJson for serde_json::Value {
    fn spell(text: &str) -> String {
        Json::<Self>::spell(text)
    }
}

#[cfg(any(feature = "postgres", feature = "mysql"))]
fn write<T: serde::Serialize>(
    value: &T,
    out: impl std::io::Write,
) -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
    Ok(serde_json::to_writer(out, value)?)
}

fn read<T: DeserializeOwned>(
    bytes: &[u8],
) -> Result<Json<T>, Box<dyn std::error::Error + Send + Sync>> {
    Ok(Json(serde_json::from_slice(bytes)?))
}

#[cfg(feature = "sqlite")]
mod sqlite {
    use diesel::deserialize::{self, FromSql};
    use diesel::serialize::{self, IsNull, Output, ToSql};
    use diesel::sql_types::{Json, Text};
    use diesel::sqlite::{Sqlite, SqliteValue};
    use serde::{Serialize, de::DeserializeOwned};

    impl<T: Serialize + std::fmt::Debug> ToSql<Json, Sqlite> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            out.set_value(serde_json::to_string(&self.0)?);
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

    /// The version that stands before the text
    /// (<https://github.com/postgres/postgres/blob/master/src/backend/utils/adt/jsonb.c>,
    /// `jsonb_recv`).
    const JSONB_VERSION: u8 = 1;

    impl<T: Serialize + std::fmt::Debug> ToSql<Json, Pg> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            super::write(&self.0, out)?;
            Ok(IsNull::No)
        }
    }

    impl<T: DeserializeOwned> FromSql<Json, Pg> for super::Json<T> {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            super::read(value.as_bytes())
        }
    }

    impl<T: Serialize + std::fmt::Debug> ToSql<Jsonb, Pg> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            out.write_all(&[JSONB_VERSION])?;
            super::write(&self.0, out)?;
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
    use diesel::deserialize::{self, FromSql};
    use diesel::mysql::{Mysql, MysqlValue};
    use diesel::serialize::{self, IsNull, Output, ToSql};
    use diesel::sql_types::Json;
    use serde::{Serialize, de::DeserializeOwned};

    impl<T: Serialize + std::fmt::Debug> ToSql<Json, Mysql> for super::Json<T> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
            super::write(&self.0, out)?;
            Ok(IsNull::No)
        }
    }

    impl<T: DeserializeOwned> FromSql<Json, Mysql> for super::Json<T> {
        fn from_sql(value: MysqlValue<'_>) -> deserialize::Result<Self> {
            super::read(value.as_bytes())
        }
    }
}
