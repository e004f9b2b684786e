//! Moments in UTC, on all backends.

use chrono::{DateTime, Utc};
use diesel::query_builder::QueryId;
use diesel::sql_types::{SqlOrd, SqlType};

use super::operand::values_of;
use crate::meta::ColumnKind;
use crate::types::ddl_type::DdlType;

/// A moment in UTC, `chrono::DateTime<Utc>`. It is TIMESTAMPTZ on PostgreSQL, DATETIME(6) on MySQL
/// and a text on SQLite.
#[derive(Debug, Clone, Copy, Default, SqlType, QueryId)]
#[diesel(
    sqlite_type(name = "Text"),
    mysql_type(name = "DateTime"),
    postgres_type(oid = 1184, array_oid = 1185)
)]
pub struct TimestampUtc;

impl SqlOrd for TimestampUtc {}

#[diagnostic::do_not_recommend]
impl DdlType for TimestampUtc {
    const KIND: ColumnKind = ColumnKind::TimestampUtc;
}

values_of!(TimestampUtc: DateTime<Utc>);

#[cfg(feature = "sqlite")]
mod sqlite {
    use chrono::{DateTime, Utc};
    use diesel::deserialize::{self, FromSql};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::TimestamptzSqlite;
    use diesel::sqlite::{Sqlite, SqliteValue};

    impl ToSql<super::TimestampUtc, Sqlite> for DateTime<Utc> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Sqlite>) -> serialize::Result {
            ToSql::<TimestamptzSqlite, Sqlite>::to_sql(self, out)
        }
    }

    impl FromSql<super::TimestampUtc, Sqlite> for DateTime<Utc> {
        fn from_sql(value: SqliteValue<'_, '_, '_>) -> deserialize::Result<Self> {
            FromSql::<TimestamptzSqlite, Sqlite>::from_sql(value)
        }
    }
}

#[cfg(feature = "postgres")]
mod postgres {
    use chrono::{DateTime, Utc};
    use diesel::deserialize::{self, FromSql};
    use diesel::pg::{Pg, PgValue};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Timestamptz;

    impl ToSql<super::TimestampUtc, Pg> for DateTime<Utc> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Pg>) -> serialize::Result {
            ToSql::<Timestamptz, Pg>::to_sql(self, out)
        }
    }

    impl FromSql<super::TimestampUtc, Pg> for DateTime<Utc> {
        fn from_sql(value: PgValue<'_>) -> deserialize::Result<Self> {
            FromSql::<Timestamptz, Pg>::from_sql(value)
        }
    }
}

/// MySQL's DATETIME has no time zone and converts nothing, so it holds the moment in UTC. Its
/// TIMESTAMP would be shown in the time zone of the session, and ends in 2038
/// (<https://dev.mysql.com/doc/refman/8.4/en/datetime.html>).
#[cfg(feature = "mysql")]
mod mysql {
    use chrono::{DateTime, NaiveDateTime, Utc};
    use diesel::deserialize::{self, FromSql};
    use diesel::mysql::{Mysql, MysqlValue};
    use diesel::serialize::{self, Output, ToSql};
    use diesel::sql_types::Datetime;

    impl ToSql<super::TimestampUtc, Mysql> for DateTime<Utc> {
        fn to_sql<'b>(&'b self, out: &mut Output<'b, '_, Mysql>) -> serialize::Result {
            let moment = self.naive_utc();
            crate::types::calendar::check_year(&moment)?;
            ToSql::<Datetime, Mysql>::to_sql(&moment, &mut out.reborrow())
        }
    }

    impl FromSql<super::TimestampUtc, Mysql> for DateTime<Utc> {
        fn from_sql(value: MysqlValue<'_>) -> deserialize::Result<Self> {
            let moment = <NaiveDateTime as FromSql<Datetime, Mysql>>::from_sql(value)?;
            Ok(moment.and_utc())
        }
    }
}
