//! Lists of keys, whether a key is one column or several.

use std::marker::PhantomData;

use diesel::backend::Backend;
use diesel::deserialize::{self, FromSql};
use diesel::expression::QueryMetadata;
use diesel::query_builder::{AstPass, QueryFragment};
use diesel::result::QueryResult;
use diesel::row::Row;
use diesel::serialize::ToSql;
use diesel::sql_types::HasSqlType;

use crate::connection::Connection;
use crate::dialect::{BindKeys, Dialect};
use crate::error::Result;
use crate::field::{Field, Holds};
use crate::meta::ModelMeta;
use crate::model::{Key, Model, PrimaryKey};
use crate::query::keys::{Keys, padded};
use crate::query::matched::is_asked;
use crate::query::read::{Readable, value_at};
use crate::query::run;
use crate::write::values::bind_checked;

/// A field that a backend can compare with a key of type `K`.
pub trait CompareKey<DB: Backend, K>: Field {
    /// Binds the key.
    ///
    /// # Errors
    /// Diesel's errors for binds.
    fn bind_key<'b>(key: &'b K, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;
}

impl<F, K, DB> CompareKey<DB, K> for F
where
    F: Field,
    DB: Dialect + HasSqlType<F::Sql>,
    K: ToSql<F::Sql, DB> + 'static,
{
    fn bind_key<'b>(key: &'b K, out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        bind_checked::<F::Sql, K, DB>(key, out)
    }
}

/// One field, or a tuple of fields, that a backend can read as a key of type `K` and compare with a list of such keys.
pub trait ListKeys<DB: Dialect, K>: 'static {
    /// The names of the columns.
    const NAMES: &'static [&'static str];

    /// How many keys one statement can bind, if there is a limit.
    fn limit(keys: &Keys<K>) -> Option<usize>;

    /// Writes `a IN (…)` or `(a, b) IN (…)` with all selected keys.
    ///
    /// # Errors
    /// Diesel's errors for binds.
    fn bind_list<'b>(keys: &'b Keys<K>, out: AstPass<'_, 'b, DB>) -> QueryResult<()>;

    /// Whether the database may take two keys for equal that are not equal in Rust.
    fn is_asked() -> bool;

    /// Runs a query that selects these columns and no others.
    ///
    /// # Errors
    /// What the database says; what the types of the fields say of values that they cannot take.
    fn fetch<C: Connection<Backend = DB>>(
        query: &dyn QueryFragment<DB>,
        conn: &mut C,
    ) -> Result<Vec<K>>;
}

impl<F, K, DB> ListKeys<DB, K> for F
where
    F: Field<Value: Holds<K>>,
    K: Key + FromSql<F::Sql, DB>,
    DB: BindKeys<F::Sql, K> + QueryMetadata<F::Sql>,
{
    const NAMES: &'static [&'static str] = &[F::COLUMN];

    fn limit(keys: &Keys<K>) -> Option<usize> {
        DB::key_limit(keys)
    }

    fn bind_list<'b>(keys: &'b Keys<K>, mut out: AstPass<'_, 'b, DB>) -> QueryResult<()> {
        out.push_identifier(F::COLUMN)?;
        DB::bind_keys(keys, out)
    }

    fn is_asked() -> bool {
        is_asked::<F, DB>()
    }

    fn fetch<C: Connection<Backend = DB>>(
        query: &dyn QueryFragment<DB>,
        conn: &mut C,
    ) -> Result<Vec<K>> {
        let mut keys: Vec<KeyRow<F, K>> = Vec::new();
        run::by_text::<C, _, F::Sql>(conn, query, &mut keys)?;
        Ok(keys.into_iter().map(|row| row.key).collect())
    }
}

/// A row that is a key and nothing else.
struct KeyRow<P, K> {
    key: K,
    columns: PhantomData<fn() -> P>,
}

impl<P, K> KeyRow<P, K> {
    fn new(key: K) -> Self {
        Self {
            key,
            columns: PhantomData,
        }
    }
}

impl<F, K, DB> Readable<F::Sql, DB> for KeyRow<F, K>
where
    F: Field,
    K: FromSql<F::Sql, DB>,
    DB: Dialect,
{
    fn of() -> Option<&'static ModelMeta> {
        Some(const { &F::Model::META })
    }

    fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
        value_at(row, 0).map(Self::new)
    }
}

/// `(a, b) IN ((?, ?), …)`
///
/// The function does not know the types of the values, so it is compiled once per type of key.
fn bind_rows<'b, K, DB: Dialect>(
    columns: &[&str],
    keys: &'b [K],
    bind: fn(&'b K, AstPass<'_, 'b, DB>) -> QueryResult<()>,
    mut out: AstPass<'_, 'b, DB>,
) -> QueryResult<()> {
    if keys.is_empty() {
        // SQL cannot write an empty list.
        out.push_sql("1 = 0");
        return Ok(());
    }
    for (position, column) in columns.iter().enumerate() {
        out.push_sql(if position > 0 { ", " } else { "(" });
        out.push_identifier(column)?;
    }
    out.push_sql(") IN (");
    out.push_sql(DB::ROWS_OF_KEYS);
    for (position, key) in padded(keys, &mut out).enumerate() {
        out.push_sql(if position > 0 { ", (" } else { "(" });
        bind(key, out.reborrow())?;
        out.push_sql(")");
    }
    out.push_sql(")");
    Ok(())
}

macro_rules! composite_key {
    ($($field:ident $position:tt)+) => {
        impl<$($field,)+ DB: Dialect> ListKeys<DB, ($($field::Value,)+)> for ($($field,)+)
        where
            Self: PrimaryKey,
            $(
                $field: Field<Value: Key + ToSql<$field::Sql, DB> + FromSql<$field::Sql, DB>>,
                DB: HasSqlType<$field::Sql>,
            )+
            DB: QueryMetadata<($($field::Sql,)+)>,
        {
            const NAMES: &'static [&'static str] = <Self as PrimaryKey>::COLUMNS;

            fn limit(keys: &Keys<($($field::Value,)+)>) -> Option<usize> {
                let limit = DB::BIND_LIMIT / Self::COLUMNS.len();
                Some(match DB::BIND_BYTES {
                    Some(bytes) => keys.limit_within(limit, bytes),
                    None => limit,
                })
            }

            fn bind_list<'b>(
                keys: &'b Keys<($($field::Value,)+)>,
                out: AstPass<'_, 'b, DB>,
            ) -> QueryResult<()> {
                bind_rows(
                    Self::COLUMNS,
                    keys.selected(),
                    |key: &'b ($($field::Value,)+), mut out| {
                        $(
                            if $position > 0 {
                                out.push_sql(", ");
                            }
                            bind_checked::<$field::Sql, $field::Value, DB>(&key.$position, out.reborrow())?;
                        )+
                        Ok(())
                    },
                    out,
                )
            }

            fn is_asked() -> bool {
                false $(|| is_asked::<$field, DB>())+
            }

            fn fetch<Conn: Connection<Backend = DB>>(
                query: &dyn QueryFragment<DB>,
                conn: &mut Conn,
            ) -> Result<Vec<($($field::Value,)+)>> {
                let mut keys: Vec<KeyRow<Self, _>> = Vec::new();
                run::by_text::<Conn, _, ($($field::Sql,)+)>(conn, query, &mut keys)?;
                Ok(keys.into_iter().map(|row| row.key).collect())
            }
        }

        impl<$($field,)+ DB: Dialect> Readable<($($field::Sql,)+), DB>
            for KeyRow<($($field,)+), ($($field::Value,)+)>
        where
            ($($field,)+): PrimaryKey,
            $($field: Field<Value: FromSql<$field::Sql, DB>>,)+
        {
            fn of() -> Option<&'static ModelMeta> {
                Some(const { &<<($($field,)+) as PrimaryKey>::Model as Model>::META })
            }

            fn read_row<'a>(row: &impl Row<'a, DB>) -> deserialize::Result<Self> {
                Ok(Self::new(($(value_at::<$field::Value, $field::Sql, DB>(row, $position)?,)+)))
            }
        }
    };
}

composite_key!(A 0 B 1);
composite_key!(A 0 B 1 C 2);
composite_key!(A 0 B 1 C 2 D 3);
composite_key!(A 0 B 1 C 2 D 3 E 4);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10);
composite_key!(A 0 B 1 C 2 D 3 E 4 F 5 G 6 H 7 I 8 J 9 K 10 L 11);
