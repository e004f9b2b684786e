//! Moments without a time zone, on all backends.

use chrono::NaiveDateTime;
use diesel::query_builder::QueryId;
use diesel::sql_types::{Interval, SqlOrd, SqlType, ops};

use super::operand::values_of;
use crate::meta::ColumnKind;
use crate::types::ddl_type::DdlType;

/// A moment without a time zone, `chrono::NaiveDateTime`. It is TIMESTAMP on PostgreSQL,
/// DATETIME(6) on MySQL and a text on SQLite.
///
/// On MySQL, Diesel's `Timestamp` is bound as a TIMESTAMP, which covers only the years 1970 to
/// 2038.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(
    sqlite_type(name = "Text"),
    mysql_type(name = "DateTime"),
    postgres_type(oid = 1114, array_oid = 1115)
)]
pub struct Timestamp;

impl SqlOrd for Timestamp {}

/// `table!` gives arithmetic to every column whose type has this name.
impl ops::Add for Timestamp {
    type Rhs = Interval;
    type Output = Self;
}

impl ops::Sub for Timestamp {
    type Rhs = Interval;
    type Output = Self;
}

#[diagnostic::do_not_recommend]
impl DdlType for Timestamp {
    const KIND: ColumnKind = ColumnKind::Timestamp;
}

values_of!(Timestamp: NaiveDateTime);

#[cfg(feature = "sqlite")]
mod sqlite {
    use chrono::NaiveDateTime;
    use diesel::deserialize::{self, FromSql};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Timestamp;
    use diesel::sqlite::{Sqlite, SqliteValue};

    impl ToSql<super::Timestamp, Sqlite> for NaiveDateTime {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            ToSql::<Timestamp, Sqlite>::to_sql(self, out)
        }
    }

    impl FromSql<super::Timestamp, Sqlite> for NaiveDateTime {
        fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
            FromSql::<Timestamp, Sqlite>::from_sql(value)
        }
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use chrono::NaiveDateTime;
    use diesel::deserialize::{self, FromSql};
    use diesel::pg::{Pg, PgValue};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Timestamp;

    impl ToSql<super::Timestamp, Pg> for NaiveDateTime {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            ToSql::<Timestamp, Pg>::to_sql(self, out)
        }
    }

    impl FromSql<super::Timestamp, Pg> for NaiveDateTime {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            FromSql::<Timestamp, Pg>::from_sql(value)
        }
    }
}

#[cfg(feature = "mysql")]
mod mysql {
    use chrono::NaiveDateTime;
    use diesel::deserialize::{self, FromSql};
    use diesel::mysql::{Mysql, MysqlValue};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Datetime;

    impl ToSql<super::Timestamp, Mysql> for NaiveDateTime {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
            crate::types::calendar::check_year(self)?;
            ToSql::<Datetime, Mysql>::to_sql(self, out)
        }
    }

    impl FromSql<super::Timestamp, Mysql> for NaiveDateTime {
        fn from_sql(value: MysqlValue<'_>) -> deserialize::Result<Self> {
            FromSql::<Datetime, Mysql>::from_sql(value)
        }
    }
}
